"""One group before and after: agreement with scipy, and what cannot be said."""

import math

import numpy as np
import pytest
from hypothesis import assume, given
from scipy import stats

from impact.statistics import (
    Assumed,
    Assumption,
    Basis,
    Interval,
    Kind,
    Reason,
    Result,
    Spread,
    Summary,
    Unsaid,
    change_in_baseline_spreads,
    change_of_means,
    correlation_of,
    mean_change,
    share_improved,
    standardised_change,
    summary_of,
)
from impact.statistics.noncentral import effects_behind, small_sample
from tests.impact.statistics.references import (
    exact_correlation,
    exact_j,
    exact_mean,
    exact_sd,
    noncentralities,
)
from tests.impact.statistics.samples import QUICK, close, matched, scores

MATCHED = (mean_change, standardised_change, correlation_of)


@QUICK
@given(matched())
def test_mean_change_agrees_with_paired_t(both):
    before, after = both

    found = mean_change(before, after)

    expected = stats.ttest_rel(after, before).confidence_interval(0.95)
    assert found.estimate == close(float(exact_mean(after) - exact_mean(before)))
    assert (found.interval.low, found.interval.high) == close(tuple(expected))
    assert (found.kind, found.n, found.basis) == (
        Kind.MEAN_CHANGE,
        len(before),
        Basis.DESCRIPTIVE,
    )


@QUICK
@given(matched())
def test_standardised_change_lies_at_the_edges_of_its_noncentral_t(both):
    before, after = both
    changes = np.subtract(after, before)
    n = len(changes)
    d = changes.mean() / changes.std(ddof=1)

    found = standardised_change(before, after)

    low, high = noncentralities(d * np.sqrt(n), n - 1)
    assert found.estimate == close(d)
    assert (found.interval.low, found.interval.high) == close((low / np.sqrt(n), high / np.sqrt(n)))
    assert (found.spread, found.n) == (Spread.CHANGES, n)


def test_standardised_change_of_many_is_nearly_normal():
    rng = np.random.default_rng(7)
    before = rng.normal(50, 10, 4000)
    after = before + rng.normal(2, 5, 4000)

    found = standardised_change(list(before), list(after))

    reach = 1.959963984540054 * np.sqrt(1 / 4000 + found.estimate**2 / 8000)
    assert found.interval.low == pytest.approx(found.estimate - reach, abs=1e-4)
    assert found.interval.high == pytest.approx(found.estimate + reach, abs=1e-4)


@pytest.mark.parametrize(("better", "improved"), [("higher", 2), ("lower", 1)])
def test_share_improved_counts_those_who_moved_to_the_good_end(better, improved):
    found = share_improved([1, 2, 3, 4, None], [2, 3, 3, 1, 5], better)

    wilson = stats.binomtest(improved, 4).proportion_ci(method="wilson")
    assert found == Result(Kind.SHARE_IMPROVED, improved / 4, Interval(*map(close, wilson)), 4)


@QUICK
@given(matched())
def test_share_improved_has_the_interval_of_wilson(both):
    moved = sum(after > before for before, after in zip(*both, strict=True))

    found = share_improved(*both, "higher")

    wilson = stats.binomtest(moved, len(both[0])).proportion_ci(method="wilson")
    assert found.estimate == moved / len(both[0])
    assert (found.interval.low, found.interval.high) == close(tuple(wilson))


@QUICK
@given(scores(), scores())
def test_change_of_means_is_that_of_the_scores(before, after):
    found = change_of_means(summary_of(before), summary_of(after))

    assert found.estimate == close(float(exact_mean(after) - exact_mean(before)))


@QUICK
@given(matched())
def test_correlation_agrees_with_fractions(both):
    assume(all(len(set(each)) > 1 for each in both))

    assert correlation_of(*both) == close(exact_correlation(*both))


def test_who_lacks_a_score_is_left_out():
    found = mean_change([1, None, 3, 5], [2, 2, None, 9])

    assert (found.estimate, found.n) == (2.5, 2)


@pytest.mark.parametrize("function", MATCHED)
@pytest.mark.parametrize("scores", [([], []), ([None], [None]), ([1, None], [None, 2])])
def test_nothing_is_said_of_nobody(function, scores):
    assert function(*scores) == Unsaid(Reason.NOTHING_MEASURED)


def test_no_share_improved_of_nobody():
    assert share_improved([None], [3], "higher") == Unsaid(Reason.NOTHING_MEASURED)


def test_no_share_improved_where_good_end_is_not_stated():
    found = share_improved([1, 2], [2, 3], "unstated")

    assert found == Unsaid(Reason.DIRECTION_NOT_STATED)


def test_change_of_one_person_has_no_interval():
    assert mean_change([4], [6]) == Result(Kind.MEAN_CHANGE, 2, Unsaid(Reason.TOO_FEW), 1)


@pytest.mark.parametrize("function", [standardised_change, correlation_of])
def test_one_person_has_no_spread_to_divide_by(function):
    assert function([4], [6]) == Unsaid(Reason.TOO_FEW)


@pytest.mark.parametrize(
    ("before", "after"), [([1, 2], [3, 4]), ([0.1, 0.2, 0.7], [0.4, 0.5, 1.0]), ([5, 5], [5, 5])]
)
def test_people_who_all_changed_alike_have_no_interval(before, after):
    found = mean_change(before, after)

    assert found.interval == Unsaid(Reason.NO_SPREAD)
    assert standardised_change(before, after) == Unsaid(Reason.NO_SPREAD)


def test_correlation_needs_spread_on_both_sides():
    assert correlation_of([1, 2, 3], [4, 4, 4]) == Unsaid(Reason.NO_SPREAD)


def test_no_change_is_a_zero():
    found = mean_change([1, 2, 3], [2, 1, 3])

    assert (found.estimate, standardised_change([1, 2, 3], [2, 1, 3]).estimate) == (0, 0)


@pytest.mark.parametrize("function", MATCHED)
def test_score_that_is_no_number_is_refused(function):
    with pytest.raises(ValueError, match="must be a number"):
        function([1, float("nan")], [2, 3])


@pytest.mark.parametrize("function", MATCHED)
def test_lists_of_different_length_are_refused(function):
    with pytest.raises(ValueError, match="shorter"):
        function([1, 2], [2])


# From means alone


@QUICK
@given(matched())
def test_change_in_baseline_spreads_with_the_correlation_of_the_scores(both):
    before, after = both
    assume(all(len(set(each)) > 1 for each in both))
    r, n = exact_correlation(before, after), len(before)

    found = change_in_baseline_spreads(summary_of(before), summary_of(after), correlation=r)

    d = float(exact_mean(after) - exact_mean(before)) / exact_sd(before)
    error = math.sqrt(2 * (1 - r) / n + d**2 / (2 * n))
    expected = stats.norm.interval(0.95, d, error)
    assert found.estimate == close(d)
    assert (found.interval.low, found.interval.high) == close(expected)
    assert (found.spread, found.assumed) == (Spread.BASELINE, ())


def test_assumed_correlation_is_named():
    group = Summary(50, 10, 30), Summary(55, 11, 30)

    found = change_in_baseline_spreads(*group, correlation=0.6, is_assumed=True)

    assert (found.estimate, found.assumed) == (0.5, (Assumption(Assumed.CORRELATION, 0.6),))


@pytest.mark.parametrize(("n", "reason"), [(30, Reason.NOT_PAIRED), (28, Reason.NUMBERS_DIFFER)])
def test_means_alone_have_no_interval(n, reason):
    before, after = Summary(50, 10, 30), Summary(55, 11, n)

    assert change_of_means(before, after) == Result(Kind.MEAN_CHANGE, 5, Unsaid(reason), n)
    assert change_in_baseline_spreads(before, after) == Result(
        Kind.STANDARDISED_CHANGE, 0.5, Unsaid(reason), n, spread=Spread.BASELINE
    )


def test_correlation_is_no_use_where_people_differ():
    found = change_in_baseline_spreads(Summary(5, 1, 9), Summary(6, 1, 8), correlation=0.5)

    assert found.interval == Unsaid(Reason.NUMBERS_DIFFER)


@pytest.mark.parametrize(
    ("before", "reason"),
    [
        (Summary(5, None, 1), Reason.TOO_FEW),
        (Summary(5, 0, 9), Reason.NO_SPREAD),
        (Summary(5, None, 9), Reason.NO_SPREAD),
        (Summary(0, None, 0), Reason.NOTHING_MEASURED),
    ],
)
def test_no_standardised_change_without_a_spread_at_baseline(before, reason):
    found = change_in_baseline_spreads(before, Summary(6, 1, 9))

    assert found == Unsaid(reason)


def test_no_change_of_means_of_nobody():
    found = change_of_means(Summary(0, None, 0), Summary(6, 1, 9))

    assert found == Unsaid(Reason.NOTHING_MEASURED)


@pytest.mark.parametrize("r", [-1.01, 1.01])
def test_correlation_out_of_range_is_refused(r):
    with pytest.raises(ValueError, match="no correlation"):
        change_in_baseline_spreads(Summary(5, 1, 9), Summary(6, 1, 9), correlation=r)


@pytest.mark.parametrize(
    "figures", [(5, 1, -1), (5, -0.1, 9), (float("nan"), 1, 9), (5, float("inf"), 9)]
)
def test_summary_that_cannot_be_is_refused(figures):
    with pytest.raises(ValueError, match=r"must be a number|no group has"):
        Summary(*figures)


@QUICK
@given(scores())
def test_summary_agrees_with_fractions(each):
    found = summary_of([None, *each])

    assert (found.mean, found.sd, found.n) == (
        close(float(exact_mean(each))),
        close(exact_sd(each)),
        len(each),
    )


@pytest.mark.parametrize("df", [1, 2, 9, 99, 999, 9999])
@pytest.mark.parametrize("t", [0, 0.3, -4, 60, -999.9, 1000.1, -5e4, 1e9])
def test_limits_agree_with_an_integral_over_the_divisor(t, df):
    found = effects_behind(t, df)

    assert (found.low, found.high) == close(noncentralities(t, df))


@pytest.mark.parametrize("df", [2, 3, 9, 10, 99, 998, 9999, 10000])
def test_small_sample_correction_agrees_with_whole_numbers(df):
    assert small_sample(df) == close(exact_j(df))


def test_standardised_change_of_people_who_moved_almost_alike_has_an_interval():
    after = [60.0, 60.0, 60.0, 60.0, 60.0001]

    found = standardised_change([50.0] * 5, after)

    t = float(exact_mean(after) - 50) / exact_sd(after) * math.sqrt(5)
    low, high = noncentralities(t, 4)
    assert (found.interval.low, found.interval.high) == close(
        (low / math.sqrt(5), high / math.sqrt(5))
    )
