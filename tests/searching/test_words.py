"""What counts as the same word, and which word somebody meant."""

import pytest

from alliances.searching.marks import Piece, snippet
from alliances.searching.spelling import distance, folded, nearest, spellings, terms
from alliances.searching.statements import BEGIN, END


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Pláning, again", ["planing", "again"]),
        ("the the", ["the"]),
        ("year-8 pupils’", ["year", "8", "pupils"]),
        ("!!! & | :* '", []),
        ("\x00a", ["a"]),
    ],
)
def test_terms_are_plain_words(typed, found):
    assert terms(typed) == found


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("behaviour", "behavior"),
        ("favourites", "favorites"),
        ("organisation", "organization"),
        ("analysed", "analyzed"),
        ("dialogue", "dialog"),
        ("centres", "centers"),
        ("modelling", "modeling"),
        ("enrolment", "enrollment"),
        ("programmes", "programs"),
        ("enquiries", "inquiries"),
        ("practising", "practicing"),
        ("licence", "license"),
        ("judgement", "judgment"),
        ("paediatric", "pediatric"),
        ("grey", "gray"),
    ],
)
def test_british_and_american_spellings_are_one_word(one, other):
    assert other in spellings(one)
    assert one in spellings(other)


@pytest.mark.parametrize("word", ["four", "hour", "filed", "size", "work", "reading"])
def test_a_word_that_is_spelt_alike_is_left_alone(word):
    assert spellings(word) == [word]


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [("plan", "plan", 0), ("planing", "planning", 1), ("palnning", "planning", 1), ("a", "", 1)],
)
def test_distance_counts_letters(one, other, apart):
    assert distance(one, other) == apart


def test_nearest_is_the_commonest_of_the_nearest():
    known = {"planning": 2, "planting": 9, "plane": 40}

    assert nearest("planing", known) == "planting"
    assert nearest("plannin", known) == "planning"
    assert nearest("zzzzzzz", known) == ""
    assert nearest("pla", known) == ""


def test_marks_keep_the_accents_of_the_text():
    text = "We met at the Café Noël twice."

    pieces = snippet(text, f"We met at the {BEGIN}Cafe{END} {BEGIN}Noel{END} twice.")

    assert pieces == [
        Piece("We met at the "),
        Piece("Café", True),
        Piece(" "),
        Piece("Noël", True),
        Piece(" twice."),
    ]


def test_a_long_text_is_cut_around_the_first_mark():
    text = "before " * 100 + "here " + "after " * 100

    told = snippet(text, text.replace("here", f"{BEGIN}here{END}"))

    assert [piece.text for piece in told if piece.is_marked] == ["here"]
    assert told[0].text == told[-1].text[-1] == "…"
    assert len("".join(piece.text for piece in told)) < 290


def test_a_text_that_does_not_go_with_its_marks_is_told_without():
    assert snippet("a <b> c", "a   c") == [Piece("a <b> c")]


def test_folded_letters_have_no_accents():
    assert folded("Ünité") == "Unite"
