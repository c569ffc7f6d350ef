"""The desk of the demonstration: filled once, in the words of the published accounts."""

from django.core.management import call_command

from reports.builders import build_edition
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
