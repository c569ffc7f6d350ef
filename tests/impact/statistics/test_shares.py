"""Parts of a whole: Wilson's and Newcombe's intervals against scipy and the printed formula."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from impact.statistics import (
    Basis,
    Kind,
    Reason,
    Share,
    Unsaid,
    difference_of_shares,
    share,
)
from tests.impact.statistics.samples import QUICK, close

parts = st.integers(1, 200).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of)))


def wilson(count, of):
    return stats.binomtest(count, of).proportion_ci(0.95, method="wilson")


@QUICK
@given(parts)
def test_share_has_the_interval_of_wilson(part):
    found = share(Share(*part))

    assert found.estimate == part[0] / part[1]
    assert (found.interval.low, found.interval.high) == close(tuple(wilson(*part)))
    assert (found.kind, found.n) == (Kind.SHARE, part[1])


@QUICK
@given(parts, parts)
def test_difference_has_the_interval_of_newcombe(before, after):
    p, q = before[0] / before[1], after[0] / after[1]
    (low, high), (low_after, high_after) = wilson(*before), wilson(*after)

    found = difference_of_shares(Share(*before), Share(*after))

    expected = (
        q - p - math.hypot(q - low_after, high - p),
        q - p + math.hypot(high_after - q, p - low),
    )
    assert found.estimate == close(q - p)
    assert (found.interval.low, found.interval.high) == close(expected)
    assert found.n == before[1] + after[1]


def test_newcombe_gives_the_interval_of_his_paper():
    """56 of 70 less 48 of 80: the example (a) of Newcombe (1998), method 10."""
    found = difference_of_shares(Share(48, 80), Share(56, 70), basis=Basis.COMPARISON)

    assert found.estimate == pytest.approx(0.2)
    assert (found.interval.low, found.interval.high) == pytest.approx((0.0524, 0.3339), abs=5e-5)


@pytest.mark.parametrize(("count", "estimate"), [(0, 0), (20, 1)])
def test_all_or_none_has_an_interval_within_bounds(count, estimate):
    found = share(Share(count, 20))

    assert found.estimate == estimate
    assert 0 <= found.interval.low < found.interval.high <= 1


def test_all_at_baseline_and_all_after_is_no_change():
    found = difference_of_shares(Share(20, 20), Share(20, 20))

    assert found.estimate == 0
    assert found.interval.low < 0 < found.interval.high


def test_nothing_is_said_of_nobody():
    nobody = Share(0, 0)

    assert share(nobody) == Unsaid(Reason.NOTHING_MEASURED)
    assert difference_of_shares(nobody, Share(1, 2)) == Unsaid(Reason.NOTHING_MEASURED)
    assert difference_of_shares(Share(1, 2), nobody, basis=Basis.COMPARISON) == Unsaid(
        Reason.EMPTY_ARM
    )


@pytest.mark.parametrize("part", [(-1, 5), (6, 5), (0, -1)])
def test_part_that_is_none_is_refused(part):
    with pytest.raises(ValueError, match="no part"):
        Share(*part)
