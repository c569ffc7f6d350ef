"""One cell of a spreadsheet: what is taken, and what is said of what is not."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from impact.spreadsheets import cells
from impact.spreadsheets.cells import ERROR, FORMULA, PERCENTAGE, TICK, Unfit

TODAY = date(2026, 6, 30)
COMMA = "Write numbers without a comma: 12.5 rather than 12,5, 1250 rather than 1,250"
NO_DAY = "Enter a date like 27/3/2026, with all four numbers of the year"
UNREAL = "Enter a real date like 27/3/2026, the day first"


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("12.5", "12.5"),
        (" 12 ", "12"),
        ("0", "0"),
        ("-3.25", "-3.25"),
        ("−3", "-3"),
        ("+4", "4"),
        (".5", "0.5"),
        ("7.", "7"),
        (12.5, "12.5"),
        (7, "7"),
        (0.1 + 0.2, "0.3"),
        (10 / 3, "3.3333"),
        (1e-9, "0"),
    ],
)
def test_number(cell, number):
    assert cells.number(cell) == Decimal(number)


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("12,5", COMMA),
        ("1,250", COMMA),
        ("1.250,5", COMMA),
        ("45%", "Leave out the sign %: 45 for 45 per cent"),
        ("abc", "Enter a number, such as 12.5"),
        ("nan", "Enter a number, such as 12.5"),
        ("1e5", "Enter a number, such as 12.5"),
        ("\uff11\uff12", "Enter a number, such as 12.5"),
        ("=1+1", "Enter a number, such as 12.5"),
        ("12345678901", "Enter a number with ten digits or fewer before the point"),
        (float("inf"), "Enter a number with ten digits or fewer before the point"),
        (float("nan"), "Enter a number with ten digits or fewer before the point"),
        (date(2026, 3, 27), "Holds a date. Format the cell as text or as a number"),
        (FORMULA, FORMULA.reason),
        (PERCENTAGE, PERCENTAGE.reason),
        (ERROR, ERROR.reason),
        (TICK, TICK.reason),
    ],
)
def test_number_that_cannot_be_taken(cell, reason):
    with pytest.raises(Unfit) as unfit:
        cells.number(cell)

    assert str(unfit.value) == reason


@pytest.mark.parametrize("cell", ["12", 12, 12.0, "12.0"])
def test_count(cell):
    assert cells.count(cell) == 12


@pytest.mark.parametrize("cell", ["-1", "1.5", 1.5, "2147483648"])
def test_count_that_cannot_be_taken(cell):
    with pytest.raises(Unfit) as unfit:
        cells.count(cell)

    assert str(unfit.value) == "Enter a whole number, 0 or more"


@pytest.mark.parametrize(
    "cell",
    [
        "27/3/2026",
        "27/03/2026",
        "27.3.2026",
        "27-3-2026",
        "27 March 2026",
        "27 mar 2026",
        "2026-03-27",
        "2026-3-27",
        "2026-03-27T00:00:00",
        "2026-03-27 00:00:00",
        date(2026, 3, 27),
        datetime(2026, 3, 27, 13, 5),  # noqa: DTZ001 a workbook knows no zones
    ],
)
def test_day(cell):
    assert cells.day(cell, latest=TODAY) == date(2026, 3, 27)


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("27/3/26", NO_DAY),
        ("March 2026", NO_DAY),
        ("soon", NO_DAY),
        ("3/27/2026", UNREAL),
        ("31/2/2026", UNREAL),
        ("27 Marzo 2026", UNREAL),
        ("0/1/2026", UNREAL),
        ("27/0/2026", UNREAL),
        ("1/7/2026", "Enter a date that is today or in the past"),
        ("27/3/1926", "Enter a date in 1990 or later"),
        (46108, "Format the cell as a date, or type it like 27/3/2026"),
        (FORMULA, FORMULA.reason),
    ],
)
def test_day_that_cannot_be_taken(cell, reason):
    with pytest.raises(Unfit) as unfit:
        cells.day(cell, latest=TODAY)

    assert str(unfit.value) == reason


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("Calmer", "Calmer"),
        (12, "12"),
        ("=1+1", "=1+1"),
        ("'=1+1", "=1+1"),
        ("'tis better", "'tis better"),
        ("@home", "@home"),
    ],
)
def test_words_stay_text(cell, text):
    assert cells.words(cell, longest=20) == text


def test_words_that_are_too_long():
    with pytest.raises(Unfit) as unfit:
        cells.words("a" * 21, longest=20)

    assert str(unfit.value) == "Enter 20 characters or fewer"


@pytest.mark.parametrize(
    ("typed", "handed_out"),
    [
        ("=1+1", "'=1+1"),
        ("+44", "'+44"),
        ("-", "'-"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        ("x=1", "x=1"),
        ("", ""),
        ("'quoted'", "'quoted'"),
    ],
)
def test_what_is_handed_out_is_no_formula(typed, handed_out):
    assert cells.neutral(typed) == handed_out


def test_one_of_ignores_capitals_and_spaces():
    assert cells.one_of(" on  THE way", {"On the way": 2}, "") == 2


def test_one_of_says_what_to_enter_instead():
    with pytest.raises(Unfit) as unfit:
        cells.one_of("later", {"On the way": 2}, "Enter On the way")

    assert str(unfit.value) == "Enter On the way"
