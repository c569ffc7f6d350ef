"""Workers that are killed in the middle lose nothing. Real workers: `celery worker`, as served."""

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from datetime import timedelta
from urllib.parse import urlsplit

import psutil
import pytest
import time_machine
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from reports.actions import DISPATCH_AGAIN_AFTER, ask_for_case_study, build_report, sweep
from reports.models import Rendition, Report

pytestmark = [pytest.mark.machine, pytest.mark.django_db(transaction=True)]

PATIENCE = 60
COMMAND = "-m celery --quiet --app config worker --pool prefork --concurrency 1 --loglevel ERROR"


@pytest.fixture
def report(world) -> Report:
    affinity = world.programme.alliances.get(key="affinity")
    return ask_for_case_study(alliance=affinity, by=world.person("nadia"))


@contextmanager
def worker():
    """A worker of its own process group on the database and the queue of this test."""
    database = urlsplit(os.environ["DATABASE_URL"])
    name = connection.settings_dict["NAME"]
    environment = {
        **os.environ,
        "DATABASE_URL": database._replace(path=f"/{name}").geturl(),
        "REDIS_URL": settings.REDIS_URL,
        "SECRET_KEY": settings.SECRET_KEY,
    }
    started = subprocess.Popen(
        [sys.executable, *COMMAND.split()],
        env=environment,
        cwd=settings.BASE_DIR,
        start_new_session=True,
    )
    try:
        yield started
    finally:
        with suppress(ProcessLookupError):
            os.killpg(started.pid, signal.SIGTERM)
        started.wait(timeout=PATIENCE)


@contextmanager
def held_up():
    """While this lasts no worker can look for a finished file: it stops in the middle."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE reports_rendition IN ACCESS EXCLUSIVE MODE")
        yield


def wait_until(true):
    deadline = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def state(report: Report) -> tuple[str, int]:
    report.refresh_from_db(fields=["status", "attempt", "progress"])
    return report.status, report.attempt


def is_in_the_middle(report: Report) -> bool:
    return state(report)[0] == "building" and report.progress == 40


def test_killed_worker_is_followed_by_another_that_finishes_once(report):
    with worker() as first, held_up():
        wait_until(lambda: is_in_the_middle(report))
        os.killpg(first.pid, signal.SIGKILL)
        first.wait(timeout=PATIENCE)
        lost = state(report)

    with time_machine.travel(timezone.now() + DISPATCH_AGAIN_AFTER + timedelta(seconds=1)):
        wait_until(lambda: sweep() == 1)
    with worker():
        wait_until(lambda: state(report)[0] == "ready")
    build_report(report.pk)

    assert lost == ("building", 1)
    assert state(report) == ("ready", 2)
    assert Rendition.objects.count() == 1


def test_process_of_a_pool_that_is_killed_is_replaced_without_a_sweep(report):
    with worker() as started:
        with held_up():
            wait_until(lambda: is_in_the_middle(report))
            for process in psutil.Process(started.pid).children():
                process.kill()
        wait_until(lambda: state(report)[0] == "ready")

    assert state(report) == ("ready", 2)
    assert Rendition.objects.count() == 1
