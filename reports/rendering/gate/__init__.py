"""A quick look at whether a PDF can be read aloud: what it finds, it says in a sentence.

It looks at the structure that a screen reader follows, so quickly that every file made can be
looked at. It does not replace a validator, but sees what the one of our tests does not: tables
without headers, and pages that share their place in the parent tree.
"""

from io import BytesIO

import pikepdf

from reports.rendering.gate.declared import declared, fonts
from reports.rendering.gate.pages import pages
from reports.rendering.gate.structure import figures, headings, nesting, roles, table_headers
from reports.rendering.gate.tree import read

__all__ = ["problems"]


def problems(content: bytes) -> list[str]:
    """What keeps the PDF from being accessible; empty if nothing was found."""
    try:
        with pikepdf.open(BytesIO(content)) as pdf:
            return _problems(pdf)
    except pikepdf.PdfError as error:
        return [f"The file cannot be read: {error}"]


def _problems(pdf: pikepdf.Pdf) -> list[str]:
    if "/StructTreeRoot" not in pdf.Root:
        return [*declared(pdf), "The file has no structure tree"]
    tree = read(pdf.Root.StructTreeRoot)
    found = [
        *declared(pdf),
        *roles(tree),
        *figures(tree),
        *nesting(tree),
        *table_headers(tree),
        *headings(tree),
        *pages(pdf, tree),
        *fonts(pdf),
    ]
    return list(dict.fromkeys(found))
