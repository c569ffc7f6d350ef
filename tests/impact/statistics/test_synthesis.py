"""Several alliances together: pooled as statsmodels does, refused where they measured unlike."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import special, stats
from statsmodels.stats.meta_analysis import combine_effects

from impact.statistics import (
    Basis,
    Interval,
    Kind,
    Reason,
    Result,
    Study,
    Summary,
    Unsaid,
    Verdict,
    count_findings,
    hedges_g_of_summaries,
    pool,
    study_of,
)
from tests.impact.statistics.references import RandomEffects
from tests.impact.statistics.samples import QUICK, close

A = Study("A", 0.30, 0.04, 52, "Suffolk reading", "primary")
B = Study("B", 0.10, 0.03, 60, "Suffolk reading", "primary")
C = Study("C", -0.60, 0.05, 40, "Suffolk reading", "primary")

effects = st.lists(st.tuples(st.floats(-2, 2), st.floats(0.01, 0.5)), min_size=3, max_size=12).map(
    lambda rows: [(round(e, 3), round(v, 3)) for e, v in rows]
)


def studies_of(rows):
    return [replace(A, effect=effect, variance=variance) for effect, variance in rows]


def ends(interval):
    return interval.low, interval.high


@QUICK
@given(effects)
def test_pooled_effect_agrees_with_the_equation_of_paule_and_mandel(rows):
    exact = RandomEffects(rows)

    found = pool(studies_of(rows))

    reach = stats.t.isf(0.025, exact.df) * float(exact.error)
    mean = float(exact.mean)
    assert (found.tau2, found.estimate) == (close(float(exact.tau2)), close(mean))
    assert ends(found.interval) == close((mean - reach, mean + reach))
    assert [each.weight for each in found.studies] == close(list(map(float, exact.weights)))


def test_pooled_effect_agrees_with_the_package():
    """On one example: on others the package steps past the root, and gives a variance of 0."""
    values, variances = np.array([(each.effect, each.variance) for each in (A, B, C)]).T
    usual = combine_effects(values, variances, method_re="pm", atol=1e-12)

    found = pool([A, B, C])

    assert (found.tau2, found.estimate, found.q) == close(
        (usual.tau2, usual.mean_effect_re, usual.q)
    )


@QUICK
@given(effects)
def test_heterogeneity_agrees_with_the_sums_of_squares(rows):
    exact = RandomEffects(rows)

    found = pool(studies_of(rows))

    q = float(exact.q)
    assert (found.q, found.i2) == (close(q), close(float(exact.i2)))
    assert found.p == close(special.gammaincc(exact.df / 2, q / 2))


@QUICK
@given(effects)
def test_prediction_is_that_of_one_more_like_them(rows):
    exact = RandomEffects(rows)

    found = pool(studies_of(rows))

    reach = stats.t.isf(0.025, exact.df - 1) * float(exact.error_of_prediction)
    mean = float(exact.mean)
    assert ends(found.prediction) == close((mean - reach, mean + reach))


def test_each_study_keeps_its_own_interval():
    found = pool([A, B, C])

    assert [each.study.name for each in found.studies] == ["A", "B", "C"]
    assert found.studies[0].interval == Interval(
        close(0.3 - 0.2 * 1.959963984540054), close(0.3 + 0.2 * 1.959963984540054)
    )
    assert (found.n, found.df, found.kind, found.basis) == (
        152,
        2,
        Kind.POOLED_EFFECT,
        Basis.COMPARISON,
    )


def test_studies_that_agree_do_not_pretend_to_certainty():
    found = pool([A, A, A])

    assert (found.q, found.i2, found.tau2, found.p) == (0, 0, 0, 1)
    assert found.estimate == close(0.3)
    assert found.interval.high - found.estimate == close(stats.t.isf(0.025, 2) * (0.04 / 3) ** 0.5)


def test_a_result_is_weighed_by_its_error():
    g = hedges_g_of_summaries(Summary(58, 10, 28), Summary(54, 10, 27))

    found = study_of("A", g, instrument="PiRA", phase="primary")

    assert found == Study("A", g.estimate, g.error**2, 55, "PiRA", "primary")


@pytest.mark.parametrize(
    ("result", "reason"),
    [
        (Unsaid(Reason.EMPTY_ARM), Reason.EMPTY_ARM),
        (Result(Kind.EFFECT_SIZE, 0.4, Unsaid(Reason.ONE_CLASS), 55, error=0.3), Reason.ONE_CLASS),
        (Result(Kind.MEAN_CHANGE, 4, Interval(1, 7), 55), Reason.NO_INTERVAL),
    ],
)
def test_result_without_an_interval_is_not_weighed(result, reason):
    assert study_of("A", result, instrument="PiRA", phase="primary") == Unsaid(reason)


def test_two_studies_predict_nothing():
    found = pool([A, B])

    assert found.prediction == Unsaid(Reason.TOO_FEW_STUDIES)


@pytest.mark.parametrize(
    ("studies", "reason"),
    [
        ([], Reason.TOO_FEW_STUDIES),
        ([A], Reason.TOO_FEW_STUDIES),
        ([A, replace(B, instrument="PiRA")], Reason.DIFFERENT_INSTRUMENTS),
        ([A, replace(B, phase="secondary")], Reason.DIFFERENT_PHASES),
        ([A, replace(B, basis=Basis.DESCRIPTIVE)], Reason.DIFFERENT_MEASURES),
        ([A, replace(B, kind=Kind.STANDARDISED_CHANGE)], Reason.DIFFERENT_MEASURES),
    ],
)
def test_unlike_studies_are_not_pooled(studies, reason):
    assert pool(studies) == Unsaid(reason)


@pytest.mark.parametrize(
    "wrong", [{"variance": 0}, {"variance": float("nan")}, {"effect": float("nan")}, {"n": 0}]
)
def test_study_without_an_error_is_refused(wrong):
    with pytest.raises(ValueError, match="no effect with an error"):
        replace(A, **wrong)


def test_findings_are_counted_with_the_worse_beside_the_better():
    found = count_findings(
        [
            ("moderate", Verdict.IMPROVED),
            ("weak", Verdict.WORSE),
            ("moderate", Verdict.IMPROVED),
            ("weak", Verdict.UNTOLD),
        ]
    )

    assert [(under, list(row.values())) for under, row in found.items()] == [
        ("moderate", [2, 0, 0, 0]),
        ("weak", [0, 0, 1, 1]),
    ]


def test_no_findings_are_none():
    assert count_findings([]) == {}
