"""What changed between two frozen reports is told in words and numbers, and nothing else is."""

import pytest
from django.urls import reverse

from enquiries.models import NextStep
from reports.actions import ask_for_case_study, build_report
from reports.differences import Change, Piece, changes, counted
from reports.models import Report
from tests.world import log


def told(before, after) -> list[tuple]:
    return [(c.place, c.fate, c.before, c.after, c.by) for c in changes(before, after)]


def test_the_same_data_tell_nothing():
    data = {"figures": [{"first": "98", "second": "alliances"}], "charts": [{"rows": [1]}]}

    assert changes(data, {**data, "charts": []}) == []


def test_a_figure_is_told_with_its_difference():
    before, after = {"school_count": "1,012"}, {"school_count": "998"}

    assert told(before, after) == [(("School count",), "changed", "1,012", "998", "-14")]


def test_a_count_is_known_by_what_it_counts():
    before = {"figures": [{"first": "198", "second": "measures", "of": ""}]}
    after = {"figures": [{"first": "199", "second": "measures", "of": ""}]}

    assert told(before, after) == [(("Figures", "measures"), "changed", "198", "199", "+1")]


def test_a_count_that_came_is_told_with_its_number():
    after = {"figures": [{"first": "3", "second": "quotations", "of": ""}]}

    assert told({"figures": []}, after) == [(("Figures", "quotations"), "new", "", "3", "")]


def test_nought_is_a_figure_and_an_empty_text_is_not():
    assert told({"n": "0"}, {"n": "3"}) == [(("N",), "changed", "0", "3", "+3")]
    assert told({"n": ""}, {"n": "3"}) == [(("N",), "new", "", "3", "")]


def test_a_text_is_told_word_by_word():
    (change,) = changes({"question": "Does talk help boys?"}, {"question": "Does talk help girls?"})

    assert change == Change(
        ("Question",),
        "Does talk help boys?",
        "Does talk help girls?",
        (Piece("same", "Does talk help"), Piece("gone", "boys?"), Piece("new", "girls?")),
    )


def test_things_are_compared_with_their_namesakes_wherever_they_stand():
    before = {"alliances": [{"name": "A", "focus": "talk"}, {"name": "B", "focus": "number"}]}
    after = {"alliances": [{"name": "B", "focus": "number"}, {"name": "A", "focus": "writing"}]}

    assert told(before, after) == [(("Alliances", "A", "Focus"), "changed", "talk", "writing", "")]


def test_a_thing_that_came_and_one_that_went_are_told_whole():
    before = {"alliances": [{"name": "A", "focus": "talk"}]}
    after = {"alliances": [{"name": "B", "focus": "number"}]}

    assert told(before, after) == [
        (("Alliances", "B"), "new", "", "number", ""),
        (("Alliances", "A"), "gone", "talk", "", ""),
    ]


def test_a_passage_that_is_reworded_is_told_word_by_word():
    before = {"passages": [{"part": "summary", "heading": "Summary", "words": "Two went."}]}
    after = {"passages": [{"part": "summary", "heading": "In short", "words": "Two came."}]}

    assert told(before, after) == [
        (("Passages", "In short", "Heading"), "changed", "Summary", "In short", ""),
        (("Passages", "In short", "Words"), "changed", "Two went.", "Two came.", ""),
    ]


def test_a_passage_that_is_left_out_is_told_without_the_code_of_its_part():
    before = {"passages": [{"part": "areas", "heading": "Areas", "words": ""}]}

    assert told(before, {"passages": []}) == [(("Passages", "Areas"), "gone", "Areas", "", "")]


def test_a_passage_of_the_editors_own_is_known_by_its_heading():
    before = {"passages": [{"part": "", "heading": "A word", "words": "Ours."}]}
    after = {"passages": [{"part": "", "heading": "A word", "words": "Yours."}]}

    assert told(before, after) == [
        (("Passages", "A word", "Words"), "changed", "Ours.", "Yours.", "")
    ]


def test_passages_in_another_order_are_told_by_their_headings():
    asked, found, hoped = (
        {"part": part, "heading": heading, "words": ""}
        for part, heading in [("areas", "Asked"), ("", "Found"), ("end", "Hoped")]
    )

    change, gone = changes({"passages": [asked, found, hoped]}, {"passages": [hoped, asked]})

    assert (change.place, change.before, change.after) == (
        ("Passages", "Order"),
        "Asked; Hoped;",
        "Hoped; Asked;",
    )
    assert [(piece.fate, piece.text) for piece in change.pieces] == [
        ("new", "Hoped;"),
        ("same", "Asked;"),
        ("gone", "Hoped;"),
    ]
    assert (gone.place, gone.fate) == (("Passages", "Found"), "gone")


def test_a_list_that_an_earlier_report_did_not_have_is_told_line_by_line():
    assert told({}, {"questions": ["Who?", "When?"]}) == [
        (("Questions",), "new", "", "Who?", ""),
        (("Questions",), "new", "", "When?", ""),
    ]


def test_what_is_told_whole_is_joined_between_sentences():
    after = {"areas": [{"area": "Talk", "examples": ["Pairs met.", "They talked"], "projects": 2}]}

    assert told({"areas": []}, after) == [
        (("Areas", "Talk"), "new", "", "Pairs met. They talked; 2", "")
    ]


def test_lines_of_a_list_are_there_or_not():
    assert told({"aims": ["one", "two"]}, {"aims": ["two", "three"]}) == [
        (("Aims",), "new", "", "three", ""),
        (("Aims",), "gone", "one", "", ""),
    ]


def test_two_of_a_name_are_compared_in_their_order():
    before = {"levels": [{"name": "A", "n": "1"}, {"name": "A", "n": "2"}]}
    after = {"levels": [{"name": "A", "n": "1"}, {"name": "A", "n": "5"}]}

    assert told(before, after) == [(("Levels", "A", "N"), "changed", "2", "5", "+3")]


def test_statements_that_are_counted_anew_are_still_themselves():
    one = {"mark": "S1", "alliance": "A", "own_mark": "C1", "state": "As printed", "claim": 7}
    two = {"mark": "S2", "alliance": "A", "own_mark": "C2", "state": "As printed", "claim": 9}
    other = {"mark": "S1", "alliance": "B", "own_mark": "C1", "state": "As printed", "claim": 3}
    before = {"rests_on": [one, two]}
    after = {"rests_on": [other, one | {"mark": "S2"}, two | {"mark": "S3", "state": "Signed off"}]}

    assert told(before, after) == [
        (("Rests on", "B"), "new", "", "C1; As printed", ""),
        (("Rests on", "A", "State"), "changed", "As printed", "Signed off", ""),
    ]


def test_statements_of_one_alliance_are_known_by_what_they_state():
    first = {"alliance": "A", "statement": "They read.", "figure": "", "mark": "S1"}
    second = {"alliance": "A", "statement": "They write.", "figure": "", "mark": "S1"}

    assert told(
        {"examples": [first]}, {"examples": [second, first | {"mark": "S2", "figure": "5"}]}
    ) == [
        (("Examples", "A"), "new", "", "They write.", ""),
        (("Examples", "A", "Figure"), "new", "", "5", ""),
    ]


def test_that_it_is_a_later_version_is_no_change_of_what_it_tells():
    issue = {"version": 2, "corrects": {"version": 1, "on": "1 May 2026"}, "text": "It was 64."}

    assert told({"n": "46"}, {"n": "64", "issue": issue}) == [
        (("N",), "changed", "46", "64", "+18")
    ]


def test_a_withheld_figure_is_a_change_of_words():
    assert told({"n": "12"}, {"n": "[c]"}) == [(("N",), "changed", "12", "[c]", "")]


def test_what_is_known_only_later_is_new():
    assert told({}, {"strength": "Moderate"}) == [(("Strength",), "new", "", "Moderate", "")]


def test_changes_are_counted_by_their_fate():
    found = changes({"a": "1", "b": "x"}, {"a": "2", "c": "y"})

    assert counted(found) == {"new": 1, "changed": 1, "gone": 1}


# ---- the page --------------------------------------------------------------------------------


@pytest.fixture
def two(world) -> list[Report]:
    """Reports on one alliance before and after a planted change, by two people."""
    found = []
    for name in ("faye", "leah"):
        report = ask_for_case_study(enquiry=world.enquiry, by=world.person(name))
        build_report(report.pk)
        found.append(Report.objects.get(pk=report.pk))
        enquiry = world.enquiry
        log(NextStep, enquiry=enquiry, by=world.person("leah"), text="Planted.")
    return found


def test_a_planted_change_and_no_other_is_found_between_two_reports(as_person, two):
    page = as_person("faye").get(reverse("report-changes", args=[two[1].pk]))

    assert [(c.place, c.fate, c.after) for c in page.context["changes"]] == [
        (("Next steps",), "new", "Planted.")
    ]
    assert page.context["before"] == two[0]


def test_the_first_report_has_nothing_to_be_compared_with(as_person, two):
    page = as_person("faye").get(reverse("report-changes", args=[two[0].pk]))

    assert (page.context["before"], page.context["changes"]) == (None, [])
    assert "This is the first report on its subject." in page.content.decode()
