"""Pictures of how answers and grades spread, as shares of those who were counted."""

from impact.values import MeasureValues, Symbol, Tally, Value
from impact.wording import figure, number, rounded
from reports.builders.pictures import said
from reports.builders.pictures.groups import labels_of
from reports.charts.values import Chart, ChartRow


def spread_chart(kind: str, measures: list[MeasureValues]) -> Chart:
    """One bar a measure and moment; what was counted before stands above what was after."""
    series = labels_of(measures)
    rows = []
    for measure, label in zip(measures, said.labels(measures), strict=True):
        readings = _told_readings(measure)
        for reading in readings:
            name = label if reading is readings[0] else ""
            moment = said.MOMENTS[reading.moment] if len(readings) > 1 else ""
            rows.append(_row(reading, name, moment, series, measure.unit))
    unit = measures[0].unit
    counted = "" if unit == "per cent" else f"Number of {unit}" if unit else ""
    title = said.about(measures) or said.shared_population(measures)
    return Chart(
        kind=kind,
        title=f"How answers spread: {title}" if title else "How answers spread",
        sentence=" ".join(_told(row, series) for row in rows),
        unit="per cent",
        series=[said.capital(name) for name in series],
        low=0,
        high=100,
        rows=rows,
        note=said.note_on(measures, counted),
        middle=(len(series) - 1) / 2 if kind == "diverging" else None,
    )


def _told_readings(measure: MeasureValues) -> list[Value]:
    """Those that tell more than one category, or else the last."""
    readings = [reading for reading in measure.readings if reading.tallies]
    return [r for r in readings if len(r.tallies) > 1] or readings[-1:]


def _row(reading: Value, label: str, moment: str, series: list[str], unit: str) -> ChartRow:
    found = {tally.label: tally for tally in reading.tallies}
    tallies = [found.get(name) for name in series]
    whole = _whole(reading, unit)
    return ChartRow(
        label,
        ", ".join(filter(None, [moment, said.sized(reading.n)])),
        [_share(tally, whole) for tally in tallies],
        [_figure(tally) for tally in tallies],
        symbols=[str(tally.symbol) if tally else "" for tally in tallies],
    )


def _whole(reading: Value, unit: str) -> float | None:
    """What the shares are of: all that were counted where every count is told, else ``n``."""
    told = [tally.value for tally in reading.tallies if tally.value is not None]
    if unit == "per cent":
        return max(sum(told), 100)
    if len(told) == len(reading.tallies):
        return sum(told)
    return reading.n if reading.n is not None and reading.n >= sum(told) else None


def _whole_of_each(reading: Value, unit: str) -> float | None:
    """What a category by itself is a share of, though somebody may be in several."""
    if unit == "per cent":
        return 100
    whole = _whole(reading, unit)
    return whole if whole is None or reading.n is None else min(whole, reading.n)


def _share(tally: Tally | None, whole: float | None) -> float | None:
    """In per cent; None where the count or the whole is not known."""
    if tally is None or tally.value is None or whole is None:
        return None
    return round(100 * tally.value / whole, 1) if whole else 0.0


def _figure(tally: Tally | None) -> str:
    """The count without its unit, which the chart's note names once."""
    if tally is None:
        return ""
    return f"[{tally.symbol}]" if tally.symbol else number(tally.value or 0)


def _told(row: ChartRow, series: list[str]) -> str:
    pairs = zip(series, row.texts, strict=True)
    name = ", ".join(filter(None, [row.label, row.detail]))
    return f"{name}: {', '.join(f'{label} {text}' for label, text in pairs if text)}."


def distribution_chart(measure: MeasureValues) -> Chart:
    """The categories of one measure, each with its share before and after."""
    before, after = measure.at("baseline"), measure.at("outcome")
    ends = [reading for reading in (before, after) if reading]
    wholes = [_whole_of_each(reading, measure.unit) for reading in ends]
    rows = []
    for label in labels_of([measure]):
        found = [next((t for t in r.tallies if t.label == label), None) for r in ends]
        shares = [_share(t, whole) for t, whole in zip(found, wholes, strict=True)]
        texts = [
            _both(tally, whole, measure.unit) for tally, whole in zip(found, wholes, strict=True)
        ]
        symbols = [str(tally.symbol) if tally else Symbol.NONE for tally in found]
        rows.append(ChartRow(said.capital(label), "", shares, texts, symbols=symbols))
    return Chart(
        kind="distribution",
        title=said.called(measure),
        sentence=" ".join(
            f"{row.label}: from {row.texts[0] or 'no figure'} to {row.texts[1] or 'no figure'}."
            for row in rows
        ),
        unit="per cent",
        series=[", ".join(filter(None, [said.MOMENTS[r.moment], said.sized(r.n)])) for r in ends],
        low=0,
        high=100,
        rows=rows,
        note=said.note_on([measure], measure.population),
    )


def _both(tally: Tally | None, whole: float | None, unit: str) -> str:
    if tally is None:
        return ""
    if tally.value is None or whole is None or unit == "per cent":
        return figure(tally, unit)
    share = 100 * tally.value / whole if whole else 0
    return f"{number(tally.value)} ({number(rounded(share, whole=100))}%)"
