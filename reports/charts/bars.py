"""Bars from zero: one value a row."""

from reports.charts.axes import Scale, across, base, ticks
from reports.charts.frames import Frame, Row, marks_of, note_of, rows_of, spans
from reports.charts.marks import INK, PAPER, TEAL, Box, Mark, Text, tenth
from reports.charts.signs import withheld

BAR, BAND = 16, 22
SAME = 4  # letters by which "academy" is known as one of "academies"


def draw(chart: dict, frame: Frame) -> tuple[list[Mark], float]:
    rows = rows_of(chart["rows"], frame, 2, BAND, note=note_of(chart))
    scale = scale_of(chart, frame)
    reach = spans(rows, frame, 0, BAND)
    axis, foot = across(scale, reach, chart["unit"])
    bars = [mark for row in rows for mark in _bar(row, scale, chart["unit"])]
    return [*axis, *marks_of(rows), *bars, *base(scale, reach)], foot


def scale_of(chart: dict, frame: Frame) -> Scale:
    """Round values from zero over all that is drawn; there is room for figures below zero too."""
    values = [v for row in chart["rows"] for v in row["values"] if v is not None]
    whole = all(value == int(value) for value in values)
    marks = ticks(chart["low"], chart["high"], whole=whole, about=4 if frame.is_narrow else 5)
    left = frame.left + (frame.figure if marks[0] < 0 and any(v < 0 for v in values) else 0)
    return Scale(marks, left, frame.right)


def short(text: str, unit: str) -> str:
    """A printed figure without the unit, or one of it, that the axis already names.

    The symbol of low reliability stays beside it.
    """
    figure, _, counted = text.partition(" ")
    is_named = unit and counted[:SAME] == unit[:SAME]
    weak = " [u]" if counted.endswith("[u]") else ""
    return f"{figure}{weak}" if is_named else text


def symbol_of(row: dict, place: int) -> str:
    """Why a value is missing (x, z, c), or u beside one that is weak."""
    return row["symbols"][place] if row.get("symbols") else ""


def _bar(row: Row, scale: Scale, unit: str) -> list[Mark]:
    value, text = row.given["values"][0], short(row.given["texts"][0], unit)
    zero, y = scale.at(0), tenth(row.middle + 4.4)
    symbol = symbol_of(row.given, 0)
    if value is None:
        gap = withheld(zero + 14, row.middle) if symbol == "c" else []
        return [*gap, Text(tenth(zero + (30 if gap else 7)), y, text, bold=True)]
    end = scale.at(value)
    way = -1 if end < zero else 1
    figure = Text(tenth(end + 7 * way), y, text, "start" if way > 0 else "end", bold=True)
    if end == zero:
        return [figure]
    left, long, top = min(zero, end), tenth(abs(end - zero)), tenth(row.middle - BAR / 2)
    is_weak = symbol == "u"
    fill, edge = (PAPER, INK) if is_weak else (TEAL, "")
    return [Box(left, top, long, BAR, fill, edge), figure]
