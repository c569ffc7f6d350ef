"""What readings say of pupils, as cells of a table with the sums they stand in.

Every number of pupils that is printed is a cell: counts, the numbers behind them, and shares,
which give counts back. So is what follows from two of them, like those of a whole who are not in
one of its groups.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, combinations
from math import floor
from types import MappingProxyType

from impact.disclosure.tables import Key, Sum, is_small
from impact.values import MeasureValues, Tally, Value

_PEOPLE = {
    *("pupil", "pupils", "student", "students", "child", "children"),
    *("boy", "boys", "girl", "girls", "learner", "learners"),
}
_SHARES = {"per cent", "percent", "%"}
_WHOLE_GROUP = {"", "all", "all pupils", "all students"}
# Kinds of groups of which a pupil is in one at most.
_DIVISIONS = ({"girls", "boys"}, {"pp", "not-pp"}, {"high", "middle", "low"})
# Of how many groups it is looked at whether they come to a whole, and of how many side by side.
MOST_PARTS, MOST_BESIDE = 5, 12
# Categories that have no other name: counted, and all the others.
COUNTED, OTHERS = "", "others"


def speaks_of_pupils(measure: MeasureValues) -> bool:
    return measure.level == "pupil" or plain(measure.unit) in _PEOPLE


def plain(words: str) -> str:
    """Words that are typed in different ways, alike."""
    return " ".join(words.casefold().split())


@dataclass(frozen=True)
class Counted:
    """A reading in pupils: how many there are in its group, and in each of its categories.

    ``size`` is None where that is not told, ``parts`` then holds what is counted all the same.
    """

    key: Key
    reading: Value
    group: tuple[str, ...]
    size: int | None
    parts: dict[str, int]

    @property
    def population(self) -> tuple[str, ...]:
        return self.group[:-1]

    @property
    def size_key(self) -> Key:
        """One for as many pupils of a group, in whichever of its measures they are counted."""
        return (*self.group, self.size)

    def part_key(self, label: str) -> Key:
        return (self.key, label)

    @property
    def whole_key(self) -> Key:
        return (self.key, "whole")

    @property
    def keys(self) -> set[Key]:
        """Of everything in it that is counted."""
        return {self.whole_key, *map(self.part_key, self.parts)}


@dataclass(frozen=True)
class CountedMeasure:
    """A measure with its readings in pupils."""

    measure: MeasureValues
    readings: tuple[Counted, ...]

    @property
    def group(self) -> str:
        name = plain(self.measure.group)
        return "" if name in _WHOLE_GROUP else name

    @property
    def family(self) -> tuple[str, ...]:
        return tuple(plain(words) for words in self.measure.family)

    def beside(self, other: Counted) -> Counted | None:
        """The reading of the same moment as one of another group."""
        moment, day = other.reading.moment, other.reading.on or other.reading.when
        alike = [r for r in self.readings if r.reading.moment == moment]
        same = [r for r in alike if (r.reading.on or r.reading.when) == day]
        return next(iter(reversed(same or alike)), None)


@dataclass
class Cells:
    """A table as it is put together: counts, sums, and the cells that are printed nowhere."""

    counts: dict[Key, int] = field(default_factory=dict)
    sums: dict[Sum, None] = field(default_factory=dict)
    unprinted: set[Key] = field(default_factory=set)

    def left(self, whole: Key, parts: list[Key]) -> int:
        """How many of a whole are in none of its parts, if these do not overlap."""
        return self.counts[whole] - sum(self.counts[part] for part in parts)

    def rest(self, whole: Key, parts: list[Key]) -> Key | None:
        """Those of a whole who are in none of its parts; None where the parts are not in it."""
        left = self.left(whole, parts)
        if left < 0:
            return None
        key = ("rest", whole, *parts)
        self.counts[key] = left
        self.unprinted.add(key)
        self.sums[whole, (*parts, key)] = None
        return key


# ---- one reading ---------------------------------------------------------------------------


def group_of(measure: MeasureValues) -> tuple[str, ...]:
    return measure.level, plain(measure.population), plain(measure.group)


def sizes_told(measures: Iterable[MeasureValues]) -> dict[tuple[str, ...], int]:
    """The smallest number of pupils that is told of each group, in whichever of its measures."""
    found: dict[tuple[str, ...], int] = {}
    for measure in measures:
        sizes = [size for reading in measure.readings if (size := _stated(reading))]
        if sizes:
            group = group_of(measure)
            found[group] = min([*sizes, found.get(group, sizes[0])])
    return found


def counted(
    measure: MeasureValues,
    number: int,
    threshold: int,
    told: Mapping[tuple[str, ...], int] = MappingProxyType({}),
) -> CountedMeasure:
    """A measure in pupils; ``number`` tells it from the others of its table.

    ``told`` are sizes of groups that other measures tell: a share without a number behind it is
    one of these, or of a part of its population.
    """
    group = group_of(measure)
    own = next((r.n for r in measure.readings if r.n is not None), told.get(group))
    most = told.get((*group[:-1], ""))
    readings = []
    for position, reading in enumerate(measure.readings):
        size = _stated(reading)
        if size is None and plain(measure.unit) in _SHARES and reading.moment != "change":
            size = own or _given_away(reading.value, most, threshold)
        parts = _parts(measure.unit, reading, size, threshold)
        if reading.tallies and parts and size is None:
            size = sum(parts.values())
        readings.append(Counted((number, position), reading, group, size, parts))
    return CountedMeasure(measure, tuple(readings))


def _stated(reading: Value) -> int | None:
    return reading.n if reading.of is None else reading.of


def _given_away(share: float | None, most: int | None, threshold: int) -> int | None:
    """The size of a group that a share gives away, if of ``most`` people it can only be of few."""
    if share is None or most is None:
        return None
    half = 0.5 * 10.0 ** -len(f"{share:.4f}".rstrip("0").partition(".")[2])
    found = None
    for size in range(most, 0, -1):
        count = round(share * size / 100)
        if abs(100 * count / size - share) <= half:
            found = size
            if not any(is_small(n, threshold) for n in (size, count, size - count)):
                return None
    return found


def _parts(unit: str, reading: Value, size: int | None, threshold: int) -> dict[str, int]:
    """Pupils by category, of a distribution or of a count and what it leaves out."""
    exact = {tally.label: _pupils(unit, tally, size) for tally in reading.tallies}
    if not reading.tallies:
        exact = {COUNTED: _pupils(unit, reading, size)}
    parts = {
        label: _whole_pupils(abs(number), size, threshold)
        for label, number in exact.items()
        if number is not None
    }
    if COUNTED in parts and size is not None and parts[COUNTED] <= size:
        parts[OTHERS] = size - parts[COUNTED]
    return parts


def _pupils(unit: str, cell: Value | Tally, size: int | None) -> float | None:
    """How many pupils the cell speaks of, where that can be told; a share may give a fraction."""
    if cell.value is None:
        return None
    if plain(unit) in _SHARES and not (isinstance(cell, Value) and cell.of is not None):
        return cell.value * size / 100 if size else None
    if isinstance(cell, Tally) or plain(unit) in _PEOPLE or cell.of is not None:
        return cell.value
    return None


def _whole_pupils(number: float, size: int | None, threshold: int) -> int:
    """A number of pupils; where a part of one is few, or leaves out few, it is taken to."""
    if is_small(number, threshold):
        return max(1, floor(number))
    if size is not None and is_small(size - number, threshold):
        return size - max(1, floor(size - number))
    return round(number)


# ---- the table of a reading and of groups -----------------------------------------------------


def take(cells: Cells, each: Counted) -> None:
    """A reading's categories, with all of them together, and what each of them leaves out."""
    for label, number in each.parts.items():
        cells.counts[each.part_key(label)] = number
    if not each.parts or each.size is None or each.reading.moment == "change":
        return
    parts = tuple(map(each.part_key, each.parts))
    told = sum(each.parts.values())
    cells.counts[each.whole_key] = told
    cells.sums[each.whole_key, parts] = None
    if OTHERS in each.parts:
        cells.unprinted.add(each.part_key(OTHERS))
    elif len(parts) > len({COUNTED, OTHERS}):
        for part in parts:
            cells.rest(each.whole_key, [part])


def take_sizes(cells: Cells, family: list[CountedMeasure]) -> None:
    """How many pupils there are in the groups of a family, and outside them."""
    for measure in family:
        for each in measure.readings:
            stated = _stated(each.reading)
            if stated is not None:
                cells.counts[each.size_key] = stated
    for whole, parts in _held_together(family):
        keys = [each.size_key for each in (whole, *parts)]
        if any(key not in cells.counts for key in keys):
            continue
        if len(parts) > 1 and cells.left(keys[0], keys[1:]) == 0:
            cells.sums[keys[0], tuple(keys[1:])] = None
        else:
            cells.rest(keys[0], keys[1:])


def told_by_others(family: list[CountedMeasure], shown: set[Key]) -> set[Key]:
    """Counts in groups of unknown size that divide a whole with a reading that is not shown."""
    return {
        each.key
        for whole, parts in _held_together(family)
        if len(parts) > 1 and any(part.key not in shown for part in parts)
        for each in (whole, *parts)
        if each.size is None
    }


def take_groups(cells: Cells, family: list[CountedMeasure], shown: set[Key]) -> None:
    """What groups and those outside them make up together, category by category."""
    for whole, parts in _held_together(family):
        if any(each.key not in shown for each in (whole, *parts)):
            continue
        labels = [label for label in whole.parts if all(label in p.parts for p in parts)]
        is_sized = all(each.whole_key in cells.counts for each in (whole, *parts))
        sums = [(whole.whole_key, [part.whole_key for part in parts])] if is_sized else []
        sums += [
            (whole.part_key(label), [part.part_key(label) for part in parts]) for label in labels
        ]
        if sums and len(parts) > 1 and cells.left(*sums[0]) == 0:
            cells.sums.update({(total, tuple(inside)): None for total, inside in sums})
            continue
        rests = [rest for total, inside in sums if (rest := cells.rest(total, inside))]
        if is_sized and len(rests) == 1 + len(whole.parts):
            cells.sums[rests[0], tuple(rests[1:])] = None


def _held_together(family: list[CountedMeasure]) -> Iterator[tuple[Counted, list[Counted]]]:
    """Readings of a whole with that of a group in it, or with those of groups that divide it."""
    by_group = {each.group: each for each in family}
    for part in family:
        parent = by_group.get(plain(part.measure.part_of)) or by_group.get("")
        if part.group and parent and parent is not part:
            for inside in part.readings:
                if inside.reading.moment != "change" and (outside := parent.beside(inside)):
                    yield outside, [inside]
    yield from _come_to_a_whole(family, by_group)
    if whole := by_group.get(""):
        for kinds in _DIVISIONS:
            groups = [each for each in family if each.measure.group_kind in kinds]
            if len(groups) > 1:
                yield from _divided(whole, groups)


def _come_to_a_whole(
    family: list[CountedMeasure], by_group: Mapping[str, CountedMeasure]
) -> Iterator[tuple[Counted, list[Counted]]]:
    """Readings of groups that come to just as many as their whole: they may well divide it."""
    for holder, groups in _siblings(family, by_group):
        for outside in holder.readings:
            inside = [found for each in groups if (found := each.beside(outside))]
            few = range(2, min(len(inside), MOST_PARTS) + 1)
            several = few if len(inside) <= MOST_BESIDE else [len(inside)]
            for parts in chain(*(combinations(inside, many) for many in several)):
                if outside.reading.moment != "change" and _come_to(outside, parts):
                    yield outside, [*parts]


def _siblings(
    family: list[CountedMeasure], by_group: Mapping[str, CountedMeasure]
) -> Iterator[tuple[CountedMeasure, list[CountedMeasure]]]:
    """Each group that holds others, with those that it holds and nothing between does."""
    inside: dict[str, list[CountedMeasure]] = defaultdict(list)
    for each in family:
        holder = plain(each.measure.part_of)
        if each.group:
            inside[holder if holder in by_group else ""].append(each)
    for name, groups in inside.items():
        if name in by_group:
            yield by_group[name], groups


def _come_to(whole: Counted, parts: Collection[Counted]) -> bool:
    """Whether groups are as many as a whole or, where that is not told, as many are counted."""
    sizes = [each.size for each in (whole, *parts)]
    if None in sizes:
        sizes = [each.parts.get(COUNTED) for each in (whole, *parts)]
    first, *others = sizes
    return first is not None and None not in others and first == sum(filter(None, others))


def _divided(
    whole: CountedMeasure, groups: list[CountedMeasure]
) -> Iterator[tuple[Counted, list[Counted]]]:
    """Readings of a whole with those of all its groups at the same moment."""
    for outside in whole.readings:
        inside = [found for each in groups if (found := each.beside(outside))]
        if len(inside) == len(groups) and outside.reading.moment != "change":
            yield outside, inside
