"""Measures and claims as plain values, in a number of queries that does not grow."""

from datetime import date

import pytest

from enquiries.actions import log_entry
from impact.models import Claim, Measure
from impact.queries import claims_of, measures_of
from impact.values import Symbol, Tally
from tests.measuring import add_measure, add_reading


@pytest.fixture
def empty(world):
    """An enquiry that has been listed only: no measures, no claims of its own."""
    enquiry = world.programme.alliances.get(key="jurassic").enquiries.get()
    enquiry.claims.all().delete()
    return enquiry


def add(world, enquiry, name, *readings):
    leah = world.person("leah")
    measure = add_measure(
        enquiry=enquiry,
        by=leah,
        baseline=None,
        name=name,
        level="pupil",
        instrument="test",
        population="Year 8",
        unit="pupils",
    )
    for reading in readings:
        add_reading(measure=measure, by=leah, **reading)


COUNTED = {"kind": "proportion", "numerator": 14, "denominator": 22}
MEAN = {"kind": "mean", "value": 7, "sd": 2, "n": 30}


def test_an_enquiry_without_measures(empty, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert measures_of(empty, exact=True) == []


@pytest.mark.parametrize("measures", [1, 3])
def test_measures_of_an_enquiry(world, empty, django_assert_num_queries, measures):
    for number in range(measures):
        add(world, empty, f"Age {number}", {"moment": "baseline", **COUNTED})

    with django_assert_num_queries(4):
        found = measures_of(empty, exact=False)

    assert [(m.name, m.readings[0].value, m.readings[0].of) for m in found] == [
        (f"Age {number}", 14.0, 22) for number in range(measures)
    ]


def test_distributions_in_the_same_number_of_queries(world, django_assert_num_queries):
    with django_assert_num_queries(4):
        found = measures_of(world.other_enquiry, exact=True)

    assert len(found) == 50
    grades = next(m for m in found if m.name == "Students on A-level English timed essay")
    assert grades.is_distribution
    assert [(t.label, t.value) for t in grades.at("baseline").tallies] == [
        ("grades A and B", 0.0),
        ("grade D", 2.0),
        ("grades E and U", 15.0),
    ]


def test_each_kind_of_reading_as_a_value(world, empty):
    add(
        world,
        empty,
        "Age",
        {"moment": "baseline", "when": "May", **MEAN},
        {"moment": "interim", **COUNTED},
        {"moment": "outcome", "kind": "text", "text": "Calmer"},
        {"moment": "outcome", "kind": "z"},
        {"moment": "change", "kind": "number", "value": -2, "since": "May"},
    )

    (measure,) = measures_of(empty, exact=True)

    assert [
        (r.moment, r.when, r.since, r.value, r.of, r.sd, r.n, r.words, r.symbol)
        for r in measure.readings
    ] == [
        ("baseline", "May", "", 7.0, None, 2.0, 30, "", Symbol.NONE),
        ("interim", "", "", 14.0, 22, None, None, "", Symbol.NONE),
        ("outcome", "", "", None, None, None, None, "Calmer", Symbol.NONE),
        ("outcome", "", "", None, None, None, None, "", Symbol.NOT_APPLICABLE),
        ("change", "", "May", -2.0, None, None, None, "", Symbol.NONE),
    ]


def test_only_the_alliance_sees_exact_figures(world, empty):
    add(world, empty, "Age", {"moment": "outcome", **COUNTED, "numerator": 3})

    assert measures_of(empty, exact=True)[0].readings[0].value == 3.0
    assert measures_of(empty, exact=False)[0].readings[0].symbol == Symbol.SUPPRESSED


@pytest.mark.parametrize("claims", [1, 3])
def test_claims_pupils_first(world, empty, django_assert_num_queries, claims):
    levels = ["alliance", "teacher", "pupil"][:claims]
    for level in levels:
        log_entry(
            Claim,
            enquiry=empty,
            by=world.person("leah"),
            level=level,
            statement=level,
            origin=Claim.Origin.ALLIANCE,
        )

    with django_assert_num_queries(1):
        found = claims_of(empty)

    assert [claim.statement for claim in found] == levels[::-1]


def test_a_tally_knows_its_label_and_note(world):
    measure = Measure.objects.get(distribution="cb-vectors-10R4-all")
    found = next(m for m in measures_of(measure.enquiry, exact=True) if m.id == measure.pk)

    assert found.at("outcome").tallies[0] == Tally(
        "whole question correct", 14.0, Symbol.NONE, "next lesson", "Printed as 64 per cent"
    )


def test_readings_written_down_late_stand_at_their_day(world, empty):
    days = [("baseline", 1, 7), ("outcome", 6, 9), ("interim", 3, 8)]
    readings = [
        {"moment": moment, "kind": "number", "value": value, "held_on": date(2026, month, 1)}
        for moment, month, value in days
    ]
    add(world, empty, "Age", *readings)

    (measure,) = measures_of(empty, exact=True)

    assert [reading.value for reading in measure.readings] == [7, 8, 9]
