"""A worker that is killed while it saves a spreadsheet leaves nothing half done."""

import os
import signal
from datetime import timedelta

import pytest
import time_machine
from django.db import connection, transaction
from django.utils import timezone

from alliances.actions import DISPATCH_AGAIN_AFTER
from impact.actions import confirm_upload, send_upload, sweep_uploads, take_up
from impact.models import Reading, Upload
from tests.impact.sheets import HEADINGS, a_measure, csv_file
from tests.reports.test_lost_workers import PATIENCE, wait_until, worker

pytestmark = [pytest.mark.machine, pytest.mark.django_db(transaction=True)]


def state(upload: Upload) -> tuple[str, int]:
    upload.refresh_from_db(fields=["status", "attempt", "progress"])
    return upload.status, upload.attempt


def test_killed_worker_is_followed_by_another_that_saves_once(world):
    leah, lines = world.person("leah"), [["Baseline", "27/3/2026", "98.5", *[""] * 5]]
    measure = a_measure(world)
    upload = send_upload(
        enquiry=world.enquiry,
        measure=measure,
        kind=Upload.Kind.READINGS,
        name="readings.csv",
        content=csv_file(HEADINGS, *lines),
        by=leah,
    )
    take_up(upload.pk)
    confirm_upload(upload=upload, by=leah)
    with worker() as first, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE impact_reading IN EXCLUSIVE MODE")
        wait_until(is_waiting_to_insert)
        os.killpg(first.pid, signal.SIGKILL)
        first.wait(timeout=PATIENCE)
    lost = state(upload), Reading.objects.filter(measure=measure).count()

    with time_machine.travel(timezone.now() + DISPATCH_AGAIN_AFTER + timedelta(seconds=1)):
        wait_until(lambda: sweep_uploads() == 1)
    with worker():
        wait_until(lambda: state(upload)[0] == "saved")
    take_up(upload.pk)

    assert lost == (("saving", 1), 0)
    assert state(upload) == ("saved", 2)
    assert Reading.objects.filter(measure=measure).count() == 1


def is_waiting_to_insert() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = %s::regclass",
            ["impact_reading"],
        )
        return cursor.fetchone()[0] > 0
