"""A reader of a whole enquiry, as others have it, who tries to work out what was withheld.

The reader knows no code of ours: only what is published, which pupils a group can hold, that
girls and boys are all, that a change is what it says, and that no withheld category is empty.
"""

import random
from collections.abc import Iterator

import pytest

from impact.disclosure import disclose
from impact.values import MeasureValues, Symbol, Tally, Value
from tests.impact.adversary import Solver

THRESHOLD = 6
GIRLS, BOYS, PP, INNER = "Girls", "Boys", "Pupil premium", "Boys with pupil premium"
ALL = ""
KINDS = {GIRLS: "girls", BOYS: "boys", PP: "pp"}
HOLDERS = {GIRLS: ALL, BOYS: ALL, PP: ALL, INNER: PP}
GRADES = ("red", "amber", "green")
MOMENTS = ("baseline", "outcome")

# What a pupil is: girl or boy, with or without pupil premium, and the grade at both moments.
Pupils = list[tuple[str, bool, tuple[str, str]]]


def belongs(pupil, group: str) -> bool:
    sex, is_pp, _ = pupil
    return {ALL: True, GIRLS: sex == GIRLS, BOYS: sex == BOYS, PP: is_pp}.get(
        group, is_pp and sex == BOYS
    )


def counts(pupils: Pupils, group: str) -> dict[str, dict[str, int]]:
    """By moment, how many of a group got each grade."""
    inside = [grades for pupil in pupils if belongs(pupil, group) for grades in [pupil[2]]]
    return {
        moment: {grade: sum(each[place] == grade for each in inside) for grade in GRADES}
        for place, moment in enumerate(MOMENTS)
    }


def a_class(dice: random.Random) -> Pupils:
    rare, even = dice.choice((0.04, 0.15, 0.4)), dice.choice((0.1, 0.5, 0.85))
    weights = [dice.choice((1, 3, 12)) for _ in GRADES]
    return [
        (
            GIRLS if dice.random() < even else BOYS,
            dice.random() < rare,
            tuple(dice.choices(GRADES, weights, k=2)),
        )
        for _ in range(dice.choice((7, 12, 29, 60)))
    ]


def measured(group: str, kind: str, told: dict[str, dict[str, int]], *, name="Reading", extra=()):
    """A measure of a group: a distribution, or those with a green grade, in one of four ways."""
    readings = [_reading(kind, moment, told[moment]) for moment in MOMENTS]
    return MeasureValues(
        id=1,
        level="pupil",
        name=name,
        instrument="test",
        scale="",
        unit={"share": "per cent", "of": ""}.get(kind, "pupils"),
        population="Year 4",
        group=group,
        better="higher",
        note="A note",
        is_distribution=kind == "spread",
        readings=(*readings, *extra),
        group_kind=KINDS.get(group, ""),
        part_of=HOLDERS.get(group, "") if group == INNER else "",
        criterion="",
    )


def _reading(kind: str, moment: str, grades: dict[str, int]) -> Value:
    n, green = sum(grades.values()), grades["green"]
    if kind == "spread":
        tallies = tuple(Tally(grade, count) for grade, count in grades.items())
        return Value(moment, "", n=n, tallies=tallies)
    if kind == "share":
        return Value(moment, "", value=round(100 * green / n, 1) if n else 0.0, n=n)
    if kind == "of":
        return Value(moment, "", value=green, of=n)
    return Value(moment, "", value=green, n=n if kind == "count" else None)


def changed(told: dict[str, dict[str, int]]) -> Value:
    before, after = (told[moment]["green"] for moment in MOMENTS)
    return Value("change", "", value=after - before)


# ---- the reader ----------------------------------------------------------------------------


def published(measure: MeasureValues) -> Iterator[tuple[tuple, int]]:
    """What a measure that left its alliance tells: of a group at a moment, its size or a count."""
    for reading in measure.readings:
        at = (measure.group, reading.moment)
        size = reading.of if reading.of is not None else reading.n
        if reading.moment == "change":
            continue
        if size is not None:
            yield (*at, "all"), size
        for tally in reading.tallies:
            if tally.value is not None:
                yield (*at, tally.label), tally.value
        if reading.value is not None:
            is_share = measure.unit == "per cent"
            green = round(reading.value * size / 100) if is_share else reading.value
            yield (*at, "green"), green


def recovered(truth: dict[tuple, int], out: list[MeasureValues], groups: list[str]) -> dict:
    """What the reader is sure of, though it is a count of a few pupils."""
    known = dict(each for measure in out for each in published(measure))
    assert {key: truth[key] for key in known} == known
    not_empty = {*_not_empty(out)}
    solver = Solver()
    for key in truth:
        if key in known:
            solver.known(key, known[key])
        else:
            solver.number(key, low=int(key in not_empty))
    _hold_together(solver, truth, groups)
    _hold_changes(solver, out)
    found = solver.determined([key for key, n in truth.items() if 0 < n < THRESHOLD])
    assert {key: truth[key] for key in found} == found
    return found


def _not_empty(out: list[MeasureValues]) -> Iterator[tuple]:
    """Categories that are withheld where the size of the group is told: such are never empty."""
    for measure in out:
        for reading in measure.readings:
            for tally in reading.tallies if reading.n is not None else ():
                if tally.symbol is Symbol.SUPPRESSED:
                    yield measure.group, reading.moment, tally.label


def _hold_together(solver: Solver, truth: dict[tuple, int], groups: list[str]) -> None:
    """Grades make up a group, girls and boys everybody, a group and those outside it its holder."""
    for group, moment, label in truth:
        if label == "all":
            solver.holds((group, moment, label), [(group, moment, grade) for grade in GRADES])
        if group == ALL and {GIRLS, BOYS} <= {*groups}:
            solver.holds((ALL, moment, label), [(sex, moment, label) for sex in (GIRLS, BOYS)])
        if HOLDERS.get(group) in groups:
            outside = ("outside", group, moment, label)
            solver.number(outside)
            solver.holds((HOLDERS[group], moment, label), [(group, moment, label), outside])


def _hold_changes(solver: Solver, out: list[MeasureValues]) -> None:
    for measure in out:
        for change in measure.readings:
            if change.moment == "change" and change.value is not None:
                before, after = ((measure.group, moment, "green") for moment in MOMENTS)
                solver.known(("change", measure.group), change.value)
                solver.holds(after, [before, ("change", measure.group)])


def truths(pupils: Pupils, groups: list[str]) -> dict[tuple, int]:
    found = {}
    for group in groups:
        for moment, grades in counts(pupils, group).items():
            found |= {(group, moment, grade): n for grade, n in grades.items()}
            found[group, moment, "all"] = sum(grades.values())
    return found


def an_enquiry(dice: random.Random) -> tuple[Pupils, list[str], list[MeasureValues]]:
    """A class and what was measured in it: of everybody and of some of the groups."""
    pupils = a_class(dice)
    groups = [ALL, *(group for group in (GIRLS, BOYS, PP) if dice.random() < 0.7)]
    groups += [INNER] * (PP in groups and dice.random() < 0.5)
    kind = dice.choice(("spread", "share", "of", "count", "bare"))
    if kind == "spread":
        groups = groups[:3]
    measures = []
    for group in groups:
        is_other = kind != "spread" and dice.random() < 0.2
        own = dice.choice(("count", "bare", "of", "share")) if is_other else kind
        told = counts(pupils, group)
        has_change = own in ("count", "bare") and dice.random() < 0.4
        measures.append(measured(group, own, told, extra=(changed(told),) * has_change))
    return pupils, groups, measures


@pytest.mark.parametrize("seed", range(6))
def test_nobody_recovers_few_pupils_from_a_whole_enquiry(seed):
    dice = random.Random(seed)
    found = []
    for _ in range(30):
        pupils, groups, measures = an_enquiry(dice)
        out = disclose(measures, threshold=THRESHOLD)
        sure = recovered(truths(pupils, groups), out, groups)
        found += [(groups, sure)] * bool(sure)

    assert found == []


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        (("bare", "bare", "bare"), [17, None, None]),
        (("of", "of", "bare"), [17, None, None]),
        (("count", "bare", "count"), [17, None, None]),
    ],
)
def test_counts_of_groups_of_unknown_size_give_nobody_away(kinds, expected):
    told = {ALL: (17, 12), GIRLS: (3, 1), BOYS: (14, 11)}
    measures = [
        measured(group, kind, {m: {"green": green, "red": red} for m in MOMENTS})
        for kind, (group, (green, red)) in zip(kinds, told.items(), strict=True)
    ]

    out = disclose(measures, threshold=THRESHOLD)

    assert [m.readings[0].value for m in out] == expected
