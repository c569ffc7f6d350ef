"""Two groups, one of which did without: how far apart they ended, in standard deviations."""

import math
from fractions import Fraction

from impact.statistics.noncentral import effects_behind, small_sample
from impact.statistics.results import (
    Basis,
    Interval,
    Kind,
    Reason,
    Result,
    Spread,
    Unsaid,
    around,
)
from impact.statistics.samples import (
    FEWEST,
    Scores,
    Summary,
    pairs,
    present,
    spread_of,
    summary_of,
)

# Intercept, group and baseline.
TERMS = 3


def hedges_g(treated: Scores, comparison: Scores) -> Result | Unsaid:
    """Hedges' g from the scores of both groups; None where a score is missing."""
    first, second = summary_of(treated), summary_of(comparison)
    if first is None or second is None:
        return Unsaid(Reason.EMPTY_ARM)
    beside = [*present(treated), *present(comparison)]
    sds = [spread_of(present(scores), beside) for scores in (treated, comparison)]
    return hedges_g_of_summaries(
        Summary(first.mean, sds[0], first.n), Summary(second.mean, sds[1], second.n)
    )


def hedges_g_of_summaries(treated: Summary, comparison: Summary) -> Result | Unsaid:
    """Difference of means over the pooled standard deviation, times Hedges' exact J.

    The interval is exact where scores are normal: the noncentral t of n1 + n2 - 2 degrees of
    freedom (Steiger and Fouladi 1997), of the effect itself and so not corrected by J. The error
    is that of large groups, sqrt((n1 + n2) / (n1 n2) + g^2 / (2 (n1 + n2))).
    """
    if not (treated.n and comparison.n):
        return Unsaid(Reason.EMPTY_ARM)
    if min(treated.n, comparison.n) < FEWEST:
        return Unsaid(Reason.TOO_FEW)
    sd = pooled_sd(treated, comparison)
    if not sd:
        return Unsaid(Reason.NO_SPREAD)
    df = treated.n + comparison.n - 2
    d = (treated.mean - comparison.mean) / sd
    scale = math.sqrt(1 / treated.n + 1 / comparison.n)
    limits = effects_behind(d / scale, df)
    g, n = d * small_sample(df), treated.n + comparison.n
    return Result(
        Kind.EFFECT_SIZE,
        g,
        Interval(limits.low * scale, limits.high * scale),
        n,
        Basis.COMPARISON,
        Spread.POOLED,
        error=math.sqrt(scale**2 + g**2 / (2 * n)),
    )


def pooled_sd(first: Summary, second: Summary) -> float:
    """Within-group standard deviation of two groups, of at least three people together.

    sqrt(((n1 - 1) s1^2 + (n2 - 1) s2^2) / (n1 + n2 - 2))
    """
    squares = sum((each.n - 1) * (each.sd or 0.0) ** 2 for each in (first, second))
    return math.sqrt(squares / (first.n + second.n - 2))


def adjusted_g(
    treated: tuple[Scores, Scores], comparison: tuple[Scores, Scores]
) -> Result | Unsaid:
    """Hedges' g adjusted for the baseline: analysis of covariance of matched scores.

    Each group gives its scores before and after, by the same people in one order. The adjusted
    difference b (ordinary least squares of after on group and before) is divided by the pooled
    within-group standard deviation of the scores after, so that it stands on the scale of an
    unadjusted g. Error by the delta method, J sqrt((se_b / s)^2 + d^2 / (2 (N - 2))), and t with
    the N - 3 degrees of freedom of the regression.
    """
    arms = [pairs(*treated), pairs(*comparison)]
    sizes = [len(after) for _, after in arms]
    if not all(sizes):
        return Unsaid(Reason.EMPTY_ARM)
    if min(sizes) < FEWEST or sum(sizes) <= TERMS:
        return Unsaid(Reason.TOO_FEW)
    everybody = [*arms[0][1], *arms[1][1]]
    sd = pooled_sd(*(Summary(0, spread_of(after, everybody), len(after)) for _, after in arms))
    if not sd:
        return Unsaid(Reason.NO_SPREAD)
    fitted = _adjusted_difference(arms)
    if fitted is None:
        return Unsaid(Reason.BASELINE_TELLS_GROUP)
    difference, error = fitted
    n = sum(sizes)
    d, j = difference / sd, small_sample(n - 2)
    error = j * math.sqrt((error / sd) ** 2 + d**2 / (2 * (n - 2)))
    return Result(
        Kind.EFFECT_SIZE,
        j * d,
        around(j * d, error, n - TERMS),
        n,
        Basis.COMPARISON,
        Spread.POOLED_OUTCOMES,
        error=error,
    )


def _adjusted_difference(
    arms: list[tuple[list[float], list[float]]],
) -> tuple[float, float] | None:
    """Treated less comparison at equal baselines, and its standard error.

    Reckoned in fractions, so that nothing is lost where baselines differ far more between the
    groups than within them. None where they do not differ within, and nothing can be held equal.
    """
    widest = max(abs(score) for before, _ in arms for score in before)
    if all(not spread_of(before, [widest]) for before, _ in arms):
        return None
    xx, xy, yy = (sum(both) for both in zip(*(_squares(*arm) for arm in arms), strict=True))
    gap_before, gap = (_mean(arms[0][side]) - _mean(arms[1][side]) for side in (0, 1))
    slope, sizes = xy / xx, [len(after) for _, after in arms]
    variance = (yy - slope * xy) / (sum(sizes) - TERMS)
    reach = sum(Fraction(1, size) for size in sizes) + gap_before**2 / xx
    return float(gap - slope * gap_before), math.sqrt(variance * reach)


def _mean(scores: list[float]) -> Fraction:
    return sum(map(Fraction, scores), Fraction()) / len(scores)


def _squares(before: list[float], after: list[float]) -> tuple[Fraction, Fraction, Fraction]:
    """Sums of squares about the means of one group: of before, of both multiplied, of after."""
    first, second = ([Fraction(score) for score in scores] for scores in (before, after))
    return _products(first, first), _products(first, second), _products(second, second)


def _products(first: list[Fraction], second: list[Fraction]) -> Fraction:
    products = (one * other for one, other in zip(first, second, strict=True))
    return sum(products, Fraction()) - sum(first) * sum(second) / Fraction(len(first))
