"""A report that brings down its worker each time is given up, and the others are made."""

import time

import psutil
import pytest
from django.db import connection

from reports.actions import ask_for_case_study, build_report
from reports.models import Report
from tests.real_workers import PATIENCE, kill_pool, worker

pytestmark = [pytest.mark.machine, pytest.mark.django_db(transaction=True)]

MEGABYTES = 1024 * 1024
# A worker that has read its fonts takes about a third of it.
LITTLE_MEMORY = 600 * MEGABYTES
# Thousands of paragraphs to set: minutes of work.
TIMES = 5_000


@pytest.fixture
def reports(world) -> list[Report]:
    """Two reports that wait; the first is the poisonous one."""
    nadia = world.person("nadia")
    poison = ask_for_case_study(enquiry=world.enquiry, by=nadia)
    return [poison, ask_for_case_study(enquiry=world.other_enquiry, by=nadia)]


def states(reports) -> list[tuple[str, int, str]]:
    for report in reports:
        report.refresh_from_db(fields=["status", "attempt", "problem"])
    return [(report.status, report.attempt, report.problem) for report in reports]


def are_settled(reports) -> bool:
    return {status for status, _, _ in states(reports)} <= {"ready", "failed"}


def test_report_that_kills_its_worker_is_given_up_and_the_others_are_made(reports):
    poison = reports[0]
    killed_at = 0
    deadline = time.monotonic() + 2 * PATIENCE

    with worker() as started:
        while not are_settled(reports):
            assert time.monotonic() < deadline, states(reports)
            if poison.status == "building" and poison.attempt > killed_at:
                killed_at = poison.attempt
                kill_pool(started)
            time.sleep(0.01)

    assert states(reports) == [
        ("failed", 4, "The work stopped 3 times before it was done."),
        ("ready", 1, ""),
    ]


def test_report_that_needs_too_much_memory_says_so_and_the_others_are_made(reports):
    poison = reports[0]
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE reports_report SET data = to_jsonb(repeat('a', %s)) WHERE id = %s",
            [200 * MEGABYTES, poison.pk],
        )
    deadline = time.monotonic() + 2 * PATIENCE

    with worker(WORKER_MEMORY=str(LITTLE_MEMORY)) as started:
        while not are_settled(reports):
            assert time.monotonic() < deadline, states(reports)
            time.sleep(0.1)
        is_up = psutil.Process(started.pid).is_running()

    assert is_up
    assert states(reports) == [
        ("failed", 1, f"It needs more memory than there is. Quote report {poison.pk}."),
        ("ready", 1, ""),
    ]


def test_report_that_takes_too_long_says_so(reports):
    slow, model = reports
    build_report(model.pk)
    model.refresh_from_db()
    Report.objects.filter(pk=slow.pk).update(
        data=model.data | {"lessons": model.data["lessons"] * TIMES}
    )
    deadline = time.monotonic() + 2 * PATIENCE

    with worker(TASK_SECONDS="2"):
        while not are_settled(reports):
            assert time.monotonic() < deadline, states(reports)
            time.sleep(0.1)

    problem = f"It was not done after 2 seconds. Quote report {slow.pk}."
    assert states(reports) == [("failed", 1, problem), ("ready", 1, "")]
