"""Effects that were found with one instrument in one phase of school, together in one picture."""

from collections import defaultdict
from dataclasses import dataclass

from alliances.models import Programme
from impact.conclusions import sentences_of
from impact.disclosure import is_small
from impact.matched.queries import Effect, effects_across
from impact.models import MatchedSet
from impact.months import in_months
from impact.statistics import Interval, Pooled, pool
from impact.wording import number, rounded
from reports.charts.values import Chart, ChartRow

UNIT = "standard deviations"


@dataclass(frozen=True)
class Together:
    """What one instrument found in one phase; the picture only for who may see each alliance."""

    title: str
    says: list[str]
    months: list[str]
    chart: Chart | None


def pooled_effects(programme: Programme, *, least: int) -> list[Together]:
    """A programme's effects, instrument by instrument, where at least two can be pooled.

    ``least`` alliances must stand behind each; 0 for who may see each alliance.
    """
    alike: dict[tuple[str, str], list[Effect]] = defaultdict(list)
    for effect in effects_across(programme):
        alike[effect.study.instrument, effect.study.phase].append(effect)
    return [
        _together(programme, effects, pooled, least)
        for effects in alike.values()
        if not is_small(len({effect.alliance for effect in effects}), least)
        and isinstance(pooled := pool([effect.study for effect in effects]), Pooled)
    ]


def _together(programme: Programme, effects: list[Effect], pooled: Pooled, least: int) -> Together:
    first = effects[0].study
    title = f"{first.instrument}, {MatchedSet.Phase(first.phase).label.lower()}"
    is_attainment = all(effect.is_attainment for effect in effects)
    is_told = programme.shows_months
    return Together(
        title=title,
        says=sentences_of(pooled),
        months=in_months([pooled], is_attainment=is_attainment) if is_told else [],
        chart=None if least else _chart(title, pooled),
    )


def _chart(title: str, pooled: Pooled) -> Chart:
    rows = [
        _row(each.study.name, each.study.effect, each.interval, 100 * each.weight)
        for each in pooled.studies
    ]
    if isinstance(pooled.interval, Interval):
        rows.append(_row("Together", pooled.estimate, pooled.interval, None))
    ends = [value for row in rows for value in row.values[:3] if value is not None]
    return Chart(
        kind="forest",
        title=title,
        sentence=" ".join(f"{row.label}: {row.texts[0]}, {row.texts[1]}." for row in rows),
        unit=UNIT,
        series=["Effect", "95% interval", "Weight"],
        low=min(0, *ends),
        high=max(0, *ends),
        rows=rows,
        ends=["lower than the comparison", "higher"],
    )


def _row(label: str, effect: float, interval: Interval, weight: float | None) -> ChartRow:
    low, high = (_two_places(end) for end in (interval.low, interval.high))
    shown = "" if weight is None else f"{number(round(weight))}%"
    texts = [_two_places(effect), f"{low} to {high}", shown]
    return ChartRow(label, "", [effect, interval.low, interval.high, weight], texts)


def _two_places(value: float) -> str:
    return number(rounded(value, 2))
