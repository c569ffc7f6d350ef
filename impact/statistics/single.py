"""One group before and after. Nothing here can say what would have happened anyway."""

import math
from statistics import correlation, fmean

from impact.statistics.noncentral import effects_behind
from impact.statistics.results import (
    Assumed,
    Assumption,
    Interval,
    Kind,
    Reason,
    Result,
    Spread,
    Unsaid,
    around,
)
from impact.statistics.samples import FEWEST, Scores, Share, Summary, pairs, spread_of
from impact.statistics.shares import share


def mean_change(before: Scores, after: Scores) -> Result | Unsaid:
    """Mean of what everybody with both scores changed by, in their unit, with its t interval.

    ``before`` and ``after`` go by the same people in one order; None where a score is missing.
    """
    changes, scores = _changes(before, after)
    if not changes:
        return Unsaid(Reason.NOTHING_MEASURED)
    mean, sd, n = fmean(changes), spread_of(changes, scores), len(changes)
    interval = around(mean, sd / math.sqrt(n), n - 1) if sd else _no_interval(n)
    return Result(Kind.MEAN_CHANGE, mean, interval, n)


def standardised_change(before: Scores, after: Scores) -> Result | Unsaid:
    """Mean change divided by the standard deviation of the changes (d_z), interval exact.

    The interval is that of the noncentral t with n - 1 degrees of freedom, over the root of n
    (Cumming and Finch 2001). d_z says how consistent a change is; it is no effect size of a
    comparison and must not be set beside one.
    """
    changes, scores = _changes(before, after)
    if not changes:
        return Unsaid(Reason.NOTHING_MEASURED)
    n = len(changes)
    if n < FEWEST:
        return Unsaid(Reason.TOO_FEW)
    sd = spread_of(changes, scores)
    if not sd:
        return Unsaid(Reason.NO_SPREAD)
    root = math.sqrt(n)
    limits = effects_behind(fmean(changes) / sd * root, n - 1)
    return Result(
        Kind.STANDARDISED_CHANGE,
        fmean(changes) / sd,
        Interval(limits.low / root, limits.high / root),
        n,
        spread=Spread.CHANGES,
    )


def share_improved(before: Scores, after: Scores, better: str) -> Result | Unsaid:
    """Part of those with both scores that moved towards the good end, with its Wilson interval.

    ``better`` is higher, lower or unstated. Who stayed where they were did not improve.
    """
    if better not in ("higher", "lower"):
        return Unsaid(Reason.DIRECTION_NOT_STATED)
    changes, _ = _changes(before, after)
    improved = sum(change > 0 if better == "higher" else change < 0 for change in changes)
    return share(Share(improved, len(changes)), kind=Kind.SHARE_IMPROVED)


def correlation_of(before: Scores, after: Scores) -> float | Unsaid:
    """Pearson's correlation of the scores of everybody who has both."""
    first, second = pairs(before, after)
    if not first:
        return Unsaid(Reason.NOTHING_MEASURED)
    if len(first) < FEWEST:
        return Unsaid(Reason.TOO_FEW)
    if not (spread_of(first) and spread_of(second)):
        return Unsaid(Reason.NO_SPREAD)
    return correlation(first, second)


def change_of_means(before: Summary, after: Summary) -> Result | Unsaid:
    """Difference of two means of which nothing else is known, in their unit.

    Without the scores behind them nobody knows who is in both, so there is no interval.
    """
    if not (before.n and after.n):
        return Unsaid(Reason.NOTHING_MEASURED)
    why = Reason.NOT_PAIRED if before.n == after.n else Reason.NUMBERS_DIFFER
    change = after.mean - before.mean
    return Result(Kind.MEAN_CHANGE, change, Unsaid(why), min(before.n, after.n))


def change_in_baseline_spreads(
    before: Summary,
    after: Summary,
    *,
    correlation: float | None = None,
    is_assumed: bool = False,
) -> Result | Unsaid:
    """Change of means over the standard deviation at baseline.

    An interval only with the ``correlation`` of the two scores of the same people (above -1 and
    up to 1), measured or ``is_assumed``: error = sqrt(2 (1 - r) / n + d^2 / (2 n)), Becker (1988),
    normal. Raises ValueError for a correlation out of range.
    """
    if correlation is not None and not -1 <= correlation <= 1:
        raise ValueError(f"{correlation} is no correlation")
    if not (before.n and after.n):
        return Unsaid(Reason.NOTHING_MEASURED)
    if before.n < FEWEST:
        return Unsaid(Reason.TOO_FEW)
    if not before.sd:
        return Unsaid(Reason.NO_SPREAD)
    d, n = (after.mean - before.mean) / before.sd, min(before.n, after.n)
    interval: Interval | Unsaid
    if before.n != after.n:
        interval = Unsaid(Reason.NUMBERS_DIFFER)
    elif correlation is None:
        interval = Unsaid(Reason.NOT_PAIRED)
    else:
        interval = around(d, math.sqrt(2 * (1 - correlation) / n + d**2 / (2 * n)))
    return Result(
        Kind.STANDARDISED_CHANGE,
        d,
        interval,
        n,
        spread=Spread.BASELINE,
        assumed=_assumption(correlation) if is_assumed else (),
    )


def _assumption(correlation: float | None) -> tuple[Assumption, ...]:
    return () if correlation is None else (Assumption(Assumed.CORRELATION, correlation),)


def _changes(before: Scores, after: Scores) -> tuple[list[float], list[float]]:
    """What each person changed by, and all the scores these are differences of."""
    first, second = pairs(before, after)
    return [b - a for a, b in zip(first, second, strict=True)], [*first, *second]


def _no_interval(n: int) -> Unsaid:
    return Unsaid(Reason.TOO_FEW if n < FEWEST else Reason.NO_SPREAD)
