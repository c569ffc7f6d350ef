"""Groups of whole classes: the formulas of Hedges (2007), and one class against another."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from impact.statistics import (
    USUAL_ICC,
    Assumed,
    Assumption,
    Basis,
    Reason,
    Summary,
    Unsaid,
    as_classes,
    g_of_classes,
    hedges_g_of_summaries,
)
from tests.impact.statistics.references import exact_j
from tests.impact.statistics.samples import QUICK, close


def in_classes(size, treated, comparison, *, mean=55.0, icc=USUAL_ICC):
    """Two groups of equal classes, the second with mean 50 and both with an SD of 10."""
    return g_of_classes(
        Summary(mean, 10, size * treated),
        Summary(50, 10, size * comparison),
        treated_classes=[size] * treated,
        comparison_classes=[size] * comparison,
        icc=icc,
    )


@QUICK
@given(st.integers(2, 35), st.integers(2, 9), st.integers(2, 9), st.floats(0, 0.4))
def test_equal_classes_agree_with_the_printed_formula(m, k, l, icc):  # noqa: E741
    n1, n2 = m * k, m * l
    n = n1 + n2

    found = in_classes(m, k, l, icc=icc)

    j = exact_j(n - 2)
    d = 0.5 * math.sqrt(1 - 2 * (m - 1) * icc / (n - 2))
    top = (n - 2) * (1 - icc) ** 2 + m * (n - 2 * m) * icc**2 + 2 * (n - 2 * m) * icc * (1 - icc)
    variance = n / n1 / n2 * (1 + (m - 1) * icc)
    variance += d**2 * top / (2 * (n - 2) * ((n - 2) - 2 * (m - 1) * icc))
    reach = stats.t.isf(0.025, k + l - 2) * j * math.sqrt(variance)
    assert found.estimate == close(j * d)
    assert found.interval.low == close(j * d - reach)
    assert found.interval.high == close(j * d + reach)
    assert found.design_effect == close(1 + (m - 1) * icc)
    assert found.basis == Basis.COMPARISON


def test_classes_of_independent_pupils_tell_as_much_as_pupils_would():
    found = in_classes(10, 20, 20, icc=0)

    plain = hedges_g_of_summaries(Summary(55, 10, 200), Summary(50, 10, 200))
    assert (found.estimate, found.design_effect, found.effective_n) == (plain.estimate, 1, 400)
    assert found.interval.low == pytest.approx(plain.interval.low, abs=0.01)


several = st.lists(st.integers(2, 35), min_size=2, max_size=6)


@QUICK
@given(several, several, st.floats(0, 0.4))
def test_unequal_classes_have_the_variance_of_their_means(sizes, others, icc):
    """The error of a difference of means, put together class by class."""
    found = g_of_classes(
        Summary(50, 10, sum(sizes)),
        Summary(50, 10, sum(others)),
        treated_classes=sizes,
        comparison_classes=others,
        icc=icc,
    )

    of_means = sum(
        icc * sum(size**2 for size in each) / sum(each) ** 2 + (1 - icc) / sum(each)
        for each in (sizes, others)
    )
    n, classes = sum(sizes) + sum(others), len(sizes) + len(others)
    reach = stats.t.isf(0.025, classes - 2) * exact_j(n - 2) * math.sqrt(of_means)
    assert (found.interval.low, found.interval.high) == close((-reach, reach))
    assert found.effective_n == close(n / found.design_effect)


def test_one_class_against_one_class_is_only_described():
    """Two classes of 28: a design effect of 5.05 leaves about 11 pupils' worth."""
    found = in_classes(28, 1, 1)

    assert (found.interval, found.basis) == (Unsaid(Reason.ONE_CLASS), Basis.CLASSES)
    assert found.design_effect == close(5.05)
    assert found.effective_n == pytest.approx(11.1, abs=0.05)
    assert found.assumed == (Assumption(Assumed.ICC, 0.15),)


def test_one_class_in_either_group_is_only_described():
    assert in_classes(20, 1, 3).basis == in_classes(20, 3, 1).basis == Basis.CLASSES


@pytest.mark.parametrize(
    ("treated", "classes", "reason"),
    [
        (Summary(0, None, 0), [], Reason.EMPTY_ARM),
        (Summary(5, None, 1), [1], Reason.TOO_FEW),
        (Summary(5, 0, 4), [2, 2], Reason.NO_SPREAD),
    ],
)
def test_nothing_is_said_of_too_little(treated, classes, reason):
    found = g_of_classes(
        treated, Summary(5, 0, 4), treated_classes=classes, comparison_classes=[2, 2]
    )

    assert found == Unsaid(reason)


def test_adjusted_effect_of_classes_has_the_error_of_classes():
    plain = hedges_g_of_summaries(Summary(55, 10, 60), Summary(50, 10, 40))

    found = as_classes(plain, treated_classes=[20] * 3, comparison_classes=[20] * 2, icc=0.1)

    reach = stats.t.isf(0.025, 3) * plain.error * math.sqrt(2.9)
    assert (found.estimate, found.n, found.spread) == (plain.estimate, 100, plain.spread)
    assert found.interval.low == close(plain.estimate - reach)
    assert found.interval.high == close(plain.estimate + reach)
    assert (found.design_effect, found.basis) == (close(2.9), Basis.COMPARISON)


def test_adjusted_effect_of_one_class_each_claims_nothing():
    plain = hedges_g_of_summaries(Summary(55, 10, 28), Summary(50, 10, 27))

    found = as_classes(plain, treated_classes=[28], comparison_classes=[27])

    assert (found.interval, found.basis) == (Unsaid(Reason.ONE_CLASS), Basis.CLASSES)


def test_nothing_of_classes_where_there_is_no_effect():
    nothing = Unsaid(Reason.EMPTY_ARM)

    assert as_classes(nothing, treated_classes=[], comparison_classes=[9]) == nothing


@pytest.mark.parametrize(
    ("classes", "icc"), [([10, 11], 0.1), ([20, 0], 0.1), ([10, 10], 1), ([10, 10], -0.1)]
)
def test_classes_that_cannot_be_are_refused(classes, icc):
    with pytest.raises(ValueError, match=r"classes of a group|share of the variance"):
        g_of_classes(
            Summary(5, 1, 20),
            Summary(5, 1, 20),
            treated_classes=classes,
            comparison_classes=[20],
            icc=icc,
        )
