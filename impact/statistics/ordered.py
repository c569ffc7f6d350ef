"""Answers counted over ordered categories, from the first to the last, twice or in two arms.

The two are taken for different people. Where the same people answered twice, which counts alone
cannot tell, the intervals are wider than they need be. For two arms, the comparison goes first.
"""

from collections.abc import Sequence

from impact.statistics.results import (
    TAIL,
    Basis,
    Interval,
    Kind,
    Reason,
    Result,
    Unsaid,
    nothing_on,
)
from impact.statistics.samples import FEWEST, counts


def shift(
    before: Sequence[int], after: Sequence[int], *, basis: Basis = Basis.DESCRIPTIVE
) -> Result | Unsaid:
    """Categories by which the mean answer moved towards the last, with Welch's interval (1947).

    One step is taken to be as far as any other. Raises ValueError for sizes that are no counts
    and for lists that differ in length.
    """
    first, second = _both(before, after)
    if not (sum(first) and sum(second)):
        return nothing_on(basis)
    interval = _unsaid(first, second) or _interval_of_shift(first, second)
    moved = _mean(second) - _mean(first)
    return Result(Kind.SHIFT, moved, interval, sum(first) + sum(second), basis)


def superiority(
    before: Sequence[int], after: Sequence[int], *, basis: Basis = Basis.DESCRIPTIVE
) -> Result | Unsaid:
    """How likely one of the second answers further on than one of the first; ties count half.

    From 0 to 1, with the interval of Brunner and Munzel (2000) kept within them. It needs no
    distances between categories. Raises ValueError as ``shift`` does.
    """
    from statsmodels.stats.nonparametric import rank_compare_2ordinal

    first, second = _both(before, after)
    if not (sum(first) and sum(second)):
        return nothing_on(basis)
    n = sum(first) + sum(second)
    estimate = _ahead(first, second)
    interval: Interval | Unsaid | None = _unsaid(first, second)
    if interval is None and estimate in (0, 1):
        interval = Unsaid(Reason.NO_OVERLAP)
    if interval is None:
        low, high = rank_compare_2ordinal(second, first).conf_int(alpha=2 * TAIL)
        interval = Interval(max(0.0, float(low)), min(1.0, float(high)))
    return Result(Kind.SUPERIORITY, estimate, interval, n, basis)


def _both(before: Sequence[int], after: Sequence[int]) -> tuple[list[int], list[int]]:
    if len(before) != len(after):
        raise ValueError("both must be counted over the same categories")
    return counts(before), counts(after)


def _unsaid(first: list[int], second: list[int]) -> Unsaid | None:
    """Why there is no interval, as far as the two counts tell."""
    if min(sum(first), sum(second)) < FEWEST:
        return Unsaid(Reason.TOO_FEW)
    answered = [bool(one or other) for one, other in zip(first, second, strict=True)]
    return Unsaid(Reason.NO_SPREAD) if sum(answered) == 1 else None


def _interval_of_shift(first: list[int], second: list[int]) -> Interval | Unsaid:
    from statsmodels.stats.weightstats import CompareMeans, DescrStatsW

    if max(first) == sum(first) and max(second) == sum(second):
        return Unsaid(Reason.NO_OVERLAP)
    places = range(len(first))
    means = [DescrStatsW(places, weights=sizes) for sizes in (second, first)]
    low, high = CompareMeans(*means).tconfint_diff(alpha=2 * TAIL, usevar="unequal")
    return Interval(float(low), float(high))


def _mean(sizes: list[int]) -> float:
    return sum(place * size for place, size in enumerate(sizes)) / sum(sizes)


def _ahead(first: list[int], second: list[int]) -> float:
    """Pairs in which the second is further on, and half of those that are level, of all pairs."""
    ahead = behind = 0
    for size, other in zip(first, second, strict=True):
        ahead += other * (2 * behind + size)
        behind += size
    return ahead / (2 * sum(first) * sum(second))
