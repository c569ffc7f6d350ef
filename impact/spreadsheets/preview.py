"""What a person sees of readings before they are saved."""

from collections import Counter

from django.utils.formats import date_format

from impact.spreadsheets.layout import WEAK, Entered, Kind, Missing, Moment, Subject
from impact.values import Value
from impact.wording import figure, number

FIRST_SHOWN = 10
LONGEST_SHOWN = 100  # characters


def preview_of(entered: list[Entered], subjects: list[Subject]) -> dict:
    """How many readings of which measure and moment, and the first of them as they will stand."""
    labels = {subject.id: subject.label for subject in subjects}
    units = {subject.id: subject.unit for subject in subjects}
    numbers = Counter((labels[each.measure], Moment(each.moment).label) for each in entered)
    shown = [
        [
            str(each.row),
            labels[each.measure],
            Moment(each.moment).label,
            date_format(each.on, "j F Y") if each.on else "",
            _in_words(each, units[each.measure]),
        ]
        for each in entered[:FIRST_SHOWN]
    ]
    return {
        "rows": len(entered),
        "numbers": [[label, moment, number] for (label, moment), number in numbers.items()],
        "first": shown,
    }


def _in_words(reading: Entered, unit: str) -> str:
    """What a reading holds, as the pages of the site say it."""
    match reading.kind:
        case Kind.MISSING:
            return Missing(reading.missing).label
        case Kind.TEXT:
            return reading.text[:LONGEST_SHOWN]
        case Kind.DISTRIBUTION:
            said = ", ".join(number(float(value)) for value in reading.counts.values())
        case _:
            said = figure(_value(reading), unit)
    spread = f", SD {number(float(reading.sd))}" if reading.sd is not None else ""
    people = f", n = {number(reading.n)}" if reading.n is not None else ""
    return f"{said}{spread}{people}{f' [{WEAK}]' if reading.is_weak else ''}"


def _value(reading: Entered) -> Value:
    counted = reading.value if reading.numerator is None else reading.numerator
    return Value(reading.moment, when="", value=float(counted), of=reading.denominator)
