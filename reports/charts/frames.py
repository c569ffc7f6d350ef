"""The two widths a picture is drawn in, and the rows of those that have rows.

On a desk and on paper labels stand beside what they name, on a phone above it.
"""

from dataclasses import dataclass

from reports.charts.marks import QUIET, Mark, Text, tenth
from reports.charts.texts import LINE, SMALL, SMALL_LINE, lines_of

GAP = 14
MOST_LINES, MOST_DETAIL = 4, 2


@dataclass(frozen=True)
class Frame:
    """``label`` is the room for labels beside the rows; without it they stand above.

    ``figure`` is the room that a figure needs beyond the end of a bar.
    """

    width: float
    label: float
    figure: float = 76

    @property
    def is_narrow(self) -> bool:
        return not self.label

    @property
    def left(self) -> float:
        """Where what is drawn begins."""
        return self.label + 20 if self.label else 8

    @property
    def right(self) -> float:
        return self.width - self.figure


WIDE = Frame(640, 236)
NARROW = Frame(320, 0, 60)


@dataclass(frozen=True)
class Row:
    """What is given of a row, where its bars stand and where it ends; its label is drawn."""

    given: dict
    marks: list[Mark]
    middle: float
    bottom: float


def rows_of(
    given: list[dict], frame: Frame, top: float, band: float, *, note: str = ""
) -> list[Row]:
    """Rows under each other from ``top``, each at least ``band`` high where bars are drawn.

    A row without a label goes on with the one above and keeps close to it. A detail that is the
    chart's ``note`` is not repeated.
    """
    rows: list[Row] = []
    for each in given:
        top += (GAP if each["label"] else 4) if rows else 0
        row = _row(each, frame, top, band, note)
        rows.append(row)
        top = row.bottom
    return rows


def _row(given: dict, frame: Frame, top: float, band: float, note: str) -> Row:
    room = frame.label or frame.width
    detail = "" if given["detail"] == note else given["detail"]
    label = lines_of(given["label"], room, most=MOST_LINES)
    under = lines_of(detail, room, SMALL, MOST_DETAIL)
    text = LINE * len(label) + SMALL_LINE * len(under)
    if frame.is_narrow:
        after = top + text + (3 if text else 0)
        marks = _written(label, under, top + 12)
        return Row(given, marks, tenth(after + band / 2), tenth(after + band))
    height = max(text, band)
    marks = _written(label, under, top + (height - text) / 2 + 12)
    return Row(given, marks, tenth(top + height / 2), tenth(top + height))


def _written(label: list[str], under: list[str], y: float) -> list[Mark]:
    marks: list[Mark] = [Text(0, tenth(y + i * LINE), text) for i, text in enumerate(label)]
    y += LINE * len(label)
    marks += [
        Text(0, tenth(y + i * SMALL_LINE), text, size=SMALL, ink=QUIET)
        for i, text in enumerate(under)
    ]
    return marks


def spans(rows: list[Row], frame: Frame, top: float, band: float) -> list[tuple[float, float]]:
    """From where to where the upright lines of an axis go: through all, but not through labels."""
    if not frame.is_narrow:
        return [(top, rows[-1].bottom + 6)]
    return [(tenth(row.bottom - band - 3), tenth(row.bottom + 3)) for row in rows]


def note_of(chart: dict) -> str:
    """What is said of the rows of a chart as a whole, and so not of each."""
    details = {row["detail"] for row in chart["rows"]}
    return details.pop() if len(details) == 1 and len(chart["rows"]) > 1 else ""


def marks_of(rows: list[Row]) -> list[Mark]:
    return [mark for row in rows for mark in row.marks]
