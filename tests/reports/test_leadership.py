"""A leadership log over time: term by term, drawn, and with passages to quote."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
import time_machine

from enquiries.actions import save_sheet
from enquiries.models import LeadershipEntry
from reports.charts import tallies
from reports.charts.marks import Dot, Text
from reports.leadership import log_of, picture_of
from tests.enquiries.test_sheets import address
from tests.reports.drawn import collisions, of, outside


def logged(world, day: str, *behaviours: str, by: str = "leah", **said) -> LeadershipEntry:
    wanted = {"behaviours": list(behaviours), "reflection": f"Learnt on {day}", **said}
    place = {"enquiry": world.enquiry, "key": uuid4()}
    with time_machine.travel(datetime.fromisoformat(day).replace(tzinfo=UTC), tick=False):
        return save_sheet(LeadershipEntry, place=place, seen={}, wanted=wanted, by=world.person(by))


@pytest.fixture
def year(world) -> list[LeadershipEntry]:
    return [
        logged(world, "2025-10-06", "lb1", "lb5"),
        logged(world, "2025-11-17", "lb5"),
        logged(world, "2026-02-03", "lb5", behaviour="Patience", went_well="We listened"),
    ]


def test_log_counts_each_behaviour_by_term(world, year):
    log = log_of(world.enquiry, year)

    counts = {line.title: line.counts for line in log.behaviours}
    assert log.terms == [("Autumn", "2025"), ("Spring", "2026")]
    assert counts["Entrepreneurial judgement"] == [1, 0]
    assert counts["Communication"] == [2, 1]
    assert counts["In other words"] == [0, 1]
    assert counts["Humility"] == [0, 0]
    assert len(counts) == 11


def test_entries_come_newest_first_with_what_can_be_quoted(world, year):
    newest = log_of(world.enquiry, year).entries[0]

    assert newest.drawn_on == ["Communication", "Patience"]
    assert [(p.label, p.text) for p in newest.passages] == [
        ("What you learnt", "Learnt on 2026-02-03"),
        ("What went well", "We listened"),
    ]


def test_discs_grow_with_what_they_count_and_are_told_in_words(world, year):
    picture = picture_of(log_of(world.enquiry, year))
    drawing = tallies(picture)[0]

    counts = [mark.text for mark in of(drawing, Text) if mark.text.isdigit()]
    assert counts == ["2025", "2026", "1", "2", "1", "1"]
    assert [(dot.x, dot.r) for dot in of(drawing, Dot)] == [
        (293, 13.2),
        (293, 15),
        (367, 13.2),
        (367, 13.2),
    ]
    assert picture["sentence"] == (
        "Entrepreneurial judgement: autumn 2025 1. "
        "Communication: autumn 2025 2, spring 2026 1. In other words: spring 2026 1."
    )


def test_texts_of_a_log_keep_apart_at_both_widths(world, year):
    for drawing in tallies(picture_of(log_of(world.enquiry, year))):
        assert (collisions(drawing), outside(drawing)) == ([], [])


def page(client, world, query: str = ""):
    return client.get(f"/enquiries/{world.enquiry.pk}/leadership/{query}")


def test_page_shows_ones_own_entries_and_on_request_all(world, as_person, year):
    logged(world, "2026-02-04", "lb1", by="sam")

    shown = {
        (person, query): len(page(as_person(person), world, query).context["log"].entries)
        for person, query in [("leah", ""), ("leah", "?whose=all"), ("sam", ""), ("faye", "")]
    }

    assert shown == {
        ("leah", ""): 3,
        ("leah", "?whose=all"): 4,
        ("sam", ""): 1,
        ("faye", ""): 4,
    }


def test_printed_entries_are_not_counted(world, as_person):
    assert LeadershipEntry.objects.filter(enquiry=world.enquiry).exists()
    assert page(as_person("leah"), world).context["log"].entries == []


def test_passage_is_taken_over_into_a_quotation(world, as_person, year):
    leah = as_person("leah")
    passage = page(leah, world).context["log"].entries[0].passages[1]

    form = leah.get(leah.get(passage.url).url).context["form"]

    assert form["text"].value() == "We listened"
    assert form["attribution"].value() is None


@pytest.mark.parametrize(
    "query",
    ["entry=x&part=reflection", "entry={pk}&part=logged_by", "entry={other}&part=reflection"],
)
def test_quotation_takes_nothing_else_from_its_address(world, as_person, year, query):
    leah = as_person("leah")
    other = LeadershipEntry.objects.filter(enquiry=world.other_enquiry).first()
    asked = query.format(pk=year[0].pk, other=other.pk if other else 0)

    form = leah.get(f"{address(world, 'quotation', uuid4())}?{asked}").context["form"]

    assert form["text"].value() is None


@pytest.mark.parametrize("number", [1, 3])
def test_page_asks_the_same_whatever_its_entries(
    world, as_person, number, django_assert_num_queries
):
    for n in range(1, number + 1):
        logged(world, f"2026-02-0{n}", "lb1")
    leah = as_person("leah")

    with django_assert_num_queries(5):
        shown = page(leah, world)

    assert len(shown.context["log"].entries) == number
