"""Effect sizes as months of progress, by a named table. One convention among several, no unit."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from impact.statistics.results import Basis, Interval, Kind, Reason, Result, Unsaid

HUNDREDTH = Decimal("0.01")
EFFECTS = {Kind.EFFECT_SIZE, Kind.POOLED_EFFECT}


@dataclass(frozen=True)
class Table:
    """A published table of conversion.

    ``ceilings`` hold the largest effect size, in standard deviations to two places, that counts
    as 0, 1, 2 ... months; what lies above the last is more than the table tells.
    """

    code: str
    name: str
    version: str
    source: str
    ceilings: Sequence[Decimal]


@dataclass(frozen=True)
class Months:
    """Whole months ahead, negative where behind; ``is_more`` where the table ends before."""

    months: int
    is_more: bool = False


@dataclass(frozen=True)
class MonthsOfProgress:
    """A result in months, with both ends of its interval, and the table it was read from."""

    estimate: Months
    low: Months
    high: Months
    table: Table


def months_of(
    result: Result | Unsaid, *, table: Table, is_attainment: bool
) -> MonthsOfProgress | Unsaid:
    """An effect size of attainment against a comparison group, in months; nothing else has any."""
    if isinstance(result, Unsaid):
        return result
    if result.basis is not Basis.COMPARISON or result.kind not in EFFECTS:
        return Unsaid(Reason.NO_COMPARISON)
    if not is_attainment:
        return Unsaid(Reason.NOT_ATTAINMENT)
    if not isinstance(result.interval, Interval):
        return Unsaid(Reason.NO_INTERVAL)
    estimate, low, high = (
        months(effect, table)
        for effect in (result.estimate, result.interval.low, result.interval.high)
    )
    return MonthsOfProgress(estimate, low, high, table)


def months(effect: float, table: Table) -> Months:
    """The months of one effect size, rounded to two places with halves away from zero.

    Raises ValueError for an effect that is no finite number.
    """
    size = Decimal(repr(float(effect)))
    if not size.is_finite():
        raise ValueError(f"{effect} is no effect size")
    rounded = abs(size.quantize(HUNDREDTH, ROUND_HALF_UP))
    sign = -1 if size < 0 else 1
    last = len(table.ceilings) - 1
    reached = next((n for n, top in enumerate(table.ceilings) if rounded <= top), None)
    return Months(sign * last, is_more=True) if reached is None else Months(sign * reached)
