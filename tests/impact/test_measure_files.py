"""Measures as spreadsheets: exact for their alliance, disclosed for others, never a formula."""

import csv
import io
from datetime import date

import pytest
from django.urls import reverse

from impact.actions import confirm_upload, send_upload, take_up
from impact.models import Upload
from tests.impact.sheets import HEADINGS, a_distribution, a_measure, csv_file, lines_of, opened
from tests.pages import queries_of

AGE = [
    "Reading age",
    "Pupils",
    "Year 4",
    "",
    "Test",
    "",
    "months",
    "Not stated",
]
MOOD_HEADINGS = ["Moment", "Date", "Category: Low", "Category: Middling", "Category: High"]


@pytest.fixture
def only(world):
    """An enquiry without measures yet."""
    world.enquiry.measures.all().delete()
    return world


def fill(world, measure, *lines, headings=HEADINGS):
    """Readings of a measure, by a spreadsheet."""
    leah = world.person("leah")
    upload = send_upload(
        enquiry=world.enquiry,
        measure=measure,
        kind=Upload.Kind.READINGS,
        name="readings.csv",
        content=csv_file(headings, *lines),
        by=leah,
    )
    take_up(upload.pk)
    confirm_upload(upload=upload, by=leah)
    take_up(upload.pk)


def file_of(client, world, form="csv") -> bytes:
    response = client.get(reverse("measures-file", args=[world.enquiry.pk, form]))
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-store"
    return response.content


def table(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def test_every_reading_is_a_row(only, as_person):
    fill(
        only,
        a_measure(only),
        ["Baseline", "9/1/2026", "98.5", "", "4", "22", "", ""],
        ["On the way", "9/2/2026", "0", "", "", "22", "", ""],
        ["Outcome", "27/3/2026", "14", "22", "", "", "", ""],
        ["Outcome", "", "", "", "", "", "", "z"],
    )

    rows = table(file_of(as_person("leah"), only))

    assert rows == [
        [
            "Measure",
            "Level",
            "Who is measured",
            "Group",
            "How it is measured",
            "Scale",
            "Unit",
            "Which end is better",
            "Moment",
            "Date",
            "Date as told",
            "Since",
            "Category",
            "Value",
            "Out of",
            "Standard deviation",
            "Number of people",
            "In words",
            "Symbol",
        ],
        [*AGE, "Baseline", *day("9 January"), "", "", "98.5", "", "4", "22", "", ""],
        [*AGE, "On the way", *day("9 February"), "", "", "0", "", "", "22", "", ""],
        [*AGE, "Outcome", *day("27 March"), "", "", "14", "22", "", "", "", ""],
        [*AGE, "Outcome", "", "", "", "", "", "", "", "", "", "z"],
    ]


def day(text: str) -> list[str]:
    """A day of 2026 as the readings hold it, and as they tell it."""
    months = {"January": 1, "February": 2, "March": 3}
    number, month = text.split()
    return [date(2026, months[month], int(number)).isoformat(), f"{text} 2026"]


def test_a_distribution_has_a_row_for_each_category(only, as_person):
    line = ["Baseline", "27/3/2026", "3", "0", "9"]
    fill(only, a_distribution(only), line, headings=MOOD_HEADINGS)

    rows = table(file_of(as_person("leah"), only))

    assert [row[12:14] + row[18:] for row in rows[1:]] == [
        ["Low", "3", ""],
        ["Middling", "0", ""],
        ["High", "9", ""],
    ]


def test_small_numbers_are_withheld_from_others(only, as_person):
    line = ["Baseline", "27/3/2026", "3", "22", "", "", "", ""]
    fill(only, a_measure(only, unit="pupils"), line)

    inside, outside = (
        [row[13:15] + row[18:] for row in table(file_of(as_person(name), only))[1:]]
        for name in ("sam", "faye")
    )

    assert inside == [["3", "22", ""]]
    assert outside == [["", "", "c"]]


def test_workbook_tells_what_it_is(only, as_person, owen_reads):
    a_measure(only)

    exact, disclosed = (
        dict(lines_of(opened(file_of(as_person(name), only, "xlsx"))["About"]))
        for name in ("leah", "owen")
    )

    assert exact["Alliance"] == only.abbot.name
    assert (
        exact["Small numbers"] == "Exact, for the alliance alone. Small numbers must not leave it"
    )
    assert disclosed["Small numbers"] == "Figures that rest on fewer than 6 pupils are withheld"
    assert exact["x"] == "not collected"
    assert exact["0"] == "a true zero"


def test_workbook_has_the_measures_by_themselves(only, as_person):
    a_measure(only)

    book = opened(file_of(as_person("leah"), only, "xlsx"))

    assert book.sheetnames == ["Readings", "Measures", "About"]
    assert [cell or "" for cell in lines_of(book["Measures"])[1]] == [*AGE, "", "", "", ""]


@pytest.mark.parametrize("text", ["=1+1", "+44", "-1 at", "@SUM(A1)", '=HYPERLINK("http://x")'])
def test_what_begins_like_a_formula_is_handed_out_as_text(only, as_person, text):
    measure = a_measure(only, name=text)
    fill(only, measure, ["Outcome", "27/3/2026", "", "", "", "", text, ""])
    leah = as_person("leah")

    row = table(file_of(leah, only))[1]
    sheet = opened(file_of(leah, only, "xlsx"))["Readings"]

    assert (row[0], row[17]) == (f"'{text}", f"'{text}")
    assert (sheet["A2"].value, sheet["A2"].data_type) == (f"'{text}", "s")
    assert (sheet["R2"].value, sheet["R2"].data_type) == (f"'{text}", "s")
    assert measure.readings.get().text == text


@pytest.mark.parametrize("number", [1, 3])
def test_it_takes_the_same_queries_whatever_there_is(only, as_person, number):
    for n in range(number):
        fill(only, a_measure(only, f"Test {n}"), ["Baseline", "9/1/2026", "8", *[""] * 5])

    found = {
        form: queries_of(as_person("leah"), reverse("measures-file", args=[only.enquiry.pk, form]))
        for form in ("csv", "xlsx")
    }

    assert found == {"csv": 8, "xlsx": 8}  # one puts down who has it
