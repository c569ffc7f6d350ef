"""What a drawing is made of: texts, lines, boxes, dots and paths, each where it stands.

Lengths are in units of the drawing. A template only writes marks down, so a page, a PDF and a test
see the same picture. Shapes and patterns carry what colours carry: hollow is before or weak,
filled is after, hatched is withheld, dashed is for the worse.
"""

from dataclasses import dataclass
from typing import ClassVar

from reports.charts.texts import SIZE, wide

TEXT, QUIET, INK, RULE, PAPER = "#14212e", "#48555f", "#10283f", "#d5dfe2", "#ffffff"
TEAL, RUST, TINT, GREY = "#0b6a6a", "#97401c", "#cfe1e1", "#e6eaec"
STEP, LEAST_ARROW = 5, 10


def tenth(value: float) -> float:
    return round(value, 1) + 0.0


@dataclass(frozen=True)
class Text:
    """A line of text; ``y`` is its baseline, ``anchor`` start, middle or end of it at ``x``."""

    tag: ClassVar[str] = "text"

    x: float
    y: float
    text: str
    anchor: str = "start"
    size: float = SIZE
    ink: str = TEXT
    bold: bool = False

    @property
    def box(self) -> tuple[float, float, float, float]:
        """The room it takes: left, top, right, bottom."""
        long = wide(self.text, self.size, bold=self.bold)
        left = self.x - long * {"start": 0, "middle": 0.5, "end": 1}[self.anchor]
        return tenth(left), tenth(self.y - self.size * 0.8), tenth(left + long), tenth(self.y + 2)


@dataclass(frozen=True)
class Line:
    tag: ClassVar[str] = "line"

    x1: float
    y1: float
    x2: float
    y2: float
    ink: str = INK
    thick: float = 1
    dashes: str = ""


@dataclass(frozen=True)
class Box:
    tag: ClassVar[str] = "box"

    x: float
    y: float
    wide: float
    high: float
    fill: str = TEAL
    edge: str = ""


@dataclass(frozen=True)
class Dot:
    tag: ClassVar[str] = "dot"

    x: float
    y: float
    r: float = 5.5
    fill: str = TEAL
    edge: str = TEAL


@dataclass(frozen=True)
class Path:
    """``d`` as SVG writes it."""

    tag: ClassVar[str] = "path"

    d: str
    fill: str = "none"
    ink: str = ""
    thick: float = 1


Mark = Text | Line | Box | Dot | Path


@dataclass(frozen=True)
class Drawing:
    """A picture with its title, and in ``sentence`` what it shows for those who cannot see it."""

    title: str
    sentence: str
    width: float
    height: float
    marks: list[Mark]
    is_narrow: bool = False


def hatched(x: float, y: float, long: float, high: float) -> list[Mark]:
    """A frame filled with slanting strokes: something is there and is not told."""
    strokes = []
    for start in range(int(-high // STEP * STEP), int(long), STEP):
        begin, end = max(start, 0), min(start + high, long)
        if end > begin:
            strokes.append(
                f"M{tenth(x + begin)} {tenth(y + high - (begin - start))}"
                f"L{tenth(x + end)} {tenth(y + high - (end - start))}"
            )
    frame = Box(tenth(x), tenth(y), tenth(long), tenth(high), PAPER, QUIET)
    return [frame, Path("".join(strokes), ink=QUIET, thick=0.75)]


def arrow(x1: float, x2: float, y: float, ink: str) -> list[Mark]:
    """A level arrow from ``x1`` to ``x2``; nothing where there is no room for its head."""
    way = 1 if x2 > x1 else -1
    if abs(x2 - x1) < LEAST_ARROW:
        return []
    neck = x2 - way * 7
    head = f"M{tenth(x2)} {y}L{tenth(neck)} {tenth(y - 4.5)}L{tenth(neck)} {tenth(y + 4.5)}Z"
    return [Line(tenth(x1), y, tenth(neck), y, ink, 2), Path(head, fill=ink)]


def diamond(left: float, middle: float, right: float, y: float, high: float) -> Path:
    """A diamond from ``left`` to ``right`` whose tip is over ``middle``."""
    top, bottom = tenth(y - high / 2), tenth(y + high / 2)
    d = f"M{left} {y}L{middle} {top}L{right} {y}L{middle} {bottom}Z"
    return Path(d, fill=TEAL, ink=INK)
