"""Pictures of what changed: slopes, dumbbells, and runs of several readings."""

from impact.values import MeasureValues, Value
from impact.wording import figure, verdict
from reports.builders.pictures import said
from reports.builders.pictures.groups import are_shares, is_score, latest, points_of
from reports.charts.values import Chart, ChartLine, ChartRow

WHOLE = 100


def change_chart(kind: str, measures: list[MeasureValues]) -> Chart:
    """Baseline and outcome of measures on one axis; parts of two wholes are compared as shares."""
    unit = measures[0].unit
    as_shares = any(are_shares(measure, _ends(measure)) for measure in measures)
    rows = [
        _row(measure, label, measures, as_shares=as_shares)
        for measure, label in zip(measures, said.labels(measures), strict=True)
    ]
    unit = "per cent" if as_shares else unit
    name = said.about(measures)
    told = f"From baseline to outcome, {said.unit_title(unit)}"
    low, high = bounds(rows, unit, cut=kind == "slope" and all(map(is_score, measures)))
    return Chart(
        kind=kind,
        title=f"{name}: from baseline to outcome" if name else told,
        sentence=" ".join(_told(row) for row in rows),
        unit=unit,
        series=["Baseline", _after(measures)],
        low=low,
        high=high,
        rows=rows,
        note=said.note_on(measures),
    )


def _ends(measure: MeasureValues) -> list[Value | None]:
    return [measure.at("baseline"), latest(measure)]


def _after(measures: list[MeasureValues]) -> str:
    """What the second end is called."""
    are_outcomes = all(measure.at("outcome") for measure in measures)
    return said.MOMENTS["outcome" if are_outcomes else "interim"]


def _row(
    measure: MeasureValues, label: str, measures: list[MeasureValues], *, as_shares: bool
) -> ChartRow:
    ends = _ends(measure)
    return ChartRow(
        label,
        said.detail(measure, measures, *(end.n for end in ends if end)),
        [_value(end, as_shares=as_shares) for end in ends],
        [said.shown(end, measure.unit) for end in ends],
        symbols=[said.symbol(end) for end in ends],
        verdict=verdict(measure),
        target=measure.target,
    )


def _value(end: Value | None, *, as_shares: bool) -> float | None:
    if end is None or end.value is None:
        return None
    return round(WHOLE * end.value / end.of, 1) if as_shares and end.of else end.value


def bounds(rows: list[ChartRow], unit: str, *, cut: bool = False) -> tuple[float, float]:
    """The ends of the axis: from zero, of per cent to a hundred; of scores as far as they go."""
    values = [v for row in rows for v in [*row.values, row.target] if v is not None]
    low, high = min(values, default=0), max(values, default=1)
    if unit == "per cent":
        return min(low, 0), max(high, WHOLE)
    return (low, high) if cut else (min(low, 0), max(high, 0))


def _told(row: ChartRow) -> str:
    before, after = (text or "no figure" for text in row.texts)
    words = f" ({row.verdict})" if row.verdict else ""
    return f"{row.label}: from {before} to {after}{words}."


def run_chart(measure: MeasureValues) -> Chart:
    """Every reading of one measure in its order, against its baseline and its target."""
    points = points_of(measure)
    as_shares = are_shares(measure, points)
    unit = "per cent" if as_shares else measure.unit
    rows = [
        ChartRow(
            said.capital(point.when) or said.MOMENTS[point.moment],
            said.sized(point.n),
            [_value(point, as_shares=as_shares)],
            [figure(point, measure.unit)],
            symbols=[said.symbol(point)],
            target=measure.target,
            at=point.on.toordinal() if point.on else None,
        )
        for point in points
    ]
    low, high = bounds(rows, unit, cut=is_score(measure))
    return Chart(
        kind="run",
        title=said.called(measure),
        sentence=" ".join(f"{row.label}: {row.texts[0]}." for row in rows),
        unit=unit,
        series=[said.capital(said.unit_title(unit))],
        low=low,
        high=high,
        rows=rows,
        note=said.note_on([measure]),
        references=_references(measure, as_shares=as_shares),
    )


def _references(measure: MeasureValues, *, as_shares: bool) -> list[ChartLine]:
    baseline = _value(measure.at("baseline"), as_shares=as_shares)
    lines = [] if baseline is None else [ChartLine(baseline, "Baseline")]
    if measure.target is not None:
        lines.append(ChartLine(measure.target, "Target", is_target=True))
    return lines
