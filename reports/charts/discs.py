"""How often each thing came up in each term: discs whose areas grow with their counts."""

from math import sqrt

from reports.charts.frames import Frame, Row, rows_of
from reports.charts.marks import PAPER, RULE, TEAL, Dot, Line, Mark, Text, tenth
from reports.charts.signs import quiet
from reports.charts.texts import SMALL_LINE

BAND, WIDEST = 32, 74
LEAST, MOST = 9, 15


def draw(log: dict, frame: Frame) -> tuple[list[Mark], float]:
    """``columns`` are pairs of a term and its year; ``rows`` have a label and their counts."""
    left = frame.left if frame.label else 0
    step = min((frame.width - left) / len(log["columns"]), WIDEST)
    xs = [tenth(left + step * (i + 0.5)) for i in range(len(log["columns"]))]
    marks: list[Mark] = [
        quiet(x, 12 + SMALL_LINE * i, text, "middle")
        for x, column in zip(xs, log["columns"], strict=True)
        for i, text in enumerate(column)
    ]
    most = max((count for row in log["rows"] for count in row["counts"]), default=1) or 1
    rows = rows_of([row | {"detail": ""} for row in log["rows"]], frame, 36, BAND)
    for row in rows:
        y = tenth(row.bottom + 5)
        marks += [*row.marks, Line(0, y, frame.width, y, RULE, 0.75)]
        marks += _discs(row, xs, most)
    return marks, rows[-1].bottom + 8


def _discs(row: Row, xs: list[float], most: int) -> list[Mark]:
    marks: list[Mark] = []
    for x, count in zip(xs, row.given["counts"], strict=True):
        if count:
            marks.append(Dot(x, row.middle, tenth(_radius(count, most)), TEAL, TEAL))
            y = tenth(row.middle + 4.4)
            marks.append(Text(x, y, str(count), "middle", ink=PAPER, bold=True))
    return marks


def _radius(count: int, most: int) -> float:
    """From a disc that holds a figure to one that fills its row."""
    return LEAST + (MOST - LEAST) * sqrt(count / most)
