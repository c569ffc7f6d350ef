"""A worker builds a report once, freezes it, and says why when it cannot."""

import hashlib
import json
from dataclasses import asdict

import pytest
from django.db import connection

from enquiries.models import Enquiry, LeadershipEntry
from reports.actions import (
    LOCK_SPACE,
    ask_for_case_study,
    ask_for_national,
    build_report,
    retry_report,
)
from reports.builders import build_case_study, build_national
from reports.models import Rendition, Report
from tests.reports.queue import queued
from tests.world import log


@pytest.fixture
def report(world) -> Report:
    return ask(world)


def ask(world, name="marcus", key="affinity") -> Report:
    """Of the alliance of which least is told, which is quickest to print."""
    enquiry = Enquiry.objects.get(alliance__key=key)
    return ask_for_case_study(enquiry=enquiry, by=world.person(name))


def built(report: Report) -> Report:
    build_report(report.pk)
    report.refresh_from_db()
    return report


def plain(content) -> dict:
    return json.loads(json.dumps(asdict(content)))


def spoil(report: Report):
    """Keep an outline that no import lets in, so that the case study cannot be written."""
    report.alliance.enquiries.update(document={"outline": [{}]})


def mend(report: Report):
    report.alliance.enquiries.update(document={})


def test_built_report_is_ready(report):
    built(report)

    assert (report.status, report.progress, report.stage, report.problem, report.attempt) == (
        "ready",
        100,
        "",
        "",
        1,
    )
    assert report.finished_at > report.asked_at


def test_case_study_is_frozen_as_its_builder_told_it(world):
    report = built(ask(world, key="georgeabbot"))

    assert report.data == plain(build_case_study(world.enquiry))


def test_national_report_is_frozen_as_its_builder_told_it(world):
    chosen = [world.abbot, world.bedfordshire]
    report = ask_for_national(
        programme=world.programme, alliances=chosen, about="Two", by=world.person("nadia")
    )

    built(report)

    numbers = sorted(alliance.pk for alliance in chosen)
    assert report.data == plain(build_national(world.programme, numbers, "Two"))


def test_fingerprint_of_the_data_is_that_of_its_sorted_json(report):
    built(report)

    written = json.dumps(report.data, sort_keys=True, ensure_ascii=False)
    assert report.data_hash == hashlib.sha256(written.encode()).hexdigest()


def test_file_is_a_pdf_with_the_fingerprint_told(report):
    built(report)

    content = bytes(report.rendition.file)
    assert content[:5] == b"%PDF-"
    assert report.rendition.file_hash == hashlib.sha256(content).hexdigest()


def test_second_build_of_a_finished_report_changes_nothing(report):
    once = state(built(report))

    again = state(built(report))

    assert again == once


def state(report: Report) -> dict:
    return {field.attname: getattr(report, field.attname) for field in report._meta.fields}


def test_report_that_somebody_else_is_building_is_not_ours(report):
    elsewhere = connection.copy()
    with elsewhere.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s, %s)", [LOCK_SPACE, report.pk])

    built(report)
    elsewhere.close()

    assert (report.status, report.attempt) == ("queued", 0)


def test_build_of_a_report_that_is_gone_does_nothing(world):
    build_report(0)

    assert Report.objects.count() == 0


def test_same_content_is_rendered_once(world, request):
    first = built(ask(world))
    request.getfixturevalue("no_pango")

    second = built(ask(world, "owen"))

    assert (second.status, second.rendition) == ("ready", first.rendition)
    assert Rendition.objects.count() == 1


def test_changed_content_is_rendered_anew(world):
    first = built(ask(world))
    say(world, "Trust takes a term.")

    second = built(ask(world))

    assert second.rendition != first.rendition
    assert second.data["leadership"][-1]["second"] == "Trust takes a term."


def test_later_entry_does_not_change_a_ready_report(report, world):
    before = state(built(report))
    say(world, "Trust takes a term.")

    build_report(report.pk)

    assert state(Report.objects.get(pk=report.pk)) == before


def say(world, reflection):
    told = Enquiry.objects.get(alliance__key="affinity")
    entry = {"behaviour": "Trust", "reflection": reflection}
    log(LeadershipEntry, enquiry=told, by=world.person("marcus"), **entry)


@pytest.mark.parametrize(
    ("lost", "status", "problem"),
    [
        (2, "ready", ""),
        (3, "failed", "The work stopped 3 times before it was done."),
    ],
)
def test_report_fails_once_three_workers_were_lost_over_it(report, lost, status, problem):
    Report.objects.filter(pk=report.pk).update(status=Report.Status.BUILDING, attempt=lost)

    built(report)

    assert (report.status, report.problem) == (status, problem)


def test_content_frozen_by_a_lost_worker_is_what_the_next_one_sets(report, world):
    built(report)
    frozen = report.data
    Report.objects.filter(pk=report.pk).update(status=Report.Status.BUILDING, rendition=None)
    say(world, "Written after the first worker froze the content.")

    built(report)

    assert (report.status, report.data) == ("ready", frozen)


def test_report_whose_builder_fails_says_so_and_quotes_its_number(report, world, caplog):
    spoil(report)

    built(report)

    assert (report.status, report.rendition, report.data) == ("failed", None, None)
    assert report.problem == f"Something went wrong while it was made. Quote report {report.pk}."
    assert [record.message for record in caplog.records] == [
        f"report {report.pk} could not be built"
    ]


def test_failed_report_can_be_retried(report, world, as_person, django_capture_on_commit_callbacks):
    spoil(report)
    built(report)
    mend(report)

    with django_capture_on_commit_callbacks(execute=True):
        as_person("marcus").post(f"/reports/{report.pk}/retry/")
    told = queued()
    built(report)

    assert told == [report.pk]
    assert (report.status, report.problem, report.attempt) == ("ready", "", 1)


def test_retry_after_lost_workers_starts_to_count_afresh(report, world):
    Report.objects.filter(pk=report.pk).update(status=Report.Status.BUILDING, attempt=3)
    built(report)

    retry_report(report=report, by=world.person("marcus"))
    built(report)

    assert (report.status, report.attempt) == ("ready", 1)


def test_report_is_ready_without_a_file_where_pdfs_cannot_be_made(report, world, no_pango):
    built(report)

    assert (report.status, report.rendition) == ("ready", None)
    assert report.data == plain(build_case_study(report.enquiry))
    assert report.problem == (
        "PDFs cannot be made here: the Pango library is missing. The report can be read and "
        "printed as a web page."
    )
