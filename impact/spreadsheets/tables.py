"""A spreadsheet as rows of cells: CSV or XLSX, told by its bytes and never by its name."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from zipfile import BadZipFile, ZipFile

from django.core.exceptions import ValidationError

from enquiries.evidence.contents import NOT_TEXT, OLD_OFFICE
from enquiries.evidence.packages import kind_of_package
from enquiries.models import Evidence
from impact.spreadsheets.cells import ERROR, FORMULA, PERCENTAGE, TICK, Cell, Spoilt, plain

MOST_ROWS = 20_000
MOST_COLUMNS = 100
MOST_EXPANDED = 50 * 1024 * 1024  # bytes of a workbook's parts, unpacked
ROWS_OF_EXCEL = 1_048_576

ZIP, PDF = b"PK\x03\x04", b"%PDF-"
DELIMITERS = ",;\t"
UNREADABLE = (BadZipFile, KeyError, OSError, StopIteration, SyntaxError, TypeError, ValueError)
BROKEN = "The file is damaged or protected. Save it again and choose that"


class Unreadable(Exception):
    """Why a file is no table that can be read, in words for whoever sent it."""


@dataclass(frozen=True)
class Row:
    """A row that is not empty: its number as the spreadsheet shows it, its cells by heading."""

    number: int
    cells: dict[str, Cell]


@dataclass(frozen=True)
class Table:
    """The headings of the first row as they are written, and the rows below them."""

    headings: list[str]
    rows: list[Row]


def table_of(content: bytes) -> Table:
    """The rows of a file that ``check_kind`` has let in; raises Unreadable."""
    check_kind(content)
    lines = _workbook(content) if content.startswith(ZIP) else _lines(content)
    _, first = next(lines, (1, []))
    headings = _headings(first)
    rows = []
    for number, cells in lines:
        rows.append(Row(number, _by_heading(number, cells, headings)))
        if len(rows) > MOST_ROWS:
            raise Unreadable(f"The file has more than {MOST_ROWS:,} rows. Send it in parts")
    return Table(headings, rows)


def check_kind(content: bytes) -> None:
    """Raise Unreadable unless the bytes are a CSV table, or a workbook that does no harm."""
    if content.startswith(ZIP):
        _check_workbook(content)
    elif content.startswith(OLD_OFFICE):
        raise Unreadable("The file is an old or protected workbook. Save it as XLSX or CSV")
    elif not _is_text(content):
        raise Unreadable("Choose a spreadsheet: an XLSX workbook or a CSV file")


def _check_workbook(content: bytes) -> None:
    try:
        kind = kind_of_package(content)
    except ValidationError as problem:
        raise Unreadable(problem.messages[0]) from problem
    if kind != Evidence.Kind.XLSX:
        raise Unreadable("The file is no workbook. Choose an XLSX workbook or a CSV file")
    with ZipFile(io.BytesIO(content)) as package:
        if sum(part.file_size for part in package.infolist()) > MOST_EXPANDED:
            raise Unreadable("The workbook is too large once unpacked. Save the sheet alone as CSV")


def _is_text(content: bytes) -> bool:
    if content.startswith(PDF):
        return False
    return bool(content) and not NOT_TEXT.search(_decoded(content, errors="replace"))


def _decoded(content: bytes, errors: str = "strict") -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors=errors)


# ---- headings ------------------------------------------------------------------------------


def _headings(first: list[Cell]) -> list[str]:
    if not first:
        raise Unreadable("The first row is empty. It must hold the headings of the template")
    if len(first) > MOST_COLUMNS:
        raise Unreadable(f"The file has more than {MOST_COLUMNS} columns")
    headings = [" ".join(str(cell).split()) if isinstance(cell, str) else "" for cell in first]
    named = [plain(heading) for heading in headings if heading]
    doubled = next((h for h in headings if named.count(plain(h)) > 1), "")
    if doubled:
        raise Unreadable("Two columns have the same heading. Each heading may stand only once")
    return headings


def _by_heading(number: int, cells: list[Cell], headings: list[str]) -> dict[str, Cell]:
    """The cells that are filled, by heading in plain words."""
    found = {}
    for at, cell in enumerate(cells):
        heading = headings[at] if at < len(headings) else ""
        if cell == "":
            continue
        if not heading:
            raise Unreadable(
                f"Row {number} has something in column {at + 1}, which has no heading. "
                "Clear it, or move it under one"
            )
        found[plain(heading)] = cell
    return found


# ---- CSV -----------------------------------------------------------------------------------


def _lines(content: bytes) -> Iterator[tuple[int, list[Cell]]]:
    """The records of a CSV file that are not empty, numbered as a spreadsheet shows them."""
    try:
        text = _decoded(content)
    except UnicodeDecodeError as odd:
        raise Unreadable("The file has odd characters. Save it as CSV UTF-8") from odd
    text = re.sub(r"\Asep=.\r?\n", "", text)
    head = text.partition("\n")[0]
    delimiter = max(DELIMITERS, key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    try:
        for number, record in enumerate(reader, 1):
            cells: list[Cell] = [cell.strip(" \u00a0") for cell in record]
            if any(cells) or number == 1:
                yield number, _without_empty_end(cells)
    except csv.Error as odd:
        raise Unreadable(f"Row {number + 1} has a quotation mark that is not closed") from odd


def _without_empty_end(cells: list[Cell]) -> list[Cell]:
    while cells and cells[-1] == "":
        cells.pop()
    return cells


# ---- XLSX ----------------------------------------------------------------------------------


def _workbook(content: bytes) -> Iterator[tuple[int, list[Cell]]]:
    """The rows of the first sheet that are not empty. What a part cannot hold is not unpacked."""
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
        sheet = next(each for each in book.worksheets if each.sheet_state == "visible")
        sheet.reset_dimensions()
        rows = sheet.iter_rows(max_row=ROWS_OF_EXCEL, max_col=MOST_COLUMNS + 1)
        for number, row in enumerate(rows, 1):
            cells = _without_empty_end([_cell(cell) for cell in row])
            if cells or number == 1:
                yield number, cells
    except UNREADABLE as odd:
        raise Unreadable(BROKEN) from odd


def _cell(cell) -> Cell:
    if cell.value is None:
        return ""
    if cell.data_type in _SPOILT:
        return _SPOILT[cell.data_type]
    if isinstance(cell.value, str):
        return cell.value.strip(" \u00a0")
    if isinstance(cell.value, int | float) and "%" in (cell.number_format or ""):
        return PERCENTAGE
    if isinstance(cell.value, date | int | float):
        return cell.value
    return Spoilt("Holds a time. Enter a date, a number or words")


_SPOILT = {"f": FORMULA, "e": ERROR, "b": TICK}
