"""What may tell who a pupil is, in texts of every kind and in the real ones."""

import json
from collections.abc import Iterator

import pytest

from alliances.recognising import LETTERS, Found, Sign, is_pupil_number, signs
from tests.world import DEMO

RIGHT = "H801200001001"
TEMPORARY = "Y80120000100A"


def with_check_letter(rest: str) -> str:
    """The number by the published rule, worked out otherwise: try each letter's place."""
    total = sum(
        weight * (int(c) if c.isdigit() else LETTERS.index(c))
        for weight, c in zip(range(2, 14), rest, strict=True)
    )
    return LETTERS[total % 23] + rest


@pytest.mark.parametrize("rest", ["801200001001", "202311109013", "999999999999", "80120000100A"])
def test_number_with_its_check_letter_is_a_pupils(rest):
    number = with_check_letter(rest)

    assert is_pupil_number(number)
    assert signs(f"See {number.lower()}, she improved.") == [Found(Sign.NUMBER, number.lower())]


def test_each_other_letter_makes_it_only_like_one():
    others = [letter + RIGHT[1:] for letter in LETTERS if letter != RIGHT[0]]

    assert [is_pupil_number(other) for other in others] == [False] * 22
    assert {found.sign for other in others for found in signs(other)} == {Sign.LIKE_NUMBER}


@pytest.mark.parametrize(
    "text", ["8012000010011", "HH801200001001", "H8012000010011", "I801200001001", "0113 496 0000"]
)
def test_other_numbers_are_none(text):
    assert signs(text) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("DOB 12/03/2014", "DOB 12/03/2014"),
        ("d.o.b.: 12.3.14", "d.o.b.: 12.3.14"),
        ("She was born on the 3rd March 2014.", "born on the 3rd March 2014"),
        ("Date of birth 2014-03-12", "Date of birth 2014-03-12"),
        ("12/03/2014 (dob)", "12/03/2014 (dob"),
        ("Sam Jones, 12/03/2014", "Sam Jones, 12/03/2014"),
    ],
)
def test_day_of_birth_is_found(text, words):
    assert signs(text) == [Found(Sign.BORN, words)]


@pytest.mark.parametrize(
    "text",
    [
        "We met on 12/03/2014.",
        "Baseline Test 12/03/2014",
        "Autumn Term 03/09/2013 to 20/12/2013",
        "The project was born of talk in 2014.",
    ],
)
def test_other_days_are_none(text):
    assert signs(text) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "Sam Jones, Aisha Khan and Mohammed Ali-Khan did well.",
            "Sam Jones, Aisha Khan and Mohammed Ali-Khan",
        ),
        ("Sam Jones\nAisha Khan\n\nMo O’Brien 12", "Sam Jones, Aisha Khan, Mo O’Brien"),
        ("- Élodie Martin: 7B\n- Zoë K\n- Jay Obi: 6A", "Élodie Martin, Zoë K, Jay Obi"),
        ("Sam Jones\t12\nAisha Khan\t14\nJay Obi\t9", "Sam Jones, Aisha Khan, Jay Obi"),
    ],
)
def test_list_of_names_is_found(text, words):
    assert signs(text) == [Found(Sign.NAMES, words)]


@pytest.mark.parametrize(
    "text",
    [
        "Sam Jones and Aisha Khan did well.",
        "George Abbot, Central Bedfordshire and Fairfields Primary",
        "Key Stage, Year Seven, Spring Term",
        "Open University\nCanterbury College\nBirmingham City",
        "Lesson Study, Peer Review and Action Research",
    ],
)
def test_two_names_or_lists_of_other_things_are_none(text):
    assert signs(text) == []


def texts(value) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from texts(each)


def test_real_projects_give_two_alarms_and_both_list_people():
    files = [*sorted((DEMO / "enquiries").glob("*.json")), DEMO / "programme.json"]
    read = [text for file in files for text in texts(json.loads(file.read_text("utf-8")))]

    found = [each for text in read for each in signs(text)]

    assert len(read) > 4000
    assert found == [
        Found(Sign.NAMES, "Simon Rea, Leigh Sandals, Natalie Parish"),
        Found(Sign.NAMES, "Louise Stoll, Chris Brown, Karen Spence-Thomas, Carol Taylor"),
    ]
