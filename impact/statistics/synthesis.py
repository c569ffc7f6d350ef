"""Results of several alliances together: pooled where they measured alike, else counted."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from impact.statistics.results import Basis, Interval, Kind, Reason, Result, Unsaid, around
from impact.statistics.samples import FEWEST

if TYPE_CHECKING:
    from numpy import float64
    from numpy.typing import NDArray

# A prediction needs somebody to learn the spread from.
FEWEST_TO_PREDICT = 3


@dataclass(frozen=True)
class Study:
    """The effect one alliance found, in standard deviations, and where and how it was measured.

    ``variance`` is the squared standard error, above 0; ``n`` the people behind it.
    """

    name: str
    effect: float
    variance: float
    n: int
    instrument: str
    phase: str
    kind: Kind = Kind.EFFECT_SIZE
    basis: Basis = Basis.COMPARISON

    def __post_init__(self) -> None:
        if not (self.variance > 0 and self.n > 0 and abs(self.effect) < float("inf")):
            raise ValueError(f"{self.name} is no effect with an error")


def study_of(name: str, result: Result | Unsaid, *, instrument: str, phase: str) -> Study | Unsaid:
    """A result as one of several; only an effect with an interval and an error can be weighed."""
    if isinstance(result, Unsaid):
        return result
    if isinstance(result.interval, Unsaid):
        return result.interval
    if not result.error:
        return Unsaid(Reason.NO_INTERVAL)
    return Study(
        name,
        result.estimate,
        result.error**2,
        result.n,
        instrument,
        phase,
        result.kind,
        result.basis,
    )


@dataclass(frozen=True)
class Weighed:
    """A study as it enters the whole: its own interval, and its weight from 0 to 1."""

    study: Study
    interval: Interval
    weight: float


@dataclass(frozen=True, kw_only=True)
class Pooled(Result):
    """A pooled effect and how far the studies differ among themselves.

    ``q`` at ``df`` degrees of freedom with its probability ``p`` if all were alike; ``i2`` the
    part of their variation that is no chance, from 0 to 1; ``tau2`` the variance between them, in
    squared standard deviations; ``prediction`` where the effect of one more like them may lie.
    """

    studies: tuple[Weighed, ...]
    q: float
    df: int
    p: float
    i2: float
    tau2: float
    prediction: Interval | Unsaid


def pool(studies: Sequence[Study]) -> Pooled | Unsaid:
    """Random effects of at least two studies with one instrument in one phase of school.

    Variance between studies by Paule and Mandel (1982). Interval by Hartung and Knapp (2001), of
    t at k - 1, its error never below the usual one (Roever, Knapp and Friede 2015). Prediction of
    t at k - 2 (Higgins, Thompson and Spiegelhalter 2009).
    """
    why = _why_not(studies)
    if why:
        return Unsaid(why)
    import numpy as np
    from scipy.special import chdtrc
    from statsmodels.stats.meta_analysis import combine_effects

    effects = np.array([study.effect for study in studies])
    variances = np.array([study.variance for study in studies])
    tau2 = _between(effects, variances)
    # the variance is found already, so that the iteration is to leave it alone
    with np.errstate(divide="ignore"):  # of I squared where all are alike
        found = combine_effects(effects, variances, method_re="pm", tau2_start=tau2, maxiter=0)
    df, estimate, q = len(studies) - 1, float(found.mean_effect_re), max(0.0, float(found.q))
    error = float(max(found.sd_eff_w_re_hksj, found.sd_eff_w_re))
    weighed = zip(studies, found.weights_rel_re, strict=True)
    return Pooled(
        Kind.POOLED_EFFECT,
        estimate,
        around(estimate, error, df),
        sum(study.n for study in studies),
        studies[0].basis,
        studies=tuple(
            Weighed(study, around(study.effect, study.variance**0.5), float(weight))
            for study, weight in weighed
        ),
        q=q,
        df=df,
        p=float(chdtrc(df, q)),
        i2=max(0.0, 1 - df / q) if q else 0.0,
        tau2=tau2,
        prediction=_prediction(estimate, error, tau2, df),
    )


def _why_not(studies: Sequence[Study]) -> Reason | None:
    for what, reason in (
        ({(study.kind, study.basis) for study in studies}, Reason.DIFFERENT_MEASURES),
        ({study.instrument for study in studies}, Reason.DIFFERENT_INSTRUMENTS),
        ({study.phase for study in studies}, Reason.DIFFERENT_PHASES),
    ):
        if len(what) > 1:
            return reason
    return Reason.TOO_FEW_STUDIES if len(studies) < FEWEST else None


def _between(effects: "NDArray[float64]", variances: "NDArray[float64]") -> float:
    """The variance between studies at which their weighted squares are what chance would give."""
    from scipy.optimize import brentq

    df = len(effects) - 1

    def surplus(tau2: float) -> float:
        weights = 1 / (variances + tau2)
        mean = (weights * effects).sum() / weights.sum()
        return float((weights * (effects - mean) ** 2).sum() - df)

    if surplus(0) <= 0:
        return 0.0
    # the squares are less than the range squared over tau2, each
    highest = len(effects) * float(effects.max() - effects.min()) ** 2
    return float(brentq(surplus, 0, highest, xtol=1e-15, rtol=1e-14))


def _prediction(estimate: float, error: float, tau2: float, df: int) -> Interval | Unsaid:
    if df + 1 < FEWEST_TO_PREDICT:
        return Unsaid(Reason.TOO_FEW_STUDIES)
    return around(estimate, (tau2 + error**2) ** 0.5, df - 1)


# ---- counted -------------------------------------------------------------------------------


class Verdict(StrEnum):
    """Which way a measure went, as far as it can be told."""

    IMPROVED = "improved"
    UNCHANGED = "unchanged"
    WORSE = "worse"
    UNTOLD = "untold"


def count_findings(findings: Iterable[tuple[str, Verdict]]) -> dict[str, dict[Verdict, int]]:
    """Findings counted by what they stand under, such as their strength, then by verdict.

    What measured in different ways has no mean: it is counted, and the worse beside the better.
    Every row has all four verdicts, a 0 where there are none.
    """
    found: dict[str, Counter[Verdict]] = {}
    for under, verdict in findings:
        found.setdefault(under, Counter())[verdict] += 1
    return {under: {each: row[each] for each in Verdict} for under, row in found.items()}
