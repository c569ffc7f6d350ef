"""The statistics that a measure's own values allow: descriptive, for there is one group in it."""

from impact.statistics import (
    Result,
    Share,
    Summary,
    Unsaid,
    change_in_baseline_spreads,
    change_of_means,
    difference_of_shares,
    share,
    shift,
    superiority,
)
from impact.values import MeasureValues, Value

# Units in which a number with its n is so many of so many people.
PEOPLE = {"pupils", "students", "teachers", "people"}


def results_of(measure: MeasureValues) -> list[Result | Unsaid]:
    """What can be worked out of the first baseline and the latest figure after it, or of one.

    Empty where no number of people is known, or the two were not counted in the same way.
    """
    before = measure.at("baseline")
    later = [r for r in measure.readings if r.moment in ("interim", "outcome")]
    after = next((r for r in reversed(later) if r.has_figure or r.has_tallies), None)
    if after is None:
        return []
    part = _share(measure.unit, after)
    if before is None or not (before.has_figure or before.has_tallies):
        return [share(part)] if part and not _is_count(after) else []
    first = _share(measure.unit, before)
    if _is_count(before) and _is_count(after):
        return []
    if first and part:
        return [difference_of_shares(first, part)]
    return _of_means(before, after) + _of_counts(measure.unit, before, after)


def _is_count(reading: Value) -> bool:
    """Whether it tells how many there were, and not how many of whom."""
    return reading.of is None and reading.value == reading.n


def _share(unit: str, reading: Value) -> Share | None:
    whole = reading.of
    if whole is None and unit in PEOPLE:
        whole = reading.n
    value = reading.value
    if value is None or not whole or value % 1 or not 0 <= value <= whole:
        return None
    return Share(int(value), whole)


def _of_means(before: Value, after: Value) -> list[Result | Unsaid]:
    first, last = _summary(before), _summary(after)
    if first is None or last is None:
        return []
    return [change_of_means(first, last), change_in_baseline_spreads(first, last)]


def _summary(reading: Value) -> Summary | None:
    if reading.value is None or reading.sd is None or reading.n is None:
        return None
    return Summary(reading.value, reading.sd, reading.n)


def _of_counts(unit: str, before: Value, after: Value) -> list[Result | Unsaid]:
    first, last = _counts(before), _counts(after)
    if unit == "per cent" or first is None or last is None or list(first) != list(last):
        return []
    sizes = list(first.values()), list(last.values())
    return [shift(*sizes), superiority(*sizes)]


def _counts(reading: Value) -> dict[str, int] | None:
    """Sizes by category, where each is a whole number and nobody was counted twice."""
    sizes = {tally.label: tally.value for tally in reading.tallies}
    known = {
        label: int(size) for label, size in sizes.items() if size is not None and size % 1 == 0
    }
    overlap = reading.n is not None and sum(known.values()) > reading.n
    return known if known and len(known) == len(sizes) and not overlap else None
