"""The one way out for a figure that leaves its alliance: small numbers are withheld here.

A figure about pupils is withheld when fewer pupils than the threshold stand behind it, or when
the pupils it counts, or those it leaves out, are fewer; true zeros stay. What would give a
withheld figure back goes with it: one more size of the same distribution, the words and changes
of the same measure, and every other group of the same population. Groups go as well where the
few pupils outside one of them could be worked out from the whole.
"""

from collections.abc import Iterable
from dataclasses import replace

from impact.values import MeasureValues, Symbol, Tally, Value

_PEOPLE = {
    *("pupil", "pupils", "student", "students", "child", "children"),
    *("boy", "boys", "girl", "girls", "learner", "learners"),
}
_SHARES = {"per cent", "percent", "%"}
_WHOLE_GROUP = {"", "all", "all pupils", "all students"}


def disclose(measures: Iterable[MeasureValues], *, threshold: int) -> list[MeasureValues]:
    """The measures as they may leave their alliance; ``threshold`` in pupils."""
    first = [_primary(measure, threshold) for measure in measures]
    hit = {_family(m) for m in first if _is_subgroup(m) and _withheld(m)}
    hit |= _nearly_whole(first, threshold)
    return [_withhold_all(m) if _is_subgroup(m) and _family(m) in hit else m for m in first]


def is_small(count: float | None, threshold: int) -> bool:
    """More than none and fewer than the threshold."""
    return count is not None and 0 < count < threshold


def _plain(words: str) -> str:
    return " ".join(words.casefold().split())


def _family(measure: MeasureValues) -> tuple[str, str]:
    return measure.level, _plain(measure.population)


def _is_subgroup(measure: MeasureValues) -> bool:
    return measure.level == "pupil" and _plain(measure.group) not in _WHOLE_GROUP


def _withheld(measure: MeasureValues) -> bool:
    return any(map(_is_cut, measure.readings))


def _is_cut(reading: Value) -> bool:
    cells: list[Value | Tally] = [reading, *reading.tallies]
    return any(cell.symbol is Symbol.SUPPRESSED for cell in cells)


def _withhold_all(measure: MeasureValues) -> MeasureValues:
    return replace(measure, note="", readings=tuple(r.suppressed() for r in measure.readings))


# ---- one measure ---------------------------------------------------------------------------


def _primary(measure: MeasureValues, threshold: int) -> MeasureValues:
    if measure.level != "pupil" and _plain(measure.unit) not in _PEOPLE:
        return measure
    readings = tuple(_reading(measure.unit, reading, threshold) for reading in measure.readings)
    screened = replace(measure, readings=readings)
    return _without_hints(screened) if _withheld(screened) else screened


def _without_hints(measure: MeasureValues) -> MeasureValues:
    """Without the words and changes that may tell a figure withheld beside them."""
    return replace(measure, note="", readings=tuple(map(_without_hint, measure.readings)))


def _without_hint(reading: Value) -> Value:
    if reading.words or reading.moment == "change":
        return reading.suppressed()
    return replace(reading, tallies=tuple(replace(tally, note="") for tally in reading.tallies))


def _reading(unit: str, reading: Value, threshold: int) -> Value:
    if is_small(reading.n, threshold) or is_small(reading.of, threshold):
        return reading.suppressed()
    if reading.tallies:
        return _distribution(unit, reading, threshold)
    return reading.suppressed() if _betrays(unit, reading, _whole(reading), threshold) else reading


def _whole(reading: Value) -> int | None:
    return reading.n if reading.of is None else reading.of


def _betrays(unit: str, cell: Value | Tally, whole: int | None, threshold: int) -> bool:
    """Whether a count, or what it leaves out of the whole, is a small number of pupils."""
    counted = _pupils(unit, cell, whole)
    if counted is None:
        return False
    rest = whole - counted if whole is not None else None
    return is_small(abs(counted), threshold) or is_small(rest, threshold)


def _pupils(unit: str, cell: Value | Tally, whole: int | None) -> float | None:
    """How many pupils the cell speaks of, where that can be told; a share may give a fraction."""
    if cell.value is None:
        return None
    if _plain(unit) in _PEOPLE or (isinstance(cell, Value) and cell.of is not None):
        return cell.value
    if _plain(unit) in _SHARES and whole:
        return cell.value * whole / 100
    return None


def _distribution(unit: str, reading: Value, threshold: int) -> Value:
    """Without its small categories, nor so few that one could be worked out from the total.

    What is withheld depends on the sizes alone, so two withheld sizes may belong to either
    category. Where all that may be withheld is of one size, nothing of the reading is shown.
    """
    whole = _whole(reading)
    sizes = {tally.value for tally in reading.tallies if tally.value}
    hidden = {t.value for t in reading.tallies if _betrays(unit, t, whole, threshold)}
    if not hidden:
        return reading
    if len(hidden) == 1 and sizes == hidden:
        return reading.suppressed()
    if len(hidden) == 1:
        hidden.add(min(sizes - hidden))
    tallies = (tally.suppressed() if tally.value in hidden else tally for tally in reading.tallies)
    return replace(reading, tallies=tuple(tallies))


# ---- a group within a whole ----------------------------------------------------------------


def _nearly_whole(measures: list[MeasureValues], threshold: int) -> set[tuple[str, str]]:
    """Families in which a group taken from its whole leaves a small number of pupils."""
    wholes = {(_family(m), _plain(m.name)): m for m in measures if not _is_subgroup(m)}
    found = set()
    for part in filter(_is_subgroup, measures):
        whole = wholes.get((_family(part), _plain(part.name)))
        if whole and any(_is_cut(_reading("pupils", r, threshold)) for r in _rests(whole, part)):
            found.add(_family(part))
    return found


def _rests(whole: MeasureValues, part: MeasureValues) -> Iterable[Value]:
    """Those in the whole but not in the part, as readings of their own."""
    for inside in part.readings:
        outside = whole.at(inside.moment)
        if outside is None or inside.moment == "change":
            continue
        n = _less(_whole(outside), _whole(inside))
        counted, of_these = _counts(whole.unit, outside), _counts(part.unit, inside)
        for label in counted.keys() & of_these.keys():
            value = _less(counted[label], of_these[label])
            yield Value(moment=inside.moment, when="", value=value, n=n)


def _counts(unit: str, reading: Value) -> dict[str, float | None]:
    """Pupils by category; under no name where the reading is no distribution."""
    whole = _whole(reading)
    cells: dict[str, Value | Tally] = {tally.label: tally for tally in reading.tallies}
    if not cells:
        cells = {"": reading}
    return {label: _pupils(unit, cell, whole) for label, cell in cells.items()}


def _less(whole: float | None, part: float | None) -> int | None:
    return None if whole is None or part is None else round(whole - part)
