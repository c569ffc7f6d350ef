"""The tables of a report as a workbook: about, contents, and a sheet for each."""

from functools import cache

from impact.spreadsheets.cells import neutral
from reports.rendering.formats.archives import settled
from reports.rendering.formats.blocks import Block
from reports.rendering.formats.figures import Quantity
from reports.rendering.formats.grids import Grid, Value, grids
from reports.rendering.formats.imprint import Imprint
from reports.rendering.formats.reading import clean

ABOUT, CONTENTS = "About", "Contents"
NO_TABLES = "This report has no tables."
NARROWEST, WIDEST = 12, 60  # characters


def workbook(blocks: list[Block], imprint: Imprint) -> bytes:
    """XLSX; text in it is never a formula, and a sign in brackets stays text."""
    from openpyxl import Workbook

    book, tables = Workbook(), grids(blocks)
    book.properties.title, book.properties.creator = clean(imprint.title), imprint.kind
    book.properties.language = "en-GB"
    _about(book.active, imprint)
    _contents(book.create_sheet(CONTENTS), tables)
    for number, grid in enumerate(tables, 1):
        _sheet(book.create_sheet(grid.name), grid, number)
    return settled(book.save, imprint.asked_on)


def _about(sheet, imprint: Imprint) -> None:
    sheet.title = ABOUT
    _put(sheet, 1, [imprint.title])
    signs = [("Sign in a cell", "What it means"), *imprint.signs.items()]
    lines = [*imprint.lines(), ("", ""), *signs]
    for row, line in enumerate(lines, 3):
        _put(sheet, row, line)
        _style(sheet.cell(row, 1), is_bold=True)
    _style(sheet["A1"], is_bold=True, size=14)
    _widen(sheet, [28, 90])


def _contents(sheet, tables: list[Grid]) -> None:
    _put(sheet, 1, ["Sheet", "What it holds", "Where it stands in the report"])
    for row, grid in enumerate(tables, 2):
        _put(sheet, row, [grid.name, grid.title, grid.place])
        _link(sheet.cell(row, 1), grid.name)
    if not tables:
        _put(sheet, 2, [NO_TABLES])
    for cell in sheet[1]:
        _style(cell, is_bold=True)
    _widen(sheet, [34, 60, 60])
    sheet.freeze_panes = "A2"


def _sheet(sheet, grid: Grid, number: int) -> None:
    """The title, where it stands and its notes; then the table, whose headings stay in sight."""
    above = list(filter(None, [grid.title, grid.place, *grid.notes]))
    for row, line in enumerate(above, 1):
        _put(sheet, row, [line])
    _style(sheet["A1"], is_bold=True, size=13)
    back = len(above) + 1
    _put(sheet, back, [CONTENTS])
    _link(sheet.cell(back, 1), CONTENTS)
    start = back + 2
    for row, line in enumerate([grid.headings, *grid.rows], start):
        _put(sheet, row, line)
        for cell in sheet[row]:
            _style(cell, is_bold=row == start, wraps=True)
    sheet.freeze_panes = sheet.cell(start + 1, 1)
    _widen(sheet, map(_width, zip(grid.headings, *grid.rows, strict=True)))
    _mark_as_table(sheet, grid, start, number)


def _put(sheet, row: int, line: list[Value] | tuple[str, ...]) -> None:
    for column, value in enumerate(line, 1):
        cell = sheet.cell(row, column)
        if isinstance(value, Quantity):
            cell.value, cell.number_format = value.number, value.shown
        else:
            cell.value = neutral(clean(value)) or None


def _style(cell, *, is_bold: bool, wraps: bool = False, size: int = 11) -> None:
    cell.font, cell.alignment = _look(is_bold, wraps, size)


@cache
def _look(is_bold: bool, wraps: bool, size: int):
    from openpyxl.styles import Alignment, Font

    return Font(bold=is_bold, size=size), Alignment(wrap_text=wraps, vertical="top")


def _link(cell, sheet: str) -> None:
    """Lead to the first cell of another sheet."""
    from openpyxl.worksheet.hyperlink import Hyperlink

    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{sheet}'!A1", display=cell.value)
    cell.style = "Hyperlink"


def _widen(sheet, widths) -> None:
    from openpyxl.utils import get_column_letter

    for number, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width


def _width(column: tuple[Value, ...]) -> int:
    told = [each.text if isinstance(each, Quantity) else each for each in column]
    longest = max(len(line) for text in told for line in text.split("\n"))
    return min(max(longest + 2, NARROWEST), WIDEST)


def _mark_as_table(sheet, grid: Grid, start: int, number: int) -> None:
    """So that programs, and those who read aloud, know the headings."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.table import Table

    last = f"{get_column_letter(len(grid.headings))}{start + len(grid.rows)}"
    sheet.add_table(Table(displayName=f"Report_{number}", ref=f"A{start}:{last}"))
