"""What is asked of the structure elements, whatever page they are on."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from pikepdf import Dictionary, Name

from reports.rendering.gate.tree import Tree, kids

STANDARD = """
Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private
P H H1 H2 H3 H4 H5 H6 L LI Lbl LBody Table TR TH TD THead TBody TFoot
Span Quote Note Reference BibEntry Code Link Annot Ruby RB RT RP Warichu WT WP
Figure Formula Form
"""
ROWS = {"TR", "THead", "TBody", "TFoot"}
PARENTS = {
    "TR": {"Table", "THead", "TBody", "TFoot"},
    "TH": {"TR"},
    "TD": {"TR"},
    "LI": {"L"},
    "LBody": {"LI"},
}
CHILDREN = {
    "L": {"L", "LI", "Caption"},
    "LI": {"Lbl", "LBody"},
    "Table": ROWS | {"Caption"},
    "THead": {"TR"},
    "TBody": {"TR"},
    "TFoot": {"TR"},
    "TR": {"TH", "TD"},
}
HEADING = re.compile(r"H([1-6])")


def roles(tree: Tree) -> Iterator[str]:
    known = {*STANDARD.split(), *tree.roles}
    for kind in dict.fromkeys(element.kind for element in tree.elements):
        if kind not in known:
            yield f"No reader knows what {kind} is"


def figures(tree: Tree) -> Iterator[str]:
    for element in tree.elements:
        if element.kind == "Figure" and not str(element.node.get("/Alt", "")).strip():
            yield "A figure has no text that says what it shows"


def nesting(tree: Tree) -> Iterator[str]:
    for element in tree.elements:
        within, holds = PARENTS.get(element.kind), CHILDREN.get(element.parent)
        if (within and element.parent not in within) or (holds and element.kind not in holds):
            yield f"{element.kind} stands in {element.parent or 'nothing'}"


def table_headers(tree: Tree) -> Iterator[str]:
    named = Counter(bytes(e.node.ID) for e in tree.elements if "/ID" in e.node)
    if any(count > 1 for count in named.values()):
        yield "Two header cells have one name"
    for element in tree.elements:
        if element.kind == "Table" and not _has_header(element.node):
            yield "A table has no header cells"
        if element.kind == "TD" and not named.keys() >= _header_names(element.node):
            yield "A cell refers to a header that is not there"


def _has_header(node: Dictionary) -> bool:
    found = [kid for kid in kids(node) if isinstance(kid, Dictionary) and "/S" in kid]
    return any(kid.S == Name.TH or _has_header(kid) for kid in found)


def _header_names(cell: Dictionary) -> set[bytes]:
    about = cell.get("/A", {})
    return {bytes(name) for name in about.get("/Headers", [])} if about else set()


def headings(tree: Tree, first: int) -> Iterator[str]:
    """``first`` is the level that the first has to be of."""
    found = (HEADING.fullmatch(element.kind) for element in tree.elements)
    levels = [int(match[1]) for match in found if match]
    if not levels:
        yield "There are no headings"
    elif levels[0] != first:
        yield f"The first heading is of level {levels[0]}"
    for before, after in pairwise(levels):
        if after > before + 1:
            yield f"A heading of level {after} follows one of level {before}"
