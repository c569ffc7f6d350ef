"""One group before and after: agreement with scipy, and what cannot be said."""

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
from impact.statistics.noncentral import effects_behind
from tests.impact.statistics.samples import CLOSE, QUICK, matched, scores

MATCHED = (mean_change, standardised_change, correlation_of)


@QUICK
@given(matched())
def test_mean_change_agrees_with_paired_t(both):
    before, after = both

    found = mean_change(before, after)

    expected = stats.ttest_rel(after, before).confidence_interval(0.95)
    assert found.estimate == pytest.approx(np.mean(after) - np.mean(before), abs=CLOSE)
    assert found.interval.low == pytest.approx(expected.low, rel=CLOSE, abs=CLOSE)
    assert found.interval.high == pytest.approx(expected.high, rel=CLOSE, abs=CLOSE)
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
    assume(abs(d) < 20)

    found = standardised_change(before, after)

    t = d * np.sqrt(n)
    at_edges = stats.nct.cdf(
        t, n - 1, np.sqrt(n) * np.array([found.interval.low, found.interval.high])
    )
    assert found.estimate == pytest.approx(d, rel=CLOSE, abs=CLOSE)
    assert at_edges == pytest.approx([0.975, 0.025], abs=CLOSE)
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
    assert found == Result(
        Kind.SHARE_IMPROVED, improved / 4, Interval(*map(pytest.approx, wilson)), 4
    )


@QUICK
@given(matched())
def test_correlation_agrees_with_scipy(both):
    assume(all(len(set(each)) > 1 for each in both))

    assert correlation_of(*both) == pytest.approx(stats.pearsonr(*both).statistic, abs=1e-7)


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
    r = stats.pearsonr(before, after).statistic
    n = len(before)

    found = change_in_baseline_spreads(
        summary_of(before), summary_of(after), correlation=min(1, max(-1, r))
    )

    d = (np.mean(after) - np.mean(before)) / np.std(before, ddof=1)
    error = np.sqrt(max(0, 2 * (1 - r) / n) + d**2 / (2 * n))
    expected = stats.norm.interval(0.95, d, error)
    assert found.estimate == pytest.approx(d, rel=CLOSE, abs=CLOSE)
    assert (found.interval.low, found.interval.high) == pytest.approx(expected, rel=1e-7, abs=1e-7)
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
def test_summary_agrees_with_numpy(each):
    found = summary_of([None, *each])

    assert (found.mean, found.sd, found.n) == (
        pytest.approx(np.mean(each), abs=CLOSE),
        pytest.approx(np.std(each, ddof=1), abs=CLOSE),
        len(each),
    )


@pytest.mark.parametrize("df", [1, 2, 9, 99])
@pytest.mark.parametrize("way", [1, -1])
def test_limits_behind_a_very_large_t_go_on_from_those_of_the_noncentral_t(df, way):
    below = effects_behind(way * 999.9, df)

    above = effects_behind(way * 1000.1, df)

    assert (above.low, above.high) == pytest.approx((below.low, below.high), rel=3e-4)


def test_standardised_change_of_people_who_moved_almost_alike_has_an_interval():
    found = standardised_change([50.0] * 5, [60.0, 60.0, 60.0, 60.0, 60.0001])

    assert found.interval.low == pytest.approx(77880, rel=1e-3)
    assert found.interval.high == pytest.approx(373301, rel=1e-3)
