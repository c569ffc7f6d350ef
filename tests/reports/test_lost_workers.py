"""Workers that are killed in the middle lose nothing. Real workers: `celery worker`, as served."""

import os
import signal
from contextlib import contextmanager
from datetime import timedelta

import pytest
import time_machine
from django.db import connection, transaction
from django.utils import timezone

from alliances.actions import DISPATCH_AGAIN_AFTER
from enquiries.models import Enquiry
from reports.actions import ask_for_case_study, build_report, sweep
from reports.models import Rendition, Report
from tests.real_workers import PATIENCE, kill_pool, wait_until, worker

pytestmark = [pytest.mark.machine, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def report(world) -> Report:
    affinity = Enquiry.objects.get(alliance__key="affinity")
    return ask_for_case_study(enquiry=affinity, by=world.person("nadia"))


@contextmanager
def held_up():
    """While this lasts no worker can look for a finished file: it stops in the middle."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE reports_rendition IN ACCESS EXCLUSIVE MODE")
        yield


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
            kill_pool(started)
        wait_until(lambda: state(report)[0] == "ready")

    assert state(report) == ("ready", 2)
    assert Rendition.objects.count() == 1
