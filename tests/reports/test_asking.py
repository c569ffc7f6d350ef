"""A report is asked for once, saved whatever the broker does, and told to the workers."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from django.db import connection, transaction
from django.utils import timezone

from alliances.actions import DISPATCH_AGAIN_AFTER
from alliances.models import AuditRecord
from config.celery import app
from reports.actions import (
    LOCK_SPACE,
    MOST_ATTEMPTS,
    ask_for_case_study,
    ask_for_national,
    build_report,
    retry_report,
    sweep,
)
from reports.models import Report
from tests.reports.queue import queued

LATER = DISPATCH_AGAIN_AFTER + timedelta(seconds=1)


@pytest.fixture
def broker_down(monkeypatch):
    """The broker's address leads to a port where nobody listens."""
    monkeypatch.setenv("CELERY_BROKER_URL", "redis://127.0.0.1:9/0")
    forget_connections()
    yield
    monkeypatch.undo()
    forget_connections()


def forget_connections():
    """As in a process that has sent nothing yet."""
    app.amqp._producer_pool = None


def ask(world, name="leah", enquiry=None):
    return ask_for_case_study(enquiry=enquiry or world.enquiry, by=world.person(name))


def ask_nationally(world, about="All alliances", name="nadia"):
    return ask_for_national(
        programme=world.programme,
        alliances=world.programme.alliances.all(),
        about=about,
        by=world.person(name),
    )


def finish(report):
    """Without the pains of printing: as one that has used up its attempts."""
    Report.objects.filter(pk=report.pk).update(attempt=MOST_ATTEMPTS)
    build_report(report.pk)


def test_asking_saves_a_report_that_waits(world):
    report = ask(world)

    assert (report.kind, report.status, report.progress, report.attempt) == (
        "case-study",
        "queued",
        0,
        0,
    )
    assert (report.alliance, report.programme) == (world.abbot, world.programme)
    assert report.asked_by == world.person("leah")


def test_asking_is_put_on_record_once(world):
    report = ask(world)
    ask(world)

    record = AuditRecord.objects.get(subject_type="reports.report")
    assert (record.act, record.by, record.subject_id, record.detail) == (
        "asked for",
        world.person("leah"),
        report.pk,
        {"kind": "case-study"},
    )


def test_national_report_keeps_which_alliances_it_covers(world):
    report = ask_nationally(world, about="Theme 3")

    numbers = sorted(world.programme.alliances.values_list("pk", flat=True))
    assert (report.selected, report.about, report.alliance) == (numbers, "Theme 3", None)


def test_asking_twice_gives_the_report_under_way(world):
    first = ask(world)
    second = ask(world)

    assert second == first
    assert Report.objects.count() == 1


def test_asking_twice_nationally_gives_the_report_under_way(world):
    assert ask_nationally(world) == ask_nationally(world)


@pytest.mark.parametrize(
    "again",
    [
        pytest.param(lambda world: ask(world, "hana"), id="another person"),
        pytest.param(lambda world: ask(world, enquiry=world.other_enquiry), id="another enquiry"),
        pytest.param(lambda world: ask_nationally(world, name="leah"), id="another kind"),
    ],
)
def test_asking_for_something_else_gives_another_report(world, again):
    assert again(world) != ask(world)


def test_asking_nationally_about_something_else_gives_another_report(world):
    assert ask_nationally(world, about="Theme 3") != ask_nationally(world)


def test_asking_again_after_it_is_finished_gives_a_new_report(world):
    first = ask(world)
    finish(first)

    assert ask(world) != first


@pytest.mark.django_db(transaction=True)
def test_two_requests_at_once_get_one_report(world):
    with ThreadPoolExecutor(2) as threads:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("LOCK TABLE reports_report IN SHARE MODE")
            asked = [threads.submit(ask_elsewhere, world) for _ in range(2)]
            wait_until(lambda: waiting_to_insert() == 2)
        first, second = (each.result(timeout=20) for each in asked)

    assert first == second
    assert queued() == [first]


def ask_elsewhere(world) -> int:
    """Ask on a connection of this thread's own."""
    try:
        return ask(world).pk
    finally:
        connection.close()


def waiting_to_insert() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = %s::regclass",
            ["reports_report"],
        )
        return cursor.fetchone()[0]


def wait_until(true):
    deadline = time.monotonic() + 20
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_workers_are_told_only_after_the_commit(world, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        report = ask(world)
        before = queued()

    assert before == []
    assert queued() == [report.pk]


def test_workers_are_told_once_of_what_is_asked_twice(world, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        report = ask(world)
        ask(world)

    assert queued() == [report.pk]


@pytest.mark.django_db(transaction=True)
def test_a_request_is_saved_and_answered_quickly_while_the_broker_is_down(
    as_person, world, broker_down
):
    leah = as_person("leah")
    began = time.monotonic()

    answer = leah.post(f"/enquiries/{world.enquiry.pk}/reports/case-study/")

    assert time.monotonic() - began < 3
    report = Report.objects.get()
    assert (answer.status_code, answer.url) == (302, f"/reports/{report.pk}/")
    assert (report.status, queued()) == ("queued", [])


@pytest.mark.django_db(transaction=True)
def test_sweep_tells_of_a_request_made_while_the_broker_was_down(world, broker_down, monkeypatch):
    report = ask(world)
    monkeypatch.undo()
    forget_connections()

    with time_machine.travel(timezone.now() + LATER):
        swept = sweep()

    assert (swept, queued()) == (1, [report.pk])


@pytest.mark.django_db(transaction=True)
def test_sweep_while_the_broker_is_down_tries_again_at_its_next_round(
    world, broker_down, monkeypatch
):
    report = ask(world)
    with time_machine.travel(timezone.now() + LATER):
        told = sweep()
    monkeypatch.undo()
    forget_connections()

    with time_machine.travel(timezone.now() + 2 * LATER):
        swept = sweep()

    assert (told, swept, queued()) == (1, 1, [report.pk])


@pytest.mark.parametrize(
    ("waited", "told"),
    [(timedelta(seconds=59), 0), (timedelta(seconds=60), 1)],
)
def test_sweep_leaves_alone_what_was_told_a_minute_ago(world, waited, told):
    began = timezone.now()
    with time_machine.travel(began, tick=False):
        ask(world)

    with time_machine.travel(began + waited, tick=False):
        swept = sweep()

    assert (swept, len(queued())) == (told, told)


def test_sweep_waits_another_minute_before_it_tells_again(world):
    ask(world)

    with time_machine.travel(timezone.now() + LATER, tick=False):
        swept = [sweep(), sweep()]

    assert swept == [1, 0]


def test_sweep_ignores_a_report_that_is_being_built(world):
    report = ask(world)
    elsewhere = connection.copy()
    with elsewhere.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s, %s)", [LOCK_SPACE, report.pk])

    with time_machine.travel(timezone.now() + LATER):
        while_building = sweep()
        elsewhere.close()
        wait_until(lambda: sweep() == 1)

    assert while_building == 0
    assert queued() == [report.pk]


def test_sweep_ignores_what_is_finished(world):
    finish(ask(world))

    with time_machine.travel(timezone.now() + LATER):
        swept = sweep()

    assert swept == 0


def test_retry_leads_to_the_same_report_if_it_has_been_asked_for_anew(world, as_person):
    failed = ask(world)
    Report.objects.filter(pk=failed.pk).update(status=Report.Status.FAILED)
    anew = ask(world)

    answer = as_person("leah").post(f"/reports/{failed.pk}/retry/")

    assert answer.url == f"/reports/{anew.pk}/"
    assert Report.objects.get(pk=failed.pk).status == "failed"


def test_retry_leaves_alone_what_has_not_failed(world, django_capture_on_commit_callbacks):
    report = ask(world)

    with django_capture_on_commit_callbacks(execute=True):
        retry_report(report=report, by=world.person("leah"))

    assert queued() == []
    assert AuditRecord.objects.filter(act="asked again for").count() == 0
