"""What a file says about itself, and brings with it."""

import re
from collections.abc import Iterator

from pikepdf import Dictionary, Pdf

EMBEDDED = {"/FontFile", "/FontFile2", "/FontFile3"}
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
    for item in pdf.objects:
        described = isinstance(item, Dictionary) and item.get("/Type") == "/FontDescriptor"
        if described and EMBEDDED.isdisjoint(item.keys()):
            yield f"The font {item.get('/FontName')} is not embedded"
