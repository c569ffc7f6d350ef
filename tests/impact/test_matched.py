"""Matched scores from the first question to their end: begun, sent, shown, put off, deleted."""

import re
from datetime import date, timedelta
from html import unescape

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from alliances.models import AuditRecord
from impact.actions import (
    begin_matched,
    delete_matched,
    delete_run_out,
    extend_matched,
    take_up,
)
from impact.matched.figures import WITHHELD, figures_of, outside
from impact.matched.queries import shown_figures
from impact.models import MatchedRow, MatchedSet, Upload
from impact.statistics import Basis, Kind, Unsaid
from tests.impact.matching import (
    A_SET,
    HEADINGS,
    SEVEN,
    UNTIL,
    ethics_told,
    matched_set_of,
    scores_saved,
    scores_sent,
)
from tests.impact.sheets import a_measure, csv_file, lines_of, opened
from tests.pages import errors_said, queries_of


def rows(matched_set) -> list[tuple]:
    found = MatchedRow.objects.filter(matched_set=matched_set)
    return list(found.values_list("pseudonym", "before", "after"))


def page(client, name, *args) -> str:
    response = client.get(reverse(name, args=args))
    assert response.status_code == 200
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode())))


# ---- saving --------------------------------------------------------------------------------


def test_scores_are_saved_whole_and_the_file_is_gone(world):
    matched_set = scores_saved(world)

    assert len(rows(matched_set)) == 7
    assert rows(matched_set)[:1] == [("P01", 10, 14)]
    upload = Upload.objects.get()
    assert (upload.status, upload.content, upload.preview) == ("saved", None, {})


def test_scores_sent_again_take_the_place_of_those_there_were(world):
    matched_set = scores_saved(world)

    scores_saved(world, ["P09", "1", "2"])

    assert rows(matched_set) == [("P09", 1, 2)]


def test_file_with_names_is_refused_and_deleted_at_once(world):
    matched_set = matched_set_of(world)

    upload = scores_sent(world, matched_set, ["Emma Smith", "10", "14"])

    assert (upload.status, upload.content, rows(matched_set)) == ("refused", None, [])
    assert "Emma" not in str(upload.faults)


# ---- the end -------------------------------------------------------------------------------


def test_deleting_leaves_nothing_but_the_word_of_it(world):
    matched_set = scores_saved(world)
    scores_sent(world, matched_set)

    assert delete_matched(matched_set=matched_set, by=world.person("sam"))

    matched_set.refresh_from_db()
    assert (rows(matched_set), Upload.objects.count()) == ([], 0)
    assert (matched_set.gone, matched_set.deleted_by, matched_set.rows_gone) == (
        "deleted",
        world.person("sam"),
        7,
    )
    assert (matched_set.instrument, matched_set.consent) == ("", "")
    record = AuditRecord.objects.get(act="deleted")
    assert (record.by, record.detail) == (world.person("sam"), {"rows": 7})


def test_deleting_twice_changes_nothing(world):
    matched_set = scores_saved(world)
    delete_matched(matched_set=matched_set, by=world.person("sam"))

    assert not delete_matched(matched_set=matched_set, by=world.person("leah"))

    matched_set.refresh_from_db()
    assert (matched_set.deleted_by, matched_set.rows_gone) == (world.person("sam"), 7)


def test_what_was_sent_for_a_deleted_set_saves_nothing(world):
    matched_set = matched_set_of(world)
    upload = scores_sent(world, matched_set)
    delete_matched(matched_set=matched_set, by=world.person("leah"))

    take_up(upload.pk)

    assert MatchedRow.objects.count() == 0


@pytest.mark.parametrize(("days", "deleted"), [(0, 0), (1, 1)])
def test_scores_are_deleted_the_day_after_their_last(world, days, deleted):
    matched_set = scores_saved(world)

    with time_machine.travel(UNTIL + timedelta(days=days, hours=12)):
        found = delete_run_out(), delete_run_out()

    matched_set.refresh_from_db()
    assert found == (deleted, 0)
    assert len(rows(matched_set)) == (0 if deleted else 7)
    assert (matched_set.gone, matched_set.deleted_by) == ("run-out" if deleted else "", None)


def test_the_last_day_is_put_off_with_a_reason(world):
    matched_set, later = scores_saved(world), UNTIL + timedelta(days=30)

    assert extend_matched(
        matched_set=matched_set, retain_until=later, because="Compared.", by=world.person("leah")
    )

    matched_set.refresh_from_db()
    assert (matched_set.retain_until, matched_set.extended_because) == (later, "Compared.")
    record = AuditRecord.objects.get(act="extended")
    assert record.detail == {"before": str(UNTIL), "after": str(later), "because": "Compared."}


def test_what_is_deleted_is_not_put_off(world):
    matched_set = scores_saved(world)
    delete_matched(matched_set=matched_set, by=world.person("leah"))

    assert not extend_matched(
        matched_set=matched_set, retain_until=UNTIL, because="Late.", by=world.person("leah")
    )


def test_deleted_set_that_keeps_what_it_said_is_refused_by_the_database(world):
    matched_set = scores_saved(world)

    with pytest.raises(IntegrityError), transaction.atomic():
        MatchedSet.objects.filter(pk=matched_set.pk).update(
            gone_at=timezone.now(), gone="run-out", rows_gone=7
        )


# ---- figures -------------------------------------------------------------------------------


def figures(world, *lines, headings=HEADINGS, exact=True):
    return shown_figures(scores_saved(world, *lines, headings=headings), exact=exact)


def test_who_is_matched_and_who_is_missing(world):
    (everybody,) = figures(world).lines

    assert (everybody.people, everybody.matched) == (7, 5)
    assert (everybody.before_alone, everybody.after_alone, everybody.lost) == (1, 1, 17)
    assert everybody.change == pytest.approx((4 + 3 + 0 + 5 + 5) / 5)
    assert everybody.difference == pytest.approx(79 / 6 - 57 / 6)


def test_without_comparison_the_figures_are_descriptive(world):
    found = figures(world)

    assert [result.kind for result in found.results] == [
        Kind.MEAN_CHANGE,
        Kind.STANDARDISED_CHANGE,
        Kind.SHARE_IMPROVED,
    ]
    assert {result.basis for result in found.results} == {Basis.DESCRIPTIVE}
    assert found.results[2].estimate == pytest.approx(4 / 5)
    assert not found.has_comparison


ARMS = [*HEADINGS, "Intervention or comparison"]
CLASSES = [*ARMS, "Class"]


def both_arms(people: int, *, classes: int = 0) -> list[list[str]]:
    """So many people in each arm, in so many classes each."""
    return [
        [f"{arm[0]}{n:02}", str(50 + n % 5), str(55 + n % 7 + gain), arm]
        + ([f"{arm[0]}{n % classes}"] if classes else [])
        for arm, gain in (("Intervention", 4), ("Comparison", 0))
        for n in range(people)
    ]


def test_with_comparison_the_effect_is_adjusted_for_the_baseline(world):
    found = figures(world, *both_arms(12), headings=ARMS)

    assert [line.label for line in found.lines] == ["Everybody", "Intervention", "Comparison"]
    assert [(each.kind, each.basis) for each in found.results] == [
        (Kind.EFFECT_SIZE, Basis.COMPARISON),
        (Kind.EFFECT_SIZE, Basis.COMPARISON),
    ]
    assert found.results[0].n == 24


def test_classes_take_the_place_of_single_people(world):
    found = figures(world, *both_arms(12, classes=3), headings=CLASSES)

    assert found.results[1].design_effect > 1
    assert not found.is_of_classes


def test_one_class_against_another_is_descriptive(world):
    found = figures(world, *both_arms(12, classes=1), headings=CLASSES)

    assert [each.basis for each in found.results] == [Basis.CLASSES] * 2
    assert all(isinstance(each.interval, Unsaid) for each in found.results)


def test_groups_show_whom_the_set_lost(world):
    lines = [[*line, answer] for line, answer in zip(SEVEN, "yyynnny", strict=True)]

    found = figures(world, *lines, headings=[*HEADINGS, "SEND"])

    assert [(line.label, line.people, line.before_alone) for line in found.groups] == [
        ("SEND: yes", 4, 0),
        ("SEND: no", 3, 1),
    ]


def test_nothing_leaves_the_school_where_a_count_is_small(world):
    assert figures(world, exact=False) == WITHHELD


def test_what_leaves_the_school_has_no_groups_and_no_share_of_a_few(world):
    lines = [[f"P{n:02}", "10", "9" if n < 2 else "14", "yes"] for n in range(20)]
    inside = figures(world, *lines, headings=[*HEADINGS, "SEND"])

    shown = outside(inside, 6)

    assert [line.people for line in shown.lines] == [20]
    assert (shown.groups, [each.kind for each in shown.results]) == (
        (),
        [Kind.MEAN_CHANGE, Kind.STANDARDISED_CHANGE],
    )


def test_figures_of_nobody_with_both_scores(world):
    people = [MatchedRow(arm="intervention", before=10), MatchedRow(arm="intervention", after=3)]

    found = figures_of(people, "higher")

    assert found.lines[0].change is None
    assert found.lines[0].difference == pytest.approx(-7)
    assert all(isinstance(result, Unsaid) for result in found.results)


# ---- pages ---------------------------------------------------------------------------------


def test_a_set_is_begun_and_filled_by_its_pages(world, as_person):
    ethics_told(world)
    leah, measure = as_person("leah"), a_measure(world)
    school = world.enquiry.participations.first()
    chosen = {**A_SET, "measure": measure.pk, "participation": school.pk}

    begun = leah.post(reverse("matched-new", args=[world.enquiry.pk]), chosen)
    matched_set = MatchedSet.objects.get()
    file = SimpleUploadedFile("Emma Smith.csv", csv_file(HEADINGS, *SEVEN))
    sent = leah.post(begun.url, {"file": file})
    upload = Upload.objects.get()
    take_up(upload.pk)
    preview = page(leah, "upload", upload.pk)
    leah.post(reverse("upload-confirm", args=[upload.pk]))
    take_up(upload.pk)
    shown = page(leah, "matched-set", matched_set.pk)

    assert begun.url == reverse("matched-upload", args=[matched_set.pk])
    assert sent.url == reverse("upload", args=[upload.pk])
    assert (matched_set.before_on, matched_set.after_on) == (date(2026, 1, 9), date(2026, 3, 27))
    assert upload.name == "Matched scores"
    assert "With both scores, which are compared 5" in preview
    assert "P01" not in preview + shown
    assert "Descriptive: no comparison group" in shown
    assert len(rows(matched_set)) == 7


@pytest.mark.parametrize("told", [None, False])
def test_no_set_before_the_ethics_checklist_is_complete(world, as_person, told):
    if told is not None:
        ethics_told(world, right_to_withdraw=told)
    leah = as_person("leah")
    before = reverse("matched-sets", args=[world.enquiry.pk])

    answer = leah.post(reverse("matched-new", args=[world.enquiry.pk]), A_SET)

    assert (answer.status_code, answer.url) == (302, before)
    assert "once the ethics checklist is complete" in page(leah, "matched-sets", world.enquiry.pk)
    assert MatchedSet.objects.count() == 0


def test_what_a_set_must_say(world, as_person):
    ethics_told(world)
    chosen = {"after_on_day": "8", "after_on_month": "1", "after_on_year": "2026"}
    kept = {"retain_until_day": "1", "retain_until_month": "2", "retain_until_year": "2026"}
    first = {f"before_on_{part}": A_SET[f"before_on_{part}"] for part in ("day", "month", "year")}

    answer = as_person("leah").post(
        reverse("matched-new", args=[world.enquiry.pk]), {**first, **chosen, **kept}
    )

    assert errors_said(answer) == {
        "measure": "Select measure",
        "participation": "Select school",
        "instrument": "Enter test or questionnaire",
        "phase": "Select phase",
        "after_on": "Date must be after the first one",
        "consent": "Enter consent that covers this",
        "retain_until": "Date must be in the future",
    }


def test_the_last_day_is_put_off_by_its_page(world, as_person):
    matched_set = scores_saved(world)
    url = reverse("matched-extend", args=[matched_set.pk])
    leah = as_person("leah")
    earlier = {"retain_until_day": "1", "retain_until_month": "1", "retain_until_year": "2036"}

    refused = leah.post(url, earlier)
    done = leah.post(url, {**earlier, "because": "The next cohort is compared with it."})

    assert errors_said(refused) == {"because": "Enter why they are still needed"}
    assert done.url == reverse("matched-set", args=[matched_set.pk])
    assert "The next cohort is compared with it." in page(leah, "matched-set", matched_set.pk)


def test_scores_are_deleted_by_a_page_that_asks_first(world, as_person):
    matched_set, sam = scores_saved(world), as_person("sam")

    asked = page(sam, "matched-delete", matched_set.pk)
    answer = sam.post(reverse("matched-delete", args=[matched_set.pk]))
    shown = page(sam, "matched-set", matched_set.pk)

    assert "The scores of 7 people are deleted at once" in asked
    assert answer.url == reverse("matched-sets", args=[world.enquiry.pk])
    assert "Nothing of them is left here." in shown
    assert rows(matched_set) == []


@pytest.mark.parametrize("name", ["matched-upload", "matched-extend", "matched-delete"])
def test_what_is_deleted_has_nothing_to_change(world, as_person, name):
    matched_set = scores_saved(world)
    delete_matched(matched_set=matched_set, by=world.person("leah"))

    assert as_person("leah").get(reverse(name, args=[matched_set.pk])).status_code == 404


@pytest.mark.parametrize(("name", "says"), [("sam", True), ("faye", False)])
def test_how_many_were_deleted_only_those_know_who_held_them(world, as_person, name, says):
    matched_set = scores_saved(world)
    delete_matched(matched_set=matched_set, by=world.person("leah"))

    shown = page(as_person(name), "matched-set", matched_set.pk)

    assert ("There were scores of 7 people." in shown) is says


def test_deleting_waits_until_nobody_else_adds_to_the_enquiry(world):
    matched_set = scores_saved(world)

    with CaptureQueriesContext(connection) as queries:
        delete_matched(matched_set=matched_set, by=world.person("leah"))

    locks = [query["sql"] for query in queries if "FOR UPDATE" in query["sql"]]
    assert [re.search(r'FROM "(\w+)"', sql)[1] for sql in locks] == [
        "enquiries_enquiry",
        "impact_matchedset",
    ]


def test_who_does_not_hold_the_scores_sees_that_they_are_withheld(world, as_person):
    matched_set = scores_saved(world)

    shown = page(as_person("faye"), "matched-set", matched_set.pk)

    assert "[c] Withheld, because some of these figures rest on few people." in shown
    assert "Delete them" not in shown


def test_template_has_the_columns_and_says_what_they_hold(world, as_person):
    matched_set = matched_set_of(world)
    url = reverse("matched-template", args=[matched_set.pk, "xlsx"])

    book = opened(as_person("leah").get(url).content)

    assert lines_of(book["Scores"]) == [
        ("Pseudonym", "Before", "After", "Intervention or comparison", "Class")
    ]
    said = {line[0] for line in lines_of(book["How to fill in"])}
    assert {*HEADINGS, "Class", "Any other column", "Names"} <= said


@pytest.mark.parametrize("number", [1, 3])
def test_pages_ask_the_same_whatever_their_rows(world, as_person, number):
    ethics_told(world)
    leah = as_person("leah")
    for n in range(number):
        matched_set = scores_saved(world, *SEVEN[: n + 1], measure=a_measure(world, f"Test {n}"))

    found = {
        name: queries_of(leah, reverse(name, args=[pk]))
        for name, pk in {
            "matched-sets": world.enquiry.pk,
            "matched-new": world.enquiry.pk,
            "matched-set": matched_set.pk,
            "matched-delete": matched_set.pk,
            "upload": Upload.objects.first().pk,
        }.items()
    }

    assert found == {
        "matched-sets": 6,
        "matched-new": 7,
        "matched-set": 6,
        "matched-delete": 4,
        "upload": 5,
    }


def test_a_form_sent_twice_begins_one_set(world):
    key = "5f0c8a6e-0000-4000-8000-000000000001"
    fields = {
        "enquiry": world.enquiry,
        "measure": a_measure(world),
        "participation": world.enquiry.participations.first(),
        "instrument": "NGRT",
        "phase": "primary",
        "before_on": date(2026, 1, 9),
        "after_on": date(2026, 3, 27),
        "retain_until": UNTIL,
        "consent": "Letter",
        "submission": key,
        "by": world.person("leah"),
    }

    assert begin_matched(**fields) == begin_matched(**fields)
