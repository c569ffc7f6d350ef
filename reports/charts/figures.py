"""Single figures, large, each beside what it is a figure of."""

from reports.charts.frames import GAP, Frame
from reports.charts.marks import INK, QUIET, RULE, Line, Mark, Text, tenth
from reports.charts.signs import quiet
from reports.charts.texts import LINE, SMALL, SMALL_LINE, lines_of, wide

LARGE = 26
NUMBER = 150


def draw(chart: dict, frame: Frame) -> tuple[list[Mark], float]:
    marks: list[Mark] = []
    top = 0.0
    for row in chart["rows"]:
        made, bottom = _figure(row, frame, top)
        marks += made
        top = tenth(bottom + GAP / 2)
        if row is not chart["rows"][-1]:
            marks.append(Line(0, top, frame.width, top, RULE))
            top += 4
    return marks, top


def _figure(row: dict, frame: Frame, top: float) -> tuple[list[Mark], float]:
    """The figure with its unit under it, and the label beside both, or beneath on a phone."""
    number, unit = _split(row["texts"][0])
    marks: list[Mark] = [Text(0, tenth(top + 27), number, size=LARGE, ink=INK, bold=True)]
    end = wide(number, LARGE, bold=True) + 8
    if frame.is_narrow:
        if unit:
            marks.append(Text(tenth(end), tenth(top + 27), unit, size=SMALL, ink=QUIET))
        under, low = _labelled(row, (0, top + 46), frame.width)
        return marks + under, low
    if unit:
        marks.append(quiet(0, top + 27 + SMALL_LINE, unit))
    low = top + 31 + (SMALL_LINE if unit else 0)
    x = max(NUMBER, end)
    beside, foot = _labelled(row, (x, top + 18), frame.width - x)
    return marks + beside, max(foot, low)


def _labelled(row: dict, place: tuple[float, float], room: float) -> tuple[list[Mark], float]:
    marks: list[Mark] = []
    x, y = place
    for text in lines_of(row["label"], room, most=4):
        marks.append(Text(tenth(x), tenth(y), text))
        y += LINE
    for text in lines_of(row["detail"], room, SMALL, 3):
        marks.append(quiet(x, y, text))
        y += SMALL_LINE
    return marks, y - 10


def _split(text: str) -> tuple[str, str]:
    """'14 of 22 pupils' as the figure and what it counts; a symbol stays whole."""
    words = text.split()
    figures = [i for i, word in enumerate(words) if word[:1].isdigit() or word[:1] in "−[+"]
    last = figures[-1] + 1 if figures else len(words)
    return " ".join(words[:last]), " ".join(words[last:])
