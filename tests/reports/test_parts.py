"""Sections of a large report are printed by several workers, each once; what is lost is found."""

import sys
import time
from datetime import timedelta
from io import BytesIO

import pikepdf
import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from alliances.actions import DISPATCH_AGAIN_AFTER
from alliances.models import AuditRecord
from enquiries.models import LeadershipEntry
from reports import rendering
from reports.actions import (
    ask_for_case_study,
    ask_for_national,
    build_report,
    cancel_report,
    clear_parts,
    retry_report,
    set_part,
    sweep,
)
from reports.actions import parts as printing
from reports.models import Part, Rendition, Report
from reports.rendering import gate
from tests.reports.queue import lose_all, queued, tasks_told, waiting_for_all_else
from tests.world import log

PATIENCE = 60


@pytest.fixture
def hands_out(monkeypatch):
    """As where a report lacks more sections than one worker prints by itself."""
    monkeypatch.setattr("reports.actions.building.FEW", 0)


@pytest.fixture
def report(world) -> Report:
    return ask(world)


@pytest.fixture
def sections(report, hands_out) -> int:
    """How many sections the report has, none of them printed yet."""
    build_report(report.pk)
    lose_all()
    return Part.objects.count()


def ask(world, name="nadia", about="All alliances") -> Report:
    return ask_for_national(
        programme=world.programme,
        alliances=[world.abbot, world.bedfordshire],
        about=about,
        by=world.person(name),
    )


def state(report: Report) -> tuple:
    report.refresh_from_db()
    return report.status, report.progress, report.stage


def print_all(report: Report, sections: int):
    for _ in range(sections):
        set_part(report.pk)


def say(world):
    told = world.bedfordshire.enquiries.get()
    entry = {"behaviour": "Trust", "reflection": "Trust takes a term."}
    log(LeadershipEntry, enquiry=told, by=world.person("owen"), **entry)


# ---- by one worker -------------------------------------------------------------------------


def test_few_sections_are_printed_by_the_worker_that_builds(report):
    build_report(report.pk)

    assert state(report) == ("ready", 100, "")
    assert Part.objects.unset().count() == 0
    assert waiting_for_all_else() == []
    assert gate.problems(bytes(report.rendition.file)) == []


def test_file_is_made_of_the_sections_in_their_order(report):
    build_report(report.pk)
    report.refresh_from_db()

    with pikepdf.open(BytesIO(bytes(report.rendition.file))) as pdf:
        document = pdf.Root.StructTreeRoot.K[0]
        titles = [str(kid.T) for kid in document.K if "/T" in kid]
    keys = [Part.objects.get(made_from=name).key for name in report.parts]
    assert keys[:2] == ["summary", "alliances"]
    assert titles[:2] == ["Summary", "The alliances and their enquiries"]
    assert len(titles) == len(keys) == Part.objects.count()


def test_only_what_has_changed_is_printed_anew(world, report):
    build_report(report.pk)
    report.refresh_from_db()
    say(world)

    other = ask(world)
    build_report(other.pk)

    other.refresh_from_db()
    changed = [
        Part.objects.get(made_from=new).key
        for old, new in zip(report.parts, other.parts, strict=True)
        if old != new
    ]
    assert changed == ["leadership"]
    assert other.rendition != report.rendition


# ---- by several ----------------------------------------------------------------------------


def test_many_sections_are_handed_out_to_as_many_workers_as_there_may_be(report, hands_out):
    build_report(report.pk)

    wanted = Part.objects.count()
    assert state(report) == ("building", 10, f"0 of {wanted} sections set")
    assert waiting_for_all_else() == ["reports.set_part"] * printing.AT_ONCE


def test_each_message_prints_one_section_and_sends_the_next(report, sections):
    set_part(report.pk)

    assert Part.objects.exclude(file=None).count() == 1
    assert waiting_for_all_else() == ["reports.set_part"]
    assert state(report) == ("building", 10 + 80 // sections, f"1 of {sections} sections set")


def test_last_section_starts_the_joining(report, sections):
    print_all(report, sections)

    assert state(report) == ("building", 90, f"{sections} of {sections} sections set")
    assert queued() == [report.pk]

    build_report(report.pk)

    assert state(report) == ("ready", 100, "")


def test_printed_section_keeps_its_pages_and_no_longer_what_it_was_made_of(report, sections):
    set_part(report.pk)

    part = Part.objects.exclude(file=None).get()
    with pikepdf.open(BytesIO(bytes(part.file))) as pdf:
        assert len(pdf.pages) == part.pages
    assert (part.html, part.attempt) == ("", 1)


def test_section_that_somebody_is_printing_is_left_to_them(report, sections):
    first, second = Part.objects.all()[:2]
    elsewhere = connection.copy()
    with elsewhere.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s, %s)", [printing.LOCK_SPACE, first.pk])

    set_part(report.pk)
    elsewhere.close()

    assert list(Part.objects.exclude(file=None)) == [second]


def test_two_reports_that_wait_for_a_section_hear_of_it(world, report, sections):
    other = ask(world, "owen")
    build_report(other.pk)
    lose_all()

    print_all(report, sections)

    assert sorted(queued()) == sorted([report.pk, other.pk])
    assert state(other) == ("building", 90, f"{sections} of {sections} sections set")


def test_both_ways_make_the_same_file(world, report, sections):
    print_all(report, sections)
    build_report(report.pk)
    by_several = Rendition.objects.get().file_hash
    Report.objects.update(rendition=None)
    Rendition.objects.all().delete()
    Part.objects.all().delete()

    retry = ask(world)
    build_report(retry.pk)
    print_all(retry, sections)
    build_report(retry.pk)

    assert Rendition.objects.get().file_hash == by_several


# ---- lost ----------------------------------------------------------------------------------


def test_sweep_hands_out_anew_what_was_lost(report, sections):
    set_part(report.pk)
    lose_all()

    with time_machine.travel(timezone.now() + DISPATCH_AGAIN_AFTER + timedelta(seconds=1)):
        found = sweep()
    told = queued()
    build_report(report.pk)

    assert (found, told) == (1, [report.pk])
    assert waiting_for_all_else() == ["reports.set_part"] * printing.AT_ONCE
    assert state(report)[2] == f"1 of {sections} sections set"


def test_workers_lost_over_a_section_do_not_count_against_the_report(report, sections):
    for _ in range(5):
        build_report(report.pk)

    assert state(report)[0] == "building"


def test_section_over_which_three_workers_were_lost_fails_the_report(report, sections):
    part = Part.objects.first()
    Part.objects.filter(pk=part.pk).update(attempt=printing.MOST_ATTEMPTS)

    set_part(report.pk)

    assert state(report)[0] == "failed"
    assert report.problem == (
        f"A section of it could not be made: {part.key}. Quote section {part.pk}."
    )
    assert waiting_for_all_else() == []


def test_report_tried_again_tries_its_sections_again(world, report, sections):
    Part.objects.update(attempt=printing.MOST_ATTEMPTS)
    set_part(report.pk)
    retry_report(report=report, by=world.person("nadia"))

    build_report(report.pk)
    print_all(report, sections)
    build_report(report.pk)

    assert state(report)[0] == "ready"


def test_section_that_cannot_be_printed_fails_the_report(report, sections, monkeypatch, caplog):
    monkeypatch.delattr(rendering, "printer", raising=False)
    monkeypatch.setitem(sys.modules, "reports.rendering.printer", None)

    set_part(report.pk)

    first = Part.objects.first()
    assert state(report)[0] == "failed"
    assert [record.message for record in caplog.records] == [
        f"section {first} could not be printed"
    ]


# ---- cancelled -----------------------------------------------------------------------------


def test_cancelled_report_has_nothing_printed_any_more(world, report, sections):
    cancel_report(report=report, by=world.person("nadia"))

    set_part(report.pk)
    build_report(report.pk)

    assert state(report)[0] == "cancelled"
    assert Part.objects.exclude(file=None).count() == 0
    assert tasks_told() == waiting_for_all_else() == []


def test_cancelling_is_put_on_record_once(world, report):
    cancel_report(report=report, by=world.person("nadia"))
    cancel_report(report=report, by=world.person("nadia"))

    records = AuditRecord.objects.filter(subject_type="reports.report", act="cancelled")
    assert [(record.by, record.subject_id) for record in records] == [
        (world.person("nadia"), report.pk)
    ]


def test_finished_report_is_not_cancelled(world, report):
    build_report(report.pk)

    cancel_report(report=report, by=world.person("nadia"))

    assert state(report)[0] == "ready"


def test_report_cancelled_while_it_is_joined_stays_cancelled(world, report, sections):
    print_all(report, sections)
    Report.objects.filter(pk=report.pk).update(status="cancelled")

    build_report(report.pk)

    assert state(report)[0] == "cancelled"


def test_who_asked_cancels_on_the_page_and_may_have_it_after_all(as_person, report):
    nadia = as_person("nadia")
    before = nadia.get(f"/reports/{report.pk}/").content.decode()

    nadia.post(f"/reports/{report.pk}/cancel/")
    after = nadia.get(f"/reports/{report.pk}/").content.decode()
    cancelled = state(report)[0]
    nadia.post(f"/reports/{report.pk}/retry/")

    assert "Cancel this report" in before
    assert 'data-state="cancelled"' in after
    assert "Make it after all" in after
    assert (cancelled, state(report)[0]) == ("cancelled", "queued")


def test_others_see_no_button_to_cancel(as_person, report):
    page = as_person("owen").get(f"/reports/{report.pk}/").content.decode()

    assert "Cancel this report" not in page


# ---- kept and cleared ----------------------------------------------------------------------


def test_section_unwanted_for_long_is_deleted(report, sections):
    print_all(report, sections)
    build_report(report.pk)
    old = Part.objects.first()
    Part.objects.filter(pk=old.pk).update(wanted_at=timezone.now() - printing.KEPT)

    assert clear_parts() == 1
    assert Part.objects.count() == sections - 1


def test_section_that_a_report_waits_for_is_kept(report, sections):
    Part.objects.update(wanted_at=timezone.now() - printing.KEPT)

    assert clear_parts() == 0


# ---- a real worker -------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_case_study_overtakes_a_large_report(world, hands_out, request):
    large = ask(world)
    build_report(large.pk)
    study = ask_for_case_study(enquiry=world.enquiry, by=world.person("leah"))

    request.getfixturevalue("worker")
    deadline = time.monotonic() + PATIENCE
    while Report.objects.unfinished().exists() and time.monotonic() < deadline:
        time.sleep(0.1)

    assert (state(study)[0], state(large)[0]) == ("ready", "ready")
    assert study.finished_at < large.finished_at
