"""Office documents are zip files: what is inside is looked at before one is kept."""

import re
import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from django.core.exceptions import ValidationError

from enquiries.models import Evidence

Kind = Evidence.Kind

MOST_MEMBERS = 2000
MOST_EXPANDED = 100 * 1024 * 1024  # bytes of all members together
CONTENTS, MIMETYPE = "[Content_Types].xml", "mimetype"
MOST_OF_A_LIST = 1024 * 1024  # bytes of the member that says what the document is

OFFICE = {
    b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml": Kind.DOCX,
    b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": Kind.XLSX,
    b"application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml": (
        Kind.PPTX
    ),
}
OPEN_DOCUMENT = {
    b"application/vnd.oasis.opendocument.text": Kind.ODT,
    b"application/vnd.oasis.opendocument.spreadsheet": Kind.ODS,
}
MACROS = re.compile(r"(^|/)(vbaproject\.bin|macrosheets/|activex/|basic/|scripts/)", re.IGNORECASE)

UNREADABLE = (BadZipFile, EOFError, NotImplementedError, OSError, RuntimeError, zlib.error)


def kind_of_package(content: bytes) -> Evidence.Kind:
    """Which document it is; ValidationError where it is none, or one that may do harm."""
    try:
        with ZipFile(BytesIO(content)) as package:
            _bounded(package.infolist())
            kind = _kind(package)
            _without_macros(package)
            damaged = package.testzip()
    except UNREADABLE as unreadable:
        raise _damaged() from unreadable
    if damaged:
        raise _damaged()
    return kind


def _damaged() -> ValidationError:
    return ValidationError("File is damaged or protected. Save it again and choose that")


def _bounded(members: list[ZipInfo]) -> None:
    """Refuse what would not stop when it is opened."""
    if len(members) > MOST_MEMBERS or sum(m.file_size for m in members) > MOST_EXPANDED:
        raise ValidationError("File holds more than a document can. Save it anew, or as PDF")
    if any(m.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for m in members):
        raise BadZipFile


def _kind(package: ZipFile) -> Evidence.Kind:
    names = package.namelist()
    if MIMETYPE in names and (kind := OPEN_DOCUMENT.get(_start(package, MIMETYPE).strip())):
        return kind
    listed = _start(package, CONTENTS) if CONTENTS in names else b""
    if b"macroenabled" in listed.lower():
        raise _has_macros()
    for declared, kind in OFFICE.items():
        if declared in listed:
            return kind
    raise ValidationError(
        "File is a zip file or an unknown document. Choose the documents one by one: "
        "DOCX, XLSX, PPTX, ODT or ODS"
    )


def _start(package: ZipFile, member: str) -> bytes:
    with package.open(member) as file:
        return file.read(MOST_OF_A_LIST)


def _without_macros(package: ZipFile) -> None:
    if any(MACROS.search(name) for name in package.namelist()):
        raise _has_macros()


def _has_macros() -> ValidationError:
    return ValidationError(
        "File has macros, which may do harm. Save it without macros, as DOCX, XLSX or PPTX"
    )
