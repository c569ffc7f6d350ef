"""Two groups: published figures, the noncentral t, covariance worked out another way."""

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given
from scipy import stats
from statsmodels.regression.linear_model import OLS

from impact.statistics import (
    Basis,
    Kind,
    Reason,
    Spread,
    Summary,
    Unsaid,
    adjusted_g,
    hedges_g,
    hedges_g_of_summaries,
    summary_of,
)
from impact.statistics.groups import pooled_sd
from tests.impact.statistics.references import exact_j, exact_sd, noncentralities, regression
from tests.impact.statistics.samples import QUICK, close, matched, scores

TEXT_NOW = Summary(24.7, 4.29, 199), Summary(24.3, 4.27, 192)
A_CLASS_PAIR = Summary(58, 10, 28), Summary(54, 10, 27)


def rounded(interval, places):
    return round(interval.low, places), round(interval.high, places)


def test_published_trial():
    """The evaluation of the TextNow transition programme: it prints a pooled SD of 4.28."""
    found = hedges_g_of_summaries(*TEXT_NOW)

    assert pooled_sd(*TEXT_NOW) == pytest.approx(4.2802, abs=5e-5)
    assert found.estimate == pytest.approx(0.0933, abs=5e-5)
    assert found.error == pytest.approx(0.1012, abs=5e-5)
    assert rounded(found.interval, 3) == (-0.105, 0.292)
    assert (found.n, found.kind, found.basis, found.spread) == (
        391,
        Kind.EFFECT_SIZE,
        Basis.COMPARISON,
        Spread.POOLED,
    )


def test_pair_of_classes():
    found = hedges_g_of_summaries(*A_CLASS_PAIR)

    assert found.estimate == pytest.approx(0.394, abs=5e-4)
    assert found.error == pytest.approx(0.272, abs=5e-4)
    assert rounded(found.interval, 2) == (-0.14, 0.93)


@QUICK
@given(scores(2), scores(2))
def test_g_agrees_with_pooled_t_and_its_noncentral_distribution(treated, comparison):
    n, m = len(treated), len(comparison)
    t = stats.ttest_ind(treated, comparison).statistic
    scale, df = math.sqrt(1 / n + 1 / m), n + m - 2
    j = exact_j(df)

    found = hedges_g(treated, comparison)

    assert found.estimate == close(t * scale * j)
    low, high = noncentralities(t, df)
    assert (found.interval.low, found.interval.high) == close((low * scale, high * scale))
    assert found.error == close(math.sqrt(scale**2 + found.estimate**2 / (2 * (n + m))))
    assert found.n == n + m


@QUICK
@given(scores(2), scores(2))
def test_g_is_the_same_from_scores_and_from_their_summaries(treated, comparison):
    from_scores = hedges_g([*treated, None], comparison)

    from_summaries = hedges_g_of_summaries(summary_of(treated), summary_of(comparison))

    assert from_scores == from_summaries


def test_exact_interval_is_nearly_normal_for_many():
    found = hedges_g_of_summaries(Summary(51, 10, 3000), Summary(50, 10, 3000))

    reach = 1.959963984540054 * math.sqrt(2 / 3000 + found.estimate**2 / 12000)
    assert found.interval.low == pytest.approx(found.estimate - reach, abs=1e-5)
    assert found.interval.high == pytest.approx(found.estimate + reach, abs=1e-5)


def test_worse_than_comparison_is_below_zero():
    better = hedges_g([5, 6, 8], [1, 2, 2])

    worse = hedges_g([1, 2, 2], [5, 6, 8])

    assert worse.estimate == close(-better.estimate)
    assert worse.interval.low == close(-better.interval.high)


@pytest.mark.parametrize(
    ("treated", "comparison", "reason"),
    [
        ([], [1, 2], Reason.EMPTY_ARM),
        ([1, 2], [None], Reason.EMPTY_ARM),
        ([1], [1, 2], Reason.TOO_FEW),
        ([5, 5], [5, 5, 5], Reason.NO_SPREAD),
        ([4, 4], [5, 5, 5], Reason.NO_SPREAD),
        ([0.1 + 0.2, 0.3], [0.3, 0.3], Reason.NO_SPREAD),
    ],
)
def test_no_g_where_nothing_can_be_said(treated, comparison, reason):
    assert hedges_g(treated, comparison) == Unsaid(reason)


def test_no_g_of_an_empty_summary():
    found = hedges_g_of_summaries(Summary(0, None, 0), Summary(5, 1, 9))

    assert found == Unsaid(Reason.EMPTY_ARM)


# Adjusted for the baseline


def adjusted_by_fractions(treated, comparison):
    """Difference and its standard error by the normal equations; the pooled SD of the outcomes."""
    people = [
        (Fraction(group), Fraction(before), Fraction(after))
        for group, arm in ((1, treated), (0, comparison))
        for before, after in zip(*arm, strict=True)
    ]
    found, errors = regression(
        [[Fraction(1), group, before] for group, before, _ in people],
        [after for _, _, after in people],
    )
    sizes, sds = zip(
        *((len(arm[1]), exact_sd(arm[1])) for arm in (treated, comparison)), strict=True
    )
    squares = sum((size - 1) * sd**2 for size, sd in zip(sizes, sds, strict=True))
    return float(found[1]), math.sqrt(errors[1]), math.sqrt(squares / (sum(sizes) - 2))


@QUICK
@given(matched(), matched())
def test_adjusted_g_agrees_with_the_normal_equations(treated, comparison):
    assume(all(len(set(scores)) > 1 for arm in (treated, comparison) for scores in arm))
    difference, error, sd = adjusted_by_fractions(treated, comparison)
    n = len(treated[0]) + len(comparison[0])
    j, d = exact_j(n - 2), difference / sd

    found = adjusted_g(treated, comparison)

    error = j * math.sqrt((error / sd) ** 2 + d**2 / (2 * (n - 2)))
    reach = stats.t.isf(0.025, n - 3) * error
    assert (found.estimate, found.error) == (close(j * d), close(error))
    assert (found.interval.low, found.interval.high) == close((j * d - reach, j * d + reach))
    assert (found.spread, found.basis) == (Spread.POOLED_OUTCOMES, Basis.COMPARISON)


def test_adjusted_g_agrees_with_the_package():
    rng = np.random.default_rng(5)
    before, noise = rng.normal(50, 10, 55), rng.normal(0, 6, 55)
    group = np.repeat([1.0, 0.0], [28, 27])
    after = before * 0.7 + 4 * group + noise
    fitted = OLS(after, np.column_stack([np.ones(55), group, before])).fit()

    found = adjusted_g((before[:28], after[:28]), (before[28:], after[28:]))

    sd = pooled_sd(summary_of(after[:28]), summary_of(after[28:]))
    assert found.estimate == close(exact_j(53) * fitted.params[1] / sd)


def test_adjustment_takes_an_unequal_start_out():
    """Everybody gains 4, but the first group began 10 ahead."""
    rng = np.random.default_rng(3)
    start = rng.normal(50, 8, 60)
    ahead = start + 10
    noise = rng.normal(0, 0.5, 60)

    found = adjusted_g(
        (list(ahead), list(ahead + 4 + noise)), (list(start), list(start + 4 - noise))
    )

    unadjusted = hedges_g(list(ahead + 4 + noise), list(start + 4 - noise))
    assert unadjusted.estimate > 1
    assert found.estimate == pytest.approx(0, abs=0.05)


@pytest.mark.parametrize(
    ("treated", "comparison", "reason"),
    [
        (([], []), ([1, 2], [2, 3]), Reason.EMPTY_ARM),
        (([1, None], [None, 2]), ([1, 2], [2, 3]), Reason.EMPTY_ARM),
        (([1], [2]), ([1, 2, 3], [2, 3, 3]), Reason.TOO_FEW),
        (([1, 2], [4, 4]), ([1, 2], [5, 5]), Reason.NO_SPREAD),
        (([3, 3], [4, 6]), ([3, 3], [2, 5]), Reason.BASELINE_TELLS_GROUP),
        (([3, 3], [4, 6]), ([5, 5], [2, 5]), Reason.BASELINE_TELLS_GROUP),
    ],
)
def test_no_adjusted_g_where_nothing_can_be_said(treated, comparison, reason):
    assert adjusted_g(treated, comparison) == Unsaid(reason)


@pytest.mark.parametrize("bad", [float("nan"), float("inf")])
def test_score_that_is_no_number_is_refused(bad):
    with pytest.raises(ValueError, match="must be a number"):
        adjusted_g(([1, bad], [2, 3]), ([1, 2], [2, 3]))
    with pytest.raises(ValueError, match="must be a number"):
        hedges_g([1, bad], [1, 2])
