"""Documents from a report's values: one body as HTML, and the same body printed as PDF/UA."""

from reports.rendering.bodies import body_html
from reports.rendering.documents import Pdf, PdfUnavailable, prime, render_checked_pdf, render_pdf
from reports.rendering.fingerprint import shaped_by

__all__ = [
    "Pdf",
    "PdfUnavailable",
    "body_html",
    "prime",
    "render_checked_pdf",
    "render_pdf",
    "shaped_by",
]
