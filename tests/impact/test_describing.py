"""The statistics that a measure's own values allow, and the sentences that tell them."""

import pytest

from impact.conclusions import sentence_of
from impact.describing import results_of
from impact.statistics import (
    Assumed,
    Assumption,
    Basis,
    Interval,
    Kind,
    Reason,
    Result,
    Share,
    Spread,
    Summary,
    Unsaid,
    change_in_baseline_spreads,
    change_of_means,
    difference_of_shares,
    share,
    shift,
    superiority,
)
from tests.impact.test_conclusions import at, counted, measure


@pytest.mark.parametrize(
    ("unit", "readings", "expected"),
    [
        ("", [at("outcome", 12, of=30)], [share(Share(12, 30))]),
        ("pupils", [at("outcome", 12)], [share(Share(12, 40))]),
        ("pupils", [at("outcome", 40)], []),
        ("", [at("outcome", 40, of=40)], [share(Share(40, 40))]),
        (
            "pupils",
            [at("baseline", 0), at("outcome", 40)],
            [difference_of_shares(Share(0, 40), Share(40, 40))],
        ),
        (
            "",
            [at("baseline", 3, of=10), at("interim", 5, of=12)],
            [difference_of_shares(Share(3, 10), Share(5, 12))],
        ),
        (
            "points",
            [at("baseline", 50, sd=10), at("outcome", 55, sd=11)],
            [
                change_of_means(Summary(50, 10, 40), Summary(55, 11, 40)),
                change_in_baseline_spreads(Summary(50, 10, 40), Summary(55, 11, 40)),
            ],
        ),
        (
            "pupils",
            [counted("baseline", Low=30, High=10), counted("outcome", Low=15, High=25)],
            [shift([30, 10], [15, 25]), superiority([30, 10], [15, 25])],
        ),
        ("teachers", [at("baseline", 36, n=36), at("outcome", 18, n=18)], []),
        (
            "pupils",
            [counted("baseline", One=40, Two=20, n=40), counted("outcome", One=40, Two=30, n=40)],
            [],
        ),
        ("per cent", [counted("baseline", A=60, B=40), counted("outcome", A=40, B=60)], []),
        ("pupils", [counted("baseline", A=30), counted("outcome", A=10, B=30)], []),
        ("pupils", [counted("baseline", A=0.5, B=2), counted("outcome", A=10, B=30)], []),
        ("points", [at("baseline", 50), at("outcome", 55)], []),
        ("pupils", [at("outcome", 12.5)], []),
        ("pupils", [at("outcome", 41)], []),
        ("pupils", [at("outcome", 5, n=None)], []),
        ("pupils", [at("baseline", 12)], []),
        ("pupils", [at("outcome", 12).suppressed()], []),
        ("pupils", [], []),
    ],
)
def test_results_of_a_measure(unit, readings, expected):
    assert results_of(measure(*readings, unit=unit)) == expected


@pytest.mark.parametrize(
    ("result", "sentence"),
    [
        (
            Result(Kind.SHARE, 0.4, Interval(0.2459, 0.5768), 30),
            "That is 40%; 95% confidence interval 24.6% to 57.7%.",
        ),
        (
            Result(Kind.DIFFERENCE_OF_SHARES, -0.1, Interval(-0.25, 0.0501), 30),
            "The share differs by −10 percentage points; 95% confidence interval −25 to 5.",
        ),
        (
            Result(
                Kind.STANDARDISED_CHANGE,
                0.5,
                Interval(0.1, 0.9),
                30,
                spread=Spread.BASELINE,
                assumed=(Assumption(Assumed.CORRELATION, 0.6),),
            ),
            (
                "That is a change of 0.5 standard deviations of the scores at baseline; a "
                "correlation of 0.6 between the two scores is assumed; "
                "95% confidence interval 0.1 to 0.9."
            ),
        ),
        (
            Result(
                Kind.EFFECT_SIZE,
                0.394,
                Unsaid(Reason.ONE_CLASS),
                55,
                Basis.CLASSES,
                Spread.POOLED,
            ),
            (
                "Those who took part ended 0.39 standard deviations from the comparison group, "
                "where a minus means lower (Hedges' g, pooled over both groups); no interval, "
                "because one class cannot be told apart from its teaching."
            ),
        ),
        (
            Result(Kind.MEAN_CHANGE, -0.001, Interval(-0.004, 0.002), 9),
            "On average it changed by −0.001; 95% confidence interval −0.004 to 0.002.",
        ),
        (
            Result(Kind.SHARE, 0.0004, Interval(0.0, 0.9998), 2500),
            "That is 0.04%; 95% confidence interval 0% to 99.98%.",
        ),
        (Unsaid(Reason.NOTHING_MEASURED), "Nobody was measured at both moments."),
    ],
)
def test_sentence_of_a_result(result, sentence):
    assert sentence_of(result) == sentence


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_has_a_sentence(reason):
    assert sentence_of(Unsaid(reason)).endswith(".")


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("spread", Spread)
def test_every_kind_and_spread_has_words(kind, spread):
    sentence = sentence_of(Result(kind, 0.5, Unsaid(Reason.TOO_FEW), 9, spread=spread))

    assert "0.5" in sentence or "50" in sentence
    assert "{" not in sentence
