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


def format_column(sheet, at: int, number_format: str) -> None:
    """How the cells of a column, counted from 0, show what is typed into them."""
    sheet.column_dimensions[_letter(at)].number_format = number_format


def offer_list(sheet, at: int, choices: str, rows: int) -> None:
    """A list to choose from in the cells below a heading: a quoted text or a range of cells."""
    from openpyxl.worksheet.datavalidation import DataValidation

    rule = DataValidation(type="list", formula1=choices, allow_blank=True)
    rule.error, rule.errorTitle = "Choose one from the list", "Not in the list"
    sheet.add_data_validation(rule)
    rule.add(f"{_letter(at)}2:{_letter(at)}{rows}")


def _letter(at: int) -> str:
    from openpyxl.utils import get_column_letter

    return get_column_letter(at + 1)


def bytes_of(book) -> bytes:
    """The workbook as a file."""
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _guarded(cell):
    return neutral(cell) if isinstance(cell, str) else cell
