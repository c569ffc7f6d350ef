"""Measures as they may leave their alliance."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace

from impact.disclosure.cells import (
    COUNTED,
    Cells,
    Counted,
    CountedMeasure,
    counted,
    sizes_told,
    speaks_of_pupils,
    take,
    take_groups,
    take_sizes,
    told_by_others,
)
from impact.disclosure.tables import Key, protect
from impact.values import MeasureValues, Symbol, Tally, Value


def disclose(
    measures: Iterable[MeasureValues], *, threshold: int, few: Collection[int] = ()
) -> list[MeasureValues]:
    """The measures as they may leave their alliance; ``threshold`` in pupils.

    ``few`` are the ids of readings that are withheld as if they were of few pupils. First the
    sizes of groups: a reading of a group whose size is withheld is withheld whole. Then what is
    counted in them. With a figure go the words and changes beside it that may tell it.
    """
    measures = list(measures)
    told = sizes_told(filter(speaks_of_pupils, measures))
    in_pupils = {
        number: counted(measure, number, threshold, told)
        for number, measure in enumerate(measures)
        if speaks_of_pupils(measure)
    }
    families: dict[tuple[str, ...], list[CountedMeasure]] = defaultdict(list)
    for each in in_pupils.values():
        families[each.family].append(each)
    sizes = _withheld_sizes(families.values(), threshold)
    withheld = {
        key for family in families.values() for key in _withheld(family, sizes, threshold, few)
    }
    withheld |= _of_nobody_knows_how_many(in_pupils.values(), withheld)
    return [
        _left(in_pupils[number], withheld) if number in in_pupils else measure
        for number, measure in enumerate(measures)
    ]


def _withheld_sizes(families: Iterable[list[CountedMeasure]], threshold: int) -> frozenset[Key]:
    cells = Cells()
    for family in families:
        take_sizes(cells, family)
    return protect(cells.counts, cells.sums, threshold, unprinted=cells.unprinted)


def _withheld(
    family: list[CountedMeasure], sizes: frozenset[Key], threshold: int, few: Collection[int]
) -> set[Key]:
    """Keys of the readings of a family that are withheld whole, and of their categories."""
    cells = Cells()
    readings = [each for measure in family for each in measure.readings]
    shown = {each.key for each in readings if each.size_key not in sizes}
    shown -= told_by_others(family, shown)
    for each in readings:
        if each.key in shown:
            take(cells, each)
    take_groups(cells, family, shown)
    found = protect(
        cells.counts,
        cells.sums,
        threshold,
        unprinted=cells.unprinted,
        few={key for each in readings if each.reading.id in few for key in each.keys}
        & {*cells.counts},
    )
    whole = {each.key for each in readings if each.key not in shown or each.reading.id in few}
    return whole | found


def _of_nobody_knows_how_many(measures: Collection[CountedMeasure], withheld: set[Key]) -> set[Key]:
    """Words and means of a group of unknown size, in a population of which a group is withheld."""
    readings = [r for each in measures if each.group for r in each.readings]
    hit = {r.population for r in readings if not withheld.isdisjoint({r.key, *r.keys})}
    return {
        r.key
        for r in readings
        if r.population in hit and r.size is None and not r.parts and not r.reading.symbol
    }


# ---- what is left --------------------------------------------------------------------------


def _left(each: CountedMeasure, withheld: set[Key]) -> MeasureValues:
    """The measure without what is withheld, and without the words and changes that may tell it."""
    readings = tuple(_left_of(reading, withheld) for reading in each.readings)
    if not any(map(_is_cut, readings)):
        return each.measure
    return replace(
        each.measure,
        note="",
        criterion="",
        target=None,
        target_on=None,
        is_target_withheld=each.measure.target is not None,
        readings=tuple(map(_without_hint, readings)),
    )


def _left_of(each: Counted, withheld: set[Key]) -> Value:
    if not withheld.isdisjoint((each.key, each.whole_key, each.part_key(COUNTED))):
        return each.reading.suppressed()
    if not any(each.part_key(label) in withheld for label in each.parts):
        return each.reading
    tallies = (
        tally.suppressed() if each.part_key(tally.label) in withheld else tally
        for tally in each.reading.tallies
    )
    return replace(each.reading, tallies=tuple(tallies))


def _is_cut(reading: Value) -> bool:
    cells: list[Value | Tally] = [reading, *reading.tallies]
    return any(cell.symbol is Symbol.SUPPRESSED for cell in cells)


def _without_hint(reading: Value) -> Value:
    if reading.words or reading.moment == "change":
        return reading.suppressed()
    return replace(reading, tallies=tuple(replace(tally, note="") for tally in reading.tallies))


def disclose_stated(
    level: str, value: float | None, unit: str, *, n: int | None, threshold: int
) -> Symbol:
    """Why a number that is stated of ``n`` people, with the words it stands in, may not leave."""
    alone = MeasureValues(
        id=0,
        level=level,
        name="",
        instrument="",
        scale="",
        unit=unit,
        population="",
        group="",
        better="",
        note="",
        is_distribution=False,
        readings=(Value(moment="outcome", when="", value=value, n=n),),
    )
    (out,) = disclose([alone], threshold=threshold)
    return out.readings[0].symbol
