"""Files that nobody should have to open: each as bytes, under what makes it nasty."""

import io
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from PIL import Image

from tests.enquiries import files
from tests.impact.sheets import csv_file, saved

LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE worksheet [<!ENTITY a "haha">'
    + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]><worksheet>&i;</worksheet>"
)
OUTSIDE = (
    '<?xml version="1.0"?><!DOCTYPE worksheet [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    "<worksheet>&a;</worksheet>"
)
SHEET = "xl/worksheets/sheet1.xml"


def workbook() -> bytes:
    book = Workbook()
    book.active.append(["Moment", "Date", "Value"])
    return saved(book)


def with_part(content: bytes, name: str, part: str | bytes) -> bytes:
    """A package in which one member is another, or is added."""
    file = io.BytesIO()
    with ZipFile(io.BytesIO(content)) as old, ZipFile(file, "w", ZIP_DEFLATED) as new:
        for member in old.namelist():
            if member != name:
                new.writestr(member, old.read(member))
        new.writestr(name, part)
    return file.getvalue()


def tables() -> dict[str, bytes]:
    """Files that are sent as spreadsheets and are none that can be read."""
    return {
        "bomb": with_part(workbook(), SHEET, bytes(200_000_000)),
        "entities that multiply": with_part(workbook(), SHEET, LAUGHS),
        "entity of a file": with_part(workbook(), SHEET, OUTSIDE),
        "macros": with_part(workbook(), "xl/vbaProject.bin", b"x"),
        "no workbook": files.package({"a.txt": "x"}),
        "half a workbook": workbook()[:500],
        "old workbook": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512),
        "UTF-16": csv_file(["Moment", "Date"], encoding="utf-16"),
        "NUL bytes": b"Moment,Date\n\x00,\x00\n",
        "one endless cell": b"Moment,Date\n" + b"x" * 5_000_000,
        "an open quotation mark": b'Moment,Date\n"' + b"x\n" * 100_000,
        "too many columns": b",".join(b"c%d" % n for n in range(5000)),
        "too many rows": b"Moment\n" + b"x\n" * 1_000_000,
        "ragged rows": b"Moment,Date\nOutcome,1/2/2026,3,4,5\n",
        "a photo": files.photo(),
        "a PDF": files.pdf(),
    }


def attachments() -> dict[str, bytes]:
    """Files that are attached as evidence and must not be kept."""
    return {
        "bomb": files.office("docx", **{"word/media/a.bin": bytes(200_000_000)}),
        "photo of too many pixels": files.photo("PNG", Image.new("1", (20_000, 20_000))),
        "photo in name only": b"\xff\xd8\xff" + b"<script>" * 10,
        "GIF that is script": b"GIF89a/*<script>*/=1",
        "SVG": b'<svg xmlns="http://www.w3.org/2000/svg" onload="x"/>',
        "page": b"<!doctype html><script>x</script>",
        "program": b"\x7fELF" + bytes(100),
        "shell script": b"#!/bin/sh\nrm -rf /",
        "macros": files.office("docm"),
        "UTF-16": "notes".encode("utf-16"),
        "NUL bytes": b"notes\x00",
        "zip in a zip": files.package({"a.docx": files.office("docx")}),
    }
