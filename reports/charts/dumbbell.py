"""Before and after on one axis, one row each: a ring, an arrow and a disc."""

from reports.charts.axes import Scale, across, base
from reports.charts.bars import scale_of, short, symbol_of
from reports.charts.frames import Frame, Row, marks_of, note_of, rows_of, spans
from reports.charts.marks import RUST, TEAL, Mark, Text, arrow, tenth
from reports.charts.signs import (
    R,
    disc,
    key,
    plated,
    quiet,
    ring,
    target,
    withheld,
)
from reports.charts.texts import wide

BAND = 24
OUTSIDE = R + 6


def draw(chart: dict, frame: Frame) -> tuple[list[Mark], float]:
    signs = [(chart["series"][0], ring), (chart["series"][1], disc)]
    if any(row.get("target") is not None for row in chart["rows"]):
        signs.append(("Target", target))
    legend, top = key(signs, frame.width)
    note = note_of(chart)
    rows = rows_of([_judged(row, note) for row in chart["rows"]], frame, top + 4, BAND)
    room = max(wide(t, bold=True) for row in chart["rows"] for t in _texts(row, chart)) + 16
    scale = scale_of(chart, frame)
    scale = Scale(scale.values, tenth(frame.left + room), tenth(frame.width - room - 4))
    reach = spans(rows, frame, top, BAND)
    axis, foot = across(scale, reach, chart["unit"])
    moves = [mark for row in rows for mark in _move(row, chart, scale)]
    return [*legend, *axis, *base(scale, reach), *marks_of(rows), *moves], foot


def _judged(row: dict, note: str) -> dict:
    """A row that says under its label whether it went the better way; colour alone does not."""
    detail = "" if row["detail"] == note else row["detail"]
    return row | {"detail": ", ".join(filter(None, [detail, row.get("verdict")]))}


def _texts(row: dict, chart: dict) -> list[str]:
    return [short(text, chart["unit"]) for text in row["texts"]]


def ink_of(row: dict) -> str:
    return RUST if row.get("verdict") == "worse" else TEAL


def _move(row: Row, chart: dict, scale: Scale) -> list[Mark]:
    values, texts = row.given["values"], _texts(row.given, chart)
    aim = row.given.get("target")
    marks: list[Mark] = [] if aim is None else target(scale.at(aim), row.middle)
    if None in values:
        return [*marks, *_half(row, texts, chart["series"], scale)]
    before, after = (scale.at(value) for value in values)
    way = 1 if after >= before else -1
    ink, y = ink_of(row.given), row.middle
    near = abs(after - before) < R
    if abs(after - before) > 2 * R + 1:
        marks += arrow(before + way * R, after - way * (R + 1), y, ink)
    marks += ring(before, y, R + 3.5 if near else R)
    marks += ring(after, y, edge=ink) if symbol_of(row.given, 1) == "u" else disc(after, y, ink)
    return [
        *marks,
        *_beside(texts[0], before, y, -way, bold=False),
        *_beside(texts[1], after, y, way, bold=True),
    ]


def _beside(text: str, x: float, y: float, way: int, *, bold: bool) -> list[Mark]:
    """A figure outside its dot."""
    anchor = "start" if way > 0 else "end"
    return plated(Text(tenth(x + way * OUTSIDE), tenth(y + 4.4), text, anchor, bold=bold))


def _half(row: Row, texts: list[str], series: list[str], scale: Scale) -> list[Mark]:
    """What is known of a change of which an end is missing; the other end is named."""
    values, y = row.given["values"], row.middle
    told, marks = [], []
    x = scale.at(0)
    for place, value in enumerate(values):
        if value is not None:
            x = scale.at(value)
            marks += disc(x, y) if place else ring(x, y)
            marks += _beside(texts[place], x, y, -1, bold=bool(place))
        else:
            told.append(f"{series[place]} {texts[place] or 'none'}")
    x += OUTSIDE
    if "c" in (row.given.get("symbols") or []):
        marks += withheld(tenth(x + 10), y)
        x += 26
    return [*marks, *plated(quiet(x, y + 4.2, ", ".join(told)))]
