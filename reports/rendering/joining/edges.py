"""What stands at the edges of pages: the document, its part, who made it, and "Page 3 of 98".

It is put there when the parts are joined, since a part does not change when the one before it
grows by a page. A screen reader passes over it, as over running headers everywhere.
"""

import unicodedata
from dataclasses import dataclass

from pikepdf import Array, Dictionary, Pdf, Stream

from reports.rendering.joining.fonts import Fonts, face

FACE, RESOURCE = "Enquiry-Sans", "/Edges"
# In points: the places, size and colour of the margin boxes in print.css.
SIZE, SIDE, HEAD, FOOT = 8, 62.36, 53.89, 42.83
COLOUR = "0.282 0.333 0.373"
LEFT_SHARE = 0.6


@dataclass(frozen=True)
class Running:
    """What stands on every page: the document at the head, who made it at the foot."""

    document: str
    maker: str


class Edges:
    """Writes on the edges of pages, with one font for all."""

    def __init__(self, pdf: Pdf, fonts: Fonts, running: Running):
        self.pdf, self.fonts, self.running = pdf, fonts, running
        self.used: set[str] = set()
        self.font = pdf.make_indirect(Dictionary())
        self.before = pdf.make_indirect(Stream(pdf, b"q"))

    def write(self, page: Dictionary, part: str, number: int, total: int) -> None:
        """Write on one page, over whatever else is drawn there."""
        width, height = (float(edge) for edge in list(page.MediaBox)[2:])
        head = self._line(self.running.document, part, width, height - HEAD)
        foot = self._line(self.running.maker, f"Page {number} of {total}", width, FOOT)
        drawn = f"Q q {COLOUR} rg {_artifact('Header', head)} {_artifact('Footer', foot)} Q"
        after = self.pdf.make_indirect(Stream(self.pdf, drawn.encode()))
        page.Contents = Array([self.before, *_streams(page), after])
        page.Resources.Font[RESOURCE] = self.font

    def _line(self, left: str, right: str, width: float, up: float) -> str:
        """A text at the left and one at the right of a line so many points up the page."""
        room = width - 2 * SIDE
        left = _fitted(left, room * LEFT_SHARE)
        right = _fitted(right, room * (1 - LEFT_SHARE))
        return self._text(left, SIDE, up) + self._text(right, width - SIDE - _length(right), up)

    def _text(self, text: str, across: float, up: float) -> str:
        if not text:
            return ""
        self.used |= set(text)
        glyphs = "".join(f"{face(FACE).glyphs[letter]:04x}" for letter in text)
        return f"BT {RESOURCE} {SIZE} Tf {across:.2f} {up:.2f} Td <{glyphs}> Tj ET "

    def finish(self) -> None:
        """Describe the font, once it is known which letters are written."""
        self.fonts.describe(self.font, FACE, self.used)


def _artifact(kind: str, drawn: str) -> str:
    return f"/Artifact <</Type/Pagination/Subtype/{kind}>> BDC {drawn}EMC"


def _streams(page: Dictionary) -> list:
    content = page.Contents
    return list(content) if isinstance(content, Array) else [content]


def _fitted(text: str, room: float) -> str:
    """The text in letters of the face, cut with an ellipsis where it is longer than its room."""
    plain = "".join(_in_face(letter) for letter in text)
    if _length(plain) <= room:
        return plain
    while plain and _length(plain + "…") > room:
        plain = plain[:-1]
    return plain.rstrip() + "…"


def _in_face(letter: str) -> str:
    """The letter, or its base where the face lacks its accent, or nothing."""
    glyphs = face(FACE).glyphs
    if letter in glyphs:
        return letter
    return "".join(part for part in unicodedata.normalize("NFKD", letter) if part in glyphs)


def _length(text: str) -> float:
    widths = face(FACE).widths
    return sum(widths[letter] for letter in text) * SIZE / 1000
