"""A quick look at whether a PDF can be read aloud: what it finds, it says in a sentence.

It looks at the structure that a screen reader follows, so quickly that every file made can be
looked at. It does not replace a validator, but sees what the one of our tests does not: tables
without headers, and pages that share their place in the parent tree.

Of a file that is joined, front and parts are looked at when they are printed, and kept; joining
copies their structure as it stands, so that of the whole only what joining makes is asked again.
"""

from collections.abc import Callable, Iterator
from io import BytesIO

import pikepdf

from reports.rendering.gate.declared import declared, fonts
from reports.rendering.gate.pages import pages
from reports.rendering.gate.structure import figures, headings, nesting, roles, table_headers
from reports.rendering.gate.tree import owners, read

__all__ = ["problems", "problems_of_joining", "problems_of_part"]

# Of headings in a part of a document, whose own is of level 1.
FIRST_IN_A_PART = 2


def problems(content: bytes) -> list[str]:
    """What keeps the PDF from being accessible; empty if nothing was found."""
    return _found(content, _of_whole)


def problems_of_part(content: bytes) -> list[str]:
    """What keeps a part from being accessible in the document that it becomes one of."""
    return _found(content, lambda pdf: _of_whole(pdf, FIRST_IN_A_PART))


def problems_of_joining(content: bytes) -> list[str]:
    """What joining did to a front and parts in which nothing was found."""
    return _found(content, _of_joining)


def _found(content: bytes, ask: Callable[[pikepdf.Pdf], Iterator[str]]) -> list[str]:
    try:
        with pikepdf.open(BytesIO(content)) as pdf:
            if "/StructTreeRoot" not in pdf.Root:
                return [*declared(pdf), "The file has no structure tree"]
            return list(dict.fromkeys(ask(pdf)))
    except pikepdf.PdfError as error:
        return [f"The file cannot be read: {error}"]


def _of_whole(pdf: pikepdf.Pdf, first_heading: int = 1) -> Iterator[str]:
    tree = read(pdf.Root.StructTreeRoot)
    yield from declared(pdf)
    yield from roles(tree)
    yield from figures(tree)
    yield from nesting(tree)
    yield from table_headers(tree)
    yield from headings(tree, first_heading)
    yield from pages(pdf, tree.owners)
    yield from fonts(pdf)


def _of_joining(pdf: pikepdf.Pdf) -> Iterator[str]:
    yield from declared(pdf)
    yield from pages(pdf, owners(pdf.Root.StructTreeRoot))
    yield from fonts(pdf)
