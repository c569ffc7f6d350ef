"""A later version corrects a report, says so on its face, and leaves the one before as it was."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction
from django.urls import reverse
from django.utils.formats import date_format

from alliances.models import AuditRecord
from enquiries.models import Enquiry
from reports.actions import (
    NotToCorrect,
    ask_for_case_study,
    ask_for_national,
    build_report,
    cancel_report,
    correct_report,
)
from reports.models import Report
from reports.provenance import METHODS, fingerprint, made_with
from reports.rendering import body_html
from tests.at_once import BOTH, wait_until_both_wait

WHAT = "The outcome of the second measure was typed as 46; it was 64."


def built(report: Report) -> Report:
    build_report(report.pk)
    report.refresh_from_db()
    return report


@pytest.fixture
def first(world) -> Report:
    enquiry = Enquiry.objects.get(alliance__key="affinity")
    return built(ask_for_case_study(enquiry=enquiry, by=world.person("marcus")))


def corrected(report, world, what=WHAT, name="owen") -> Report:
    return correct_report(report=report, correction=what, by=world.person(name))


def test_a_corrected_version_is_a_new_report_on_the_same_subject(world, first):
    later = built(corrected(first, world))

    assert (later.kind, later.alliance, later.version, later.corrects) == (
        first.kind,
        first.alliance,
        2,
        first,
    )
    assert later.status == "ready"


def test_a_corrected_version_says_on_its_face_what_it_corrects(world, first):
    later = built(corrected(first, world))

    assert later.data["issue"] == {
        "version": 2,
        "corrects": {"version": 1, "on": date_format(first.asked_at)},
        "text": WHAT,
    }
    day = date_format(first.asked_at)
    told = f"<strong>Version 2.</strong> It corrects version 1 of {day}: {WHAT}"
    assert body_html(later.kind, later.data).count(told) == 1


def test_the_version_before_stays_as_it_was(world, first):
    before = Report.objects.filter(pk=first.pk).values().get()

    built(corrected(first, world))

    assert Report.objects.filter(pk=first.pk).values().get() == before


def test_a_correction_is_put_on_record(world, first):
    later = corrected(first, world)

    record = AuditRecord.objects.filter(subject_type="reports.report").latest("pk")
    assert (record.act, record.by, record.subject_id) == (
        "asked for",
        world.person("owen"),
        later.pk,
    )


def test_a_report_is_corrected_once_and_then_its_later_version(world, first):
    second = built(corrected(first, world))

    with pytest.raises(NotToCorrect, match=r"There is a later version of this report already\."):
        corrected(first, world)
    third = corrected(second, world)

    assert (third.version, third.corrects) == (3, second)


def test_a_correction_that_was_cancelled_is_made_after_all_in_other_words(world, as_person, first):
    cancelled = corrected(first, world)
    cancel_report(report=cancelled, by=world.person("owen"))
    page = as_person("marcus").get(reverse("report", args=[first.pk]))

    again = corrected(first, world, "It was 63.", "marcus")

    assert page.context["later"] is None
    assert again.pk == cancelled.pk
    again = built(again)
    assert (again.status, again.asked_by, again.data["issue"]["text"]) == (
        "ready",
        world.person("marcus"),
        "It was 63.",
    )


@pytest.mark.django_db(transaction=True)
def test_two_who_correct_a_report_at_once_make_one_later_version(world, first):
    with ThreadPoolExecutor(BOTH) as threads:
        with transaction.atomic():
            Report.objects.select_for_update().get(pk=first.pk)
            answers = [
                threads.submit(correct_elsewhere, first, world, name) for name in ("marcus", "owen")
            ]
            wait_until_both_wait()
        found = sorted(answer.result(timeout=20) for answer in answers)

    assert found == ["Report", "There is a later version of this report already. Correct that one."]


def correct_elsewhere(report, world, name) -> str:
    """Correct on a connection of this thread's own; what came of it."""
    try:
        return type(corrected(report, world, name=name)).__name__
    except NotToCorrect as refused:
        return str(refused)
    finally:
        connection.close()


def test_an_unfinished_report_is_not_corrected(world):
    waiting = ask_for_case_study(enquiry=world.enquiry, by=world.person("marcus"))

    with pytest.raises(NotToCorrect, match=r"Only a finished report can be corrected\."):
        corrected(waiting, world)


def test_a_corrected_national_report_covers_the_same_alliances(world):
    some = world.programme.alliances.order_by("pk")[:2]
    first = built(
        ask_for_national(
            programme=world.programme, alliances=some, about="Two", by=world.person("nadia")
        )
    )

    later = corrected(first, world)

    assert (later.selected, later.about) == (first.selected, "Two")


def test_a_report_keeps_what_it_was_made_with(first):
    assert first.made_with == made_with()
    assert sorted(first.made_with) == ["methods", "months", "words"]
    assert [len(first.made_with[name]) for name in ("methods", "words")] == [16, 16]


@pytest.mark.parametrize(
    "shaping",
    ["impact/matched/figures.py", "impact/wording.py", "reports/builders/pictures/changes.py"],
)
def test_the_version_of_the_methods_is_that_of_all_that_shapes_a_report(
    settings, tmp_path, shaping
):
    for name in {shaping, "impact/strength.py"}:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("1")
    settings.BASE_DIR = tmp_path
    before = fingerprint(METHODS)

    (tmp_path / shaping).write_text("2")

    assert fingerprint(METHODS) != before


def test_the_page_of_a_corrected_report_leads_to_the_later_version(world, as_person, first):
    later = corrected(first, world)

    page = as_person("marcus").get(reverse("report", args=[first.pk])).content.decode()

    assert page.count(f'href="{reverse("report", args=[later.pk])}">version 2</a>') == 1
    assert page.count(reverse("report-correct", args=[first.pk])) == 0


def test_a_correction_needs_words(as_person, first):
    answer = as_person("marcus").post(
        reverse("report-correct", args=[first.pk]), {"correction": ""}
    )

    assert answer.status_code == 422
    assert answer.context["form"].errors == {"correction": ["This field is required."]}
    assert Report.objects.count() == 1


def test_correcting_on_the_page_leads_to_the_new_version(world, as_person, first):
    answer = as_person("marcus").post(
        reverse("report-correct", args=[first.pk]), {"correction": WHAT}
    )

    later = Report.objects.get(corrects=first)
    assert answer.url == reverse("report", args=[later.pk])
    assert (later.asked_by, later.correction) == (world.person("marcus"), WHAT)


def test_a_report_corrected_meanwhile_is_refused_in_words(world, as_person, first):
    corrected(first, world)

    answer = as_person("marcus").post(
        reverse("report-correct", args=[first.pk]), {"correction": "Another."}
    )

    assert answer.status_code == 422
    assert answer.context["form"].non_field_errors() == [
        "There is a later version of this report already. Correct that one."
    ]


def test_the_reports_of_an_alliance_are_listed_with_the_latest_of_each(world, as_person):
    as_person("leah").post(reverse("enquiry-report-ask", args=[world.enquiry.pk, "case-study"]))
    report = Report.objects.get()

    page = as_person("leah").get(reverse("alliance-reports", args=[world.abbot.pk]))

    ((enquiry, kinds),) = page.context["told"]
    assert enquiry == world.enquiry
    assert [(made.kind, latest) for made, latest in kinds] == [
        ("case-study", report),
        ("interim-report", None),
        ("final-report", None),
        ("poster", None),
        ("overview", None),
    ]


def test_a_kind_that_is_not_about_alliances_is_not_found(world, as_person):
    answer = as_person("leah").post(
        reverse("enquiry-report-ask", args=[world.enquiry.pk, "national"])
    )

    assert answer.status_code == 404
