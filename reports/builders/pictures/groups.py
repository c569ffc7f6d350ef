"""Which picture fits which measures: every measure falls into exactly one group of one kind."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from impact.values import MeasureValues, Symbol, Value
from impact.wording import SCALES

MOST_ROWS = 12
MOST_SLOPES = 6
SEVERAL = 3


@dataclass(frozen=True)
class Group:
    """Measures in one picture of a ``kind``: one of ``reports.charts.KINDS``, or "words"."""

    kind: str
    measures: list[MeasureValues]


def groups_of(measures: Iterable[MeasureValues]) -> list[Group]:
    """Measures of one level in groups: what changed first, words last."""
    rest = list(measures)
    groups: list[Group] = []
    for take in (_runs, _changes, _spreads, _gains, _shares):
        found = take(rest)
        groups += found
        drawn = {measure.id for group in found for measure in group.measures}
        rest = [measure for measure in rest if measure.id not in drawn]
    return [*groups, *(Group(_alone(measure), [measure]) for measure in rest)]


def _alone(measure: MeasureValues) -> str:
    """A single figure; else words, or the symbol in their place."""
    has_figure = any(r.has_figure or r.has_tallies for r in measure.readings)
    return "figure" if has_figure else "words"


# ---- what changed --------------------------------------------------------------------------


def _runs(measures: list[MeasureValues]) -> list[Group]:
    """Three readings or more, each measure by itself."""
    return [Group("run", [m]) for m in measures if len(points_of(m)) >= SEVERAL]


def points_of(measure: MeasureValues) -> list[Value]:
    """Readings that stand at one time and carry a number or the symbol for it, if any does."""
    points = [
        r for r in measure.readings if r.moment != "change" and (r.value is not None or r.symbol)
    ]
    return points if any(r.value is not None for r in points) and _are_alike(points) else []


def _are_alike(readings: Iterable[Value | None]) -> bool:
    """Whether all that are known are parts of a whole, or none is."""
    return len({r.of is None for r in readings if r and r.value is not None}) == 1


def are_shares(measure: MeasureValues, readings: Iterable[Value | None]) -> bool:
    """Whether parts are compared in per cent: of different wholes, or with a target, which is."""
    wholes = {r.of for r in readings if r and r.value is not None}
    return None not in wholes and (len(wholes) > 1 or measure.target is not None)


def _changes(measures: list[MeasureValues]) -> list[Group]:
    """Groups of one family beside each other; then measures of one unit and scale."""
    paired = [measure for measure in measures if has_both(measure)]
    families = [f for f in _by(paired, lambda m: (m.family, *comparable(m))) if len(f) > 1]
    groups = [Group("dumbbell", part) for family in families for part in _parts(family)]
    drawn = {measure.id for family in families for measure in family}
    alike = _by([m for m in paired if m.id not in drawn], comparable)
    for group in sorted(alike, key=len, reverse=True):
        kind = "slope" if 1 < len(group) <= MOST_SLOPES else "dumbbell"
        groups += [Group(kind, part) for part in _parts(group)]
    return groups


def has_both(measure: MeasureValues) -> bool:
    """Whether a baseline and what came of it can be drawn: both known, or one of them withheld."""
    ends = [measure.at("baseline"), latest(measure)]
    known = [end is not None and end.value is not None for end in ends]
    told = [end is not None and end.symbol == Symbol.SUPPRESSED for end in ends]
    return _are_alike(ends) and all(k or t for k, t in zip(known, told, strict=True))


def latest(measure: MeasureValues) -> Value | None:
    """The outcome, or how it stood on the way where there is none yet."""
    return measure.at("outcome") or measure.at("interim")


def comparable(measure: MeasureValues) -> tuple[str, str, bool]:
    """What measures share that stand on one axis: per cent, a count of one thing, one scale."""
    is_part = any(r.of is not None for r in measure.readings)
    return measure.unit, measure.scale if is_score(measure) else "", is_part


def is_score(measure: MeasureValues) -> bool:
    """Whether a measure is a place on a scale, of which zero is no part that matters."""
    return measure.unit in SCALES or any(r.sd is not None for r in measure.readings)


# ---- how answers spread --------------------------------------------------------------------


def _spreads(measures: list[MeasureValues]) -> list[Group]:
    """Distributions of one family, or else over the same categories of one scale."""
    spread = [m for m in measures if any(r.tallies for r in m.readings)]
    families = [family for family in _by(spread, lambda m: m.family) if len(family) > 1]
    drawn = {measure.id for family in families for measure in family}
    alone = [m for m in spread if m.id not in drawn]
    alike = [*families, *_by(alone, lambda m: (tuple(labels_of([m])), m.scale))]
    told = [group for group in alike if len(labels_of(group)) > 1]
    return [Group(_spread_kind(group), part) for group in told for part in _parts(group)]


def labels_of(measures: list[MeasureValues]) -> list[str]:
    """The categories of distributions, in the order of their scale."""
    tallies = (t for m in measures for r in m.readings for t in r.tallies)
    return list(dict.fromkeys(tally.label for tally in tallies))


def _spread_kind(alike: list[MeasureValues]) -> str:
    """Agreement about its middle; one measure before and after; else parts of a whole."""
    if any("disagree" in label.casefold() for label in labels_of(alike)):
        return "diverging"
    both = [alike[0].at(moment) for moment in ("baseline", "outcome")]
    is_told_twice = all(end and len(end.tallies) > 1 for end in both)
    return "distribution" if len(alike) == 1 and is_told_twice else "stacked"


# ---- single figures ------------------------------------------------------------------------


def _gains(measures: list[MeasureValues]) -> list[Group]:
    """Changes of which the ends are not known, of one name and unit."""
    bare = [m for m in measures if (change := m.at("change")) and change.value is not None]
    alike = [g for g in _by(bare, lambda m: (m.name, m.unit, m.scale)) if len(g) > 1]
    return [Group("bars", part) for group in alike for part in _parts(group)]


def _shares(measures: list[MeasureValues]) -> list[Group]:
    """Shares on one scale: percentages, or so many of so many; two known at the least."""
    shared = [m for m in measures if _is_share(m)]
    alike = _by(shared, _whole_and_scale)
    telling = [g for g in alike if sum(share_of(m) is not None for m in g) > 1]
    return [
        Group("bars", part)
        for group in sorted(telling, key=len, reverse=True)
        for part in _parts(group)
    ]


def _whole_and_scale(measure: MeasureValues) -> tuple[str, str, str, str]:
    """What shares have in common that compare; counts must be of one population, too."""
    counted = "" if measure.unit == "per cent" else measure.population
    return measure.unit, measure.scale, measure.instrument, counted


def _is_share(measure: MeasureValues) -> bool:
    outcome = measure.at("outcome")
    if outcome is None or not measure.scale:
        return False
    return share_of(measure) is not None or outcome.symbol == Symbol.SUPPRESSED


def share_of(measure: MeasureValues) -> float | None:
    """The outcome in per cent, where it is one or is a count out of a known number."""
    outcome = measure.at("outcome")
    if outcome is None or outcome.value is None:
        return None
    if measure.unit == "per cent":
        return outcome.value
    whole = whole_of(outcome)
    is_part = whole and outcome.value <= whole and not is_score(measure)
    return round(100 * outcome.value / whole, 1) if whole and is_part else None


def whole_of(value: Value) -> int | None:
    return value.of if value.of is not None else value.n


def _by(measures: Iterable[MeasureValues], key) -> list[list[MeasureValues]]:
    """Measures with the same key together, in the order in which each key is first met."""
    found: dict[object, list[MeasureValues]] = defaultdict(list)
    for measure in measures:
        found[key(measure)].append(measure)
    return list(found.values())


def _parts(measures: list[MeasureValues]) -> list[list[MeasureValues]]:
    """As many measures as one picture holds, and the next as many."""
    return [measures[i : i + MOST_ROWS] for i in range(0, len(measures), MOST_ROWS)]
