"""Measures as plain values: what pages and reports show, once disclosure has let it out."""

from dataclasses import dataclass, replace
from enum import StrEnum


class Symbol(StrEnum):
    """Why there is no number, in the symbols of English official statistics."""

    NONE = ""
    NOT_COLLECTED = "x"
    NOT_APPLICABLE = "z"
    SUPPRESSED = "c"


@dataclass(frozen=True)
class Tally:
    """One category of a distribution at one moment; ``value`` counts or a percentage."""

    label: str
    value: float | None
    symbol: Symbol = Symbol.NONE
    when: str = ""
    note: str = ""

    def suppressed(self) -> "Tally":
        return replace(self, value=None, symbol=Symbol.SUPPRESSED, note="")


@dataclass(frozen=True)
class Value:
    """A reading. ``n`` people stand behind it; ``of`` is the whole a count was taken from."""

    moment: str
    when: str
    since: str = ""
    value: float | None = None
    of: int | None = None
    sd: float | None = None
    n: int | None = None
    words: str = ""
    symbol: Symbol = Symbol.NONE
    tallies: tuple[Tally, ...] = ()

    def suppressed(self) -> "Value":
        return replace(
            self,
            value=None,
            of=None,
            sd=None,
            n=None,
            words="",
            symbol=Symbol.SUPPRESSED,
            tallies=tuple(tally.suppressed() for tally in self.tallies),
        )


@dataclass(frozen=True)
class MeasureValues:
    """A measure with its readings in order. ``better``: higher, lower or unstated."""

    id: int
    level: str
    name: str
    instrument: str
    scale: str
    unit: str
    population: str
    group: str
    better: str
    note: str
    is_distribution: bool
    readings: tuple[Value, ...]

    def at(self, moment: str) -> Value | None:
        """The reading of a moment: the first baseline, and the latest of any other."""
        order = self.readings if moment == "baseline" else reversed(self.readings)
        return next((r for r in order if r.moment == moment), None)
