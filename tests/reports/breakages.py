"""A good file spoilt, each time in one way that keeps somebody from having it read aloud."""

from collections.abc import Callable
from io import BytesIO

import pikepdf
from pikepdf import Dictionary, Name, Pdf

from tests.reports import parts as given


def spoilt(content: bytes, spoil: Callable[[Pdf], None]) -> bytes:
    saved = BytesIO()
    with pikepdf.open(BytesIO(content)) as pdf:
        spoil(pdf)
        pdf.save(saved)
    return saved.getvalue()


def elements(pdf: Pdf, kind: str) -> list[Dictionary]:
    return [element for element in given.elements(pdf) if str(element.S) == f"/{kind}"]


def without(*names: str) -> Callable[[Pdf], None]:
    def leave_out(pdf: Pdf):
        for name in names:
            del pdf.Root[name]

    return leave_out


def no_alternative(pdf: Pdf):
    del elements(pdf, "Figure")[0]["/Alt"]


def drawing_of_no_element(pdf: Pdf):
    pdf.pages[1].contents_add(pdf.make_stream(b"q 60 60 9 9 re f Q"))


def swapped_pages(pdf: Pdf):
    one, other = pdf.pages[1].obj, pdf.pages[2].obj
    one.StructParents, other.StructParents = int(other.StructParents), int(one.StructParents)


def shared_place(pdf: Pdf):
    pdf.pages[2].obj.StructParents = int(pdf.pages[1].obj.StructParents)


def lost_header(pdf: Pdf):
    elements(pdf, "TH")[0].ID = b"lost"


def paragraph_in_an_item(pdf: Pdf):
    elements(pdf, "LBody")[0].S = Name.P


def skipped_heading(pdf: Pdf):
    elements(pdf, "H3")[0].S = Name.H5


def first_heading_of_level_two(pdf: Pdf):
    elements(pdf, "H1")[0].S = Name.H2


def no_headers(pdf: Pdf):
    for cell in elements(pdf, "TH"):
        cell.S = Name.TD
        del cell["/ID"]
    for cell in elements(pdf, "TD"):
        if "/Headers" in cell.A:
            del cell.A["/Headers"]


def undescribed_link(pdf: Pdf):
    del next(page.Annots[0] for page in pdf.pages if "/Annots" in page)["/Contents"]


def fonts_left_out(pdf: Pdf):
    for item in pdf.objects:
        if isinstance(item, Dictionary) and item.get("/Type") == "/FontDescriptor":
            del item["/FontFile2"]
