"""What a file says about itself, and brings with it."""

import re
from collections.abc import Iterator

from pikepdf import Dictionary, Pdf

EMBEDDED = {"/FontFile", "/FontFile2", "/FontFile3"}
DIRECT = (0, 0)  # the number of what stands where it is used
PDF_UA = re.compile(rb"pdfuaid:part(>|=[\"'])1")
TITLE = re.compile(rb"<dc:title>.*?<rdf:li[^>]*>\s*[^<\s]", re.DOTALL)


def declared(pdf: Pdf) -> Iterator[str]:
    root = pdf.Root
    metadata = root.Metadata.read_bytes() if "/Metadata" in root else b""
    if not root.get("/MarkInfo", {}).get("/Marked"):
        yield "The file does not say that it is tagged"
    if not str(root.get("/Lang", "")):
        yield "The language is not stated"
    if not TITLE.search(metadata):
        yield "The title is not stated"
    if not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle"):
        yield "Readers would show the file name instead of the title"
    if not PDF_UA.search(metadata):
        yield "The file does not say that it is PDF/UA-1"


def fonts(pdf: Pdf) -> Iterator[str]:
    seen: set[tuple[int, int]] = set()
    for page in pdf.pages:
        for font in _used(page.obj, seen):
            descriptor = _described(font)
            if descriptor is not None and EMBEDDED.isdisjoint(descriptor.keys()):
                yield f"The font {descriptor.get('/FontName')} is not embedded"


def _used(drawing: Dictionary, seen: set[tuple[int, int]]) -> Iterator[Dictionary]:
    """The fonts of a page or drawing, and of the drawings in it, that were not ``seen`` before."""
    resources = drawing.get("/Resources", Dictionary())
    for kind in ("/Font", "/XObject", "/Pattern"):
        for item in resources.get(kind, Dictionary()).values():
            if item.objgen not in seen:
                seen |= {item.objgen} - {DIRECT}
                yield from [item] if kind == "/Font" else _used(item, seen)


def _described(font: Dictionary) -> Dictionary | None:
    """Its description; there is none of the faces that every reader must have."""
    return font.get("/DescendantFonts", [font])[0].get("/FontDescriptor")
