"""The signs that mean the same in every picture, and the key that explains them."""

from collections.abc import Callable

from reports.charts.marks import (
    INK,
    PAPER,
    QUIET,
    TEAL,
    Box,
    Dot,
    Line,
    Mark,
    Text,
    hatched,
    tenth,
)
from reports.charts.texts import SMALL, SMALL_LINE, lines_of, wide

Sign = Callable[[float, float], list[Mark]]
R = 5.5
KEY_LINE, KEY_GAP = 20, 16
GAP_SIZE = (20, 14)


def ring(x: float, y: float, r: float = R, edge: str = INK) -> list[Mark]:
    """Before, or weak."""
    return [Dot(x, y, r, PAPER, edge)]


def disc(x: float, y: float, ink: str = TEAL) -> list[Mark]:
    """After."""
    return [Dot(x, y, R, ink, ink)]


def withheld(x: float, y: float) -> list[Mark]:
    """A hatched gap about a place."""
    long, high = GAP_SIZE
    return hatched(tenth(x - long / 2), tenth(y - high / 2), long, high)


def target(x: float, y: float) -> list[Mark]:
    """A short upright stroke at what was to be reached."""
    return [Line(x, tenth(y - 10), x, tenth(y + 10), INK, 2.5)]


def swatch(fill: str) -> Sign:
    """A square in a colour, with an edge that keeps it apart on white paper."""
    return lambda x, y: [Box(tenth(x - 6.5), tenth(y - 6.5), 13, 13, fill, INK)]


def stroke(ink: str, dashes: str = "") -> Sign:
    return lambda x, y: [Line(tenth(x - 9), y, tenth(x + 9), y, ink, 2, dashes)]


def key(names: list[tuple[str, Sign]], width: float) -> tuple[list[Mark], float]:
    """Signs with their names in reading order, as many to a line as fit, and where they end."""
    marks: list[Mark] = []
    x, y, low = 0.0, 9.0, 9.0
    for name, sign in names:
        lines = lines_of(name, width - 24, SMALL)
        long = 24 + max(wide(line, SMALL) for line in lines)
        if x and x + long > width:
            x, y = 0.0, low + KEY_LINE
        marks += sign(tenth(x + 9), tenth(y))
        marks += [
            Text(tenth(x + 24), tenth(y + 4.2 + SMALL_LINE * i), line, size=SMALL)
            for i, line in enumerate(lines)
        ]
        low = max(low, y + SMALL_LINE * (len(lines) - 1))
        x += long + KEY_GAP
    return marks, low + KEY_LINE


def plated(text: Text) -> list[Mark]:
    """A text on a plate that hides the lines of the axis behind it."""
    left, top, right, bottom = text.box
    return [Box(tenth(left - 2), top, tenth(right - left + 4), tenth(bottom - top), PAPER), text]


def quiet(x: float, y: float, text: str, anchor: str = "start") -> Text:
    return Text(tenth(x), tenth(y), text, anchor, SMALL, QUIET)
