"""Effects with their intervals, one a row, against the line of no effect; a diamond pools them.

The area of a square grows with the weight of its row.
"""

from math import sqrt

from reports.charts.axes import Scale, across, base, ticks
from reports.charts.frames import Frame, Row, marks_of, note_of, rows_of, spans
from reports.charts.marks import INK, QUIET, Box, Line, Mark, Text, diamond, tenth
from reports.charts.signs import quiet
from reports.charts.texts import SMALL, SMALL_LINE, lines_of, wide

BAND, FIGURES = 24, 17
LEAST, MOST = 5, 15
HALF_FIGURE = 18


def draw(chart: dict, frame: Frame) -> tuple[list[Mark], float]:
    """Rows carry effect, low, high and weight in per cent; one without a weight is the pool."""
    told = [_told(row) for row in chart["rows"]]
    room = 0 if frame.is_narrow else max(wide(text, SMALL) for text in told) + 14
    band = BAND + (FIGURES if frame.is_narrow else 0)
    rows = rows_of(chart["rows"], frame, 4, band, note=note_of(chart))
    scale = _scale(chart, frame, room)
    reach = spans(rows, frame, 0, band)
    axis, foot = across(scale, reach, chart["unit"])
    marks = [*axis, *base(scale, reach), *marks_of(rows)]
    for row, text in zip(rows, told, strict=True):
        y = tenth(row.middle - FIGURES / 2) if frame.is_narrow else row.middle
        marks += _effect(row, scale, y)
        if frame.is_narrow:
            marks.append(quiet(0, row.bottom - 3, text))
        else:
            marks.append(Text(frame.width, tenth(y + 4.2), text, "end", SMALL))
    return _ended(chart, marks, scale, foot, frame)


def _told(row: dict) -> str:
    return ", ".join(filter(None, row["texts"]))


def _scale(chart: dict, frame: Frame, room: float) -> Scale:
    values = ticks(chart["low"], chart["high"], about=4)
    return Scale(values, max(frame.left, HALF_FIGURE), tenth(frame.width - max(room, HALF_FIGURE)))


def _effect(row: Row, scale: Scale, y: float) -> list[Mark]:
    effect, low, high, weight = row.given["values"]
    if effect is None:
        return [quiet(scale.at(0) + 8, y + 4.2, "no figure")]
    at = scale.at(effect)
    if low is None or high is None:
        return [Box(tenth(at - 4), tenth(y - 4), 8, 8)]
    left, right = scale.at(low), scale.at(high)
    if weight is None:
        return [diamond(left, at, right, y, 16)]
    side = tenth(LEAST + (MOST - LEAST) * sqrt(weight / 100))
    return [
        Line(left, y, right, y, INK, 1.5),
        Line(left, tenth(y - 4), left, tenth(y + 4), INK, 1.5),
        Line(right, tenth(y - 4), right, tenth(y + 4), INK, 1.5),
        Box(tenth(at - side / 2), tenth(y - side / 2), side, side),
    ]


def _ended(
    chart: dict, marks: list[Mark], scale: Scale, foot: float, frame: Frame
) -> tuple[list[Mark], float]:
    """What either side of the line means, and what is said of the whole."""
    none = scale.at(0)
    if ends := chart.get("ends"):
        y = tenth(foot + 10)
        marks.append(Text(tenth(none - 8), y, f"← {ends[0]}", "end", SMALL, QUIET))
        marks.append(Text(tenth(none + 8), y, f"{ends[1]} →", "start", SMALL, QUIET))
        foot = y + 6
    for line in lines_of(chart.get("note", ""), frame.width, SMALL, 6):
        foot += SMALL_LINE
        marks.append(quiet(0, foot, line))
    return marks, foot + 6
