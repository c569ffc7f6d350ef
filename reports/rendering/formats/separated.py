"""The tables of a report as CSV files in an archive, with one that says what they are."""

from collections.abc import Iterator

from django.utils.text import slugify

from impact.spreadsheets.writing import Line, csv_of
from reports.rendering.formats.archives import archive
from reports.rendering.formats.blocks import Block
from reports.rendering.formats.figures import Quantity
from reports.rendering.formats.grids import Grid, Value, grids
from reports.rendering.formats.imprint import Imprint


def separated(blocks: list[Block], imprint: Imprint) -> bytes:
    """A ZIP archive of CSV files in UTF-8; bare numbers are numbers, all else is as it reads."""
    tables = grids(blocks)
    files = {f"{n:02}-{slugify(grid.name)}.csv": grid for n, grid in enumerate(tables, 1)}
    about = csv_of(_about(files, imprint))
    own = [(name, csv_of([grid.headings, *map(_line, grid.rows)])) for name, grid in files.items()]
    return archive([("about.csv", about), *own])


def _line(row: list[Value]) -> Line:
    return [_told(value) for value in row]


def _told(value: Value):
    if not isinstance(value, Quantity):
        return value
    return value.number if value.is_bare else value.text


def _about(files: dict[str, Grid], imprint: Imprint) -> Iterator[Line]:
    yield "About", imprint.title
    yield from imprint.lines()
    yield "", ""
    yield "Sign in a cell", "What it means"
    yield from imprint.signs.items()
    yield "", ""
    yield "File", "What it holds", "Where it stands in the report", "Notes"
    for name, grid in files.items():
        yield name, grid.title, grid.place, " ".join(grid.notes)
