"""Drawings of a report as pictures, for what cannot show SVG."""

import io
from threading import Lock

from reports.rendering.documents import print_drawings
from reports.rendering.formats.blocks import Picture

WIDE = 166  # millimetres, as on paper
DOTS_PER_INCH, POINTS_PER_INCH = 200, 72
# The library that reads PDFs must not be called by two threads at once.
_ONE_AT_A_TIME = Lock()


def as_png(pictures: list[Picture]) -> list[bytes]:
    """Each picture as PNG of 200 dots per inch, 166 mm wide."""
    import pypdfium2

    if not pictures:
        return []
    sizes = [(WIDE, WIDE * picture.height / picture.width) for picture in pictures]
    printed = print_drawings([picture.svg for picture in pictures], sizes)
    with _ONE_AT_A_TIME, pypdfium2.PdfDocument(printed) as pdf:
        return [_png(pdf[number]) for number in range(len(pictures))]


def _png(page) -> bytes:
    drawn = page.render(scale=DOTS_PER_INCH / POINTS_PER_INCH).to_pil()
    held = io.BytesIO()
    drawn.quantize(64).save(held, "PNG", optimize=True, dpi=(DOTS_PER_INCH, DOTS_PER_INCH))
    return held.getvalue()
