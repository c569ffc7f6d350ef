"""The cells of tables that are handed out, as the program that opens them takes them."""

import csv
import io
import re
import zipfile

from openpyxl import load_workbook

STARTS = ("=", "+", "-", "@", "\t", "\r")
A_NUMBER = re.compile(r"-?\d+(\.\d+)?")


def cells_of(content: bytes) -> list[str | float]:
    """Every cell of a CSV file, a workbook or an archive of CSV files; numbers as numbers."""
    file = io.BytesIO(content)
    if not zipfile.is_zipfile(file):
        return _cells_of_csv(content)
    with zipfile.ZipFile(file) as archive:
        names = archive.namelist()
        if "xl/workbook.xml" not in names:
            return [cell for name in names for cell in _cells_of_csv(archive.read(name))]
    sheets = load_workbook(file).worksheets
    cells = [cell for sheet in sheets for row in sheet.iter_rows() for cell in row]
    return [f"={cell.value}" if cell.data_type == "f" else cell.value for cell in cells]


def _cells_of_csv(content: bytes) -> list[str | float]:
    rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    return [float(cell) if A_NUMBER.fullmatch(cell) else cell for row in rows for cell in row]


def carried_out(cells: list[str | float]) -> list[str]:
    """Those that a program reckons instead of showing them."""
    return [cell for cell in cells if isinstance(cell, str) and cell.startswith(STARTS)]


def guarded(cells: list[str | float]) -> list[str]:
    """Those that would be carried out without the apostrophe before them."""
    texts = [cell for cell in cells if isinstance(cell, str) and cell.startswith("'")]
    return [cell for cell in texts if cell[1:].startswith(STARTS)]
