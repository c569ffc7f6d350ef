"""A file as rows of cells: CSV as every program writes it, workbooks, and what is let in at all."""

import io
import zipfile
from datetime import datetime

import pytest
from openpyxl import Workbook

from impact.spreadsheets import tables
from impact.spreadsheets.cells import ERROR, FORMULA, PERCENTAGE, TICK, Spoilt
from impact.spreadsheets.tables import Row, Unreadable, table_of
from tests.impact.sheets import csv_file, saved, xlsx_file

ROWS = [["Moment", "Note"], ["Baseline", "café – “5”"]]
READ = [Row(2, {"moment": "Baseline", "note": "café – “5”"})]


def refusal(content: bytes) -> str:
    with pytest.raises(Unreadable) as refused:
        table_of(content)
    return str(refused.value)


def unpacked(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def packed(parts: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return file.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(csv_file(*ROWS), id="UTF-8 with a mark"),
        pytest.param(csv_file(*ROWS, encoding="utf-8"), id="UTF-8"),
        pytest.param(csv_file(*ROWS, encoding="cp1252"), id="Windows"),
        pytest.param(csv_file(*ROWS, delimiter=";"), id="semicolons"),
        pytest.param(csv_file(*ROWS, delimiter="\t"), id="tabs"),
        pytest.param(b"sep=;\r\n" + csv_file(*ROWS, delimiter=";", encoding="utf-8"), id="sep"),
        pytest.param(csv_file(*ROWS).replace(b"\r\n", b"\n"), id="line feeds"),
        pytest.param(xlsx_file(*ROWS), id="workbook"),
    ],
)
def test_table_is_read_however_it_was_saved(content):
    assert table_of(content).rows == READ


def test_rows_are_numbered_as_the_spreadsheet_shows_them():
    lines = [["Moment", "Note"], ["Baseline", "two\nlines"], [], ["", ""], ["Outcome", ""]]
    expected = [
        Row(2, {"moment": "Baseline", "note": "two\nlines"}),
        Row(5, {"moment": "Outcome"}),
    ]

    assert table_of(csv_file(*lines)).rows == expected
    assert table_of(xlsx_file(*lines)).rows == expected


def test_workbook_cells_keep_their_kind():
    book = Workbook()
    book.active.append(["Day", "Whole", "Part", "Share", "Sum", "Tick", "Broken", "Typed", "Time"])
    day = datetime(2026, 3, 27)  # noqa: DTZ001 a workbook knows no zones
    book.active.append([day, 7, 7.5, 0.45, "=1+1", True, "#DIV/0!", "=not", day.time()])
    book.active["D2"].number_format = "0%"
    book.active["H2"].data_type = "s"

    (row,) = table_of(saved(book)).rows

    assert row.cells == {
        "day": day,
        "whole": 7,
        "part": 7.5,
        "share": PERCENTAGE,
        "sum": FORMULA,
        "tick": TICK,
        "broken": ERROR,
        "typed": "=not",
        "time": Spoilt("Holds a time. Enter a date, a number or words"),
    }


def test_first_visible_sheet_is_read():
    book = Workbook()
    book.active.append(["Hidden"])
    book.active.sheet_state = "hidden"
    shown = book.create_sheet("Readings")
    for line in ROWS:
        shown.append(line)
    book.active = 1

    assert table_of(saved(book)).rows == READ


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param(
            b"%PDF-1.7 \x00\x01", "Choose a spreadsheet: an XLSX workbook or a CSV file", id="PDF"
        ),
        pytest.param(
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 99,
            "The file is an old or protected workbook. Save it as XLSX or CSV",
            id="XLS",
        ),
        pytest.param(
            "Moment\n".encode("utf-16"),
            "Choose a spreadsheet: an XLSX workbook or a CSV file",
            id="UTF-16",
        ),
        pytest.param(
            b"Moment\n\x81\x8d\n",
            "The file has odd characters. Save it as CSV UTF-8",
            id="no encoding",
        ),
        pytest.param(
            b"\nBaseline\n",
            "The first row is empty. It must hold the headings of the template",
            id="no headings",
        ),
        pytest.param(
            csv_file(["Moment", "moment "]),
            "Two columns have the same heading. Each heading may stand only once",
            id="doubled heading",
        ),
        pytest.param(
            csv_file(["Moment"], ["Baseline", "7"]),
            "Row 2 has something in column 2, which has no heading. Clear it, or move it under one",
            id="cell without heading",
        ),
        pytest.param(
            csv_file(["x"] * 101), "The file has more than 100 columns", id="too many columns"
        ),
        pytest.param(
            b'Moment\n"Baseline\n', "Row 2 has a quotation mark that is not closed", id="open quote"
        ),
        pytest.param(
            packed({"a.txt": b"x"}),
            "File is a zip file or an unknown document. Choose the documents one by one: "
            "DOCX, XLSX, PPTX, ODT or ODS",
            id="zip file",
        ),
        pytest.param(
            xlsx_file(*ROWS)[:-300],
            "File is damaged or protected. Save it again and choose that",
            id="broken off",
        ),
    ],
)
def test_what_is_no_table_is_refused(content, reason):
    assert refusal(content) == reason


def test_sheet_of_broken_markup_is_refused():
    parts = unpacked(xlsx_file(*ROWS))
    parts[SHEET] = parts[SHEET].replace(b"</sheetData>", b"")

    assert refusal(packed(parts)) == tables.BROKEN


def test_workbook_that_swells_when_unpacked_is_refused(monkeypatch):
    monkeypatch.setattr(tables, "MOST_EXPANDED", 1_000_000)
    parts = unpacked(xlsx_file(*ROWS))
    parts["xl/media/empty.xml"] = b"0" * 1_000_000
    bomb = packed(parts)

    assert len(bomb) < 10_000
    assert refusal(bomb) == ("The workbook is too large once unpacked. Save the sheet alone as CSV")


def test_entities_that_multiply_are_refused():
    parts = unpacked(xlsx_file(*ROWS))
    laughs = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>'
    parts[SHEET] = parts[SHEET].replace(b"<worksheet", laughs + b"<worksheet", 1)

    assert refusal(packed(parts)) == tables.BROKEN


def test_a_sheet_that_claims_to_be_huge_is_read_as_far_as_it_goes():
    parts = unpacked(xlsx_file(*ROWS))
    parts[SHEET] = parts[SHEET].replace(b'ref="A1:B2"', b'ref="A1:XFD1048576"')

    assert table_of(packed(parts)).rows == READ


def test_row_beyond_the_end_of_excel_is_not_waited_for():
    parts = unpacked(xlsx_file(*ROWS))
    parts[SHEET] = parts[SHEET].replace(b'<row r="2"', b'<row r="999999999"')

    assert table_of(packed(parts)).rows == []


def test_more_rows_than_may_be_are_refused(monkeypatch):
    monkeypatch.setattr(tables, "MOST_ROWS", 3)
    three = [["Moment"], *[["Baseline"]] * 3]

    assert len(table_of(csv_file(*three)).rows) == 3
    assert refusal(csv_file(*three, ["Outcome"])) == (
        "The file has more than 3 rows. Send it in parts"
    )
