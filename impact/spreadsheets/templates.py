"""Empty spreadsheets made for the measures that are to be filled in."""

from alliances.content import words
from impact.spreadsheets.layout import CODES, MOMENTS, TYPED, Subject, headings_of
from impact.spreadsheets.writing import (
    add_sheet,
    bytes_of,
    csv_of,
    format_column,
    new_book,
    offer_list,
)
from impact.wording import SYMBOLS

ROWS_WITH_LISTS = 2000
DAY = "dd/mm/yyyy"


def csv_template(subjects: list[Subject]) -> bytes:
    """The headings; for several measures a row that names each."""
    return csv_of(_lines(subjects))


def xlsx_template(subjects: list[Subject]) -> bytes:
    """Three sheets: the rows to fill in, how to fill them in, and which measures they are about."""
    book = new_book()
    headings = headings_of(subjects)
    readings = add_sheet(book, "Readings", _lines(subjects), [_width(code) for code in headings])
    add_sheet(book, "How to fill in", _instructions(headings), [30, 100])
    add_sheet(book, "Measures", _measures(subjects), [60, 20, 60])
    _offer_lists(readings, headings, len(subjects))
    return bytes_of(book)


def _lines(subjects: list[Subject]) -> list[list[str]]:
    headings = list(headings_of(subjects).values())
    if len(subjects) == 1:
        return [headings]
    return [headings, *([subject.label] for subject in subjects)]


def _width(code: str) -> int:
    return {"measure": 50, "words": 50}.get(code, 16)


def _instructions(headings: dict[str, str]) -> list[list[str]]:
    columns = words("impact", "columns")
    named = [
        [text, columns[f"column-{code}"].text] for code, text in headings.items() if code in CODES
    ]
    counted = [text for code, text in headings.items() if code not in CODES]
    categories = [[text, "How many are in it. Enter 0 for none"] for text in counted]
    symbols = [[symbol.value, meaning] for symbol, meaning in SYMBOLS.items()]
    return [
        ["Column", "What to enter"],
        *named,
        *categories,
        ["", ""],
        ["Symbol", "What it means"],
        ["0", "A true zero: it was looked for and there was none"],
        *symbols,
        ["", ""],
        ["Rows", "One row for each reading. Empty rows are left out"],
        ["Formulas", "Paste values in their place; a cell that holds a formula is refused"],
        ["Names", "Never enter the name of a pupil"],
    ]


def _measures(subjects: list[Subject]) -> list[list[str]]:
    lines = [[each.label, each.unit, ", ".join(each.categories)] for each in subjects]
    return [["Measure", "Unit", "Categories"], *lines]


def _offer_lists(sheet, headings: dict[str, str], measures: int) -> None:
    """Lists to choose from, in the cells below the headings."""
    codes = list(headings)
    offered = {
        "moment": f'"{",".join(MOMENTS)}"',
        "symbol": f'"{",".join(TYPED)}"',
        "measure": f"Measures!$A$2:$A${measures + 1}",
    }
    for code in offered.keys() & set(codes):
        offer_list(sheet, codes.index(code), offered[code], ROWS_WITH_LISTS)
    format_column(sheet, codes.index("date"), DAY)
