"""The desk of the demonstration: filled once, in the words of the published accounts."""

from datetime import date

import time_machine
from django.core.management import call_command

from enquiries.models import Cycle, Meeting
from enquiries.sheets.overview import overview_of
from reports.builders import build_cluster_summary, build_edition
from reports.manuscript.standing import standings_of
from reports.models import CaseStudyDraft, Edition, EditorialStep, Publication, Report


def test_one_case_study_is_published_and_one_sent_back(db, monkeypatch, client):
    monkeypatch.setenv("DEMO_PASSWORD", "correct horse battery")
    call_command("load_demo")

    call_command("load_desk")
    call_command("load_desk")

    drafts = CaseStudyDraft.objects.select_related("enquiry__alliance").order_by("pk")
    standings = standings_of([draft.enquiry for draft in drafts])
    assert [(each.enquiry.alliance.key, each.state.label) for each in standings] == [
        ("centralbeds", "Published"),
        ("georgeabbot", "Being revised"),
    ]
    assert EditorialStep.objects.count() == 7
    (publication,) = Publication.objects.all()
    page = client.get(f"/case-studies/{publication.slug}/")
    assert page.context["title"] == "Lesson study across lower, middle and upper schools"
    assert [told["key"] for told in publication.report.data["told"]] == list(
        CaseStudyDraft.SECTIONS
    )


def test_a_cluster_meets_twice_and_its_summary_says_that_this_is_made_up(db, monkeypatch):
    monkeypatch.setenv("DEMO_PASSWORD", "correct horse battery")
    with time_machine.travel(date(2026, 11, 28)):
        call_command("load_demo")
        call_command("load_desk")
        call_command("load_desk")

    days = {"since": date(2026, 8, 1), "until": date(2026, 12, 18)}
    told = build_cluster_summary(Meeting.objects.first().cluster, about="Autumn", **days)
    made_up = [pair.second.startswith("Made up for the demonstration: ") for pair in told.progress]
    assert [meeting.first for meeting in told.meetings] == ["24 September 2026", "12 November 2026"]
    assert made_up == [True] * 4
    assert {meeting.closed_by.name for meeting in Meeting.objects.all()} == {"Faye Osborne"}


def test_a_theme_report_is_issued_once_with_the_voices_chosen(db, monkeypatch):
    monkeypatch.setenv("DEMO_PASSWORD", "correct horse battery")
    call_command("load_demo")

    call_command("load_desk")
    call_command("load_desk")

    told = build_edition(Edition.objects.get(kind="theme"))
    assert [(m.code, len(m.quotations)) for m in told.messages if m.quotations] == [
        ("km5", 1),
        ("km6", 1),
        ("km8", 1),
    ]
    assert Report.objects.filter(kind="theme").count() == 1
    assert len(told.studies) == 1
    assert Edition.objects.filter(kind="overarching").count() == 1


def test_overview_of_one_alliance_is_full_but_for_what_its_account_does_not_tell(db, monkeypatch):
    monkeypatch.setenv("DEMO_PASSWORD", "correct horse battery")
    call_command("load_demo")

    call_command("load_desk")
    call_command("load_desk")

    cycle = Cycle.objects.filter(enquiry__alliance__key="centralbeds").last()
    told = overview_of(cycle.enquiry, cycle)
    assert [cell.name for cell in told.group if not cell.text] == ["Innovation grid"]
    full = {line.school: all(cell.text for cell in line.cells) for line in told.schools}
    assert full == {
        "Robert Bloomfield Academy": False,
        "Lower school (not named)": True,
        "Middle school (not named)": True,
        "Upper school (not named)": True,
        "School that withdrew (not named)": False,
    }
