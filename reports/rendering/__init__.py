"""Documents from a report's values: one body as HTML, and the same body printed as PDF/UA."""

from reports.rendering.bodies import Evidence, body_html, title_of
from reports.rendering.documents import render_checked_pdf, render_pdf
from reports.rendering.fingerprint import shaped_by
from reports.rendering.leaves import leaves
from reports.rendering.press import Pdf, PdfUnavailable, press, prime
from reports.rendering.sheets import Sheet, print_sheet
from reports.rendering.sheets import joined as join_sheets
from reports.rendering.sheets import of as sheets_of

__all__ = [
    "Evidence",
    "Pdf",
    "PdfUnavailable",
    "Sheet",
    "body_html",
    "join_sheets",
    "leaves",
    "press",
    "prime",
    "print_sheet",
    "render_checked_pdf",
    "render_pdf",
    "shaped_by",
    "sheets_of",
    "title_of",
]
