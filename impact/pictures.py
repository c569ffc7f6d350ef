"""Which picture a measure's values allow; how it is drawn is for the reports to know."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from impact.values import MeasureValues, Value

# A baseline and one figure after it; more than these are a path.
BOTH = 2


class Picture(StrEnum):
    SLOPE = "slope"  # from baseline to outcome
    DUMBBELL = "dumbbell"  # from baseline to outcome, group beside group
    DIVERGING = "diverging"  # agreement to one side, disagreement to the other
    DISTRIBUTION = "distribution"  # shares of categories, before and after
    RUN = "run"  # more than two points in time
    FOREST = "forest"  # effects with their intervals
    BARS = "bars"  # one figure each, group beside group
    FIGURE = "figure"  # one number
    WORDS = "words"


@dataclass(frozen=True)
class Shown:
    """One picture and the measures that go into it."""

    picture: Picture
    measures: tuple[MeasureValues, ...]


def picture_of(measure: MeasureValues) -> Picture:
    """The picture of one measure by itself."""
    counted = [reading for reading in measure.readings if has_tallies(reading)]
    if counted:
        return Picture.DIVERGING if _is_agreement(counted[-1]) else Picture.DISTRIBUTION
    points = points_of(measure)
    if len(points) > BOTH:
        return Picture.RUN
    if len(points) == BOTH and points[0].moment == "baseline":
        return Picture.SLOPE
    if points or any(has_figure(reading) for reading in measure.readings):
        return Picture.FIGURE
    return Picture.WORDS


def pictures_of(measures: Iterable[MeasureValues]) -> list[Shown]:
    """The pictures of several measures, the groups of one family together in one of them."""
    found: dict[object, list[MeasureValues]] = {}
    for measure in measures:
        found.setdefault(_beside(measure), []).append(measure)
    return [Shown(_together(group), tuple(group)) for group in found.values()]


def points_of(measure: MeasureValues) -> list[Value]:
    """The readings that give a figure at one moment, in their order."""
    return [r for r in measure.readings if has_figure(r) and r.moment != "change"]


def has_figure(reading: Value) -> bool:
    """Whether it gives a number that somebody stands behind."""
    return reading.value is not None and reading.n != 0


def has_tallies(reading: Value) -> bool:
    """Whether it counts somebody, and any size of its categories may be seen."""
    return reading.n != 0 and any(tally.value is not None for tally in reading.tallies)


def _is_agreement(reading: Value) -> bool:
    return any("disagree" in tally.label.casefold() for tally in reading.tallies)


def _beside(measure: MeasureValues) -> object:
    """What measures share that may stand in one picture; its own key where it stands alone."""
    picture = picture_of(measure)
    if picture in (Picture.SLOPE, Picture.FIGURE):
        moments = tuple(reading.moment for reading in measure.readings if has_figure(reading))
        return measure.family, measure.unit, picture, moments
    return measure.id


def _together(group: list[MeasureValues]) -> Picture:
    picture = picture_of(group[0])
    if len(group) == 1:
        return picture
    return Picture.DUMBBELL if picture is Picture.SLOPE else Picture.BARS
