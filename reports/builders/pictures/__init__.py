"""Pictures of measures, alike on every page and in every report."""

from collections.abc import Iterable
from dataclasses import replace

from impact.values import MeasureValues
from reports.builders.pictures.changes import change_chart, run_chart
from reports.builders.pictures.groups import Group, groups_of
from reports.builders.pictures.singles import bars_chart, figure_chart
from reports.builders.pictures.spreads import distribution_chart, spread_chart
from reports.builders.pictures.strength import strength_chart
from reports.builders.pictures.trust import trust_chart
from reports.charts.values import Chart

LEVELS = ("pupil", "teacher", "school", "alliance")
TABLED = {"figure", "words"}


def charts_of(measures: Iterable[MeasureValues]) -> list[Chart]:
    """The pictures that the figures allow, level by level.

    Single figures and words are left to the tables that stand with them.
    """
    return [chart for chart, _ in charts_with_measures(measures)]


def charts_with_measures(
    measures: Iterable[MeasureValues],
) -> list[tuple[Chart, list[MeasureValues]]]:
    """Each of those pictures with the measures that it is drawn from."""
    given = list(measures)
    return [
        (replace(chart, level=level), group.measures)
        for level in LEVELS
        for group in groups_of(measure for measure in given if measure.level == level)
        if group.kind not in TABLED and (chart := _chart(group))
    ]


def picture_of(measure: MeasureValues) -> Chart | None:
    """The picture of a single measure; nothing where there are words alone."""
    return _chart(groups_of([measure])[0])


def pictures_of(family: list[MeasureValues]) -> list[Chart]:
    """The pictures of measures looked at together, single figures too."""
    return [chart for group in groups_of(family) if (chart := _chart(group))]


def _chart(group: Group) -> Chart | None:
    kind, measures = group.kind, group.measures
    match kind:
        case "slope" | "dumbbell":
            return change_chart(kind, measures)
        case "diverging" | "stacked":
            return spread_chart(kind, measures)
        case "bars":
            return bars_chart(measures)
    alone = {"run": run_chart, "distribution": distribution_chart, "figure": figure_chart}
    return alone[kind](measures[0]) if kind in alone else None


__all__ = [
    "charts_of",
    "charts_with_measures",
    "groups_of",
    "picture_of",
    "pictures_of",
    "strength_chart",
    "trust_chart",
]
