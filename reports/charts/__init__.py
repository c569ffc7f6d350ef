"""Pictures of figures: a chart's plain values as marks that stand somewhere.

Every kind has its module with one function, ``draw``, which takes a ``Chart`` as a dict and the
``Frame`` it is drawn in, and gives marks and a height. The same marks are written on a page and in
a PDF; a page holds a narrow drawing too, for phones.
"""

from reports.charts import (
    bars,
    cycles,
    discs,
    distribution,
    dumbbell,
    figures,
    forest,
    matrix,
    profile,
    run,
    shares,
    slope,
)
from reports.charts.frames import NARROW, WIDE, Frame, note_of
from reports.charts.marks import Drawing, tenth

KINDS = {
    "bars": bars.draw,
    "dumbbell": dumbbell.draw,
    "change": dumbbell.draw,  # as it is called in reports frozen before 2026-11-22
    "slope": slope.draw,
    "stacked": shares.draw,
    "diverging": shares.draw,
    "distribution": distribution.draw,
    "forest": forest.draw,
    "run": run.draw,
    "matrix": matrix.draw,
    "figure": figures.draw,
}
FRAMES = (WIDE, NARROW)


def drawings(chart: dict) -> list[Drawing]:
    """A chart as it is drawn on a desk and on paper, and as on a phone."""
    return [drawing(chart, frame) for frame in FRAMES]


def drawing(chart: dict, frame: Frame = WIDE) -> Drawing:
    marks, height = KINDS[chart["kind"]](chart, frame)
    return _drawn(chart["title"], chart["sentence"], marks, height, frame)


def timelines(given: list[dict]) -> list[Drawing]:
    """The cycles of an enquiry, as charts are drawn."""
    said = cycles.told(given)
    return [
        _drawn("The cycles of the enquiry", said, *cycles.draw(given, frame), frame)
        for frame in FRAMES
    ]


def profiles(given: dict) -> list[Drawing]:
    """An alliance's maturity, as charts are drawn."""
    return [
        _drawn("Maturity by strand", given["sentence"], *profile.draw(given, frame), frame)
        for frame in FRAMES
    ]


def tallies(given: dict) -> list[Drawing]:
    """``title``, ``sentence``, ``columns`` and ``rows`` of counts, as charts are drawn."""
    return [
        _drawn(given["title"], given["sentence"], *discs.draw(given, frame), frame)
        for frame in FRAMES
    ]


def _drawn(title: str, sentence: str, marks: list, height: float, frame: Frame) -> Drawing:
    return Drawing(title, sentence, frame.width, tenth(height), marks, frame.is_narrow)


__all__ = [
    "KINDS",
    "NARROW",
    "WIDE",
    "Drawing",
    "drawing",
    "drawings",
    "note_of",
    "profiles",
    "tallies",
    "timelines",
]
