"""What many rows would repeat stands once, and no table tells nothing but that it tells nothing."""

import re
from dataclasses import asdict, replace
from itertools import count

import pytest

from reports.rendering import body_html
from reports.rendering.bodies import context
from reports.rendering.grounds import in_ranges
from reports.rendering.measures import level_in_tables
from reports.values import (
    AllianceAccount,
    ClaimLine,
    EvidenceLine,
    Example,
    LevelOfImpact,
    Met,
    Pair,
    Turn,
)
from tests.reports.samples import FULL, line, national

UNTESTED = "Not put to the three tests of quality."


def shown(name: str, mark: str, outcome: str, **given) -> dict:
    return asdict(line(name, mark=mark, outcome=outcome, categories=[], **given))


def tables(*lines: dict) -> dict:
    level = {"level": "pupil", "title": "Pupils", "lines": list(lines)}
    return level_in_tables(level, [], count(1), count(1))


@pytest.mark.parametrize(
    ("marks", "told"),
    [
        (["M4"], "M4"),
        (["M1", "M2"], "M1, M2"),
        (["M1", "M3", "M4", "M5", "M9"], "M1, M3 to M5, M9"),
        (["M9", "M10", "M11", "Q12"], "M9 to M11, Q12"),
    ],
)
def test_marks_that_follow_one_another_are_a_range(marks, told):
    assert in_ranges(marks) == told


def test_note_of_many_pieces_of_evidence_stands_once_under_the_list():
    pieces = [EvidenceLine(f"M{i}", "Measure", "Tests", UNTESTED) for i in range(1, 6)]
    failed = EvidenceLine("M6", "Measure", "Survey", "Failed the test of validity.")
    study = replace(FULL, evidence=[*pieces, failed])

    found = context("case-study", asdict(study))

    assert [piece["note"] for piece in found["evidence"]] == [""] * 5 + [failed.note]
    assert found["evidence_notes"] == ["M1 to M5: not put to the three tests of quality."]


def test_claims_are_listed_in_the_order_of_their_marks():
    claims = [ClaimLine(mark, "Talk grew.", [], "", "As printed") for mark in ("C10", "C2", "C1")]

    found = context("case-study", asdict(replace(FULL, rests_on=claims)))

    assert [claim["mark"] for claim in found["claims_list"]] == ["C1", "C2", "C10"]


def test_many_withheld_measures_are_named_together_and_not_in_rows():
    withheld = [shown("Vectors", mark, "[c]") for mark in ("M1", "M2")]
    one, other = shown("Reading", "M3", "62%"), shown("Writing", "M4", "[c]")

    found = tables(*withheld, one, other)

    assert found["single"]["lines"] == [one]
    assert found["withheld"] == [
        {"name": "Vectors", "marks": ["M1", "M2"]},
        {"name": "Writing", "marks": ["M4"]},
    ]


def test_one_withheld_measure_keeps_its_row_beside_others():
    lines = [shown("Reading", "M3", "62%"), shown("Writing", "M4", "[c]")]

    found = tables(*lines)

    assert (found["single"]["lines"], found["withheld"]) == (lines, [])


def test_level_of_which_all_is_withheld_has_no_table():
    found = tables(shown("Writing", "M4", "[c]"))

    assert (found["single"], found["withheld"]) == (None, [{"name": "Writing", "marks": ["M4"]}])


@pytest.mark.parametrize("given", [{"words": "Mostly better."}, {"baseline": "[x]"}])
def test_measure_that_tells_anything_keeps_its_row(given):
    lines = [shown("Writing", f"M{i}", "[c]", **given) for i in range(1, 5)]

    assert tables(*lines)["withheld"] == []


def test_behaviours_of_which_the_count_is_withheld_are_named_once():
    report = replace(national(3), behaviours=[Pair("Motivation", "3"), Pair("Humility", "[c]")])

    found = context("national", asdict(report))

    assert found["behaviours"] == [{"first": "Motivation", "second": "3"}]
    assert found["scarce_behaviours"] == ["Humility"]


def test_alliance_stands_once_beside_all_its_statements():
    examples = [Example("Harton TSA", text, "", "000:1", "") for text in ("Talk grew.", "More.")]
    report = replace(national(1), levels=[LevelOfImpact("pupil", "Pupils", examples)])

    html = body_html("national", asdict(report))

    assert re.findall(r'<th scope="rowgroup"( rowspan="2")>Harton TSA</th>', html) == [
        ' rowspan="2"'
    ]


def test_what_was_tried_and_what_was_refined_do_not_run_together():
    turn = Turn("Year 1", "", "Pairs met", "Pairs met less")
    told = AllianceAccount(1, "Harton TSA", "Pairs", "", "", "", [turn], [], [], [], [])

    html = body_html("national", asdict(replace(national(1), accounts=[told])))

    assert "Pairs met<br><strong>Refined:</strong> Pairs met less" in html


@pytest.mark.parametrize(
    ("action", "columns"),
    [("", ["Alliance", "Challenge"]), ("Paid", ["Alliance", "Challenge", "Action"])],
)
def test_challenges_of_a_term_have_a_column_of_actions_where_any_is_recorded(action, columns):
    summary = cluster_summary([Met("Harton TSA", "Cover is dear.", action)])

    html = body_html("cluster-summary", summary)

    assert re.findall(r'<th scope="col">(\w+)</th>', html) == columns


def cluster_summary(challenges: list[Met]) -> dict:
    said = ("progress", "shown", "successes", "leadership", "advice", "help", "next_foci")
    texts = ("service", "agency", "programme", "cluster", "title", "about", "period")
    others = ("alliances", "meetings", "patterns", "next_dates")
    return dict.fromkeys(texts, "South") | {
        **{name: [] for name in (*said, *others)},
        "challenges": [asdict(met) for met in challenges],
    }
