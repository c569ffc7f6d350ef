"""Pictures of figures from one moment: bars where several compare, else the figure itself."""

from impact.values import MeasureValues, Value
from impact.wording import number, signed
from reports.builders.pictures import said
from reports.builders.pictures.changes import bounds
from reports.builders.pictures.groups import share_of, whole_of
from reports.charts.values import Chart, ChartRow


def bars_chart(measures: list[MeasureValues]) -> Chart:
    """Changes without their ends, or else shares."""
    is_gain = all((gain := m.at("change")) and gain.value is not None for m in measures)
    return _gain_chart(measures) if is_gain else _share_chart(measures)


def _gain_chart(measures: list[MeasureValues]) -> Chart:
    unit = measures[0].unit
    rows = [
        ChartRow(
            label,
            detail,
            [change.value],
            [signed(change.value or 0)],
            symbols=[said.symbol(change)],
        )
        for label, detail, change in _each(measures, "change")
    ]
    low, high = bounds(rows, "")
    name = said.about(measures) or "Change"
    return Chart(
        kind="bars",
        title=name,
        sentence=_told(rows),
        unit=unit,
        series=["Change"],
        low=low,
        high=high,
        rows=rows,
        note=said.note_on(measures, "Only the change is recorded, not its ends"),
    )


def _share_chart(measures: list[MeasureValues]) -> Chart:
    rows = [
        ChartRow(
            label,
            detail,
            [share_of(measure)],
            [_text(outcome, measure)],
            symbols=[said.symbol(outcome)],
        )
        for measure, (label, detail, outcome) in zip(
            measures, _each(measures, "outcome"), strict=True
        )
    ]
    scale = measures[0].scale
    title = said.about(measures) or said.capital(scale.replace("%", "per cent").strip())
    return Chart(
        kind="bars",
        title=title,
        sentence=_told(rows),
        unit="per cent",
        series=["Per cent" if measures[0].unit == "per cent" else "So many of so many"],
        low=0,
        high=100,
        rows=rows,
        note=said.note_on(measures),
    )


def _each(measures: list[MeasureValues], moment: str) -> list[tuple[str, str, Value]]:
    """Label, detail and reading of each measure."""
    told = []
    for measure, label in zip(measures, said.labels(measures), strict=True):
        reading = measure.at(moment)
        if reading:
            told.append((label, said.detail(measure, measures, reading.n), reading))
    return told


def _text(outcome: Value, measure: MeasureValues) -> str:
    whole = whole_of(outcome)
    if outcome.value is None or measure.unit == "per cent" or whole is None:
        return said.shown(outcome, measure.unit)
    return f"{number(outcome.value)} of {number(whole)}"


def _told(rows: list[ChartRow]) -> str:
    return " ".join(f"{row.label}: {row.texts[0]}." for row in rows)


def figure_chart(measure: MeasureValues) -> Chart:
    """The last figure of a measure, large, with its moment and how many stand behind it."""
    reading = next((r for r in reversed(measure.readings) if r.value is not None), None)
    reading = reading or measure.readings[-1]
    is_gain = reading.moment == "change" and reading.value is not None
    sign = "+" if is_gain and (reading.value or 0) > 0 else ""
    when = " to ".join(filter(None, [reading.since, reading.when]))
    moment = said.MOMENTS[reading.moment]
    row = ChartRow(
        said.called(measure),
        ", ".join(filter(None, [measure.population, moment, when, said.sized(reading.n)])),
        [reading.value],
        [f"{sign}{said.shown(reading, measure.unit)}" or "counted"],
        symbols=[said.symbol(reading)],
    )
    return Chart(
        kind="figure",
        title=moment,
        sentence=f"{row.label}: {row.texts[0]}.",
        unit=measure.unit,
        series=[moment],
        low=0,
        high=reading.value or 0,
        rows=[row],
        note=said.note_on([measure]),
    )
