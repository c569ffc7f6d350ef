"""PDF/UA from a report's values; the rest of the platform never sees what makes it."""

import logging
from contextlib import suppress
from dataclasses import dataclass

from django.template.loader import render_to_string

from reports.rendering.bodies import FOLDER, KINDS, context
from reports.rendering.cover import device
from reports.rendering.fingerprint import shaped_by

log = logging.getLogger(__name__)


class PdfUnavailable(Exception):
    """Where PDFs cannot be made; the message says why, for people."""


@dataclass(frozen=True)
class Pdf:
    content: bytes
    pages: int


def render_pdf(kind: str, data: dict, pictures: dict[str, bytes] | None = None) -> Pdf:
    """The document as PDF/UA-1; the same values give the same bytes.

    ``pictures`` are those that the values name, by their address on the site.
    """
    printer = _printer()
    told, how = context(kind, data) | {"site": printer.SITE}, KINDS[kind]
    shelf = {address.lstrip("/"): picture for address, picture in (pictures or {}).items()}
    if how.has_cover:
        shelf["cover.svg"] = device(data.get("alliance") or data["programme"])
    identifier = bytes.fromhex(shaped_by(kind, data))[:16]
    for fit in how.fits:
        html = render_to_string(f"{FOLDER}/{how.page}", told | {"fit": fit})
        pdf = Pdf(*printer.print_document(html, shelf, identifier))
        if pdf.pages == 1:
            break
    return pdf


def render_checked_pdf(kind: str, data: dict, pictures: dict[str, bytes] | None = None) -> Pdf:
    """The document as PDF, once nothing was found that keeps it from being read aloud."""
    from reports.rendering import gate

    pdf = render_pdf(kind, data, pictures)
    if found := gate.problems(pdf.content):
        log.error("a document of kind %s is not accessible: %s", kind, "; ".join(found))
        raise PdfUnavailable("This PDF could not be made well. Print the page instead.")
    return pdf


def prime() -> None:
    """Make this process ready to print, where it can."""
    with suppress(PdfUnavailable):
        _printer().prime()


def _printer():
    try:
        from reports.rendering import printer
    except (ImportError, OSError) as missing:
        raise PdfUnavailable(
            "PDFs cannot be made here: the Pango library is missing. The report can be read "
            "and printed as a web page."
        ) from missing
    return printer
