"""A quick look at whether a PDF can be read aloud: what it finds, it says in a sentence.

It looks at the structure that a screen reader follows, in a few hundredths of a second, so every
file made can be looked at. It does not replace a validator.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from itertools import pairwise

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf

PARENTS = {
    "TR": {"Table", "THead", "TBody", "TFoot"},
    "TH": {"TR"},
    "TD": {"TR"},
    "LI": {"L"},
    "LBody": {"LI"},
}
EMBEDDED = {"/FontFile", "/FontFile2", "/FontFile3"}
HEADING = re.compile(r"H([1-6])")
PDF_UA = re.compile(rb"pdfuaid:part(>|=[\"'])1")


@dataclass
class Element:
    """A structure element with the names of what it is and what it stands in."""

    node: Dictionary
    kind: str
    parent: str


@dataclass
class Tree:
    """Structure elements in reading order, and what the parent tree says of each key."""

    elements: list[Element] = field(default_factory=list)
    owners: dict[int, object] = field(default_factory=dict)


def problems(content: bytes) -> list[str]:
    """What keeps the PDF from being accessible; empty if nothing was found."""
    try:
        with pikepdf.open(BytesIO(content)) as pdf:
            return _problems(pdf)
    except pikepdf.PdfError as error:
        return [f"The file cannot be read: {error}"]


def _problems(pdf: Pdf) -> list[str]:
    root = pdf.Root
    if "/StructTreeRoot" not in root:
        return [*_declared(pdf), "The file has no structure tree"]
    tree = _tree(root.StructTreeRoot)
    found = [
        *_declared(pdf),
        *_figures(tree),
        *_nesting(tree),
        *_table_headers(tree),
        *_headings(tree),
        *_pages(pdf, tree),
        *_fonts(pdf),
    ]
    return list(dict.fromkeys(found))


def _declared(pdf: Pdf) -> Iterator[str]:
    """What the file says about itself."""
    root = pdf.Root
    metadata = root.Metadata.read_bytes() if "/Metadata" in root else b""
    if not root.get("/MarkInfo", {}).get("/Marked"):
        yield "The file does not say that it is tagged"
    if not str(root.get("/Lang", "")):
        yield "The language is not stated"
    if b"dc:title" not in metadata:
        yield "The title is not stated"
    if not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle"):
        yield "Readers would show the file name instead of the title"
    if not PDF_UA.search(metadata):
        yield "The file does not say that it is PDF/UA-1"


# ---- structure -----------------------------------------------------------------------------


def _tree(root: Dictionary) -> Tree:
    tree = Tree(owners=dict(_numbered(root.get("/ParentTree", {}))))
    waiting = [(kid, "") for kid in reversed(_kids(root))]
    while waiting:
        node, parent = waiting.pop()
        if isinstance(node, Dictionary) and "/S" in node:
            kind = str(node.S)[1:]
            tree.elements.append(Element(node, kind, parent))
            waiting += [(kid, kind) for kid in reversed(_kids(node))]
    return tree


def _kids(node: Dictionary) -> list:
    kids = node.get("/K", [])
    return list(kids) if isinstance(kids, Array) else [kids]


def _numbered(node) -> Iterator[tuple[int, object]]:
    """The entries of a number tree."""
    entries = list(node.get("/Nums", []))
    yield from ((int(key), value) for key, value in zip(entries[::2], entries[1::2], strict=True))
    for kid in node.get("/Kids", []):
        yield from _numbered(kid)


def _figures(tree: Tree) -> Iterator[str]:
    for element in tree.elements:
        if element.kind == "Figure" and not str(element.node.get("/Alt", "")).strip():
            yield "A figure has no text that says what it shows"


def _nesting(tree: Tree) -> Iterator[str]:
    for element in tree.elements:
        allowed = PARENTS.get(element.kind)
        if allowed and element.parent not in allowed:
            yield f"{element.kind} stands in {element.parent or 'nothing'}"


def _table_headers(tree: Tree) -> Iterator[str]:
    names = {bytes(e.node.ID) for e in tree.elements if e.kind == "TH" and "/ID" in e.node}
    for element in tree.elements:
        if element.kind == "Table" and not _has_header(element.node):
            yield "A table has no header cells"
        if element.kind == "TD" and not names.issuperset(_header_names(element.node)):
            yield "A cell refers to a header that is not there"


def _has_header(node: Dictionary) -> bool:
    kids = [kid for kid in _kids(node) if isinstance(kid, Dictionary) and "/S" in kid]
    return any(kid.S == Name.TH or _has_header(kid) for kid in kids)


def _header_names(cell: Dictionary) -> set[bytes]:
    about = cell.get("/A", {})
    return {bytes(name) for name in about.get("/Headers", [])} if about else set()


def _headings(tree: Tree) -> Iterator[str]:
    found = (HEADING.fullmatch(element.kind) for element in tree.elements)
    levels = [int(match[1]) for match in found if match]
    if not levels:
        yield "There are no headings"
    elif levels[0] != 1:
        yield f"The first heading is of level {levels[0]}"
    for before, after in pairwise(levels):
        if after > before + 1:
            yield f"A heading of level {after} follows one of level {before}"


# ---- pages ---------------------------------------------------------------------------------


def _pages(pdf: Pdf, tree: Tree) -> Iterator[str]:
    """Whether what is drawn on each page, and each link, belongs to the structure."""
    used: set[int] = set()
    for number, page in enumerate(pdf.pages, 1):
        key = int(page.obj.get("/StructParents", -1))
        owners = tree.owners.get(key)
        if not isinstance(owners, Array) or key in used:
            yield f"Page {number} is not tied to the structure tree"
        elif _marked(page) != len(owners) or not _at_home(owners, page):
            yield f"The structure tree does not fit page {number}"
        used.add(key)
        yield from _links(page, number, tree)


def _marked(page: pikepdf.Page) -> int:
    """How many pieces of the page's content belong to a structure element."""
    if "/Contents" not in page.obj:
        return 0
    page.contents_coalesce()
    return len(re.findall(rb"/MCID \d+", page.Contents.read_bytes()))


def _at_home(owners: Array, page: pikepdf.Page) -> bool:
    return all(owner.get("/Pg") == page.obj for owner in owners)


def _links(page: pikepdf.Page, number: int, tree: Tree) -> Iterator[str]:
    for annotation in page.obj.get("/Annots", []):
        if not str(annotation.get("/Contents", "")).strip():
            yield f"A link on page {number} is not described"
        if int(annotation.get("/StructParent", -1)) not in tree.owners:
            yield f"A link on page {number} is not tied to the structure tree"


def _fonts(pdf: Pdf) -> Iterator[str]:
    for item in pdf.objects:
        described = isinstance(item, Dictionary) and item.get("/Type") == "/FontDescriptor"
        if described and EMBEDDED.isdisjoint(item.keys()):
            yield f"The font {item.get('/FontName')} is not embedded"
