"""Spreadsheets we hand out. Text in them is never a formula, whatever somebody has typed."""

import csv
import io
from collections.abc import Iterable

from impact.spreadsheets.cells import neutral

Line = Iterable[str | int | float | None]

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"


def csv_of(lines: Iterable[Line]) -> bytes:
    """A CSV file that spreadsheets open as UTF-8, with quotation marks where they are needed."""
    file = io.StringIO(newline="")
    csv.writer(file).writerows([_guarded(cell) for cell in line] for line in lines)
    return file.getvalue().encode("utf-8-sig")


def new_book():
    """A workbook without sheets."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    return book


def add_sheet(book, title: str, lines: Iterable[Line], widths: Iterable[int]):
    """A sheet with a bold first row that stays in sight; ``widths`` in characters."""
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(title)
    for line in lines:
        sheet.append([_guarded(cell) for cell in line])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    for number, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.freeze_panes = "A2"
    return sheet


def bytes_of(book) -> bytes:
    """The workbook as a file."""
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _guarded(cell):
    return neutral(cell) if isinstance(cell, str) else cell
