"""PDF/UA from a report's values; the rest of the platform never sees what makes it."""

from dataclasses import dataclass

from django.template.loader import render_to_string

from reports.rendering.bodies import FOLDER, context
from reports.rendering.cover import device
from reports.rendering.fingerprint import shaped_by


class PdfUnavailable(Exception):
    """Where PDFs cannot be made; the message says why, for people."""


@dataclass(frozen=True)
class Pdf:
    content: bytes
    pages: int


def render_pdf(kind: str, data: dict) -> Pdf:
    """The report as PDF/UA-1; the same values give the same bytes."""
    printer = _printer()
    told = context(kind, data)
    html = render_to_string(f"{FOLDER}/print.html", told)
    picture = device(data.get("alliance") or data["programme"])
    identifier = bytes.fromhex(shaped_by(kind, data))[:16]
    return Pdf(*printer.print_document(html, picture, identifier))


def _printer():
    try:
        from reports.rendering import printer
    except (ImportError, OSError) as missing:
        raise PdfUnavailable(
            "PDFs cannot be made here: the Pango library is missing. The report can be read "
            "and printed as a web page."
        ) from missing
    return printer
