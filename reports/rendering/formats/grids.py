"""Every table of a report as plain rows and columns, for spreadsheets.

A cell that covers several stands in each. What stands under a figure, such as its date, moves into
a column beside it, so that the figure can be reckoned with.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from reports.rendering.formats.blocks import BREAK, Block, Cell, Figure, Heading, Row, Table, plain
from reports.rendering.formats.figures import WEAK, Quantity, quantity_in

LONGEST_NAME = 31  # of a sheet
TAKEN = {"about", "contents"}  # by the sheets that every workbook has
UNNAMED_COLUMNS = ("About", "What is told")
Value = str | Quantity


@dataclass(frozen=True)
class Grid:
    """A table: ``name`` is short and stands once in a report, ``place`` is where it is found."""

    name: str
    title: str
    place: str
    notes: list[str]
    headings: list[str]
    rows: list[list[Value]]


def grids(blocks: Iterable[Block]) -> list[Grid]:
    """The tables in the order of the page, with those behind its figures."""
    found: list[Grid] = []
    above: dict[int, str] = {}
    for block in blocks:
        if isinstance(block, Heading):
            above = {level: said for level, said in above.items() if level < block.level}
            above[block.level] = plain(block.text)
        table = block.table if isinstance(block, Figure) else block
        if isinstance(table, Table):
            taken = TAKEN | {grid.name.casefold() for grid in found}
            found.append(_grid(table, list(above.values()), taken))
    return found


def _grid(table: Table, above: list[str], taken: set[str]) -> Grid:
    title = plain(table.caption) or above[-1]
    numbered = re.match(r"(Table|Figure) \d+", title)
    columns = _columns(_spread(table.rows))
    named = zip(_headings(table), columns, strict=True)
    return Grid(
        name=_once(numbered[0] if numbered else title, taken),
        title=title,
        place=" – ".join(each for each in above if each != title),
        notes=[plain(note) for note in table.notes],
        headings=_each_once([each for heading, column in named for each in column.named(heading)]),
        rows=_across([line for column in columns for line in column.lines()]),
    )


def _headings(table: Table) -> list[str]:
    if not table.heads:
        return list(UNNAMED_COLUMNS)
    rows = _spread(table.heads)
    named = zip(*([_in_a_line(cell) for cell in row] for row in rows), strict=True)
    return [", ".join(dict.fromkeys(filter(None, parts))) for parts in named]


def _once(name: str, taken: set[str]) -> str:
    """The name as a sheet may have it, with a number where another has it."""
    fit = " ".join(re.sub(r"[\[\]:*?/\\']", " ", name).split()) or "Table"
    short, number = fit[:LONGEST_NAME].strip(), 1
    while short.casefold() in taken:
        number += 1
        end = f" ({number})"
        short = fit[: LONGEST_NAME - len(end)].strip() + end
    return short


def _each_once(headings: list[str]) -> list[str]:
    """Headings that differ, for a table whose columns are known by them."""
    told: list[str] = []
    for heading in headings:
        name, number = heading or "Column", 1
        while name.casefold() in {each.casefold() for each in told}:
            number += 1
            name = f"{heading or 'Column'} ({number})"
        told.append(name)
    return told


# ---- columns -------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Column:
    """What its cells say, and what is noted of each."""

    values: list[Value]
    asides: list[str]

    def named(self, heading: str) -> list[str]:
        return [heading, f"{heading}: note"] if any(self.asides) else [heading]

    def lines(self) -> list[list[Value]]:
        return [self.values, self.asides] if any(self.asides) else [self.values]


def _columns(rows: list[list[Cell]]) -> list[_Column]:
    return [_column(cells) for cells in _across(rows)]


def _across(lines: list[list]) -> list[list]:
    """Rows as columns, and columns as rows."""
    return [list(line) for line in zip(*lines, strict=True)]


def _column(cells: Iterable[Cell]) -> _Column:
    told = [_parted(cell) for cell in cells]
    return _Column([value for value, _ in told], [aside for _, aside in told])


def _parted(cell: Cell) -> tuple[Value, str]:
    """A cell's figure and what stands with it; a cell of words is not parted."""
    if cell.is_heading:
        return plain(cell.text), ""
    if not cell.is_figure:
        said = plain(cell.text)
        return quantity_in(said, with_unit=False) or said, ""
    first, *others = plain(cell.text).split(BREAK)
    if first.endswith(WEAK) and (weak := quantity_in(first.removesuffix(WEAK), with_unit=True)):
        return weak, "; ".join([WEAK.strip(), *others])
    return quantity_in(first, with_unit=True) or first, "; ".join(others)


def _in_a_line(cell: Cell) -> str:
    return plain(cell.text).replace(BREAK, " ")


def _spread(rows: Iterable[Row]) -> list[list[Cell]]:
    """Every place of a table with the cell that covers it."""
    covered: dict[tuple[int, int], Cell] = {}
    for down, row in enumerate(rows):
        across = 0
        for cell in row.cells:
            while (down, across) in covered:
                across += 1
            for place in _places(cell, down, across):
                covered[place] = cell
    lines = groupby(sorted(covered), key=lambda place: place[0])
    return [[covered[place] for place in places] for _, places in lines]


def _places(cell: Cell, down: int, across: int) -> list[tuple[int, int]]:
    return [(down + y, across + x) for y in range(cell.down) for x in range(cell.across)]
