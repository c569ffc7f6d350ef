"""Whether what is drawn on each page, and each link, belongs to the structure."""

import re
from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from reports.rendering.gate.tree import kids
from reports.rendering.trees import named

PIECE = re.compile(rb"/MCID (\d+)")
MARKED = re.compile(rb"\b(?:BDC|BMC)\b.*?\bEMC\b", re.DOTALL)
# What puts something on the page: text, pictures, shadings, lines and surfaces.
DRAWS = re.compile(rb"(?:^|[\s\]>)])(?:Tj|TJ|'|\"|Do|sh|EI|f\*?|F|B\*?|b\*?|S|s)(?=\s|$)")


def pages(pdf: Pdf, owners: dict[int, Object]) -> Iterator[str]:
    """``owners`` are elements by the keys of the pages and links that they own."""
    places = _places(pdf.Root)
    used: set[int] = set()
    for number, page in enumerate(pdf.pages, 1):
        key = int(page.obj.get("/StructParents", -1))
        yield from _content(page, number, owners.get(key), first=key not in used)
        used.add(key)
        yield from _links(page, number, owners, places)


def _places(root: Dictionary) -> set[bytes]:
    tree = root.get("/Names", Dictionary()).get("/Dests", Dictionary())
    return {name for name, _ in named(tree)}


def _content(page: pikepdf.Page, number: int, owners, *, first: bool) -> Iterator[str]:
    drawn = _drawn(page)
    if not isinstance(owners, Array) or not first:
        yield f"Page {number} is not tied to the structure tree"
    elif not _fits(drawn, owners, page):
        yield f"The structure tree does not fit page {number}"
    if DRAWS.search(MARKED.sub(b"", drawn)):
        yield f"Something on page {number} is neither read aloud nor marked as decoration"


def _drawn(page: pikepdf.Page) -> bytes:
    content = page.obj.get("/Contents", Array())
    streams = content if isinstance(content, Array) else [content]
    return b"\n".join(stream.read_bytes() for stream in streams)


def _fits(drawn: bytes, owners: Array, page: pikepdf.Page) -> bool:
    """Whether each piece is owned by an element of this page that names it."""
    pieces = sorted(int(number) for number in PIECE.findall(drawn))
    return pieces == list(range(len(owners))) and all(
        owner.get("/Pg") == page.obj and piece in kids(owner)
        for piece, owner in enumerate(list(owners))
    )


def _links(page: pikepdf.Page, number: int, owners, places: set[bytes]) -> Iterator[str]:
    for annotation in page.obj.get("/Annots", []):
        if not str(annotation.get("/Contents", "")).strip():
            yield f"A link on page {number} is not described"
        if int(annotation.get("/StructParent", -1)) not in owners:
            yield f"A link on page {number} is not tied to the structure tree"
        if not _leads(annotation, places):
            yield f"A link on page {number} leads nowhere"
    if "/Annots" in page.obj and page.obj.get("/Tabs") != Name.S:
        yield f"The links of page {number} are not reached in the order of its text"


def _leads(annotation: Dictionary, places: set[bytes]) -> bool:
    target = annotation.get("/Dest")
    if isinstance(target, String):
        return bytes(target) in places
    return target is not None or "/A" in annotation
