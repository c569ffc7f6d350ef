"""Measures of one unit as lines from baseline to outcome, each named where it ends.

The scale runs upright and may begin elsewhere than at zero, which is then said under the picture.
"""

from reports.charts.axes import Scale, round_number, ticks
from reports.charts.bars import short, symbol_of
from reports.charts.dumbbell import ink_of
from reports.charts.frames import Frame
from reports.charts.marks import QUIET, RULE, Line, Mark, Text, tenth
from reports.charts.signs import disc, quiet, ring, withheld
from reports.charts.texts import LINE, SMALL_LINE, apart, lines_of, wide

LEAST_HEIGHT, TOP = 190, 30
HEAD, BLOCK_GAP, LEADER, LEVEL = 12, 6, 22, 3
BETWEEN = {False: 210, True: 84}
MOST_LINES = 4
HALF_HEADING = 34


def draw(chart: dict, frame: Frame) -> tuple[list[Mark], float]:
    texts = [[short(text, chart["unit"]) for text in row["texts"]] for row in chart["rows"]]
    left = tenth(max([HALF_HEADING, *(wide(pair[0]) + LEADER + 4 for pair in texts)]))
    right = left + BETWEEN[frame.is_narrow]
    blocks = [
        _block(row, pair[1], frame.width - right - LEADER - 6)
        for row, pair in zip(chart["rows"], texts, strict=True)
    ]
    needed = sum(_height(block) for block in blocks)
    scale = Scale(_values(chart), tenth(TOP + max(LEAST_HEIGHT, needed * 0.9)), TOP + 8)
    marks = _rails(chart, left, right, scale)
    for row in chart["rows"]:
        marks += _line(row, left, right, scale)
    marks += _figures(chart, texts, left, scale)
    named, foot = _names(chart, blocks, right, scale)
    marks += named
    foot = max(foot, scale.start + 14)
    said = _said(scale)
    return [*marks, *([quiet(0, foot + 14, said)] if said else [])], foot + (20 if said else 4)


def _values(chart: dict) -> list[float]:
    is_from_zero = chart["low"] <= 0
    return ticks(chart["low"], chart["high"], from_zero=is_from_zero, about=4)


def _said(scale: Scale) -> str:
    low, high = (round_number(scale.values[i]) for i in (0, -1))
    return "" if scale.values[0] <= 0 else f"The scale runs from {low} to {high}, not from zero."


def _rails(chart: dict, left: float, right: float, scale: Scale) -> list[Mark]:
    """The two moments as upright lines, with the zero of the scale between them."""
    marks: list[Mark] = []
    for x, name in zip((left, right), chart["series"], strict=True):
        marks.append(Line(x, TOP - 6, x, scale.start, RULE, 1.5))
        marks.append(Text(x, HEAD, name, "middle", bold=True))
    if scale.values[0] <= 0:
        marks.append(Line(left, scale.at(0), right, scale.at(0), RULE, 1))
    return marks


def _line(row: dict, left: float, right: float, scale: Scale) -> list[Mark]:
    before, after = row["values"]
    ink = ink_of(row)
    marks: list[Mark] = []
    if before is not None and after is not None:
        dashes = "7 4" if row.get("verdict") == "worse" else ""
        marks.append(Line(left, scale.at(before), right, scale.at(after), ink, 2.25, dashes))
    if before is not None:
        marks += ring(left, scale.at(before), edge=ink)
    if after is not None:
        y = scale.at(after)
        marks += ring(right, y, edge=ink) if symbol_of(row, 1) == "u" else disc(right, y, ink)
    return marks


def _place(row: dict, at: int, scale: Scale) -> float:
    """How high a row's end stands; one that is missing keeps to the height of the other."""
    value = row["values"][at] if row["values"][at] is not None else row["values"][1 - at]
    return scale.start if value is None else scale.at(value)


def _figures(chart: dict, texts: list[list[str]], left: float, scale: Scale) -> list[Mark]:
    """The baselines' figures to the left of their ends; equal ones are written once."""
    wanted: dict[tuple[float, str], None] = {}
    for row, pair in zip(chart["rows"], texts, strict=True):
        wanted[_place(row, 0, scale), pair[0]] = None
    ordered = sorted(wanted)
    middles = apart([(y, LINE) for y, _ in ordered], TOP - 10)
    marks: list[Mark] = []
    for (y, text), middle in zip(ordered, middles, strict=True):
        marks.append(Text(tenth(left - LEADER), tenth(middle + 4.4), text, "end"))
        marks += _leader(left - LEADER + 3, middle, left - 8, y)
    return marks


def _leader(x1: float, y1: float, x2: float, y2: float) -> list[Mark]:
    return [Line(tenth(x1), tenth(y1), tenth(x2), y2, QUIET, 0.75)] if abs(y1 - y2) > LEVEL else []


def _block(row: dict, text: str, room: float) -> list[Text]:
    """A line's name beside its end: the figure, the label, the verdict; y from its top."""
    marks = [Text(0, 12, text or "none", bold=True)]
    verdict = f" {row['verdict']}" if row.get("verdict") else ""
    if verdict:
        marks.append(Text(tenth(wide(text, bold=True) + 3), 12, verdict.strip(), ink=QUIET))
    for i, line in enumerate(lines_of(row["label"], room, most=MOST_LINES), 1):
        marks.append(Text(0, 12 + LINE * i, line))
    y = marks[-1].y
    marks += [
        quiet(0, y + SMALL_LINE * i, line)
        for i, line in enumerate(lines_of(row["detail"], room, 12, 2), 1)
    ]
    return marks


def _height(block: list[Text]) -> float:
    return block[-1].y + 4 + BLOCK_GAP


def _names(
    chart: dict, blocks: list[list[Text]], right: float, scale: Scale
) -> tuple[list[Mark], float]:
    """Each block beside the end of its line, moved up or down where two would meet."""
    rows = [(_place(row, 1, scale), i) for i, row in enumerate(chart["rows"])]
    ordered = sorted(rows)
    # A block hangs from its first line, so that the figure stands level with the end of its line.
    wanted = [(y - 8 + _height(blocks[i]) / 2, _height(blocks[i])) for y, i in ordered]
    middles = apart(wanted, TOP - 8)
    marks: list[Mark] = []
    foot = 0.0
    x = right + LEADER
    for (y, i), middle in zip(ordered, middles, strict=True):
        top = middle - _height(blocks[i]) / 2
        row = chart["rows"][i]
        marks += [
            Text(tenth(x + t.x), tenth(top + t.y), t.text, size=t.size, ink=t.ink, bold=t.bold)
            for t in blocks[i]
        ]
        if symbol_of(row, 1) == "c":
            marks += withheld(right, y)
        marks += _leader(right + 8, y, x - 3, tenth(top + 8))
        foot = max(foot, top + _height(blocks[i]))
    return marks, foot
