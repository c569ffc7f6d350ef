"""How many fell into each category, before and after: two bars a category, hollow and filled."""

from reports.charts.axes import Scale, across, base
from reports.charts.bars import scale_of, symbol_of
from reports.charts.frames import Frame, Row, marks_of, note_of, rows_of, spans
from reports.charts.marks import INK, PAPER, TEAL, Box, Mark, Text, tenth
from reports.charts.signs import key, swatch, withheld
from reports.charts.texts import SMALL, wide

BAR = 14
FILLS = (PAPER, TEAL)


def draw(chart: dict, frame: Frame) -> tuple[list[Mark], float]:
    series = chart["series"]
    fills = FILLS[-len(series) :]
    names = zip(series, fills, strict=True)
    legend, top = key([(name, swatch(fill)) for name, fill in names], frame.width)
    band = (BAR + 2) * len(series)
    rows = rows_of(chart["rows"], frame, top + 2, band, note=note_of(chart))
    room = max(wide(text, SMALL, bold=True) for row in chart["rows"] for text in row["texts"]) + 10
    scale = scale_of(chart, frame)
    scale = Scale(scale.values, scale.start, tenth(frame.width - max(room, 24)))
    reach = spans(rows, frame, top, band)
    axis, foot = across(scale, reach, chart["unit"])
    bars = [mark for row in rows for mark in _bars(row, fills, scale)]
    return [*legend, *axis, *marks_of(rows), *bars, *base(scale, reach)], foot


def _bars(row: Row, fills: tuple[str, ...], scale: Scale) -> list[Mark]:
    marks: list[Mark] = []
    zero = scale.at(0)
    first = row.middle - (BAR + 2) * len(fills) / 2 + 1
    for i, fill in enumerate(fills):
        value, text = row.given["values"][i], row.given["texts"][i]
        top = tenth(first + i * (BAR + 2))
        x = zero if value is None else scale.at(value)
        if value:
            marks.append(Box(zero, top, tenth(x - zero), BAR, fill, INK))
        elif symbol_of(row.given, i) == "c":
            marks += withheld(zero + 14, tenth(top + BAR / 2))
            x = zero + 24
        y = tenth(top + BAR / 2 + 4.2)
        marks.append(Text(tenth(x + 6), y, text, size=SMALL, bold=i == len(fills) - 1))
    return marks
