"""Axes: round values that span what is drawn, and where a value stands between two ends."""

from dataclasses import dataclass
from itertools import pairwise
from math import floor, log10

from reports.charts.marks import QUIET, RULE, Line, Mark, Text, tenth
from reports.charts.texts import LINE, SMALL, wide

MINUS = "\N{MINUS SIGN}"


def ticks(
    low: float, high: float, *, whole: bool = False, from_zero: bool = True, about: int = 5
) -> list[float]:
    """Round values, ``about`` as many as wished, that span ``low`` to ``high``.

    They contain zero unless it is given up. Fewer where only ``whole`` values can be met.
    """
    if from_zero:
        low, high = min(low, 0), max(high, 0)
    high = high if high > low else low + 1
    rough = (high - low) / about
    power = 10 ** floor(log10(rough))
    step = next(power * m for m in (1, 2, 5, 10) if power * m >= rough * 0.999)
    step = max(step, 1) if whole else step
    first = floor(round(low / step, 6))
    last = max(-floor(-round(high / step, 6)), first + 1)
    return [round(i * step, 6) for i in range(first, last + 1)]


def round_number(value: float) -> str:
    return f"{value:,g}".replace("-", MINUS)


@dataclass(frozen=True)
class Scale:
    """Round values and the two ends they are drawn between, of which the second may be above."""

    values: list[float]
    start: float
    end: float

    def at(self, value: float) -> float:
        """Where a value stands, on the drawing."""
        low, high = self.values[0], self.values[-1]
        return tenth(self.start + (self.end - self.start) * (value - low) / (high - low))


Spans = list[tuple[float, float]]


def across(scale: Scale, spans: Spans, unit: str) -> tuple[list[Mark], float]:
    """The upright lines of an axis with their values and unit under its rows; and its foot.

    ``spans`` are from where to where the lines go.
    """
    marks: list[Mark] = [
        Line(scale.at(value), top, scale.at(value), bottom, RULE, 0.75)
        for value in scale.values
        for top, bottom in spans
    ]
    y = tenth(spans[-1][1] + 15)
    for value in _told(scale):
        text = round_number(value)
        marks.append(Text(scale.at(value), y, text, "middle", SMALL, QUIET))
    if not unit:
        return marks, y + 5
    words = {"per cent": "Per cent"}.get(unit, unit[:1].upper() + unit[1:])
    marks.append(Text(scale.start, tenth(y + LINE), words, "start", SMALL, QUIET))
    return marks, y + LINE + 5


def _told(scale: Scale) -> list[float]:
    """Every value, or every other where their figures would meet."""
    needed = max(wide(round_number(value), SMALL) for value in scale.values) + 6
    steps = [scale.at(b) - scale.at(a) for a, b in pairwise(scale.values)]
    return scale.values if min(steps) >= needed else scale.values[::2]


def base(scale: Scale, spans: Spans) -> list[Mark]:
    """The line of zero."""
    zero = scale.at(0)
    return [Line(zero, top, zero, bottom) for top, bottom in spans]
