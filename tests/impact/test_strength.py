"""How strong evidence can be called: the ceilings of the file, and what stands under them."""

from dataclasses import replace

import pytest

from impact.strength import Grounds, ceilings, levels, lowest, strength_of

BEST = Grounds(
    is_measured=True,
    validity="pass",
    triangulation="pass",
    reliability="pass",
    comparison="matched",
    people=100,
    lost=20,
)


def named(rating) -> tuple[str, list[str]]:
    codes = [rule.code.removeprefix("ceiling-") for rule in rating.because]
    return rating.level.code.removeprefix("evidence-"), codes


def test_levels_count_up_and_are_five_at_most():
    numbers = [level.number for level in levels().values()]

    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) <= 5


def test_every_ceiling_is_tested_here():
    held = {case.values[2] for case in CASES} | {"unplanned"}

    assert {rule.code.removeprefix("ceiling-") for rule in ceilings()} == held


CASES = [
    pytest.param({"validity": "fail"}, "very-limited", "invalid"),
    pytest.param({"triangulation": "fail"}, "limited", "one-view"),
    pytest.param({"reliability": "fail"}, "limited", "unreliable"),
    pytest.param({"validity": "untested"}, "limited", "untested"),
    pytest.param({"comparison": "none"}, "moderate", "alone"),
    pytest.param({"comparison": "similar"}, "strong", "unmatched"),
    pytest.param({"people": None}, "limited", "size-unknown"),
    pytest.param({"people": 99}, "strong", "middling"),
    pytest.param({"people": 29}, "moderate", "small"),
    pytest.param({"people": 9}, "limited", "few"),
    pytest.param({"lost": None}, "moderate", "loss-unknown"),
    pytest.param({"lost": 20.1}, "moderate", "loss"),
    pytest.param({"lost": 50.1}, "limited", "great-loss"),
    pytest.param({"is_measured": False}, "limited", "words"),
]


@pytest.mark.parametrize(("fault", "level", "rule"), CASES)
def test_one_fault_sets_the_ceiling(fault, level, rule):
    found = strength_of(plan=BEST, done=replace(BEST, **fault)).execution

    assert named(found)[0] == level
    assert named(found)[1][0] == rule


@pytest.mark.parametrize(("people", "rules"), [(10, 2), (30, 1), (100, 0)])
def test_a_threshold_itself_is_enough(people, rules):
    found = strength_of(plan=BEST, done=replace(BEST, people=people)).execution

    assert len(found.because) == rules


def test_without_a_fault_evidence_is_as_strong_as_can_be():
    found = strength_of(plan=BEST, done=BEST)

    assert named(found.design) == named(found.execution) == ("very-strong", [])


def test_what_was_done_never_raises_what_was_planned():
    alone = replace(BEST, comparison="none")

    found = strength_of(plan=alone, done=BEST)

    assert named(found.design) == named(found.execution) == ("moderate", ["alone"])


def test_what_was_done_lowers_what_was_planned():
    found = strength_of(plan=BEST, done=replace(BEST, lost=60))

    assert named(found.design) == ("very-strong", [])
    assert named(found.execution) == ("limited", ["great-loss", "loss"])


def test_a_measure_nobody_planned_is_limited_whatever_followed():
    found = strength_of(plan=Grounds(is_measured=True, is_planned=False), done=BEST)

    assert named(found.design) == named(found.execution) == ("limited", ["unplanned"])


def test_what_can_only_fail_later_lowers_no_plan():
    plan = replace(BEST, validity="untested", lost=None)

    assert named(strength_of(plan=plan, done=BEST).design) == ("very-strong", [])


def test_a_rating_is_allowed_up_to_the_ceiling():
    found = strength_of(plan=BEST, done=replace(BEST, comparison="none"))

    assert [found.allows(code) for code in levels()] == [True, True, True, False, False]


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        (["evidence-strong", "evidence-limited"], "evidence-limited"),
        (["", "evidence-strong"], "evidence-strong"),
        (["", ""], None),
    ],
)
def test_the_lowest_rating_counts(codes, expected):
    found = lowest(*codes)

    assert (found and found.code) == expected


@pytest.mark.parametrize(
    ("fault", "criterion", "text", "part"),
    [
        ({}, "validity", "Passed", 1),
        ({"validity": "fail"}, "validity", "Failed", 0),
        ({"triangulation": "fail"}, "triangulation", "Failed", 0),
        ({"reliability": "fail"}, "reliability", "Failed", 0),
        ({"triangulation": "untested"}, "triangulation", "Not tested", None),
        ({}, "comparison", "Matched", 1),
        ({"comparison": "similar"}, "comparison", "Not matched", 0.5),
        ({"comparison": "none"}, "comparison", "None", 0),
        ({}, "people", "100 or more", 1),
        ({"people": 99}, "people", "30 to 99", 0.5),
        ({"people": 29}, "people", "10 to 29", 0),
        ({"people": 9}, "people", "Under 10", 0),
        ({"people": None}, "people", "Not said", None),
        ({}, "lost", "A fifth or fewer", 1),
        ({"lost": 21}, "lost", "Over a fifth", 0),
        ({"lost": 51}, "lost", "Over half", 0),
        ({"lost": None}, "lost", "Not known", None),
        ({"is_measured": False}, "validity", "Not tested", None),
    ],
)
def test_each_criterion_says_what_was_found(fault, criterion, text, part):
    done = replace(BEST, **fault)

    found = strength_of(plan=BEST, done=done).found(f"criterion-{criterion}")

    assert (found.text, found.part) == (text, part)
