"""Dates as people print them, compared only where both can be read."""

import re
from calendar import monthrange
from datetime import date

_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_WORDS = re.compile(rf"^(?:(\d{{1,2}}) )?({'|'.join(_MONTHS)}) (\d{{4}})$", re.IGNORECASE)


def span(text: str) -> tuple[date, date] | None:
    """First and last day that a printed date may mean; None for words like 'January mock'.

    Reads 2013, 2013-09, 2013-09-05, 2012-13 (an academic year), September 2013, 5 May 2013.
    """
    text = text.strip()
    if match := _WORDS.match(text):
        day, month, year = match.groups()
        return _days(int(year), _MONTHS.index(month.lower()) + 1, int(day) if day else None)
    if match := re.match(r"^(\d{4})(?:-(\d\d))?(?:-(\d\d))?$", text):
        year = int(match[1])
        second, third = (int(part) if part else None for part in match.groups()[1:])
        if third is None and second == (year + 1) % 100:
            return date(year, 9, 1), date(year + 1, 8, 31)
        return _days(year, second, third)
    return None


def _days(year: int, month: int | None, day: int | None) -> tuple[date, date] | None:
    try:
        first = date(year, month or 1, day or 1)
        last = date(year, month or 12, day or monthrange(year, month or 12)[1])
    except ValueError:
        return None
    return first, last


def is_after(earlier: str | None, later: str | None) -> bool:
    """True where what should come first surely comes second."""
    one, two = span(earlier or ""), span(later or "")
    return bool(one and two and one[0] > two[1])
