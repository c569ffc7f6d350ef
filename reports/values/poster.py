"""One page that hangs on a wall: four answers, a picture, a voice."""

from dataclasses import dataclass

from reports.charts.values import Chart
from reports.values.parts import Pair


@dataclass(frozen=True)
class PosterAnswer:
    """One of the four questions, by its code, with what is answered to it, point by point."""

    code: str
    question: str
    points: list[str]


@dataclass(frozen=True)
class Poster:
    """An alliance's enquiry as a poster; an answer nobody can give yet is left out.

    ``cut`` names what was shortened so that all fits. ``more_schools`` are left unnamed.
    """

    service: str
    agency: str
    programme: str
    alliance: str
    title: str
    theme: str
    area: str
    period: str
    question: str
    schools: list[str]
    more_schools: int
    answers: list[PosterAnswer]
    chart: Chart | None
    quotation: Pair | None
    symbols: list[Pair]
    cut: list[str]
