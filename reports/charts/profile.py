"""Where an alliance stands on each strand, then and now, on steps at even distances."""

from itertools import groupby

from reports.charts.axes import Spans
from reports.charts.frames import Frame, Row, rows_of, spans
from reports.charts.marks import RULE, TEAL, Line, Mark, Text, arrow, tenth
from reports.charts.signs import R, disc, key, plated, quiet, ring
from reports.charts.texts import SMALL, SMALL_LINE, lines_of

BAND, HEAD = 22, 26
SIDE = {False: 40, True: 46}
HEADING_LINES = 3


def draw(profile: dict, frame: Frame) -> tuple[list[Mark], float]:
    """Groups of strands under the names of the steps; see ``reports.values.Profile``."""
    days = [(profile["then"], ring), (profile["now"], disc)]
    marks, top = key([(day, sign) for day, sign in days if day], frame.width)
    xs = _places(profile["steps"], frame)
    headings, top = _headings(xs, top, frame)
    marks += headings
    behind = len(marks)
    reach: Spans = []
    for dimension, lines in groupby(profile["lines"], key=lambda line: line["dimension"]):
        marks.append(Text(0, tenth(top + 16), dimension, bold=True))
        top += HEAD
        given = [_given(line) for line in lines]
        rows = rows_of(given, frame, top, BAND)
        reach += spans(rows, frame, top, BAND)
        for row in rows:
            marks += [*row.marks, *_strand(row, xs)]
        top = rows[-1].bottom + 12
    marks[behind:behind] = [
        Line(x, start, x, end, RULE, 0.75) for x in xs.values() for start, end in reach
    ]
    return marks, top


def _given(line: dict) -> dict:
    return line | {"label": line["strand"], "detail": "Priority" if line["is_priority"] else ""}


def _places(steps: list[str], frame: Frame) -> dict[str, float]:
    side = SIDE[frame.is_narrow]
    left = frame.left + side if frame.label else side
    between = (frame.width - side - left) / max(len(steps) - 1, 1)
    return {step: tenth(left + i * between) for i, step in enumerate(steps)}


def _headings(xs: dict[str, float], top: float, frame: Frame) -> tuple[list[Mark], float]:
    places = list(xs.values())
    room = (places[1] - places[0] if len(places) > 1 else frame.width) - 6
    heads = {x: lines_of(step, room, SMALL, HEADING_LINES) for step, x in xs.items()}
    deep = max(len(head) for head in heads.values())
    marks: list[Mark] = [
        quiet(x, top + 12 + SMALL_LINE * (deep - len(head) + i), text, "middle")
        for x, head in heads.items()
        for i, text in enumerate(head)
    ]
    return marks, tenth(top + 18 + SMALL_LINE * (deep - 1))


def _strand(row: Row, xs: dict[str, float]) -> list[Mark]:
    then, now = xs.get(row.given["then"]), xs.get(row.given["now"])
    y = row.middle
    if then is None and now is None:
        return plated(quiet(min(xs.values()) - R, y + 4.2, "Not judged"))
    marks: list[Mark] = []
    if then is not None and now is not None and then != now:
        way = 1 if now > then else -1
        marks += arrow(then + way * R, now - way * (R + 1), y, TEAL)
    if then is not None:
        marks += ring(then, y, R + 3.5 if then == now else R)
    return marks if now is None else [*marks, *disc(now, y)]
