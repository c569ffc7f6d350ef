"""Each face is in a joined document once, whole, instead of a piece of it in every part."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from io import BytesIO

from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

from reports.rendering.fingerprint import ASSETS

# What the typesetter calls our faces, and the files that the style sheet makes them of. It keeps
# the numbers of glyphs where it takes only some of a face, so the whole face serves every part.
FACES = {
    "Enquiry-Serif": "serif-regular.ttf",
    "Enquiry-Serif-Italic": "serif-italic.ttf",
    "Enquiry-Serif-Bold": "serif-semibold.ttf",
    "Enquiry-Display": "display-regular.ttf",
    "Enquiry-Display-Italic": "display-italic.ttf",
    "Enquiry-Sans": "sans-regular.ttf",
    "Enquiry-Sans-Italic": "sans-italic.ttf",
    "Enquiry-Sans-Bold": "sans-semibold.ttf",
}
SYMBOLIC = 4
# How glyphs are turned back into letters, for whoever copies the text.
LETTERS = """\
/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <ffff>
endcodespacerange
{blocks}
endcmap
CMapName currentdict /CMap defineresource pop
end
end"""
MOST_IN_A_BLOCK = 100


@dataclass(frozen=True)
class Face:
    """A face in numbers: lengths are thousandths of the size at which it is set."""

    glyphs: dict[str, int]
    widths: dict[str, float]
    ascent: float
    descent: float
    capitals: float
    box: tuple[float, ...]


@cache
def face(name: str) -> Face:
    """One of FACES, measured once in a process."""
    font = TTFont(BytesIO(_content(name)))
    letters = {chr(code): glyph for code, glyph in font.getBestCmap().items()}
    head, scale = font["head"], 1000 / font["head"].unitsPerEm
    return Face(
        {letter: font.getGlyphID(glyph) for letter, glyph in letters.items()},
        {letter: font["hmtx"][glyph][0] * scale for letter, glyph in letters.items()},
        font["hhea"].ascent * scale,
        font["hhea"].descent * scale,
        font["OS/2"].sCapHeight * scale,
        tuple(edge * scale for edge in (head.xMin, head.yMin, head.xMax, head.yMax)),
    )


@cache
def _content(name: str) -> bytes:
    return (ASSETS / "fonts" / FACES[name]).read_bytes()


class Fonts:
    """The whole faces that a document needs, each once."""

    def __init__(self, pdf: Pdf):
        self.pdf = pdf
        self.files: dict[str, Stream] = {}

    def share(self, pages: Iterable[Dictionary]) -> None:
        """Give the fonts of copied pages the one file of their face."""
        for descriptor, name in _ours(pages):
            descriptor.FontFile2 = self._file(name)

    def _file(self, name: str) -> Stream:
        if name not in self.files:
            content = _content(name)
            self.files[name] = Stream(self.pdf, content, Length1=len(content))
        return self.files[name]

    def describe(self, font: Dictionary, name: str, letters: set[str]) -> None:
        """Make the dictionary a font of the face, with which these letters are written."""
        measured, called = face(name), Name(f"/{name}")
        written = sorted(letters, key=measured.glyphs.__getitem__)
        glyphs = {
            "/Type": Name.Font,
            "/Subtype": Name.CIDFontType2,
            "/BaseFont": called,
            "/CIDSystemInfo": _system(),
            "/CIDToGIDMap": Name.Identity,
            "/W": _widths(measured, written),
            "/FontDescriptor": self.pdf.make_indirect(self._described(called, name, measured)),
        }
        font.update(
            {
                "/Type": Name.Font,
                "/Subtype": Name.Type0,
                "/BaseFont": called,
                "/Encoding": Name("/Identity-H"),
                "/DescendantFonts": Array([self.pdf.make_indirect(Dictionary(glyphs))]),
                "/ToUnicode": Stream(self.pdf, _back_to_letters(measured, written)),
            }
        )

    def _described(self, called: Name, name: str, measured: Face) -> Dictionary:
        return Dictionary(
            Type=Name.FontDescriptor,
            FontName=called,
            Flags=SYMBOLIC,
            ItalicAngle=0,
            FontBBox=Array(measured.box),
            Ascent=measured.ascent,
            Descent=measured.descent,
            CapHeight=measured.capitals,
            StemV=80,
            FontFile2=self._file(name),
        )


def leave_out(pages: Iterable[Dictionary]) -> None:
    """Take from pages that are about to be copied what ``share`` puts back."""
    for descriptor, _ in _ours(pages):
        if "/FontFile2" in descriptor:
            del descriptor["/FontFile2"]


def _ours(pages: Iterable[Dictionary]) -> Iterator[tuple[Dictionary, str]]:
    """Each description of one of our faces, and which it is."""
    seen = set()
    for page in pages:
        fonts = page.Resources.get("/Font", Dictionary())
        if fonts.objgen in seen:
            continue
        seen.add(fonts.objgen)
        for font in fonts.values():
            descriptor = font.DescendantFonts[0].FontDescriptor
            name = str(descriptor.FontName).rpartition("+")[2].lstrip("/")
            if name in FACES:
                yield descriptor, name


def _system() -> Dictionary:
    return Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0)


def _widths(measured: Face, letters: list[str]) -> Array:
    widths = Array()
    for letter in letters:
        widths.extend([measured.glyphs[letter], Array([measured.widths[letter]])])
    return widths


def _back_to_letters(measured: Face, letters: list[str]) -> bytes:
    lines = [
        f"<{measured.glyphs[letter]:04x}> <{letter.encode('utf-16-be').hex()}>"
        for letter in letters
    ]
    starts = range(0, len(lines), MOST_IN_A_BLOCK)
    blocks = [lines[start : start + MOST_IN_A_BLOCK] for start in starts]
    told = ["\n".join([f"{len(block)} beginbfchar", *block, "endbfchar"]) for block in blocks]
    return LETTERS.format(blocks="\n".join(told)).encode()
