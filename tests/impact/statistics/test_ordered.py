"""Answers over ordered categories: against rank tests on the answers spelled out one by one."""

import numpy as np
import pytest
from hypothesis import assume, given
from scipy import stats
from statsmodels.stats.nonparametric import rank_compare_2indep

from impact.statistics import Basis, Kind, Reason, Result, Unsaid, shift, superiority
from tests.impact.statistics.samples import QUICK, close, sizes, spelled_out


@QUICK
@given(sizes(), sizes())
def test_superiority_agrees_with_ranks(before, after):
    first, second = spelled_out(before), spelled_out(after)
    u = stats.mannwhitneyu(second, first).statistic
    assume(0 < u < len(first) * len(second))

    found = superiority(before, after)

    low, high = rank_compare_2indep(np.array(second), np.array(first)).conf_int()
    assert found.estimate == close(u / (len(first) * len(second)))
    assert (found.interval.low, found.interval.high) == close((max(0, low), min(1, high)))
    assert (found.kind, found.n) == (Kind.SUPERIORITY, len(first) + len(second))


@QUICK
@given(sizes(), sizes())
def test_shift_agrees_with_welch(before, after):
    first, second = spelled_out(before), spelled_out(after)

    found = shift(before, after)

    expected = stats.ttest_ind(second, first, equal_var=False).confidence_interval(0.95)
    assert found.estimate == close(np.mean(second) - np.mean(first))
    assert (found.interval.low, found.interval.high) == close(tuple(expected))
    assert (found.kind, found.n) == (Kind.SHIFT, len(first) + len(second))


@pytest.mark.parametrize(
    ("before", "after", "ahead"),
    [([4, 0], [0, 4], 1), ([0, 4], [4, 0], 0), ([2, 2, 0], [0, 0, 3], 1)],
)
def test_answers_that_do_not_overlap_have_no_interval_of_ranks(before, after, ahead):
    found = superiority(before, after)

    assert found == Result(
        Kind.SUPERIORITY, ahead, Unsaid(Reason.NO_OVERLAP), sum(before) + sum(after)
    )


def test_two_blocks_apart_have_no_interval_of_their_shift():
    assert shift([4, 0], [0, 4]) == Result(Kind.SHIFT, 1, Unsaid(Reason.NO_OVERLAP), 8)


@pytest.mark.parametrize(("function", "level"), [(shift, 0), (superiority, 0.5)])
def test_answers_that_are_all_the_same_tell_no_difference(function, level):
    """Also where all were in the best category from the beginning."""
    found = function([0, 0, 7], [0, 0, 5])

    assert (found.estimate, found.interval) == (level, Unsaid(Reason.NO_SPREAD))


@pytest.mark.parametrize("function", [shift, superiority])
def test_one_answer_has_no_interval(function):
    assert function([1, 0], [3, 4]).interval == Unsaid(Reason.TOO_FEW)


@pytest.mark.parametrize("function", [shift, superiority])
@pytest.mark.parametrize(
    ("basis", "reason"),
    [(Basis.DESCRIPTIVE, Reason.NOTHING_MEASURED), (Basis.COMPARISON, Reason.EMPTY_ARM)],
)
@pytest.mark.parametrize("counts", [([0, 0], [3, 4]), ([3, 4], [0, 0]), ([], [])])
def test_nothing_is_said_where_nobody_answered(function, basis, reason, counts):
    assert function(*counts, basis=basis) == Unsaid(reason)


@pytest.mark.parametrize("function", [shift, superiority])
@pytest.mark.parametrize("counts", [[-1, 2], [0.5, 2], [float("nan"), 2], [float("inf"), 2]])
def test_sizes_that_are_no_counts_are_refused(function, counts):
    with pytest.raises(ValueError, match="whole number"):
        function([1, 2], counts)


@pytest.mark.parametrize("function", [shift, superiority])
def test_different_categories_are_refused(function):
    with pytest.raises(ValueError, match="same categories"):
        function([1, 2], [1, 2, 3])
