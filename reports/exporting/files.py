"""An export as files: CSV with its metadata, a workbook, or JSON that can be imported again.

They are made in the request. Whoever sees a whole programme sees of each alliance a few lines; what
is deep, people read of few enquiries.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from alliances.content import words
from alliances.history import opens
from alliances.models import User
from impact.exchange.exporting import enquiry_document
from impact.spreadsheets.writing import XLSX, add_sheet, bytes_of, csv_of, new_book
from impact.wording import SYMBOLS
from reports.api import seen
from reports.exporting.tables import Column, Table, shown_measures, tables_of
from reports.rendering.formats.archives import archive

ZIP = "application/zip"
METADATA = "csv-metadata.json"
NARROW, WIDE = 14, 40  # characters


@dataclass(frozen=True)
class Form:
    """A form that an export comes in."""

    code: str
    content_type: str
    ending: str
    make: Callable[[User, date], bytes]

    @property
    def title(self) -> str:
        return words("reports", "export")[f"export-{self.code}"].title

    @property
    def text(self) -> str:
        return words("reports", "export")[f"export-{self.code}"].text


def as_csv(user: User, today: date) -> bytes:
    """A ZIP archive: a file for each table, and what they are in the W3C's form of metadata."""
    tables = tables_of(user)
    told = json.dumps(_metadata(tables, today), ensure_ascii=False, indent=1)
    own = [(f"{table.name}.csv", csv_of(_lines(table))) for table in tables]
    return archive([(METADATA, told.encode()), *own])


def _lines(table: Table) -> list[list]:
    return [[column.name for column in table.columns], *map(_line, table.rows)]


def _line(row: list) -> list:
    return [str(cell).lower() if isinstance(cell, bool) else cell for cell in row]


def _metadata(tables: list[Table], today: date) -> dict:
    """Tabular metadata for the Web: every column with its kind and what it means."""
    about = words("reports", "export")["export"]
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "dc:title": about.title,
        "dc:description": _symbols(),
        "dc:created": today.isoformat(),
        "tables": [
            {
                "url": f"{table.name}.csv",
                "dc:title": table.title,
                "tableSchema": {"columns": [_described(column) for column in table.columns]},
            }
            for table in tables
        ],
    }


def _symbols() -> str:
    meanings = {"0": "a true zero", **{symbol.value: said for symbol, said in SYMBOLS.items()}}
    return "; ".join(f"{symbol}: {said}" for symbol, said in meanings.items())


def _described(column: Column) -> dict:
    return {
        "name": column.name,
        "titles": column.name,
        "datatype": column.kind,
        "dc:description": column.text,
    }


def as_workbook(user: User, _today: date) -> bytes:
    """A sheet about all of it, then one for each table."""
    book, tables = new_book(), tables_of(user)
    about = [
        ["Sheet", "Column", "What it means"],
        *([t.title, c.name, c.text] for t in tables for c in t.columns),
        ["Symbols", "", _symbols()],
    ]
    add_sheet(book, "About", about, [NARROW * 2, NARROW * 2, WIDE * 2])
    for table in tables:
        widths = [WIDE if column.kind == "string" else NARROW for column in table.columns]
        add_sheet(book, table.name.capitalize(), _lines(table), widths)
    return bytes_of(book)


def as_documents(user: User, _today: date) -> bytes:
    """A ZIP archive: an enquiry each, in the shape of the files that enquiries come in by.

    Of the enquiries that their alliance has described, and no more of their figures than is shown.
    """
    readable = [each for each in seen.readable(user) if each.has_been_told]
    exact = set(seen.exact(user).values_list("pk", flat=True))
    shown = shown_measures(readable, exact)
    files = []
    for enquiry in readable:
        opens(enquiry.alliance_id)
        of_it = None if enquiry.pk in exact else shown.get(enquiry.pk, [])
        told = json.dumps(enquiry_document(enquiry, shown=of_it), ensure_ascii=False, indent=1)
        files.append((f"{enquiry.alliance.key}-{enquiry.pk}.json", f"{told}\n".encode()))
    return archive(files)


FORMS = {
    each.code: each
    for each in (
        Form("csv", ZIP, "zip", as_csv),
        Form("xlsx", XLSX, "xlsx", as_workbook),
        Form("json", ZIP, "zip", as_documents),
    )
}


def file_of(user: User, form: Form) -> tuple[str, bytes]:
    """What somebody may see today: the name of the file, and the file."""
    today = timezone.localdate()
    return f"export-{form.code}-{today.isoformat()}.{form.ending}", form.make(user, today)
