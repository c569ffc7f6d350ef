"""A reader of a whole enquiry, as others have it, who tries to work out what was withheld.

The reader knows no code of ours: only what is published, which pupils a group can hold, that
girls and boys are all, that a change is what it says, and that no withheld category is empty.
"""

import random
from collections.abc import Iterator

import numpy as np
import pytest

from impact.disclosure import disclose
from impact.values import MeasureValues, Symbol, Tally, Value
from tests.impact.adversary import Solver

THRESHOLD = 6
GIRLS, BOYS, PP, SEND = "Girls", "Boys", "Pupil premium", "SEND"
INNER, INMOST = "Boys with pupil premium", "Boys with both"
SETS = ("Mr Ash's set", "Ms Birch's set", "Mx Cedar's set")
ALL = ""
KINDS = {GIRLS: "girls", BOYS: "boys", PP: "pp", SEND: "send"}
HOLDERS = {INNER: PP, INMOST: INNER} | dict.fromkeys((GIRLS, BOYS, PP, SEND, *SETS), ALL)
# Groups that a pupil is in one of; of the sets the site knows no more than their names.
DIVISIONS = ((GIRLS, BOYS), SETS)
GRADES = ("red", "amber", "green")
MOMENTS = ("baseline", "outcome")
NOBODY = {moment: Value(moment, "", symbol=Symbol.NOT_APPLICABLE) for moment in MOMENTS}

# Those who are late are told of in a measure of their own, as a share without the number behind it.
LATE, LATENESS = "late", "Lateness"

# The groups that a pupil is in, which overlap, with whether they are late; and both grades.
Pupils = list[tuple[set[str], tuple[str, str]]]


def counts(pupils: Pupils, group: str) -> dict[str, dict[str, int]]:
    """By moment, how many of a group got each grade."""
    inside = [grades for groups, grades in pupils if group in groups]
    return {
        moment: {grade: sum(each[place] == grade for each in inside) for grade in GRADES}
        for place, moment in enumerate(MOMENTS)
    }


def a_class(dice: random.Random) -> Pupils:
    rare, even = dice.choice((0.04, 0.15, 0.4)), dice.choice((0.1, 0.5, 0.85))
    weights = [dice.choice((1, 3, 12)) for _ in GRADES]
    return [
        (a_pupil(dice, rare, even), tuple(dice.choices(GRADES, weights, k=2)))
        for _ in range(dice.choice((7, 12, 29, 60)))
    ]


def a_pupil(dice: random.Random, rare: float, even: float) -> set[str]:
    groups = {ALL, GIRLS if dice.random() < even else BOYS}
    groups |= {dice.choices(SETS, (even, 1 - even, rare))[0]}
    groups |= {name for name in (PP, SEND, LATE) if dice.random() < rare}
    groups |= {INNER} if {BOYS, PP} <= groups else set()
    return groups | ({INMOST} if {INNER, SEND} <= groups else set())


def measured(group: str, kind: str, told: dict[str, dict[str, int]], *, name="Reading", extra=()):
    """A measure of a group: a distribution, or those with a green grade, in one of four ways."""
    readings = [_reading(kind, moment, told[moment]) for moment in MOMENTS]
    return MeasureValues(
        id=1,
        level="pupil",
        name=name,
        instrument="test",
        scale="",
        unit={"share": "per cent", "bare share": "per cent", "of": ""}.get(kind, "pupils"),
        population="Year 4",
        group=group,
        better="higher",
        note="A note",
        is_distribution=kind == "spread",
        readings=(*readings, *extra),
        group_kind=KINDS.get(group, ""),
        part_of=HOLDERS.get(group, ALL),
        criterion="",
    )


def _reading(kind: str, moment: str, grades: dict[str, int]) -> Value:
    n, green = sum(grades.values()), grades["green"]
    if kind == "bare share":
        return Value(moment, "", value=round(100 * green / n, 1)) if n else NOBODY[moment]
    if kind == "spread":
        tallies = tuple(Tally(grade, count) for grade, count in grades.items())
        return Value(moment, "", n=n, tallies=tallies)
    if kind == "share":
        return Value(moment, "", value=round(100 * green / n, 1) if n else 0.0, n=n)
    if kind == "of":
        return Value(moment, "", value=green, of=n)
    return Value(moment, "", value=green, n=n if kind == "count" else None)


def late(pupils: Pupils, group: str) -> dict[str, dict[str, int]]:
    """Those of a group who are late and those who are not, as if they were grades."""
    inside = [LATE in groups for groups, _ in pupils if group in groups]
    both = {"green": sum(inside), "red": len(inside) - sum(inside)}
    return dict.fromkeys(MOMENTS, both)


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
        if reading.value is not None and not is_bare(measure, reading):
            is_share = measure.unit == "per cent"
            green = round(reading.value * size / 100) if is_share else reading.value
            yield (*at, "green"), green


def is_bare(measure: MeasureValues, reading: Value) -> bool:
    """Whether a share is told without the number behind it."""
    return measure.unit == "per cent" and reading.n is None


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
    _hold_shares(solver, out)
    of_late = {measure.group for measure in out if measure.name == LATENESS}
    few = [key for key, n in truth.items() if 0 < n < THRESHOLD]
    found = solver.determined([key for key in few if key[2] != LATE or key[0] in of_late])
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
            solver.between(0, {(group, moment, label): 1, (group, moment, LATE): -1}, np.inf)
        for division in DIVISIONS:
            if group == ALL and {*division} <= {*groups}:
                solver.holds((ALL, moment, label), [(each, moment, label) for each in division])
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


def _hold_shares(solver: Solver, out: list[MeasureValues]) -> None:
    """A share without the number behind it is that of a count in its group, but for rounding."""
    for measure in out:
        for reading in measure.readings:
            if is_bare(measure, reading) and reading.value is not None:
                at = (measure.group, reading.moment)
                told = (*at, LATE if measure.name == LATENESS else "green")
                low, high = reading.value - 0.0501, reading.value + 0.0501
                solver.between(0, {told: 100, (*at, "all"): -low}, np.inf)
                solver.between(-np.inf, {told: 100, (*at, "all"): -high}, 0)
                solver.between(1, {(*at, "all"): 1}, np.inf)


def truths(pupils: Pupils, told_of: list[str]) -> dict[tuple, int]:
    found = {}
    for group in told_of:
        for moment, grades in counts(pupils, group).items():
            found |= {(group, moment, grade): n for grade, n in grades.items()}
            found[group, moment, "all"] = sum(grades.values())
            found[group, moment, LATE] = sum({group, LATE} <= groups for groups, _ in pupils)
    return found


def an_enquiry(dice: random.Random) -> tuple[Pupils, list[str], list[MeasureValues]]:
    """A class and what was measured in it: of everybody and of some of the groups."""
    pupils = a_class(dice)
    kind = dice.choice(("spread", "share", "of", "count", "bare", "bare share"))
    groups = [ALL, *some_groups(dice, most=2 if kind == "spread" else 6)]
    measures = []
    for group in groups:
        is_other = kind != "spread" and dice.random() < 0.2
        own = dice.choice(("count", "bare", "of", "share", "bare share")) if is_other else kind
        told = counts(pupils, group)
        has_change = own in ("count", "bare") and dice.random() < 0.4
        measures.append(measured(group, own, told, extra=(changed(told),) * has_change))
        if dice.random() < 0.3:
            measures.append(measured(group, "bare share", late(pupils, group), name=LATENESS))
    return pupils, groups, measures


def some_groups(dice: random.Random, most: int) -> list[str]:
    """Girls and boys, sets, groups that overlap, and groups within groups, of each some."""
    groups = [group for group in (GIRLS, BOYS, PP) if dice.random() < 0.6]
    groups += SETS * (dice.random() < 0.4)
    groups += [INNER] * (PP in groups and dice.random() < 0.6)
    groups += [INMOST] * (INNER in groups and dice.random() < 0.5)
    groups += [SEND] * (dice.random() < 0.3)
    return groups[:most]


@pytest.mark.parametrize("seed", range(6))
def test_nobody_recovers_few_pupils_from_a_whole_enquiry(seed):
    dice = random.Random(seed)
    found = []
    for _ in range(20):
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
