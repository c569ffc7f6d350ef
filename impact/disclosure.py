"""The one way out for a figure that leaves its alliance: small numbers are withheld here.

A figure about pupils is withheld when fewer pupils than the threshold stand behind it, or when
the pupils it counts, or those it leaves out, are fewer; true zeros stay. What would give a
withheld figure back goes with it: one more category of the same distribution, and every other
group of the same population.
"""

from collections.abc import Iterable
from dataclasses import replace

from impact.values import MeasureValues, Symbol, Tally, Value

_PEOPLE = {"pupils", "students", "children"}
_WHOLE_GROUP = {"", "all", "all pupils", "all students"}


def disclose(measures: Iterable[MeasureValues], *, threshold: int) -> list[MeasureValues]:
    """The measures as they may leave their alliance; ``threshold`` in pupils."""
    first = [_primary(measure, threshold) for measure in measures]
    hit = {_family(m) for m in first if _is_subgroup(m) and _withheld(m)}
    return [_withhold_all(m) if _is_subgroup(m) and _family(m) in hit else m for m in first]


def is_small(count: float | None, threshold: int) -> bool:
    """More than none and fewer than the threshold."""
    return count is not None and 0 < count < threshold


def _family(measure: MeasureValues) -> tuple[str, str]:
    return measure.level, measure.population


def _is_subgroup(measure: MeasureValues) -> bool:
    return measure.level == "pupil" and measure.group.casefold() not in _WHOLE_GROUP


def _withheld(measure: MeasureValues) -> bool:
    tallies = [tally for reading in measure.readings for tally in reading.tallies]
    cells: list[Value | Tally] = [*measure.readings, *tallies]
    return any(cell.symbol is Symbol.SUPPRESSED for cell in cells)


def _withhold_all(measure: MeasureValues) -> MeasureValues:
    return replace(measure, note="", readings=tuple(r.suppressed() for r in measure.readings))


def _primary(measure: MeasureValues, threshold: int) -> MeasureValues:
    if measure.level != "pupil":
        return measure
    readings = tuple(_reading(measure.unit, reading, threshold) for reading in measure.readings)
    screened = replace(measure, readings=readings)
    return replace(screened, note="") if _withheld(screened) else screened


def _reading(unit: str, reading: Value, threshold: int) -> Value:
    whole = reading.n if reading.n is not None else reading.of
    if is_small(whole, threshold):
        return reading.suppressed()
    if reading.tallies:
        return replace(reading, tallies=_tallies(unit, reading.tallies, whole, threshold))
    return reading.suppressed() if _betrays(unit, reading, whole, threshold) else reading


def _betrays(unit: str, cell: Value | Tally, whole: int | None, threshold: int) -> bool:
    """Whether a count, or what it leaves out of the whole, is a small number of pupils."""
    counted = _pupils(unit, cell, whole)
    if counted is None:
        return False
    rest = whole - counted if whole is not None else None
    return is_small(counted, threshold) or is_small(rest, threshold)


def _pupils(unit: str, cell: Value | Tally, whole: int | None) -> float | None:
    if cell.value is None:
        return None
    if unit in _PEOPLE or (isinstance(cell, Value) and cell.of is not None):
        return cell.value
    if unit == "per cent" and whole:
        return round(cell.value * whole / 100)
    return None


def _tallies(
    unit: str, tallies: tuple[Tally, ...], whole: int | None, threshold: int
) -> tuple[Tally, ...]:
    hidden = {i for i, tally in enumerate(tallies) if _betrays(unit, tally, whole, threshold)}
    if len(hidden) == 1:
        shown = [i for i, tally in enumerate(tallies) if i not in hidden and tally.value]
        hidden |= set(sorted(shown, key=lambda i: tallies[i].value or 0)[:1])
    return tuple(tally.suppressed() if i in hidden else tally for i, tally in enumerate(tallies))
