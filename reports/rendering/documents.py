"""PDF/UA from a report's values; the rest of the platform never sees what makes it."""

from django.template.loader import render_to_string

from reports.rendering import gate, sheets
from reports.rendering.bodies import FOLDER, KINDS, context
from reports.rendering.cover import device
from reports.rendering.fingerprint import identifier_of
from reports.rendering.passing import passed
from reports.rendering.press import Pdf, press


def render_pdf(kind: str, data: dict, pictures: dict[str, bytes] | None = None) -> Pdf:
    """The document as PDF/UA-1; the same values give the same bytes.

    One that is printed in parts has passed the gate already.
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
        shelf["cover.svg"] = device(data)
    identifier = identifier_of(kind, data)
    for fit in how.fits:
        html = render_to_string(f"{FOLDER}/{how.page}", told | {"fit": fit})
        pdf = Pdf(*printer.print_document(html, shelf, identifier))
        if pdf.pages == how.pages:
            break
    return Pdf(*how.finish(pdf.content)) if how.finish else pdf


def render_checked_pdf(kind: str, data: dict, pictures: dict[str, bytes] | None = None) -> Pdf:
    """The document as PDF, once nothing was found that keeps it from being read aloud."""
    pdf = render_pdf(kind, data, pictures)
    return pdf if KINDS[kind].in_parts else passed(kind, pdf, gate.problems)


def print_drawings(drawings: list[str], sizes: list[tuple[float, float]]) -> bytes:
    """A PDF with a page for each drawing, given as SVG with its width and height in millimetres."""
    return press().print_drawings(drawings, sizes)
