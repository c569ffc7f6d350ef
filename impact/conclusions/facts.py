"""What the rules ask of a measure, told once."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from impact.statistics import Basis, Result, Unsaid
from impact.values import MeasureValues, Symbol, Value
from impact.wording import change_in_words, figure, verdict


@dataclass(frozen=True)
class Facts:
    """A measure with what was worked out from it."""

    measure: MeasureValues
    results: Sequence[Result | Unsaid] = ()

    @cached_property
    def counted(self) -> list[Value]:
        """The readings that count people by category."""
        return [reading for reading in self.measure.readings if reading.has_tallies]

    @cached_property
    def points(self) -> list[Value]:
        """The readings that give a figure at one moment, in their order."""
        return [r for r in self.told.readings if r.has_figure and r.moment != "change"]

    @cached_property
    def told(self) -> MeasureValues:
        """The measure with only the readings that give figures."""
        readings = (r for r in self.measure.readings if r.has_figure or r.has_tallies)
        return replace(self.measure, readings=tuple(readings))

    @cached_property
    def before(self) -> Value | None:
        return self.told.at("baseline")

    @cached_property
    def after(self) -> Value | None:
        """The latest figure that is no baseline."""
        later = [r for r in self.told.readings if r.moment in ("interim", "outcome")]
        return later[-1] if later else None

    @cached_property
    def change(self) -> Value | None:
        change = self.told.at("change")
        return change if change and change.has_figure else None

    @cached_property
    def has_figures(self) -> bool:
        return bool(self.told.readings)

    @cached_property
    def is_change(self) -> bool:
        """Whether anything can be held against anything."""
        return bool(self.change or (self.before and self.after))

    @cached_property
    def verdict(self) -> str:
        return verdict(self._so_far)

    @cached_property
    def moved(self) -> str:
        """'went from 35% to 81%', 'stayed at 7', 'changed by +1.5', or empty."""
        before, after, unit = self.before, self.after, self.measure.unit
        if before and after and before.has_figure and after.has_figure:
            first, last = figure(before, unit), figure(after, unit)
            return f"stayed at {first}" if first == last else f"went from {first} to {last}"
        by = change_in_words(self.told)
        return f"changed by {by}" if by else ""

    @cached_property
    def _so_far(self) -> MeasureValues:
        """The measure with its latest figure taken for the outcome."""
        if self.after is None:
            return self.told
        outcome = replace(self.after, moment="outcome")
        return replace(self.told, readings=(*self.told.readings, outcome))

    @cached_property
    def people(self) -> list[int]:
        """How many stand behind each reading that says so, in their order."""
        return [n for r in self.measure.readings if (n := r.n if r.of is None else r.of)]

    @cached_property
    def is_nobody(self) -> bool:
        """Whether every reading that says so found an empty group."""
        numbers = {r.n for r in self.measure.readings if r.n is not None}
        return numbers == {0}

    @cached_property
    def is_withheld(self) -> bool:
        readings = self.measure.readings
        symbols = {tally.symbol for reading in readings for tally in reading.tallies}
        return Symbol.SUPPRESSED in symbols | {reading.symbol for reading in readings}

    @cached_property
    def worked_out(self) -> list[Result]:
        """The results that say something."""
        return [result for result in self.results if isinstance(result, Result)]

    @cached_property
    def comparisons(self) -> list[Result]:
        """Results that rest on another group than the one that was taught."""
        return [result for result in self.worked_out if result.basis is not Basis.DESCRIPTIVE]
