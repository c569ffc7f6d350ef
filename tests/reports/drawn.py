"""What the marks of a drawing are asked in tests."""

from dataclasses import asdict
from itertools import combinations

from reports import charts
from reports.charts.marks import Drawing, Text
from reports.charts.values import Chart, ChartRow


def on(chart: Chart, frame=charts.WIDE) -> Drawing:
    return charts.drawing(asdict(chart), frame)


def chart(kind: str, rows: list[ChartRow], series: list[str] | None = None, **given) -> Chart:
    """A chart of per cent that says nothing but what it is given."""
    told = {"title": "Title", "sentence": "Sentence.", "unit": "per cent", "low": 0, "high": 100}
    return Chart(kind=kind, rows=rows, series=series or ["Baseline", "Outcome"], **told | given)


def of(drawing: Drawing, *kinds: type) -> list:
    """The marks of some kinds, in the order in which they are drawn."""
    return [mark for mark in drawing.marks if isinstance(mark, kinds)]


def texts(drawing: Drawing) -> list[str]:
    return [mark.text for mark in of(drawing, Text)]


def said(drawing: Drawing, text: str) -> Text:
    """The first mark with this text."""
    return next(mark for mark in of(drawing, Text) if mark.text == text)


def collisions(drawing: Drawing) -> list[tuple[str, str]]:
    """Pairs of texts that overlap."""
    return [
        (one.text, other.text)
        for one, other in combinations(of(drawing, Text), 2)
        if _overlap(one.box, other.box)
    ]


def _overlap(one: tuple, other: tuple) -> bool:
    left, top, right, bottom = one
    other_left, other_top, other_right, other_bottom = other
    across = left < other_right - 0.5 and other_left < right - 0.5
    return across and top < other_bottom - 0.5 and other_top < bottom - 0.5


def outside(drawing: Drawing) -> list[str]:
    """Texts that are cut off at an edge."""
    return [
        mark.text
        for mark in of(drawing, Text)
        if mark.box[0] < -0.5
        or mark.box[1] < -0.5
        or mark.box[2] > drawing.width + 0.5
        or mark.box[3] > drawing.height + 0.5
    ]
