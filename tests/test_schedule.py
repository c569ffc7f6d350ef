"""What recurs goes on recurring when the clock is set back."""

from datetime import timedelta

import pytest
import time_machine
from celery import Celery
from celery.beat import PersistentScheduler
from django.utils import timezone

from config.schedule import Schedule

EVERY = 20.0


def sent_after_the_clock_is_set_back(kind, folder) -> list[str]:
    """What a schedule sends in the minute after the clock went two hours back."""
    app = Celery("clock", set_as_current=False, broker="memory://")
    app.conf.timezone = "Europe/London"
    app.conf.beat_schedule = {
        name: {"task": name, "schedule": EVERY + number} for number, name in enumerate("ab")
    }
    schedule = kind(app, schedule_filename=str(folder / "schedule"))
    sent = []
    schedule.apply_async = lambda entry, **_: sent.append(entry.name)
    right = timezone.now()
    for out in (timedelta(hours=2), timedelta(0)):
        sent.clear()
        for seconds in range(0, 60, 5):
            with time_machine.travel(right + out + timedelta(seconds=seconds), tick=False):
                schedule.tick()
                schedule.tick()
        right += timedelta(minutes=1)
    schedule.close()
    return sorted(set(sent))


@pytest.mark.parametrize(("kind", "sent"), [(Schedule, ["a", "b"]), (PersistentScheduler, [])])
def test_clock_that_is_set_back_stops_nothing(kind, sent, tmp_path):
    assert sent_after_the_clock_is_set_back(kind, tmp_path) == sent
