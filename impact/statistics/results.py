"""What a calculation answers: a figure with its interval, or the reason why nothing can be said."""

from dataclasses import dataclass
from enum import StrEnum

LEVEL = 95
TAIL = (1 - LEVEL / 100) / 2


class Kind(StrEnum):
    """What the figure of a result is, and its unit."""

    MEAN_CHANGE = "mean-change"  # in the measure's own unit
    STANDARDISED_CHANGE = "standardised-change"  # in standard deviations
    SHARE = "share"  # from 0 to 1
    SHARE_IMPROVED = "share-improved"  # from 0 to 1
    DIFFERENCE_OF_SHARES = "difference-of-shares"  # from -1 to 1
    SHIFT = "shift"  # in categories, towards the last
    SUPERIORITY = "superiority"  # a probability, 0.5 where neither is ahead
    EFFECT_SIZE = "effect-size"  # in standard deviations
    POOLED_EFFECT = "pooled-effect"  # in standard deviations


class Basis(StrEnum):
    """What a result rests on, which decides how far its reader may go."""

    DESCRIPTIVE = "no-comparison-group"
    CLASSES = "class-against-class"
    COMPARISON = "comparison-group"


class Spread(StrEnum):
    """The standard deviation by which a change or a difference was divided."""

    NONE = ""
    CHANGES = "spread-of-changes"
    BASELINE = "spread-at-baseline"
    POOLED = "pooled-spread"
    POOLED_OUTCOMES = "pooled-spread-of-outcomes"


class Reason(StrEnum):
    """Why there is no figure, or no interval beside it."""

    NOTHING_MEASURED = "nothing-measured"
    TOO_FEW = "too-few-people"
    NO_SPREAD = "all-the-same"
    NO_OVERLAP = "no-overlap"
    EMPTY_ARM = "empty-arm"
    DIRECTION_NOT_STATED = "good-end-not-stated"
    NOT_PAIRED = "not-paired"
    NUMBERS_DIFFER = "numbers-differ"
    ONE_CLASS = "one-class"
    BASELINE_TELLS_GROUP = "baseline-tells-group"
    NO_COMPARISON = "no-comparison"
    NOT_ATTAINMENT = "not-attainment"
    NO_INTERVAL = "no-interval"
    TOO_FEW_STUDIES = "too-few-studies"
    DIFFERENT_MEASURES = "different-measures"
    DIFFERENT_INSTRUMENTS = "different-instruments"
    DIFFERENT_PHASES = "different-phases"


@dataclass(frozen=True)
class Unsaid:
    """It cannot be said from these data."""

    reason: Reason


@dataclass(frozen=True)
class Interval:
    """A confidence interval, in the unit of its figure; ``level`` in per cent."""

    low: float
    high: float
    level: int = LEVEL


class Assumed(StrEnum):
    """What a calculation may need that was not measured."""

    CORRELATION = "correlation"
    ICC = "intraclass-correlation"


@dataclass(frozen=True)
class Assumption:
    what: Assumed
    value: float


@dataclass(frozen=True)
class Result:
    """A figure with its interval, or with the reason why it has none.

    ``n`` is the number of people it rests on, of both groups where there are two. ``error`` is
    the standard error of an effect size, by which it is weighed among others.
    """

    kind: Kind
    estimate: float
    interval: Interval | Unsaid
    n: int
    basis: Basis = Basis.DESCRIPTIVE
    spread: Spread = Spread.NONE
    assumed: tuple[Assumption, ...] = ()
    error: float | None = None


def around(estimate: float, error: float, df: float | None = None) -> Interval:
    """Estimate plus and minus so many standard errors: of t at ``df``, of the normal without it."""
    from scipy import special

    reach = special.ndtri(1 - TAIL) if df is None else special.stdtrit(df, 1 - TAIL)
    return Interval(float(estimate - reach * error), float(estimate + reach * error))


def nothing_on(basis: Basis) -> Unsaid:
    """Why nothing can be said where one of the two sides is empty."""
    return Unsaid(Reason.NOTHING_MEASURED if basis is Basis.DESCRIPTIVE else Reason.EMPTY_ARM)
