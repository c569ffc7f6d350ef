"""A stored measure without what disclosure has withheld of it, for the files it goes out in."""

from impact.models import Measure, Reading
from impact.values import MeasureValues, Symbol, Value


def as_shown(measure: Measure, shown: MeasureValues) -> Measure:
    """The measure with its readings as they are shown, in memory alone: it is not to be saved.

    Its readings, their counts and its categories have to be fetched already.
    """
    values = {each.id: each for each in shown.readings}
    for reading in measure.readings.all():
        _as_shown(reading, values[reading.pk])
    measure.note = shown.note
    told = {tally.label for value in shown.readings for tally in value.tallies if tally.note}
    for category in measure.categories.all():
        category.note = category.note if category.label in told else ""
    return measure


def _as_shown(reading: Reading, value: Value) -> None:
    if value.symbol == Symbol.SUPPRESSED:
        reading.kind, reading.missing = Reading.Kind.MISSING, Reading.Missing.SUPPRESSED
        reading.value = reading.n = reading.sd = reading.numerator = reading.denominator = None
        reading.text = ""
        for count in reading.counts.all():
            count.value = None
    for count, tally in zip(reading.counts.all(), value.tallies, strict=False):
        if tally.symbol == Symbol.SUPPRESSED:
            count.value = None
