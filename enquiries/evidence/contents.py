"""What a file is, told from its bytes alone. Its name is never believed."""

import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from enquiries.evidence.packages import kind_of_package
from enquiries.evidence.photos import redrawn
from enquiries.models import Evidence

Kind = Evidence.Kind

PHOTOS = {
    Kind.JPEG: re.compile(rb"\xff\xd8\xff"),
    Kind.PNG: re.compile(rb"\x89PNG\r\n\x1a\n"),
    Kind.WEBP: re.compile(rb"RIFF....WEBP", re.DOTALL),
}
HEIC = re.compile(rb"....ftyp(hei[cfmsx]|hev[cmsx]|mif1|msf1|avi[fs])", re.DOTALL)
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MIME_TYPES = {
    Kind.JPEG: "image/jpeg",
    Kind.PNG: "image/png",
    Kind.WEBP: "image/webp",
    Kind.PDF: "application/pdf",
    Kind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Kind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Kind.PPTX: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    Kind.ODT: "application/vnd.oasis.opendocument.text",
    Kind.ODS: "application/vnd.oasis.opendocument.spreadsheet",
    Kind.CSV: "text/csv",
    Kind.TEXT: "text/plain",
}

# Nothing that a browser or a shell might take for its own passes as plain text.
MARKUP = re.compile(r"^\s*<|<\s*(!doctype|\?xml|html|head|body|svg|script|iframe)\b", re.IGNORECASE)
NOT_TEXT = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]|^(#!|\{\\rtf|%!PS)")

KINDS_TAKEN = (
    "File must be a JPEG, PNG or WebP photo, a PDF, a Word, Excel, PowerPoint or OpenDocument "
    "file, a CSV table or plain text"
)


@dataclass(frozen=True)
class Content:
    """A file that may be kept: its kind, its bytes as they are stored, of a photo a thumbnail."""

    kind: Evidence.Kind
    content: bytes
    thumbnail: bytes | None = None

    @property
    def is_photo(self) -> bool:
        return self.kind in PHOTOS


def examined(content: bytes, name: str) -> Content:
    """The file as it may be stored; ValidationError says why it may not.

    ``name`` only tells a CSV table from other plain text.
    """
    for kind, signature in PHOTOS.items():
        if signature.match(content):
            photo = redrawn(content, kind)
            return Content(kind, photo.content, photo.thumbnail)
    if HEIC.match(content):
        raise ValidationError(
            "File is a HEIC photo. Save it as JPEG and choose that: on an iPhone, share it with "
            "Options, Most compatible, or take photos as Most Compatible in Settings, Camera, "
            "Formats"
        )
    if content.startswith(OLD_OFFICE):
        raise ValidationError(
            "File is an old or password-protected Office file. Save it without a password as "
            "DOCX, XLSX, PPTX or PDF"
        )
    if content.startswith(b"PK\x03\x04"):
        return Content(kind_of_package(content), content)
    if content.startswith(b"%PDF-"):
        return _pdf(content)
    return _text(content, name)


def _pdf(content: bytes) -> Content:
    if b"%%EOF" not in content[-2048:]:
        raise ValidationError("File is a PDF that breaks off. Save it again and choose that")
    return Content(Kind.PDF, content)


def _text(content: bytes, name: str) -> Content:
    text = _decoded(content)
    if text is None or NOT_TEXT.search(text) or MARKUP.search(text):
        raise ValidationError(KINDS_TAKEN)
    return Content(Kind.CSV if name.lower().endswith(".csv") else Kind.TEXT, content)


def _decoded(content: bytes) -> str | None:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None
