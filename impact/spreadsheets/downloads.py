"""Measures handed out as spreadsheets: what disclosure has let out, and what it says of itself."""

from collections.abc import Iterator
from datetime import date

from alliances.content import words
from impact.models import Better, Level, Measure, Reading
from impact.spreadsheets.writing import Line, add_sheet, bytes_of, csv_of, new_book
from impact.values import MeasureValues, Symbol, Tally, Value
from impact.wording import SYMBOLS

OF_A_MEASURE = ("measure", "level", "population", "group", "instrument", "scale", "unit", "better")
ALONE = (*OF_A_MEASURE, "target", "target-date", "criterion", "note")
OF_A_READING = ("moment", "date", "when", "since", "category", "value", "whole", "spread")
READ = (*OF_A_MEASURE, *OF_A_READING, "people", "words", "symbol")
WIDE = {"measure": 40, "population": 30, "scale": 30, "criterion": 40, "note": 40, "words": 40}


def csv_of_measures(measures: list[MeasureValues], _about: list[tuple[str, str]]) -> bytes:
    """A row for each reading, of a distribution one for each category."""
    return csv_of([_headings(READ), *_readings(measures)])


def xlsx_of_measures(measures: list[MeasureValues], about: list[tuple[str, str]]) -> bytes:
    """The readings, the measures, and a sheet about both: ``about``, columns and symbols."""
    book = new_book()
    add_sheet(book, "Readings", [_headings(READ), *_readings(measures)], map(_width, READ))
    lines = [_headings(ALONE), *map(_measure, measures)]
    add_sheet(book, "Measures", lines, map(_width, ALONE))
    add_sheet(book, "About", _about_lines(about), [30, 100])
    return bytes_of(book)


def _headings(codes: tuple[str, ...]) -> list[str]:
    return [words("impact", "columns")[f"column-{code}"].title for code in codes]


def _width(code: str) -> int:
    return WIDE.get(code, 16)


def _about_lines(about: list[tuple[str, str]]) -> Iterator[Line]:
    columns = words("impact", "columns")
    yield "About", ""
    yield from about
    yield "", ""
    yield from ((columns[f"column-{code}"].title, columns[f"column-{code}"].text) for code in READ)
    yield "", ""
    yield "Symbol", "What it means"
    yield "0", "a true zero"
    yield from ((symbol.value, meaning) for symbol, meaning in SYMBOLS.items())


def _readings(measures: list[MeasureValues]) -> Iterator[Line]:
    for measure in measures:
        own = _own(measure)
        for reading in measure.readings:
            yield from ([*own, *cells] for cells in _cells(reading))


def _own(measure: MeasureValues) -> list[str]:
    return [
        measure.name,
        Level(measure.level).label,
        measure.population,
        measure.group,
        Measure.Instrument(measure.instrument).label,
        measure.scale,
        measure.unit,
        Better(measure.better).label,
    ]


def _measure(measure: MeasureValues) -> Line:
    due = measure.target_on.isoformat() if measure.target_on else ""
    return [*_own(measure), _plain(measure.target), due, measure.criterion, measure.note]


def _cells(reading: Value) -> Iterator[list]:
    """What a reading says, once for each of its categories; its own words stand with the first."""
    when = [
        Reading.Moment(reading.moment).label,
        reading.on.isoformat() if reading.on else "",
        reading.when,
        reading.since,
    ]
    if not reading.tallies:
        symbol = reading.symbol or (Symbol.WEAK if reading.is_weak else Symbol.NONE)
        figures = [_plain(reading.value), reading.of, _plain(reading.sd), reading.n]
        yield [*when, "", *figures, reading.words, symbol.value]
    for at, tally in enumerate(reading.tallies):
        said = reading.words if at == 0 else ""
        yield [
            *when,
            tally.label,
            _plain(tally.value),
            None,
            None,
            reading.n,
            said,
            _symbol(tally, reading),
        ]


def _plain(value: float | None) -> float | None:
    """7.0 as 7, as people write it."""
    return int(value) if value is not None and value == int(value) else value


def _symbol(tally: Tally, reading: Value) -> str:
    found = tally.symbol or reading.symbol
    return found.value or (Symbol.WEAK.value if reading.is_weak else "")


def what_it_is(*, alliance: str, enquiry: str, today: date, withheld_below: int) -> list:
    """What the sheet says of itself; ``withheld_below`` so many pupils, 0 where nothing is."""
    care = (
        f"Figures that rest on fewer than {withheld_below} pupils are withheld"
        if withheld_below
        else "Exact, for the alliance alone. Small numbers must not leave it"
    )
    return [
        ("Alliance", alliance),
        ("Enquiry", enquiry),
        ("Downloaded on", today.isoformat()),
        ("Small numbers", care),
    ]
