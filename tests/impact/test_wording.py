"""Values in words and figures."""

import pytest

from impact.values import MeasureValues, Symbol, Tally, Value
from impact.wording import (
    change_in_words,
    difference,
    figure,
    number,
    rounded,
    signed,
    verdict,
)


def measure(*readings, better="higher"):
    return MeasureValues(
        1, "pupil", "Age", "test", "", "", "Year 8", "", better, "", False, readings
    )


def at(moment, value=None, **fields):
    return Value(moment=moment, when="", value=value, **fields)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (7, "7"),
        (7.0, "7"),
        (1234, "1,234"),
        (1234567.5, "1,234,567.5"),
        (1.50, "1.5"),
        (2.9, "2.9"),
        (0.0001, "0.0001"),
        (0.00001, "0"),
        (-3.25, "−3.25"),
        (-1234, "−1,234"),
    ],
)
def test_number(value, text):
    assert number(value) == text


@pytest.mark.parametrize(
    ("cell", "unit", "text"),
    [
        (at("outcome", 66), "per cent", "66%"),
        (at("outcome", 4.5), "percentage points", "4.5 percentage points"),
        (at("outcome", 7), "points", "7 points"),
        (at("outcome", 7), "", "7"),
        (at("outcome", 14, of=22), "pupils", "14 of 22 pupils"),
        (at("outcome", 0, of=22), "", "0 of 22"),
        (at("outcome", 0), "pupils", "0 pupils"),
        (at("outcome"), "pupils", ""),
        (at("outcome", symbol=Symbol.SUPPRESSED), "pupils", "[c]"),
        (at("outcome", symbol=Symbol.NOT_COLLECTED), "pupils", "[x]"),
        (at("outcome", symbol=Symbol.NOT_APPLICABLE), "", "[z]"),
        (Tally("A", 3), "pupils", "3 pupils"),
        (Tally("A", 3).suppressed(), "pupils", "[c]"),
    ],
)
def test_figure(cell, unit, text):
    assert figure(cell, unit) == text


@pytest.mark.parametrize(
    ("value", "text"), [(3, "+3"), (0, "0"), (-3, "−3"), (-1234.5, "−1,234.5"), (0.25, "+0.25")]
)
def test_signed(value, text):
    assert signed(value) == text


@pytest.mark.parametrize(
    ("readings", "moved"),
    [
        ((), None),
        ((at("baseline", 7),), None),
        ((at("outcome", 9),), None),
        ((at("baseline", 7), at("outcome", 9)), 2),
        ((at("baseline", 9), at("outcome", 7)), -2),
        ((at("baseline", 0.1), at("outcome", 0.3)), 0.2),
        ((at("baseline", 0), at("outcome", 0)), 0),
        ((at("change", 1.5),), 1.5),
        ((at("baseline", 7), at("outcome", 9), at("change", 3)), 2),
        ((at("baseline", 7), at("change", 3)), 3),
        ((at("baseline", words="Low"), at("outcome", 9)), None),
        ((at("baseline", 7), at("outcome").suppressed(), at("change").suppressed()), None),
        ((at("baseline", 1), at("baseline", 7), at("outcome", 8), at("outcome", 9)), 8),
        ((at("baseline", 7), at("interim", 20), at("outcome", 9)), 2),
        ((at("baseline", 10, of=20), at("outcome", 12, of=20)), 2),
        ((at("baseline", 10, of=20), at("outcome", 12, of=40)), -20),
        ((at("baseline", 10, of=20), at("outcome", 60)), None),
    ],
)
def test_difference(readings, moved):
    assert difference(measure(*readings)) == moved


@pytest.mark.parametrize(
    ("readings", "said"),
    [
        ((), ""),
        ((at("baseline", 7), at("outcome", 9)), "+2"),
        ((at("baseline", 10, of=20), at("outcome", 12, of=20)), "+2"),
        ((at("baseline", 10, of=20), at("outcome", 12, of=40)), "−20 percentage points"),
    ],
)
def test_change_in_words(readings, said):
    assert change_in_words(measure(*readings)) == said


@pytest.mark.parametrize(
    ("value", "places", "shown"),
    [
        (0.04, 1, 0.04),
        (-0.3, 0, -0.3),
        (-0.00001, 2, 0.0),
        (99.97, 1, 99.97),
        (99.0, 0, 99),
        (100.0, 1, 100.0),
        (99.999999, 0, 100.0),
        (12.345, 1, 12.3),
    ],
)
def test_only_nothing_reads_as_nought_and_only_all_as_all(value, places, shown):
    assert rounded(value, places, whole=100) == shown


def test_a_slightly_smaller_share_is_no_unchanged_one():
    readings = at("baseline", 500, of=2000), at("outcome", 500, of=2001)

    assert verdict(measure(*readings, better="higher")) == "worse"


def test_more_pupils_of_many_more_are_a_smaller_share():
    readings = at("baseline", 10, of=20), at("outcome", 12, of=40)

    assert verdict(measure(*readings, better="higher")) == "worse"


@pytest.mark.parametrize(
    ("before", "after", "better", "said"),
    [
        (7, 9, "higher", "better"),
        (9, 7, "higher", "worse"),
        (7, 7, "higher", "unchanged"),
        (7, 9, "lower", "worse"),
        (9, 7, "lower", "better"),
        (7, 7, "lower", "unchanged"),
        (7, 9, "unstated", ""),
        (9, 7, "unstated", ""),
        (7, 7, "unstated", "unchanged"),
        (7, None, "higher", ""),
    ],
)
def test_verdict(before, after, better, said):
    readings = at("baseline", before), at("outcome", after)

    assert verdict(measure(*readings, better=better)) == said


@pytest.mark.parametrize(
    ("moment", "value"), [("baseline", 1), ("interim", 3), ("outcome", 5), ("change", None)]
)
def test_the_first_baseline_counts_and_the_last_of_any_other_moment(moment, value):
    values = measure(
        at("baseline", 1), at("outcome", 4), at("baseline", 2), at("interim", 3), at("outcome", 5)
    )

    found = values.at(moment)

    assert (found and found.value) == value
