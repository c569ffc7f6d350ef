"""The cycles of an enquiry in order, not to scale: four side by side, two on a phone."""

from reports.charts.frames import Frame
from reports.charts.marks import PAPER, TEAL, TEXT, Dot, Line, Mark, Text, tenth
from reports.charts.signs import quiet
from reports.charts.texts import LINE, SMALL, SMALL_LINE, lines_of

R = 14
ACROSS = {False: 4, True: 2}


def draw(cycles: list[dict], frame: Frame) -> tuple[list[Mark], float]:
    across = min(len(cycles), ACROSS[frame.is_narrow])
    step = frame.width / across
    marks: list[Mark] = []
    top = 0.0
    for start in range(0, len(cycles), across):
        y = tenth(top + R + 2)
        line = cycles[start : start + across]
        marks.append(Line(16, y, tenth(16 + (len(line) - 1) * step), y, TEAL, 2))
        stops = [_stop(c, start + i, 16 + i * step, y, step) for i, c in enumerate(line)]
        marks += [mark for stop, _ in stops for mark in stop]
        top = max(bottom for _, bottom in stops) + 12
    return marks, top


def _stop(cycle: dict, place: int, x: float, y: float, step: float) -> tuple[list[Mark], float]:
    room, left = step - 14, tenth(x - R)
    marks: list[Mark] = [
        Dot(tenth(x), y, R, TEAL, PAPER),
        Text(tenth(x), tenth(y + 4.6), str(place + 1), "middle", ink=PAPER, bold=True),
    ]
    y += 34
    for text in lines_of(cycle["label"], room / 1.07):
        marks.append(Text(left, tenth(y), text, bold=True))
        y += LINE
    for text in lines_of(cycle["period"], room, SMALL, 4):
        marks.append(quiet(left, y, text))
        y += SMALL_LINE
    for text in lines_of(cycle["phase"], room, SMALL):
        marks.append(Text(left, tenth(y), text, size=SMALL, ink=TEXT))
        y += SMALL_LINE
    return marks, y - 6


def told(cycles: list[dict]) -> str:
    parts = (
        ", ".join(filter(None, [cycle["label"], cycle["period"], cycle["phase"].lower()]))
        for cycle in cycles
    )
    return ". ".join(f"Cycle {i}: {part}" for i, part in enumerate(parts, 1)) + "."
