"""What the forms of measures and readings accept, and what they say otherwise."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine

from impact.actions import add_measure, add_reading
from impact.forms import BaselineForm, MeasureForm, ReadingForm, ValueForm

pytestmark = pytest.mark.usefixtures("on_a_day_in_may")

MEASURE = {
    "level": "pupil",
    "name": "Reading age",
    "instrument": "test",
    "scale": "",
    "better": "higher",
    "unit": "years",
    "population": "Year 8",
    "group": "",
}


@pytest.fixture
def on_a_day_in_may():
    with time_machine.travel("2026-05-05 12:00", tick=False):
        yield


@pytest.fixture
def measure(world):
    return add_measure(enquiry=world.enquiry, by=world.person("leah"), baseline=None, **MEASURE)


def dated(text):
    day, month, year = text.split()
    return {"on_day": day, "on_month": month, "on_year": year}


def value(kind, on="5 5 2026", **typed):
    return {"kind": kind, **(dated(on) if on else {}), **typed}


def errors(form):
    return {name: list(texts) for name, texts in form.errors.items()}


# A measure


def test_a_measure(world):
    form = MeasureForm(MEASURE, enquiry=world.enquiry)

    assert form.is_valid()
    assert form.cleaned_data == {**MEASURE, "submission": None}


@pytest.mark.parametrize("name", ["level", "name", "instrument", "better", "population"])
def test_a_measure_lacks_something(world, name):
    form = MeasureForm({**MEASURE, name: ""}, enquiry=world.enquiry)

    assert errors(form) == {name: ["This field is required."]}


@pytest.mark.parametrize("name", ["level", "instrument", "better"])
def test_a_measure_with_a_code_that_is_none(world, name):
    form = MeasureForm({**MEASURE, name: "nonsense"}, enquiry=world.enquiry)

    assert errors(form) == {
        name: ["Select a valid choice. nonsense is not one of the available choices."]
    }


def test_a_measure_of_the_same_group_is_there_already(world, measure):
    form = MeasureForm(MEASURE, enquiry=world.enquiry)

    assert errors(form) == {"name": ["You measure this already in this group"]}


@pytest.mark.parametrize("name", ["name", "population", "group"])
def test_a_measure_of_something_else(world, measure, name):
    assert MeasureForm({**MEASURE, name: "Other"}, enquiry=world.enquiry).is_valid()


def test_the_same_measure_in_another_enquiry(world, measure):
    assert MeasureForm(MEASURE, enquiry=world.other_enquiry).is_valid()


# Any value


class AnyValue(ValueForm):
    wording = ("impact", "reading")


@pytest.mark.parametrize(
    ("typed", "fields"),
    [
        (value("number", value="7.25"), {"kind": "number", "value": Decimal("7.25"), "n": None}),
        (
            value("number", value="-7", n="0"),
            {"kind": "number", "value": Decimal("-7"), "n": 0},
        ),
        (
            value("proportion", numerator="0", denominator="22", value="9"),
            {"kind": "proportion", "numerator": 0, "denominator": 22},
        ),
        (
            value("proportion", numerator="22", denominator="22"),
            {"kind": "proportion", "numerator": 22, "denominator": 22},
        ),
        (
            value("mean", value="7", sd="0", n="30", text="x"),
            {"kind": "mean", "value": Decimal(7), "sd": Decimal(0), "n": 30},
        ),
        (value("text", text="Calmer"), {"kind": "text", "text": "Calmer", "n": None}),
        (value("x"), {"kind": "missing", "missing": "x"}),
    ],
)
def test_each_kind_keeps_what_belongs_to_it(typed, fields):
    form = AnyValue(typed)

    assert form.is_valid()
    assert form.fields_of_reading() == {
        **fields,
        "submission": None,
        "on": date(2026, 5, 5),
        "when": "5 May 2026",
    }


def test_what_was_not_collected_needs_no_date():
    form = AnyValue(value("x", on=None))

    assert form.is_valid()
    assert form.fields_of_reading() == {
        "kind": "missing",
        "missing": "x",
        "submission": None,
        "on": None,
        "when": "",
    }


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({}, {"kind": ["This field is required."]}),
        (
            value("z"),
            {"kind": ["Select a valid choice. z is not one of the available choices."]},
        ),
        (value("number"), {"value": ["Enter number or mean"]}),
        (
            value("number", on=None, value="7"),
            {"on": ["Enter the date of this reading"]},
        ),
        (
            value("proportion"),
            {"numerator": ["Enter how many"], "denominator": ["Enter out of how many"]},
        ),
        (
            value("mean"),
            {
                "value": ["Enter number or mean"],
                "sd": ["Enter standard deviation"],
                "n": ["Enter number of people behind it"],
            },
        ),
        (value("text"), {"text": ["Enter result in words"]}),
        (
            value("proportion", numerator="23", denominator="22"),
            {"numerator": ["Enter 22 or fewer"]},
        ),
        (
            value("proportion", numerator="0", denominator="0"),
            {"denominator": ["Ensure this value is greater than or equal to 1."]},
        ),
        (
            value("proportion", numerator="-1", denominator="2147483648"),
            {
                "numerator": ["Ensure this value is greater than or equal to 0."],
                "denominator": ["Ensure this value is less than or equal to 2147483647."],
            },
        ),
        (
            value("mean", value="7", sd="-1", n="30"),
            {"sd": ["Ensure this value is greater than or equal to 0."]},
        ),
        (
            value("number", value="7", n="2147483648"),
            {"n": ["Ensure this value is less than or equal to 2147483647."]},
        ),
        (
            value("number", value="7", n="1.5"),
            {"n": ["Enter a whole number."]},
        ),
        (value("number", value="seven"), {"value": ["Enter a number."]}),
        (value("number", value="NaN"), {"value": ["Enter a number."]}),
        (
            value("number", value="12345678901"),
            {"value": ["Ensure that there are no more than 10 digits before the decimal point."]},
        ),
        (
            value("number", value="0.12345"),
            {"value": ["Ensure that there are no more than 4 decimal places."]},
        ),
        (
            value("number", on="6 5 2026", value="7"),
            {"on": ["Date must be today or in the past"]},
        ),
        (
            value("number", on="31 2 2026", value="7"),
            {"on": ["Date must be a real date"]},
        ),
    ],
)
def test_a_value_that_lacks_something(typed, said):
    assert errors(AnyValue(typed)) == said


def test_a_baseline_not_taken_yet():
    form = BaselineForm({"baseline-kind": "none"})

    assert form.is_valid()
    assert form.fields_of_reading() is None


def test_a_baseline_may_not_be_uncollected():
    form = BaselineForm({"baseline-kind": "x"})

    assert errors(form) == {
        "kind": ["Select a valid choice. x is not one of the available choices."]
    }


# A reading among others


def test_a_reading_says_its_moment(measure):
    form = ReadingForm(value("number", value="7"), measure=measure)

    assert errors(form) == {"moment": ["This field is required."]}


@pytest.mark.parametrize(
    ("stands", "moment", "on", "said"),
    [
        ("", "outcome", "5 5 2026", {}),
        ("baseline 2026-05-04", "outcome", "4 5 2026", {}),
        ("baseline 2026-05-04", "interim", "5 5 2026", {}),
        (
            "baseline 2026-05-04",
            "outcome",
            "3 5 2026",
            {"on": ["This is dated before the baseline"]},
        ),
        (
            "baseline 2026-05-04",
            "interim",
            "3 5 2026",
            {"on": ["This is dated before the baseline"]},
        ),
        (
            "outcome 2026-05-02",
            "baseline",
            "3 5 2026",
            {"on": ["The baseline is dated after an outcome"]},
        ),
        ("outcome 2026-05-03", "baseline", "3 5 2026", {}),
        (
            "baseline 2026-05-04",
            "baseline",
            "3 5 2026",
            {"moment": ["This measure has its baseline"]},
        ),
    ],
)
def test_a_baseline_comes_first(measure, stands, moment, on, said):
    if stands:
        earlier, day = stands.split()
        day = date.fromisoformat(day)
        add_reading(measure=measure, by=None, moment=earlier, kind="number", value=1, on=day)

    form = ReadingForm({**value("number", on=on, value="7"), "moment": moment}, measure=measure)

    assert errors(form) == said


def test_the_moment_goes_with_the_reading(measure):
    form = ReadingForm({**value("number", value="7"), "moment": "interim"}, measure=measure)

    assert form.is_valid()
    assert form.fields_of_reading()["moment"] == "interim"


def test_a_change_cannot_be_typed(measure):
    form = ReadingForm({**value("number", value="7"), "moment": "change"}, measure=measure)

    assert errors(form) == {
        "moment": ["Select a valid choice. change is not one of the available choices."]
    }
