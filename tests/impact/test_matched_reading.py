"""Spreadsheets of matched scores: who is in them, and nothing that tells who that is."""

from datetime import date
from decimal import Decimal

import pytest

from impact.matched import identities
from impact.matched.reading import LONGEST_GROUP, Person, read_matched
from tests.impact.matching import HEADINGS, SEVEN
from tests.impact.sheets import csv_file, xlsx_file

TODAY = date(2026, 6, 30)
SCORES = ["10", "14"]
ANY_NAME = "May be a name. Use a code with a digit and short of words, such as P017"


NAMES = (
    "This column would hold a name. Remove it: scores are kept under pseudonyms, and only the "
    "school may know whose they are"
)
TWO_NAMES = (
    "From here on, 2 cells look like a name. Use codes that only the school can read, such as P017"
)


def unheard(_percent) -> None:
    """Progress that nobody follows."""


def read(*lines, headings=HEADINGS):
    return read_matched(csv_file(headings, *lines), today=TODAY, told=unheard)


def faults(*lines, headings=HEADINGS) -> list[tuple]:
    found = read(*lines, headings=headings)
    assert found.rows == ()
    return [(fault.row, fault.column, fault.reason) for fault in found.faults]


def test_people_with_their_scores_classes_and_groups():
    headings = [*HEADINGS, "Intervention or comparison", "Class", "Pupil premium", "SEND"]
    lines = [
        ["P01", "10", "14.5", "Intervention", "4B", "yes", "no"],
        ["P02", "12", "x", "comparison", "", "No", ""],
        ["P03", "", "0", "Comparison", "4C", "", "1"],
    ]

    found = read(*lines, headings=headings)

    assert found.faults == ()
    assert found.rows == (
        Person(
            2,
            "P01",
            Decimal(10),
            Decimal("14.5"),
            "intervention",
            "4B",
            {"Pupil premium": True, "SEND": False},
        ),
        Person(3, "P02", Decimal(12), None, "comparison", "", {"Pupil premium": False}),
        Person(4, "P03", None, Decimal(0), "comparison", "4C", {"SEND": True}),
    )


def test_everybody_took_part_where_no_column_says_otherwise():
    assert {person.arm for person in read(*SEVEN).rows} == {"intervention"}


def test_columns_of_the_template_that_nobody_filled_in_are_as_if_removed():
    headings = [*HEADINGS, "Intervention or comparison", "Class"]

    found = read(*[[*line, "", ""] for line in SEVEN], headings=headings)

    assert (found.faults, {person.arm for person in found.rows}) == ((), {"intervention"})


def test_preview_counts_and_names_nobody():
    headings = [*HEADINGS, "Intervention or comparison", "Class", "Pupil premium"]
    more = [["Intervention", "4B", "yes"]] * 5 + [["Comparison", "4C", "no"]] * 2
    lines = [[*line, *extra] for line, extra in zip(SEVEN, more, strict=True)]

    assert read(*lines, headings=headings).preview == {
        "rows": 7,
        "lines": [
            ["People", 7],
            ["With both scores, which are compared", 5],
            ["With a score before alone", 1],
            ["With a score after alone", 1],
            ["Intervention", 5],
            ["Comparison", 2],
            ["Classes", 2],
            ["Pupil premium: yes", 5],
        ],
    }


# ---- what tells who somebody is --------------------------------------------------------------


@pytest.mark.parametrize(
    ("heading", "what"),
    [
        ("Name", identities.NAME),
        ("Pupil name", identities.NAME),
        ("Forename", identities.NAME),
        ("SURNAME", identities.NAME),
        ("First_Name", identities.NAME),
        ("Student", identities.NAME),
        ("DOB", identities.BORN),
        ("D.O.B.", identities.BORN),
        ("Date of birth", identities.BORN),
        ("UPN", identities.UPN),
        ("Candidate no", identities.UPN),
        ("E-mail", identities.EMAIL),
        ("Parent email", identities.EMAIL),
        ("Home address", identities.ADDRESS),
        ("Postcode", identities.ADDRESS),
        ("Pupil premium", ""),
        ("Pupil Premium", ""),
        ("SEND", ""),
        ("EAL", ""),
        ("Free school meals", ""),
        ("Looked-after child", ""),
    ],
)
def test_heading(heading, what):
    assert identities.in_heading(heading) == what


@pytest.mark.parametrize(
    ("cell", "what"),
    [
        ("Emma Smith", identities.NAME),
        ("Élodie O'Brien", identities.NAME),
        ("Smith, Emma", identities.NAME),
        ("Mary-Jane Watson Parker", identities.NAME),
        ("14/03/2015", identities.BORN),
        ("14 March 2015", identities.BORN),
        ("2015-03-14", identities.BORN),
        ("14032015", identities.BORN),
        (20150314, identities.BORN),
        (date(2015, 3, 14), identities.BORN),
        ("A801200001001", identities.UPN),
        ("a801200001001", identities.UPN),
        ("A80120000100B", identities.UPN),
        ("emma@example.org", identities.EMAIL),
        ("12 High Street", identities.ADDRESS),
        ("12a Mill Lane, Ely", identities.ADDRESS),
        ("Ely CB7 4DL", identities.ADDRESS),
        ("P017", ""),
        ("4B", ""),
        ("yes", ""),
        ("98.5", ""),
        ("14032075", ""),
        ("99999999", ""),
        (104, ""),
        (14.5, ""),
    ],
)
def test_cell(cell, what):
    assert identities.in_cell(cell, TODAY) == what


def test_column_that_would_hold_names_is_refused_by_its_number():
    assert faults(["P01", *SCORES, "Emma"], headings=[*HEADINGS, "Pupil name"]) == [
        (1, "Column 4", NAMES)
    ]


def test_cells_that_look_like_names_are_counted_and_never_quoted():
    lines = [["P01", *SCORES], ["Emma Smith", *SCORES], ["Tom Jones", *SCORES]]

    found = faults(*lines)

    assert found == [(3, "Pseudonym", TWO_NAMES)]


def test_workbook_with_dates_of_birth_is_refused():
    content = xlsx_file([*HEADINGS, "Group"], ["P01", 10, 14, date(2015, 3, 14)])

    found = read_matched(content, today=TODAY, told=unheard)

    assert [(fault.row, fault.column) for fault in found.faults] == [(2, "Group")]
    assert found.faults[0].reason.startswith("This cell looks like a date of birth.")


def test_file_without_headings_is_refused_without_a_word_of_it():
    assert faults(["Tom Jones", *SCORES], headings=["Emma Smith", "10", "14"]) == [
        (1, "", "The first row must hold the headings of the template")
    ]


@pytest.mark.parametrize("pseudonym", ["Emma", "emma1", "JSmith2", "PUPIL", "AB", "x-y"])
def test_pseudonym_that_may_be_a_name(pseudonym):
    assert faults([pseudonym, *SCORES]) == [(2, "Pseudonym", ANY_NAME)]


@pytest.mark.parametrize("pseudonym", ["P017", "1042", "Y4-017", "ab1", "deadbeef01", "7/12"])
def test_pseudonym_that_is_a_code(pseudonym):
    assert [person.pseudonym for person in read([pseudonym, *SCORES]).rows] == [pseudonym]


# ---- other faults ----------------------------------------------------------------------------

ARM_AND_CLASS = [*HEADINGS, "Intervention or comparison", "Class", "SEND"]


@pytest.mark.parametrize(
    ("line", "column", "reason"),
    [
        (["", *SCORES, "Comparison"], "Pseudonym", "Enter a code, such as P017"),
        (["P01", "", "", "Comparison"], "After", "Enter a score before, after, or both"),
        (["P01", "x", "", "Comparison"], "After", "Enter a score before, after, or both"),
        (["P01", "many", "1", "Comparison"], "Before", "Enter a number, such as 12.5"),
        (
            ["P01", *SCORES, "Control"],
            "Intervention or comparison",
            "Enter Intervention or Comparison",
        ),
        (
            ["P01", *SCORES, "Comparison", "Maple"],
            "Class",
            "May be a name. Use a code for the class, such as 4B",
        ),
        (
            ["P01", *SCORES, "Comparison", "4B", "perhaps"],
            "SEND",
            "Enter yes or no, or leave it empty",
        ),
    ],
)
def test_row_that_cannot_be_taken(line, column, reason):
    assert faults(line, headings=ARM_AND_CLASS) == [(2, column, reason)]


def test_person_of_no_arm_where_others_have_one():
    lines = ["P01", *SCORES, "Comparison"], ["P02", *SCORES, ""]

    assert faults(*lines, headings=ARM_AND_CLASS) == [
        (3, "Intervention or comparison", "Enter Intervention or Comparison")
    ]


def test_the_same_pseudonym_twice():
    assert faults(["P01", *SCORES], ["p01", *SCORES]) == [
        (3, "Pseudonym", "Row 2 has the same pseudonym")
    ]


@pytest.mark.parametrize(
    ("headings", "found"),
    [
        (["Pseudonym", "Before"], (1, "After", "This column is missing")),
        (
            [*HEADINGS, "a" * (LONGEST_GROUP + 1)],
            (1, "Column 4", "Name the group in 40 characters or fewer"),
        ),
        (
            [*HEADINGS, *(f"Group {n}" for n in range(13))],
            (1, "", "Keep 12 groups or fewer"),
        ),
    ],
)
def test_headings_that_cannot_be_taken(headings, found):
    assert faults(["P01", "10"], headings=headings) == [found]


def test_file_with_nobody_in_it():
    assert faults() == [(0, "", "The file holds nobody below its headings")]
