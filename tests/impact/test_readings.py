"""Readings as their writers fill them in."""

from datetime import date
from decimal import Decimal

import pytest

from impact.models import Measure, Reading
from tests.impact.forms import LIKERT, MEASURE, address, on, reading, said
from tests.measuring import add_reading

KINDS = {
    "number": ({"value": "7.5", "n": "30"}, {"value": Decimal("7.5"), "n": 30}),
    "proportion": (
        {"numerator": "14", "denominator": "22"},
        {"numerator": 14, "denominator": 22},
    ),
    "mean": ({"value": "7", "sd": "2", "n": "30"}, {"value": 7, "sd": 2, "n": 30}),
    "text": ({"text": "Calmer"}, {"text": "Calmer"}),
}
EMPTY = dict.fromkeys(("value", "sd", "numerator", "denominator", "n")) | {"text": ""}

pytestmark = pytest.mark.usefixtures("on_a_day_in_may")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("moment", ["baseline", "interim", "outcome", "change"])
@pytest.mark.usefixtures("untried")
def test_a_reading_of_each_kind(world, leah, measure, kind, moment):
    typed, stored = KINDS[kind]

    response = leah.post(address(world, "reading"), reading(measure, moment, kind, **typed))

    found = Reading.objects.get(measure=measure)
    assert response.url == f"/measures/{measure.pk}/"
    assert (found.moment, found.kind, found.missing, found.held_on) == (
        moment,
        kind,
        "",
        date(2026, 5, 4),
    )
    assert {name: getattr(found, name) for name in EMPTY} == {**EMPTY, **stored}


@pytest.mark.parametrize("symbol", ["x", "z", "c"])
def test_a_reading_without_a_value_says_why_and_needs_no_date(world, leah, measure, symbol):
    typed = {"measure_id": measure.pk, "moment": "interim", "given": symbol}

    leah.post(address(world, "reading"), typed)

    found = Reading.objects.get(measure=measure)
    assert (found.kind, found.missing, found.value) == ("missing", symbol, None)


def test_nought_is_a_number(world, leah, measure):
    leah.post(address(world, "reading"), reading(measure, value="0", n="0"))

    found = Reading.objects.get(measure=measure)
    assert (found.value, found.n, found.missing) == (0, 0, "")


@pytest.mark.parametrize(
    ("typed", "problems"),
    [
        ({"given": "number", "value": ""}, {"value": ["Enter number or mean"]}),
        ({"given": "number", "value": "seven"}, {"value": ["Enter a number."]}),
        ({"given": "number", "held_on_year": ""}, None),
        (
            {"given": "proportion"},
            {"numerator": ["Enter how many"], "denominator": ["Enter out of how many"]},
        ),
        (
            {"given": "proportion", "numerator": "23", "denominator": "22"},
            {"numerator": ["Enter 22 or fewer"]},
        ),
        (
            {"given": "mean", "value": "7"},
            {"sd": ["Enter standard deviation"], "n": ["Enter number of people behind it"]},
        ),
        ({"given": "text"}, {"text": ["Enter result in words"]}),
        ({"given": "x", "is_weak": "on"}, {"is_weak": ["There is no value that could be weak"]}),
    ],
)
def test_a_reading_that_lacks_something(world, leah, measure, typed, problems):
    response = leah.post(address(world, "reading"), reading(measure, **typed))

    found = {name: list(texts) for name, texts in response.context["form"].errors.items()}
    assert response.status_code == 422
    assert found == problems if problems else list(found) == ["held_on"]
    assert not Reading.objects.filter(measure=measure).exists()


def test_what_was_typed_for_another_kind_is_not_kept(world, leah, measure):
    typed = {"numerator": "3", "denominator": "9", "sd": "1", "text": "Better"}

    leah.post(address(world, "reading"), reading(measure, value="7", **typed))

    found = Reading.objects.get(measure=measure)
    assert {name: getattr(found, name) for name in EMPTY} == {**EMPTY, "value": 7}


def test_a_reading_becomes_another_kind(world, leah, measure):
    url = address(world, "reading")
    leah.post(url, reading(measure, value="7", n="30"))

    leah.post(
        url,
        reading(measure, given="proportion", numerator="3", denominator="9", value="7", n="30")
        | said(leah, url),
    )

    found = Reading.objects.get(measure=measure)
    kept = {**EMPTY, "numerator": 3, "denominator": 9}
    assert {name: getattr(found, name) for name in EMPTY} == kept


def test_counts_of_each_answer(world, leah):
    leah.post(address(world, "measure"), {**MEASURE, "answers": LIKERT})
    measure = Measure.objects.get(name="Reading age")
    names = [f"count.{category.pk}" for category in measure.categories.all()]
    counts = dict(zip(names, ["4", "0", "26"], strict=True))

    url = address(world, "reading")
    lacking = leah.post(url, reading(measure, given="distribution", **{**counts, names[1]: ""}))
    leah.post(url, reading(measure, given="distribution", **counts))

    found = Reading.objects.get(measure=measure)
    assert lacking.context["form"].errors == {names[1]: ["Enter neither"]}
    assert [count.value for count in found.counts.all()] == [4, 0, 26]
    (change,) = found.revisions()
    assert {name: change.changes[name] for name in names} == {
        name: ["", count] for name, count in counts.items()
    }


def test_a_reading_of_a_measure_elsewhere(world, leah):
    foreign = world.other_enquiry.measures.first()

    response = leah.post(address(world, "reading"), reading(foreign))

    assert list(response.context["form"].errors) == ["measure_id"]


@pytest.mark.parametrize(
    ("stands", "wanted", "problems"),
    [
        (None, ("baseline", 4), {}),
        (("baseline", 3), ("outcome", 4), {}),
        (("baseline", 3), ("outcome", 2), {"held_on": ["This is dated before the baseline"]}),
        (("outcome", 3), ("baseline", 4), {"held_on": ["The baseline is dated after an outcome"]}),
        (("outcome", 3), ("baseline", 2), {}),
        (
            ("baseline", 3),
            ("baseline", 4),
            {"moment": ["This measure has its baseline, of 3 May 2026"]},
        ),
    ],
)
@pytest.mark.usefixtures("untried")
def test_a_baseline_comes_first_and_once(leah, measure, stands, wanted, problems):
    moment, day = wanted
    if stands:
        earlier, at = stands
        add_reading(
            measure=measure,
            by=measure.logged_by,
            moment=earlier,
            kind="number",
            value=1,
            held_on=date(2026, 5, at),
        )

    response = leah.post(address(measure, "reading"), reading(measure, moment, **on(day)))

    found = response.context["form"].errors if response.context else {}
    assert found == problems


def test_a_weak_value_carries_its_symbol(world, leah, measure):
    leah.post(address(world, "reading"), reading(measure, is_weak="on"))

    page = leah.get(f"/measures/{measure.pk}/")
    assert [line.figure for line in page.context["readings"]] == ["7 years [u]"]
    assert [(s.first, s.second) for s in page.context["symbols"]] == [("[u]", "of low reliability")]
