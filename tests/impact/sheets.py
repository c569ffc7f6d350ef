"""Spreadsheets as people send them."""

import csv
import io
from datetime import date

from openpyxl import Workbook, load_workbook

from impact.models import Category, Measure
from tests.measuring import add_measure


def csv_file(*lines, delimiter=",", encoding="utf-8-sig") -> bytes:
    """A CSV file of these lines."""
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=delimiter).writerows(lines)
    return file.getvalue().encode(encoding)


def xlsx_file(*lines, formats=None) -> bytes:
    """A workbook of one sheet; ``formats`` are number formats by the name of a cell."""
    book = Workbook()
    for line in lines:
        book.active.append(line)
    for name, number_format in (formats or {}).items():
        book.active[name].number_format = number_format
    return saved(book)


def saved(book) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def opened(content: bytes):
    """A workbook that was handed out."""
    return load_workbook(io.BytesIO(content))


def lines_of(sheet) -> list[tuple]:
    return [tuple(cell.value for cell in row) for row in sheet.iter_rows()]


def a_measure(world, name="Reading age", unit="months", **fields) -> Measure:
    """A measure of Leah's without readings."""
    given = {"level": "pupil", "instrument": "test", "population": "Year 4", **fields}
    return add_measure(
        enquiry=world.enquiry, by=world.person("leah"), baseline=None, name=name, unit=unit, **given
    )


def a_distribution(world, name="Confidence", unit="pupils") -> Measure:
    """A measure that counts three answers."""
    measure = a_measure(world, name, unit)
    for position, answer in enumerate(["Low", "Middling", "High"], 1):
        Category.objects.create(measure=measure, position=position, name=answer)
    return measure


A_DAY = date(2026, 3, 27)
HEADINGS = ["Moment", "Date", "Value", "Out of", "Standard deviation", "Number of people"]
HEADINGS += ["In words", "Symbol"]
