"""Rows become readings, or every reason why not, each by its row and column."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from impact.spreadsheets.faults import MOST_FAULTS, Fault
from impact.spreadsheets.layout import Entered, Subject, headings_of
from impact.spreadsheets.readings import read_readings
from tests.impact.sheets import A_DAY, HEADINGS, csv_file

TODAY = date(2026, 6, 30)
AGE = Subject(1, "Reading age, Year 4", "months")
TALK = Subject(2, "Talk, Year 4", "pupils")
MOOD = Subject(3, "Mood, Year 4", "pupils", {"Low": 10, "High": 11})
SHARES = ["Moment", "Date", "Category: Low", "Category: High", "Number of people", "Symbol"]
NOTHING = "Enter a value, words, or a symbol that says why there is none"
CLEAR = "Clear this cell, or the symbol that says there is no value"


def unheard(_percent) -> None:
    """Progress that nobody follows."""


def read(*lines, subjects=(AGE,), headings=HEADINGS):
    content = csv_file(headings, *lines)
    return read_readings(content, list(subjects), today=TODAY, told=unheard)


def faults(*lines, **where) -> list[tuple]:
    found = read(*lines, **where)
    assert found.rows == ()
    return [(fault.row, fault.column, fault.reason) for fault in found.faults]


def entered(*lines, **where) -> list[Entered]:
    found = read(*lines, **where)
    assert found.faults == ()
    return list(found.rows)


def row(**filled) -> list[str]:
    """A row of one measure's template; a baseline of a day unless it says otherwise."""
    given = {"Moment": "Baseline", "Date": "27/3/2026", **filled}
    return [given.get(heading.replace(" ", "_"), "") for heading in HEADINGS]


@pytest.mark.parametrize(
    ("filled", "reading"),
    [
        pytest.param(
            {"Value": "98.5", "Number_of_people": "22"},
            {"kind": "number", "value": Decimal("98.5"), "n": 22},
            id="a number",
        ),
        pytest.param({"Value": "0"}, {"kind": "number", "value": Decimal(0)}, id="a true zero"),
        pytest.param(
            {"Value": "14", "Out_of": "22"},
            {"kind": "proportion", "numerator": 14, "denominator": 22},
            id="a part of a whole",
        ),
        pytest.param(
            {"Value": "98", "Standard_deviation": "4.5", "Number_of_people": "22"},
            {"kind": "mean", "value": Decimal(98), "sd": Decimal("4.5"), "n": 22},
            id="a mean",
        ),
        pytest.param({"In_words": "Calmer"}, {"kind": "text", "text": "Calmer"}, id="words"),
        pytest.param(
            {"In_words": "=SUM(A1)"}, {"kind": "text", "text": "=SUM(A1)"}, id="like a formula"
        ),
        pytest.param({"Symbol": "x"}, {"kind": "missing", "missing": "x"}, id="not collected"),
        pytest.param({"Symbol": "c"}, {"kind": "missing", "missing": "c"}, id="withheld"),
        pytest.param(
            {"Value": "7", "Symbol": "u"},
            {"kind": "number", "value": Decimal(7), "is_weak": True},
            id="weak",
        ),
        pytest.param({"Symbol": "Z"}, {"kind": "missing", "missing": "z"}, id="not applicable"),
    ],
)
def test_row_is_a_reading_of_one_kind(filled, reading):
    assert entered(row(**filled)) == [Entered(2, 1, "baseline", A_DAY, **reading)]


def test_what_was_not_collected_needs_no_day():
    assert entered(row(Date="", Symbol="x")) == [
        Entered(2, 1, "baseline", None, "missing", missing="x")
    ]


def test_distribution_has_a_column_for_each_category():
    line = ["Outcome", "2026-03-27", "0", "12.5", "14", ""]

    assert entered(line, subjects=[MOOD], headings=SHARES) == [
        Entered(
            2,
            3,
            "outcome",
            A_DAY,
            "distribution",
            n=14,
            counts={10: Decimal(0), 11: Decimal("12.5")},
        )
    ]


def test_several_measures_are_told_apart_by_name():
    headings = ["Measure", "Moment", "Date", "Value", "Category: Low", "Category: High"]
    lines = [
        ["Reading age, Year 4", "Baseline", "27/3/2026", "98", "", ""],
        ["mood, year 4", "Outcome", "27/3/2026", "", "3", "4"],
        ["Reading age, Year 4", "", "", "", "", ""],
    ]

    found = entered(*lines, subjects=[AGE, MOOD], headings=headings)

    assert [(each.row, each.measure, each.kind) for each in found] == [
        (2, 1, "number"),
        (3, 3, "distribution"),
    ]


def test_template_of_one_measure_names_its_unit_and_categories():
    assert list(headings_of([AGE]).values()) == [
        "Moment",
        "Date",
        "Value (months)",
        "Out of",
        "Standard deviation",
        "Number of people",
        "In words",
        "Symbol",
    ]
    assert list(headings_of([MOOD]).values()) == [
        "Moment",
        "Date",
        "Category: Low",
        "Category: High",
        "Number of people",
        "In words",
        "Symbol",
    ]


def test_template_of_several_measures_names_them():
    assert list(headings_of([AGE, MOOD]).values()) == [
        "Measure",
        "Moment",
        "Date",
        "Value",
        "Out of",
        "Standard deviation",
        "Category: Low",
        "Category: High",
        "Number of people",
        "In words",
        "Symbol",
    ]


# ---- faults --------------------------------------------------------------------------------

FAULTY = {
    "moment": (row(Moment="Later", Value="1"), "Moment", "Enter Baseline, On the way or Outcome"),
    "no moment": (row(Moment="", Value="1"), "Moment", "Enter Baseline, On the way or Outcome"),
    "no date": (row(Date="", Value="1"), "Date", "Enter the day the data were collected"),
    "date to come": (
        row(Date="1/7/2026", Value="1"),
        "Date",
        "Enter a date that is today or in the past",
    ),
    "American date": (
        row(Date="3/27/2026", Value="1"),
        "Date",
        "Enter a real date like 27/3/2026, the day first",
    ),
    "nothing": (row(), "Symbol", NOTHING),
    "decimal comma": (
        row(Value="12,5"),
        "Value",
        "Write numbers without a comma: 12.5 rather than 12,5, 1250 rather than 1,250",
    ),
    "letters": (row(Value="many"), "Value", "Enter a number, such as 12.5"),
    "part above whole": (
        row(Value="23", Out_of="22"),
        "Value",
        "Enter 22 or fewer, since it is a part of the whole",
    ),
    "part with decimals": (
        row(Value="2.5", Out_of="22"),
        "Value",
        "Enter a whole number, 0 or more",
    ),
    "part without value": (
        row(Out_of="22"),
        "Value",
        "Enter a number. Where nobody is counted, 0",
    ),
    "whole of none": (
        row(Value="0", Out_of="0"),
        "Out of",
        "Enter a whole number, 1 or more",
    ),
    "spread of a part": (
        row(Value="2", Out_of="22", Standard_deviation="1"),
        "Standard deviation",
        "A part of a whole has no standard deviation. Clear this cell",
    ),
    "people twice": (
        row(Value="2", Out_of="22", Number_of_people="22"),
        "Number of people",
        "Out of says already how many there are. Clear this cell",
    ),
    "mean of nobody": (
        row(Value="98", Standard_deviation="4"),
        "Number of people",
        "Enter how many people the mean is of",
    ),
    "spread below zero": (
        row(Value="98", Standard_deviation="-4", Number_of_people="2"),
        "Standard deviation",
        "Enter a number that is 0 or more",
    ),
    "value and words": (
        row(Value="98", In_words="Calmer"),
        "Value",
        "Give the figure a row of its own, without words",
    ),
    "value and symbol": (row(Value="98", Symbol="x"), "Value", CLEAR),
    "words and symbol": (row(In_words="Calmer", Symbol="x"), "In words", CLEAR),
    "long words": (row(In_words="a" * 6001), "In words", "Enter 6000 characters or fewer"),
    "fraction of a person": (
        row(Value="98", Number_of_people="2.5"),
        "Number of people",
        "Enter a whole number, 0 or more",
    ),
    "nothing that is weak": (row(Symbol="u"), "Symbol", NOTHING),
    "unknown symbol": (row(Symbol="q"), "Symbol", "Enter x, z, c or u, or leave it empty"),
}


@pytest.mark.parametrize(("line", "column", "reason"), FAULTY.values(), ids=FAULTY)
def test_row_that_cannot_be_taken(line, column, reason):
    assert faults(line) == [(2, column, reason)]


def test_every_fault_of_a_row_is_told():
    line = row(Moment="Later", Date="soon", Value="many", Number_of_people="-1")

    assert [column for _, column, _ in faults(line)] == [
        "Moment",
        "Date",
        "Value",
        "Number of people",
    ]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        (
            ["Outcome", "27/3/2026", "3", "", "", ""],
            ("Category: High", "Enter a number. Where nobody is counted, 0"),
        ),
        (
            ["Outcome", "27/3/2026", "-3", "4", "", ""],
            ("Category: Low", "Enter a number that is 0 or more"),
        ),
        (["Outcome", "27/3/2026", "", "", "", ""], ("Symbol", NOTHING)),
        (["Outcome", "27/3/2026", "3", "", "", "x"], ("Category: Low", CLEAR)),
    ],
)
def test_distribution_that_cannot_be_taken(line, found):
    assert faults(line, subjects=[MOOD], headings=SHARES) == [(2, *found)]


@pytest.mark.parametrize(
    ("line", "column", "reason"),
    [
        (
            ["Writing", "Baseline", "27/3/2026", "1", ""],
            "Measure",
            "Is not a measure of this template. Copy its name from there",
        ),
        (
            ["", "Baseline", "27/3/2026", "1", ""],
            "Measure",
            "Enter which measure the row is about",
        ),
        (
            ["Reading age, Year 4", "Baseline", "27/3/2026", "1", "2"],
            "Category: Low",
            "The measure has no such category. Clear this cell",
        ),
    ],
)
def test_row_about_the_wrong_measure(line, column, reason):
    headings = ["Measure", "Moment", "Date", "Value", "Category: Low"]

    found = faults(line, subjects=[AGE, MOOD], headings=headings)

    assert found == [(2, column, reason)]


@pytest.mark.parametrize(
    ("headings", "found"),
    [
        (["Moment", "Value"], ("Date", "This column is missing")),
        (["Date", "Value"], ("Moment", "This column is missing")),
        (
            ["Moment", "Date", "Value", "Name"],
            ("Name", "The template has no such column. Remove it"),
        ),
        (
            ["Moment", "Date", "Value (points)"],
            (
                "Value (points)",
                "The unit is another than that of the measure. Download the template again",
            ),
        ),
        (
            ["Moment", "Date", "Category: Low"],
            ("Category: Low", "The template has no such column. Remove it"),
        ),
    ],
)
def test_headings_are_those_of_the_template(headings, found):
    assert faults(["Baseline"], headings=headings) == [(1, *found)]


def test_several_measures_need_a_column_that_names_them():
    headings = ["Moment", "Date", "Value"]

    assert faults(["Baseline"], subjects=[AGE, TALK], headings=headings) == [
        (1, "Measure", "This column is missing")
    ]


@pytest.mark.parametrize("lines", [[], [["", ""]]])
def test_file_without_readings_is_refused(lines):
    assert faults(*lines) == [(0, "", "The file holds no readings below its headings")]


def test_file_that_is_no_table_is_refused():
    found = read_readings(b"%PDF-\x00", [AGE], today=TODAY, told=unheard)

    assert found.faults == (Fault(0, "", "Choose a spreadsheet: an XLSX workbook or a CSV file"),)


# ---- together ------------------------------------------------------------------------------


def test_the_same_reading_twice_in_a_file():
    lines = [row(Moment="Outcome", Value="1"), row(Moment="Outcome", Value="2")]

    assert faults(*lines) == [(3, "Moment", "Row 2 gives the same moment and day")]


def test_words_may_stand_beside_a_figure_of_the_same_day():
    assert len(entered(row(Value="1"), row(Moment="Outcome", In_words="Calmer"))) == 2


def test_a_second_baseline():
    lines = [row(Value="1"), row(Date="28/3/2026", Value="2")]

    assert faults(*lines) == [
        (3, "Moment", "The measure has its baseline already. Its start cannot be moved this way")
    ]


def test_what_the_measure_has_already():
    known = replace(AGE, taken=(("outcome", A_DAY, False),))

    assert faults(row(Moment="Outcome", Value="1"), subjects=[known]) == [
        (2, "Moment", "The measure has a reading of this moment and day already")
    ]


def test_a_baseline_where_the_measure_has_one():
    known = replace(AGE, taken=(("baseline", date(2026, 1, 9), False),), has_baseline=True)

    assert faults(row(Value="1"), subjects=[known]) == [
        (2, "Moment", "The measure has its baseline already. Its start cannot be moved this way")
    ]


@pytest.mark.parametrize("taken", [(), (("baseline", date(2026, 4, 1), False),)])
def test_an_outcome_before_the_baseline(taken):
    known = replace(AGE, taken=taken)
    lines = [row(Moment="Outcome", Value="1")]
    if not taken:
        lines.append(row(Date="1/4/2026", Value="1"))

    found = faults(*lines, subjects=[known])

    assert (2, "Date", "Is before the baseline of the measure") in found


def test_a_baseline_after_an_outcome_there_is():
    known = replace(AGE, taken=(("outcome", date(2026, 2, 1), False),))

    assert faults(row(Value="1"), subjects=[known]) == [
        (2, "Date", "Is after a later moment of the measure")
    ]


def test_reading_stops_where_nearly_everything_is_wrong():
    lines = [row(Value="many")] * (MOST_FAULTS + 5)

    found = faults(*lines)

    assert len(found) == MOST_FAULTS + 1
    assert found[-1] == (MOST_FAULTS + 2, "", "Reading stopped here. Mend those above")


def test_progress_is_told():
    heard = []
    days = [f"{n % 28 + 1}/3/{1990 + n // 28}" for n in range(1000)]
    lines = [row(Moment="On the way", Date=day, Value="1") for day in days]

    read_readings(csv_file(HEADINGS, *lines), [AGE], today=TODAY, told=heard.append)

    assert heard == [0, 25, 50, 75]


@pytest.mark.parametrize(
    ("filled", "said"),
    [
        ({"Value": "1234.5", "Number_of_people": "22"}, "1,234.5 months, n = 22"),
        (
            {"Value": "98", "Standard_deviation": "4.5", "Number_of_people": "22", "Symbol": "u"},
            "98 months, SD 4.5, n = 22 [u]",
        ),
        ({"Symbol": "x"}, "Not collected"),
        ({"In_words": "a" * 101}, "a" * 100),
    ],
)
def test_preview_of_each_kind(filled, said):
    assert read(row(**filled)).preview["first"][0][-1] == said


def test_preview_of_a_distribution():
    found = read(["Outcome", "27/3/2026", "0", "12.5", "14", ""], subjects=[MOOD], headings=SHARES)

    assert found.preview["first"][0][-1] == "0, 12.5, n = 14"


def test_preview_says_what_will_be_saved():
    lines = [row(Value="98"), row(Moment="Outcome", Date="1/4/2026", Value="14", Out_of="22")]

    assert read(*lines).preview == {
        "rows": 2,
        "numbers": [["Reading age, Year 4", "Baseline", 1], ["Reading age, Year 4", "Outcome", 1]],
        "first": [
            ["2", "Reading age, Year 4", "Baseline", "27 March 2026", "98 months"],
            ["3", "Reading age, Year 4", "Outcome", "1 April 2026", "14 of 22 months"],
        ],
    }
