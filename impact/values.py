"""Measures as plain values: what pages and reports show, once disclosure has let it out."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum


class Symbol(StrEnum):
    """Why there is no number, in the symbols of English official statistics."""

    NONE = ""
    NOT_COLLECTED = "x"
    NOT_APPLICABLE = "z"
    SUPPRESSED = "c"
    WEAK = "u"


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
    """A reading. ``n`` people stand behind it; ``of`` is the whole a count was taken from.

    ``is_weak`` puts the symbol of low reliability beside a value that is shown.
    """

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
    id: int | None = None
    on: date | None = None
    is_weak: bool = False

    @property
    def has_figure(self) -> bool:
        """Whether it gives a number that somebody stands behind."""
        return self.value is not None and self.n != 0

    @property
    def has_tallies(self) -> bool:
        """Whether it counts somebody, and the size of any category may be seen."""
        return self.n != 0 and any(tally.value is not None for tally in self.tallies)

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


def by_day(readings: Iterable[Value]) -> tuple[Value, ...]:
    """Readings in the order of their days, however late they were written down.

    One without a day keeps its place.
    """
    written = tuple(readings)
    dated = iter(sorted((r for r in written if r.on), key=lambda r: r.on or date.min))
    return tuple(next(dated) if reading.on else reading for reading in written)


@dataclass(frozen=True)
class MeasureValues:
    """A measure with its readings in order. ``better``: higher, lower or unstated.

    ``group`` is empty where everybody of the population is measured, ``part_of`` the group that
    holds this one whole. ``target`` is the success criterion in the measure's unit (per cent
    where parts of a whole are counted), due by ``target_on``; ``criterion`` is it in words.
    All three are withheld together.
    """

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
    group_kind: str = ""
    part_of: str = ""
    target: float | None = None
    target_on: date | None = None
    criterion: str = ""
    is_target_withheld: bool = False

    @property
    def family(self) -> tuple[str, str, str]:
        """What measures have in common that differ in their group alone."""
        return self.level, self.name, self.population

    def at(self, moment: str) -> Value | None:
        """The reading of a moment: the first baseline, and the latest of any other."""
        order = self.readings if moment == "baseline" else reversed(self.readings)
        return next((r for r in order if r.moment == moment), None)
