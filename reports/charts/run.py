"""Several readings over time: to scale where every one has its day, else at even distances.

A reading that is missing breaks the line and leaves its symbol in its place.
"""

from itertools import pairwise

from reports.charts.axes import Scale, round_number, ticks
from reports.charts.bars import short, symbol_of
from reports.charts.frames import Frame
from reports.charts.marks import INK, QUIET, RULE, TEAL, Line, Mark, Text, tenth
from reports.charts.signs import disc, quiet, ring, withheld
from reports.charts.texts import LINE, SMALL, SMALL_LINE, apart, lines_of, wide

TOP, HIGH = 24, 170
LABEL, LABEL_LINES = 92, 3
DASHES = {"baseline": "2 3", "target": "9 4"}


def draw(chart: dict, frame: Frame) -> tuple[list[Mark], float]:
    """A row for each time, with a value for each series; ``references`` are level lines."""
    rows = chart["rows"]
    scale = Scale(_values(chart), TOP + HIGH, TOP)
    left = tenth(max(wide(round_number(v), SMALL) for v in scale.values) + 8)
    named = [wide(line["label"], SMALL) for line in chart.get("references", [])]
    right = tenth(frame.width - max([24, *(long + 6 for long in named)]))
    xs = _places(rows, left + 34, right - 14)
    marks: list[Mark] = []
    for value in scale.values:
        y = scale.at(value)
        marks.append(Line(left, y, right, y, RULE, 0.75))
        marks.append(quiet(left - 6, y + 4.2, round_number(value), "end"))
    marks += _references(chart, scale, left, right)
    for place in range(len(chart["series"])):
        marks += _points(chart, place, xs, scale)
    named, foot = _times(rows, xs, scale.start + 6, frame.width)
    return _noted([*marks, *named], chart, scale, foot, frame)


def _values(chart: dict) -> list[float]:
    return ticks(chart["low"], chart["high"], from_zero=chart["low"] <= 0, about=4)


def is_dated(rows: list[dict]) -> bool:
    days = [row.get("at") for row in rows]
    return None not in days and len(set(days)) > 1


def _places(rows: list[dict], left: float, right: float) -> list[float]:
    if len(rows) == 1:
        return [tenth((left + right) / 2)]
    if is_dated(rows):
        days = [row["at"] for row in rows]
        first, last = min(days), max(days)
        parts = [(row["at"] - first) / (last - first) for row in rows]
    else:
        parts = [i / (len(rows) - 1) for i in range(len(rows))]
    return [tenth(left + (right - left) * part) for part in parts]


def _references(chart: dict, scale: Scale, left: float, right: float) -> list[Mark]:
    """Level lines for what the readings are held against, named at their right end."""
    marks: list[Mark] = []
    lines = sorted(chart.get("references", []), key=lambda line: scale.at(line["value"]))
    heights = [scale.at(line["value"]) for line in lines]
    names = apart([(y, SMALL_LINE) for y in heights], TOP - SMALL_LINE)
    for line, y, name in zip(lines, heights, names, strict=True):
        dashes = DASHES["target" if line["is_target"] else "baseline"]
        marks.append(Line(left, y, right, y, INK, 1.25, dashes))
        marks.append(quiet(right + 4, name + 4.2, line["label"]))
    return marks


def _points(chart: dict, place: int, xs: list[float], scale: Scale) -> list[Mark]:
    rows = chart["rows"]
    marks: list[Mark] = []
    values = [row["values"][place] for row in rows]
    for (x1, a), (x2, b) in pairwise(zip(xs, values, strict=True)):
        if a is not None and b is not None:
            marks.append(Line(x1, scale.at(a), x2, scale.at(b), TEAL, 2.25))
    taken = -1.0
    for row, x, value in zip(rows, xs, values, strict=True):
        symbol = symbol_of(row, place)
        if value is None:
            marks += _missing(row["texts"][place], symbol, x, scale.start)
            continue
        y = scale.at(value)
        marks += ring(x, y, edge=TEAL) if symbol == "u" else disc(x, y)
        figure = Text(
            x, tenth(y - 11), short(row["texts"][place], chart["unit"]), "middle", bold=True
        )
        left, _, right, _ = figure.box
        if left > taken:
            marks.append(figure)
            taken = right + 2
    return marks


def _missing(text: str, symbol: str, x: float, floor: float) -> list[Mark]:
    """The symbol where the reading would stand, above the floor so that it is no zero."""
    if symbol == "c":
        return withheld(x, tenth(floor - 14))
    return [quiet(x, floor - 10, text or "none", "middle")]


def _times(rows: list[dict], xs: list[float], top: float, width: float) -> tuple[list[Mark], float]:
    """What each point is called and how many stand behind it; all that find room, ends first."""
    order = [0, len(rows) - 1, *range(1, len(rows) - 1)]
    taken: list[tuple[float, float]] = []
    marks: list[Mark] = []
    foot = top
    for i in dict.fromkeys(order):
        texts = _named(rows[i])
        half = max(wide(text, SMALL) for text, _ in texts) / 2
        x = min(max(xs[i], half), width - half)
        if any(x - half < end + 6 and x + half > begin - 6 for begin, end in taken):
            continue
        taken.append((x - half, x + half))
        for line, (text, is_quiet) in enumerate(texts, 1):
            y = tenth(top + 6 + SMALL_LINE * line)
            ink = QUIET if is_quiet else INK
            marks.append(Text(tenth(x), y, text, "middle", SMALL, ink))
            foot = max(foot, y)
    return marks, foot


def _named(row: dict) -> list[tuple[str, bool]]:
    label = [(line, False) for line in lines_of(row["label"], LABEL, SMALL, LABEL_LINES)]
    detail = [(line, True) for line in lines_of(row["detail"], LABEL, SMALL, 2)]
    return [*label, *detail] or [("–", True)]


def _noted(
    marks: list[Mark], chart: dict, scale: Scale, foot: float, frame: Frame
) -> tuple[list[Mark], float]:
    low, high = (round_number(scale.values[i]) for i in (0, -1))
    notes = []
    if scale.values[0] > 0:
        notes.append(f"The scale runs from {low} to {high}, not from zero.")
    if not is_dated(chart["rows"]):
        notes.append("In order; the distances in time are not to scale.")
    foot += 4
    for line in lines_of(" ".join(notes), frame.width, SMALL):
        foot += LINE
        marks.append(quiet(0, foot, line))
    return marks, foot + 6
