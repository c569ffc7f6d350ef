"""A report is held against those before it, and writes down what it tells."""

import re
from uuid import uuid4

import pytest
from django.urls import reverse

from enquiries.actions import save_sheet
from enquiries.models import Enquiry, LeadershipEntry
from impact.disclosure import Ledger
from impact.models import Reading
from impact.queries import measures_of
from reports.actions import (
    ask_about_enquiry,
    ask_for_case_study,
    ask_for_national,
    begin_edition,
    build_report,
    make_preview,
    retry_report,
)
from reports.builders import build_told_case_study
from reports.builders.shelf import Shelf
from reports.models import IssuedFigure, Kind, Report
from tests.desk import signed
from tests.measuring import add_measure, add_reading
from tests.reports.test_across import enlarged

FIGURE = "behaviour patience"


def built(report: Report) -> Report:
    build_report(report.pk)
    report.refresh_from_db()
    return report


def national(world, keys: list[str], about: str) -> Report:
    alliances = world.programme.alliances.filter(key__in=keys)
    return built(
        ask_for_national(
            programme=world.programme, alliances=alliances, about=about, by=world.person("owen")
        )
    )


def case_study(world) -> Report:
    enquiry = Enquiry.objects.get(alliance__key="affinity")
    return built(ask_for_case_study(enquiry=enquiry, by=world.person("owen")))


def told(report: Report) -> dict[str, str]:
    return {pair["first"]: pair["second"] for pair in report.data["behaviours"]}


def issued(report: Report) -> list[tuple[str, int]]:
    return list(report.issued.values_list("figure", "number"))


@pytest.fixture
def patient(world) -> list[str]:
    """Eight alliances, seven of which say that patience helped."""
    enlarged(world, world.south, 8)
    found = world.programme.alliances.filter(key__startswith="more-")
    for alliance in found[:7]:
        place = {"enquiry": alliance.enquiries.get(), "key": uuid4()}
        wanted = {"behaviour": "Patience", "reflection": "We listened"}
        save_sheet(LeadershipEntry, place=place, seen={}, wanted=wanted, by=world.person("leah"))
    return sorted(alliance.key for alliance in found)


@pytest.fixture
def reading(world) -> Reading:
    """An outcome of thirty pupils in an enquiry that has told of nothing else."""
    enquiry = world.programme.alliances.get(key="affinity").enquiries.get()
    measure = add_measure(
        enquiry=enquiry,
        by=world.person("owen"),
        level="pupil",
        name="Reading age",
        instrument="test",
        unit="pupils",
        population="Year 4",
    )
    return add_reading(
        measure=measure, by=world.person("owen"), moment="outcome", kind="number", value=12, n=30
    )


def test_figure_over_enough_alliances_is_told_and_written_down(world, patient):
    report = national(world, patient[:7], "Seven")

    assert told(report) == {"Patience": "7"}
    assert issued(report) == [(FIGURE, 7)]
    assert len(report.issued.get().units) == 7


def test_figure_of_a_few_is_withheld_and_explained(world, patient):
    report = national(world, patient[:2], "Two")

    assert told(report) == {"Patience": "[c]"}
    assert [pair["first"] for pair in report.data["symbols"]] == ["[c]"]
    assert issued(report) == []


def test_figure_over_nearly_the_same_alliances_is_withheld_later(world, patient):
    national(world, patient[:7], "Seven")

    second = national(world, patient[:6], "Six")

    assert told(second) == {"Patience": "[c]"}


def test_figure_over_other_alliances_is_told_later(world, patient):
    national(world, patient[:7], "Seven")

    second = national(world, patient[:4], "Four")

    assert told(second) == {"Patience": "4"}


def test_same_report_is_told_again(world, patient):
    first = national(world, patient[:7], "Seven")

    second = national(world, patient[:7], "Seven")

    assert (told(first), issued(first)) == (told(second), issued(second))


def test_reading_of_one_pupil_more_is_withheld_in_the_next_case_study(world, reading):
    first = case_study(world)
    Reading.objects.filter(pk=reading.pk).update(value=13)

    second = case_study(world)

    outcomes = [r.data["measures"][0]["lines"][0]["outcome"] for r in (first, second)]
    assert outcomes == ["12 pupils", "[c]"]


def test_a_poster_tells_of_the_measures_in_its_picture_alone(world, reading):
    enquiry = reading.measure.enquiry
    shown = add_measure(
        enquiry=enquiry,
        by=world.person("owen"),
        level="pupil",
        name="Spelling age",
        instrument="test",
        unit="months",
        population="Year 5",
        baseline={"kind": "number", "value": 90, "n": 40},
    )
    outcome = add_reading(
        measure=shown, by=world.person("owen"), moment="outcome", kind="number", value=99, n=40
    )
    before = shown.readings.get(moment="baseline")

    ask = {"kind": Kind.POSTER, "enquiry": enquiry, "by": world.person("owen")}
    poster = built(ask_about_enquiry(**ask))

    assert poster.data["chart"]["title"] == "Spelling age: from baseline to outcome"
    assert issued(poster) == [
        (f"reading {before.pk} number", 40),
        (f"reading {outcome.pk} number", 40),
    ]


def test_a_case_study_in_its_own_words_tells_of_the_measures_it_shows_alone(world):
    draft = signed(world)
    shelf = Shelf(draft.enquiry)
    shown = [m for code, m in shelf.measured.items() if code in draft.shown]
    ledger = Ledger(fewest=3, threshold=10)

    build_told_case_study(draft, ledger=ledger)

    prefixes = [f"reading {each.id} " for measure in shown for each in measure.readings]
    assert {issue.figure.rpartition(" ")[0] + " " for issue in ledger.told} <= set(prefixes)


def test_page_that_is_read_by_name_is_no_issue(world, reading):
    case_study(world)
    Reading.objects.filter(pk=reading.pk).update(value=13)

    (measure,) = measures_of(reading.measure.enquiry, exact=False)

    assert measure.readings[0].value == 13


def test_report_that_is_frozen_anew_is_not_held_against_itself(world, reading):
    report = case_study(world)
    Report.objects.filter(pk=report.pk).update(status="failed")
    Reading.objects.filter(pk=reading.pk).update(value=13)
    retry_report(report=report, by=world.person("owen"))

    built(report)

    assert report.data["measures"][0]["lines"][0]["outcome"] == "13 pupils"
    assert (f"reading {reading.pk} ", 13) in issued(report)


def test_the_preview_of_a_report_withholds_what_its_issue_would(world, patient, as_person):
    owen, alliances = world.person("owen"), world.programme.alliances.order_by("pk")
    edition = begin_edition(programme=world.programme, theme=None, by=owen)
    before = previewed(as_person("owen"), edition)
    all_but_one = list(alliances.values_list("pk", flat=True))[1:]
    earlier = ask_for_national(
        programme=world.programme, alliances=alliances[1:], about="But one", by=owen
    )
    IssuedFigure.objects.create(report=earlier, figure=FIGURE, units=all_but_one, number=7)

    after = previewed(as_person("owen"), edition)

    assert (before, after) == ((["7"], []), ([], ["Patience"]))


def previewed(client, edition) -> tuple[list[str], list[str]]:
    """How many alliances the preview says that patience helped; what it says to be withheld."""
    address = reverse("edition-preview", args=[edition.pk])
    client.post(address)
    make_preview(edition.previews.get().pk)
    page = client.get(address).content.decode()
    told = re.findall(r'<th scope="rowgroup">Patience</th>\s*<td[^>]*>(\d+)</td>', page)
    withheld = re.findall(r"withheld, because very few did: [^<]*(Patience)", page)
    return told, withheld
