"""Measures as tables, alike in every report."""

from impact.models import Measure
from impact.values import MeasureValues, Symbol, Value
from impact.wording import SYMBOLS, change_in_words, figure, number, verdict
from reports.builders.pictures.said import MOMENTS
from reports.values import MeasureLine, MeasureTable, Pair

LEVELS = {
    "pupil": "Pupils",
    "teacher": "Teachers",
    "school": "Schools",
    "alliance": "The alliance",
}
# A baseline and an outcome: more readings than these are listed one by one.
BOTH = 2


def measure_tables(measures: list[MeasureValues]) -> list[MeasureTable]:
    """One table a level, in the order pupils, teachers, schools, alliance; none is empty."""
    tables = []
    for level, title in LEVELS.items():
        lines = [_line(measure) for measure in measures if measure.level == level]
        if lines:
            tables.append(MeasureTable(level, title, lines))
    return tables


def symbols_used(measures: list[MeasureValues], *others: Symbol) -> list[Pair]:
    """The symbols that stand in the tables, or among the ``others``, with their meaning."""
    cells = [r for m in measures for r in m.readings]
    used = {cell.symbol for cell in [*cells, *(t for r in cells for t in r.tallies)]}
    used |= {Symbol.WEAK for cell in cells if cell.is_weak} | {*others}
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
        moments=[name for name, _ in _told(measure)] if measure.is_distribution else [],
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


def _told(measure: MeasureValues) -> list[tuple[str, Value | None]]:
    """The readings of a distribution that stand in its columns: baseline, on the way, outcome."""
    ends = [measure.at(moment) for moment in ("baseline", "outcome")]
    between = [r for r in measure.readings if r.tallies and r not in ends]
    named = [(", ".join(filter(None, [MOMENTS[r.moment], _when(r)])), r) for r in between]
    return [(MOMENTS["baseline"], ends[0]), *named, (MOMENTS["outcome"], ends[1])]


def _categories(measure: MeasureValues) -> list[list[str]]:
    """Rows of a distribution: label, a figure for each of its moments, note."""
    if not measure.is_distribution:
        return []
    columns = [reading for _, reading in _told(measure)]
    rows: dict[str, list[str]] = {}
    for place, reading in enumerate(columns, 1):
        for tally in reading.tallies if reading else ():
            empty = [tally.label, *[""] * len(columns), ""]
            row = rows.setdefault(tally.label, empty)
            row[place] = figure(tally, measure.unit)
            row[-1] = tally.note or row[-1]
    return list(rows.values())
