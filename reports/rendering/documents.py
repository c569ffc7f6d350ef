"""PDF/UA from a report's values; the rest of the platform never sees what makes it."""

import logging

from django.template.loader import render_to_string

from reports.rendering import sheets
from reports.rendering.bodies import FOLDER, KINDS, context
from reports.rendering.cover import device
from reports.rendering.fingerprint import shaped_by
from reports.rendering.press import Pdf, PdfUnavailable, press

log = logging.getLogger(__name__)


def render_pdf(kind: str, data: dict, pictures: dict[str, bytes] | None = None) -> Pdf:
    """The document as PDF/UA-1; the same values give the same bytes.

    ``pictures`` are those that the values name, by their address on the site.
    """
    if KINDS[kind].in_parts:
        parts = [sheets.print_sheet(sheet.key, sheet.html) for sheet in sheets.of(kind, data)]
        return sheets.joined(kind, data, parts)
    return _whole(kind, data, pictures or {})


def _whole(kind: str, data: dict, pictures: dict[str, bytes]) -> Pdf:
    printer, how = press(), KINDS[kind]
    told = context(kind, data) | {"site": printer.SITE}
    shelf = {address.lstrip("/"): picture for address, picture in pictures.items()}
    shelf |= how.pictures(data)
    if how.has_cover:
        shelf["cover.svg"] = device(data.get("alliance") or data["programme"])
    identifier = bytes.fromhex(shaped_by(kind, data))[:16]
    for fit in how.fits:
        html = render_to_string(f"{FOLDER}/{how.page}", told | {"fit": fit})
        pdf = Pdf(*printer.print_document(html, shelf, identifier))
        if pdf.pages == how.pages:
            break
    return Pdf(*how.finish(pdf.content)) if how.finish else pdf


def render_checked_pdf(kind: str, data: dict, pictures: dict[str, bytes] | None = None) -> Pdf:
    """The document as PDF, once nothing was found that keeps it from being read aloud."""
    return checked(kind, render_pdf(kind, data, pictures))


def checked(kind: str, pdf: Pdf) -> Pdf:
    """The same file, which is not handed out where it could not be read aloud."""
    from reports.rendering import gate

    if found := gate.problems(pdf.content):
        log.error("a document of kind %s is not accessible: %s", kind, "; ".join(found))
        raise PdfUnavailable("This PDF could not be made well. Print the page instead.")
    return pdf


def print_drawings(drawings: list[str], sizes: list[tuple[float, float]]) -> bytes:
    """A PDF with a page for each drawing, given as SVG with its width and height in millimetres."""
    return press().print_drawings(drawings, sizes)
