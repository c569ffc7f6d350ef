"""Readings that are each right and do not go together: doubled, or out of order in time."""

from collections.abc import Iterator

from impact.spreadsheets.faults import Fault
from impact.spreadsheets.layout import HEADINGS, Entered, Kind, Moment, Subject


def clashes(entered: list[Entered], subjects: list[Subject]) -> Iterator[Fault]:
    """What is wrong with readings beside one another, and beside those a measure has."""
    own: dict[int, list[Entered]] = {subject.id: [] for subject in subjects}
    for reading in entered:
        own[reading.measure].append(reading)
    for subject in subjects:
        yield from _doubled(own[subject.id], subject)
        yield from _out_of_order(own[subject.id], subject)


def _doubled(entered: list[Entered], subject: Subject) -> Iterator[Fault]:
    first: dict[tuple, int] = {}
    has_baseline = subject.has_baseline
    for reading in entered:
        if reading.key in subject.taken:
            reason = "The measure has a reading of this moment and day already"
        elif reading.key in first:
            reason = f"Row {first[reading.key]} gives the same moment and day"
        elif has_baseline and _is_baseline(reading):
            reason = "The measure has its baseline already. Its start cannot be moved this way"
        else:
            reason = ""
        if reason:
            yield Fault(reading.row, HEADINGS["moment"], reason)
        first.setdefault(reading.key, reading.row)
        has_baseline |= _is_baseline(reading)


def _is_baseline(reading: Entered) -> bool:
    return reading.moment == Moment.BASELINE and reading.kind != Kind.MISSING


def _out_of_order(entered: list[Entered], subject: Subject) -> Iterator[Fault]:
    """A baseline comes before everything else of its measure."""
    dated = [(moment, on) for moment, on, _ in subject.taken if on]
    dated += [(reading.moment, reading.on) for reading in entered if reading.on]
    starts = [on for moment, on in dated if moment == Moment.BASELINE]
    others = [on for moment, on in dated if moment in (Moment.INTERIM, Moment.OUTCOME)]
    for reading in entered:
        if reading.on is None:
            continue
        if reading.moment != Moment.BASELINE and starts and reading.on < max(starts):
            yield Fault(reading.row, HEADINGS["date"], "Is before the baseline of the measure")
        elif reading.moment == Moment.BASELINE and others and min(others) < reading.on:
            yield Fault(reading.row, HEADINGS["date"], "Is after a later moment of the measure")
