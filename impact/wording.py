"""Values in words and figures, the same on every page and in every document."""

import calendar
import re

from impact.values import MeasureValues, Symbol, Tally, Value

SYMBOLS = {
    Symbol.NOT_COLLECTED: "not collected",
    Symbol.NOT_APPLICABLE: "not applicable",
    Symbol.SUPPRESSED: "withheld, because it rests on few pupils",
    Symbol.WEAK: "of low reliability",
}


# Units that name a scale: the number stands alone, the scale beside it says what it is of.
SCALES = {"average grade", "percentile", "ALPS grade", "P-level"}
# Of a figure as it is printed.
MOST_PLACES = 4
IRREGULAR = {"academies": "academy", "people": "person"}


def number(value: float) -> str:
    """1234 as 1,234 and 1.50 as 1.5; the minus is a true minus."""
    shown = f"{value:,.0f}" if value == int(value) else f"{value:,.4f}".rstrip("0").rstrip(".")
    return shown.replace("-", "−")


def rounded(value: float, places: int = 0, *, whole: float | None = None) -> float:
    """A figure to so many places, and to more where it would else read as nought or as ``whole``.

    What is nearer to either than four places tell is taken for it.
    """
    ends = {0.0, *({whole} if whole is not None else ())}
    for finer in range(places, MOST_PLACES):
        if (shown := round(value, finer)) not in ends:
            return shown
    return round(value, MOST_PLACES) + 0.0


def figure(cell: Value | Tally, unit: str) -> str:
    """A value with its unit, or its symbol in brackets: '66%', '14 of 22 pupils', '[c]'.

    The symbol of low reliability stands beside the value.
    """
    if cell.symbol:
        return f"[{cell.symbol}]"
    if cell.value is None:
        return ""
    shown = number(cell.value)
    if isinstance(cell, Value) and cell.of is not None:
        shown = f"{shown} of {number(cell.of)}"
    if unit == "per cent":
        shown = f"{shown}%"
    elif unit not in SCALES:
        shown = f"{shown} {_counted(cell.value, unit)}".strip()
    is_weak = isinstance(cell, Value) and cell.is_weak
    return f"{shown} [{Symbol.WEAK}]" if is_weak else shown


def _counted(value: float, unit: str) -> str:
    """The unit as it follows a number: 1 teacher, 2 teachers, 0.5 points."""
    if value != 1:
        return unit
    return IRREGULAR.get(unit) or unit.removesuffix("s")


_MONTHS = list(calendar.month_name)


def printed_dates(text: str) -> str:
    """Words in which 2013-09 is written as September 2013; years alone stay."""
    return re.sub(r"\b(\d{4})-(0[1-9]|1[0-2])\b", lambda m: f"{_MONTHS[int(m[2])]} {m[1]}", text)


def signed(value: float) -> str:
    """A change with its sign."""
    return f"{'+' if value > 0 else ''}{number(value)}"


def difference(measure: MeasureValues) -> float | None:
    """Outcome less baseline where one can be held against the other, else the change as printed.

    Parts of two different wholes are compared as shares, in percentage points.
    """
    baseline, outcome, change = (measure.at(m) for m in ("baseline", "outcome", "change"))
    if baseline and outcome and baseline.value is not None and outcome.value is not None:
        if baseline.of == outcome.of:
            return round(outcome.value - baseline.value, 4)
        if baseline.of and outcome.of:
            points = 100 * (outcome.value / outcome.of - baseline.value / baseline.of)
            return rounded(points, 1)
    return change.value if change else None


def change_in_words(measure: MeasureValues) -> str:
    """The difference with its sign; empty where there is none."""
    moved = difference(measure)
    if moved is None:
        return ""
    wholes = {value.of for m in ("baseline", "outcome") if (value := measure.at(m))}
    are_shares = len(wholes - {None, 0}) > 1
    return f"{signed(moved)} percentage points" if are_shares else signed(moved)


def verdict(measure: MeasureValues) -> str:
    """'better', 'worse', 'unchanged', or '' where the good end of the scale is not stated."""
    moved = difference(measure)
    if moved is None:
        return ""
    if moved == 0:
        return "unchanged"
    if measure.better == "unstated":
        return ""
    return "better" if (moved > 0) == (measure.better == "higher") else "worse"
