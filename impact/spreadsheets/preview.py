"""What a person sees of readings before they are saved."""

from collections import Counter
from decimal import Decimal

from impact.spreadsheets.layout import Entered, Kind, Missing, Moment, Subject

FIRST_SHOWN = 10


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
            each.on.isoformat() if each.on else "",
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
    match reading.kind:
        case Kind.MISSING:
            return Missing(reading.missing).label
        case Kind.TEXT:
            return reading.text[:100]
        case Kind.PROPORTION:
            return f"{reading.numerator} out of {reading.denominator}"
        case Kind.DISTRIBUTION:
            return ", ".join(_short(value) for value in reading.counts.values())
        case Kind.MEAN:
            return f"{_short(reading.value)} {unit}, SD {_short(reading.sd)}, n = {reading.n}"
    return f"{_short(reading.value)} {unit}".strip()


def _short(value: Decimal) -> str:
    return f"{value.normalize():f}"
