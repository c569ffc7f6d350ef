"""Two groups of whole classes: pupils of one class are alike, and tell less than others would."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from impact.statistics.groups import pooled_sd
from impact.statistics.noncentral import small_sample
from impact.statistics.results import (
    Assumed,
    Assumption,
    Basis,
    Interval,
    Kind,
    Reason,
    Result,
    Spread,
    Unsaid,
    around,
)
from impact.statistics.samples import FEWEST, Summary

# Part of the variance of attainment that lies between classes: assumed, where nobody measured it.
USUAL_ICC = 0.15


@dataclass(frozen=True, kw_only=True)
class ClassResult(Result):
    """A result of whole classes, with what their likeness costs.

    ``effective_n`` is how many independent people would tell as much as the ``n`` did.
    """

    design_effect: float
    effective_n: float


def g_of_classes(
    treated: Summary,
    comparison: Summary,
    *,
    treated_classes: Sequence[int],
    comparison_classes: Sequence[int],
    icc: float = USUAL_ICC,
) -> ClassResult | Unsaid:
    """Effect size of two groups of classes, g_T of Hedges (2007), in total standard deviations.

    ``*_classes`` are the sizes of the classes, which sum to the n of their group; ``icc`` is
    assumed, from 0 to below 1. d_T = d sqrt(1 - 2 (m - 1) icc / (N - 2)) with m the size of
    classes weighted as for unequal ones, J at N - 2; variance by his equation for d_T; the
    interval is of t at the number of classes less 2. With one class in either group, class and
    teaching cannot be told apart: no interval, and the basis is class against class. Raises
    ValueError for sizes that do not sum up and an icc out of range.
    """
    _checked(treated, treated_classes, icc)
    _checked(comparison, comparison_classes, icc)
    n = treated.n + comparison.n
    if not (treated.n and comparison.n):
        return Unsaid(Reason.EMPTY_ARM)
    if min(treated.n, comparison.n) < FEWEST:
        return Unsaid(Reason.TOO_FEW)
    sd = pooled_sd(treated, comparison)
    if not sd:
        return Unsaid(Reason.NO_SPREAD)
    m = _usual_size(treated_classes, comparison_classes)
    effect = 1 + (m - 1) * icc
    d = (treated.mean - comparison.mean) / sd * math.sqrt(1 - 2 * (m - 1) * icc / (n - 2))
    is_one = min(len(treated_classes), len(comparison_classes)) < FEWEST
    j = small_sample(n - 2)
    error = j * math.sqrt(n / (treated.n * comparison.n) * effect + d**2 * _of_spread(n, m, icc))
    classes = len(treated_classes) + len(comparison_classes)
    interval: Interval | Unsaid = Unsaid(Reason.ONE_CLASS)
    if not is_one:
        interval = around(j * d, error, classes - 2)
    return ClassResult(
        Kind.EFFECT_SIZE,
        j * d,
        interval,
        n,
        Basis.CLASSES if is_one else Basis.COMPARISON,
        Spread.POOLED,
        (Assumption(Assumed.ICC, icc),),
        error=error,
        design_effect=effect,
        effective_n=n / effect,
    )


def as_classes(
    result: Result | Unsaid,
    *,
    treated_classes: Sequence[int],
    comparison_classes: Sequence[int],
    icc: float = USUAL_ICC,
) -> Result | Unsaid:
    """An effect size that took pupils one by one, with the interval that their classes leave it.

    Its error is widened by the root of the design effect 1 + (m - 1) icc, m and the degrees of
    freedom as in ``g_of_classes``; nothing is claimed of one class against another. After an
    adjustment for the baseline classes are less alike, so this rather claims too little.
    """
    if isinstance(result, Unsaid) or result.error is None:
        return result
    effect = 1 + (_usual_size(treated_classes, comparison_classes) - 1) * icc
    error = result.error * math.sqrt(effect)
    is_one = min(len(treated_classes), len(comparison_classes)) < FEWEST
    interval: Interval | Unsaid = Unsaid(Reason.ONE_CLASS)
    if not is_one:
        df = len(treated_classes) + len(comparison_classes) - 2
        interval = around(result.estimate, error, df)
    return ClassResult(
        result.kind,
        result.estimate,
        interval,
        result.n,
        Basis.CLASSES if is_one else result.basis,
        result.spread,
        (*result.assumed, Assumption(Assumed.ICC, icc)),
        error,
        design_effect=effect,
        effective_n=result.n / effect,
    )


def _checked(group: Summary, classes: Sequence[int], icc: float) -> None:
    if any(size < 1 for size in classes) or sum(classes) != group.n:
        raise ValueError("the classes of a group hold its pupils, each at least one")
    if not 0 <= icc < 1:
        raise ValueError(f"{icc} is no share of the variance")


def _usual_size(treated: Sequence[int], comparison: Sequence[int]) -> float:
    """The size of equal classes that would tell as much; their own size where they are equal.

    Hedges (2007) for unequal classes: each group's sum of squared sizes over its n, weighted by
    the size of the other group.
    """
    first, second = sum(treated), sum(comparison)
    squares = [sum(size**2 for size in sizes) for sizes in (treated, comparison)]
    return (second * squares[0] / first + first * squares[1] / second) / (first + second)


def _of_spread(n: int, m: float, icc: float) -> float:
    """What the uncertainty of the standard deviation adds to the variance of d_T, per d_T^2."""
    rest = 1 - icc
    top = (n - 2) * rest**2 + m * (n - 2 * m) * icc**2 + 2 * (n - 2 * m) * icc * rest
    return top / (2 * (n - 2) * (n - 2 - 2 * (m - 1) * icc))
