"""Measures as tables and charts, alike in every report."""

from collections import defaultdict

from impact.models import Measure
from impact.values import MeasureValues, Value
from impact.wording import SYMBOLS, change_in_words, figure, number, verdict
from reports.values import Chart, ChartRow, MeasureLine, MeasureTable, Pair

LEVELS = {
    "pupil": "Pupils",
    "teacher": "Teachers",
    "school": "Schools",
    "alliance": "The alliance",
}
MOST_ROWS = 10
# A baseline and an outcome: more readings than these are listed one by one.
BOTH = 2
MOMENTS = {
    "baseline": "Baseline",
    "interim": "On the way",
    "outcome": "Outcome",
    "change": "Change",
}


def measure_tables(measures: list[MeasureValues]) -> list[MeasureTable]:
    """One table a level, in the order pupils, teachers, schools, alliance; none is empty."""
    tables = []
    for level, title in LEVELS.items():
        lines = [_line(measure) for measure in measures if measure.level == level]
        if lines:
            tables.append(MeasureTable(level, title, lines))
    return tables


def symbols_used(measures: list[MeasureValues]) -> list[Pair]:
    """The symbols that stand in the tables, with their meaning."""
    cells = [r for m in measures for r in m.readings]
    used = {cell.symbol for cell in [*cells, *(t for r in cells for t in r.tallies)]}
    return [Pair(f"[{symbol}]", text) for symbol, text in SYMBOLS.items() if symbol in used]


def _line(measure: MeasureValues) -> MeasureLine:
    baseline, outcome, change = (measure.at(m) for m in ("baseline", "outcome", "change"))
    return MeasureLine(
        id=measure.id,
        name=measure.name,
        who=", ".join(filter(None, [measure.population, measure.group])),
        how=", ".join(filter(None, [_instrument(measure), measure.scale])),
        baseline=_shown(baseline, measure.unit),
        baseline_when=_when(baseline),
        outcome=_shown(outcome, measure.unit),
        outcome_when=_when(outcome),
        change="[c]" if change and change.symbol else change_in_words(measure),
        n=next((number(r.n) for r in measure.readings if r.n is not None), ""),
        verdict=verdict(measure),
        words=next((r.words for r in measure.readings if r.words), measure.note),
        categories=_categories(measure),
        readings=_readings(measure),
    )


def _instrument(measure: MeasureValues) -> str:
    """How it was measured; that it was some other way tells a reader nothing."""
    return "" if measure.instrument == Measure.Instrument.OTHER else measure.instrument


def _readings(measure: MeasureValues) -> list[str]:
    """Every reading in words, where there are more than a baseline and an outcome."""
    if len({reading.moment for reading in measure.readings}) == len(measure.readings) <= BOTH:
        return []
    return [
        f"{MOMENTS[r.moment]}, {_when(r)}: {figure(r, measure.unit) or r.words or 'counted'}"
        for r in measure.readings
    ]


def _shown(value: Value | None, unit: str) -> str:
    return figure(value, unit) if value else ""


def _when(value: Value | None) -> str:
    if value is None:
        return ""
    return " to ".join(filter(None, [value.since, value.when]))


def _categories(measure: MeasureValues) -> list[list[str]]:
    """Rows of a distribution: label, at baseline, at outcome, note."""
    if not measure.is_distribution:
        return []
    rows: dict[str, list[str]] = {}
    for reading in measure.readings:
        for tally in reading.tallies:
            row = rows.setdefault(tally.label, [tally.label, "", "", ""])
            row[1 if reading.moment == "baseline" else 2] = figure(tally, measure.unit)
            row[3] = tally.note or row[3]
    return list(rows.values())


# ---- charts --------------------------------------------------------------------------------


def charts_of(measures: list[MeasureValues]) -> list[Chart]:
    """The pictures that the figures allow: what changed, how answers spread, what share."""
    return [*_changes(measures), *_spreads(measures), *_shares(measures)]


def _label(measure: MeasureValues) -> str:
    said = {"male": "boys", "female": "girls"}
    group = measure.group.casefold()
    named = measure.name.casefold()
    return (
        measure.name
        if group in named or said.get(group, group) in named
        else (f"{measure.name} ({measure.group})")
    )


def _changes(measures: list[MeasureValues]) -> list[Chart]:
    """Baseline and outcome of measures of one unit on one axis; not parts of two wholes."""
    by_unit: dict[str, list[MeasureValues]] = defaultdict(list)
    for measure in measures:
        both = [measure.at("baseline"), measure.at("outcome")]
        shown = [value for value in both if value and value.value is not None]
        if len(shown) == len(both) and shown[0].of == shown[1].of:
            by_unit[measure.unit].append(measure)
    groups = sorted(by_unit.items(), key=lambda item: -len(item[1]))
    telling = [item for item in groups if len(item[1]) > 1] or groups[:1]
    return [_change_chart(unit, group[:MOST_ROWS]) for unit, group in telling]


def _change_chart(unit: str, group: list[MeasureValues]) -> Chart:
    pairs = [(m, m.at("baseline"), m.at("outcome")) for m in group]
    values = [v.value for _, before, after in pairs for v in (before, after)]
    moves = [
        f"{_label(m)} went from {figure(before, unit)} to {figure(after, unit)}"
        for m, before, after in pairs
    ]
    return Chart(
        kind="change",
        title=f"From baseline to outcome, {'per cent' if unit == 'per cent' else unit or 'score'}",
        sentence=". ".join(moves) + ".",
        unit=unit,
        series=["Baseline", "Outcome"],
        low=min(0, *values),
        high=100 if unit == "per cent" else max(values),
        rows=[
            ChartRow(
                _label(m),
                m.population,
                [before.value, after.value],
                [figure(before, unit), figure(after, unit)],
            )
            for m, before, after in pairs
        ],
    )


def _spreads(measures: list[MeasureValues]) -> list[Chart]:
    """Distributions over the same categories, one bar each, as shares of those who answered.

    Where nobody answered there is nothing to share out.
    """
    alike: dict[tuple[str, ...], list[tuple[MeasureValues, Value]]] = defaultdict(list)
    for measure in measures:
        outcome = measure.at("outcome")
        if (
            outcome
            and len(outcome.tallies) > 1
            and all(t.value is not None for t in outcome.tallies)
            and any(t.value for t in outcome.tallies)
        ):
            alike[tuple(t.label for t in outcome.tallies)].append((measure, outcome))
    return [_spread_chart(list(labels), rows[:MOST_ROWS]) for labels, rows in alike.items()]


def _spread_chart(labels: list[str], rows: list[tuple[MeasureValues, Value]]) -> Chart:
    drawn = []
    for measure, outcome in rows:
        total = sum(tally.value for tally in outcome.tallies)
        shares = [round(100 * tally.value / total, 1) for tally in outcome.tallies]
        texts = [figure(tally, measure.unit) for tally in outcome.tallies]
        drawn.append(ChartRow(_label(measure), f"n = {number(total)}", shares, texts))
        if measure.unit == "per cent":
            drawn[-1] = ChartRow(_label(measure), measure.population, shares, texts)
    told = [
        f"{row.label}: "
        + ", ".join(f"{label} {text}" for label, text in zip(labels, row.texts, strict=True))
        for row in drawn
    ]
    return Chart(
        kind="stacked",
        title=f"How answers spread: {rows[0][0].population}",
        sentence=". ".join(told) + ".",
        unit="per cent",
        series=labels,
        low=0,
        high=100,
        rows=drawn,
    )


def _shares(measures: list[MeasureValues]) -> list[Chart]:
    """Percentages of one population on one scale, longest list first."""
    alike: dict[tuple[str, str], list[MeasureValues]] = defaultdict(list)
    for measure in measures:
        outcome = measure.at("outcome")
        is_share = measure.unit == "per cent" and not measure.at("baseline")
        if is_share and outcome and outcome.value is not None:
            alike[measure.scale, measure.instrument].append(measure)
    groups = sorted((group for group in alike.values() if len(group) > 1), key=len, reverse=True)
    return [_share_chart(group[:MOST_ROWS]) for group in groups[:2]]


def _share_chart(group: list[MeasureValues]) -> Chart:
    rows = [
        ChartRow(
            _label(m),
            m.population,
            [m.at("outcome").value],
            [figure(m.at("outcome"), m.unit)],
        )
        for m in group
    ]
    return Chart(
        kind="bars",
        title=(group[0].scale or "Share").replace("%", "Per cent"),
        sentence=". ".join(f"{row.label}: {row.texts[0]}" for row in rows) + ".",
        unit="per cent",
        series=["Per cent"],
        low=0,
        high=100,
        rows=rows,
    )
