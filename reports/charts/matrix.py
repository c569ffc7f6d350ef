"""What is there and what is not, row by row: a mark and its word in each column.

A value is a part of one: 1 fills the mark, 0 leaves it empty, between them it is half filled;
without a value there is no mark, only the word.
"""

from dataclasses import replace

from reports.charts.frames import Frame, marks_of, rows_of
from reports.charts.marks import RULE, TEAL, Line, Mark, Path, Text, tenth
from reports.charts.signs import R, disc, ring
from reports.charts.texts import SMALL, SMALL_LINE, lines_of

HEAD_LINES, BAND, CELL = 3, 36, 34
# The room that a column needs beside the labels, and a cell beneath them.
LEAST, ROOM = 90, 160


def draw(chart: dict, frame: Frame) -> tuple[list[Mark], float]:
    """Beside their labels where the columns have room for that, else beneath them."""
    is_close = (frame.width - frame.left) / len(chart["series"]) < LEAST
    return _beneath(chart, frame) if frame.is_narrow or is_close else _beside(chart, frame)


def _beside(chart: dict, frame: Frame) -> tuple[list[Mark], float]:
    """Columns beside the labels, under their headings."""
    columns = chart["series"]
    step = (frame.width - frame.left) / len(columns)
    heads = [lines_of(name, step - 8, SMALL, HEAD_LINES) for name in columns]
    deep = max(len(head) for head in heads)
    marks: list[Mark] = []
    for i, head in enumerate(heads):
        x, first = tenth(frame.left + i * step), 12 + SMALL_LINE * (deep - len(head))
        for line, text in enumerate(head):
            marks.append(Text(x, first + SMALL_LINE * line, text, size=SMALL, bold=True))
    rows = rows_of(chart["rows"], frame, 16 + SMALL_LINE * deep, BAND)
    for row in rows:
        y = tenth(row.bottom + 7)
        marks.append(Line(0, y, frame.width, y, RULE))
        for i in range(len(columns)):
            marks += _cell(row.given, i, frame.left + i * step, row.middle, step - 26)
    return [*marks, *marks_of(rows)], rows[-1].bottom + 10


def _beneath(chart: dict, frame: Frame) -> tuple[list[Mark], float]:
    """Cells under each label, as many side by side as fit, each with the name of its column."""
    columns = chart["series"]
    across = int(frame.width // ROOM)
    high = CELL * -(-len(columns) // across)
    rows = rows_of(chart["rows"], replace(frame, label=0), 2, high)
    step = frame.width / across
    marks: list[Mark] = []
    for row in rows:
        top = row.bottom - high
        for i, name in enumerate(columns):
            x, y = step * (i % across), top + CELL * (i // across)
            head = lines_of(name, step - 8, SMALL, 1)
            marks.append(Text(tenth(x), tenth(y + 12), head[0], size=SMALL, bold=True))
            marks += _cell(row.given, i, x, y + 22, step - 26, most=1)
        marks.append(Line(0, tenth(row.bottom + 7), frame.width, tenth(row.bottom + 7), RULE))
    return [*marks, *marks_of(rows)], rows[-1].bottom + 10


def _cell(row: dict, i: int, x: float, y: float, room: float, *, most: int = 2) -> list[Mark]:
    value, words = row["values"][i], lines_of(row["texts"][i], room, SMALL, most)
    start = x if value is None else x + 18
    first = y + 4.2 - SMALL_LINE * (len(words) - 1) / 2
    texts: list[Mark] = [
        Text(tenth(start), tenth(first + SMALL_LINE * line), text, size=SMALL)
        for line, text in enumerate(words)
    ]
    return [*_sign(value, tenth(x + 7), tenth(y)), *texts]


def _sign(value: float | None, x: float, y: float) -> list[Mark]:
    if value is None:
        return []
    if value >= 1:
        return disc(x, y)
    if value <= 0:
        return ring(x, y)
    half = f"M{x} {tenth(y - R)}A{R} {R} 0 0 0 {x} {tenth(y + R)}Z"
    return [*ring(x, y, edge=TEAL), Path(half, fill=TEAL)]
