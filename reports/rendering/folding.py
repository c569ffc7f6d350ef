"""Four pages as one sheet that is printed on both sides and folded to a booklet."""

import re
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Page, Pdf

# The pages side by side, and whose place they take: the outside of the sheet, then its inside.
SIDES = ((4, 1, 1), (2, 3, 2))
MARKED = re.compile(rb"/MCID (\d+)")


class NotFoldable(Exception):
    """A file that cannot be made into a booklet; the message says why."""


def folded(content: bytes) -> tuple[bytes, int]:
    """The four pages of a tagged PDF on the two sides of a sheet twice as wide, and their number.

    What is read aloud keeps the order of the pages. The pages may hold no links.
    """
    with Pdf.open(BytesIO(content)) as pdf:
        pages = list(pdf.pages)
        if len(pages) != 2 * len(SIDES) or any("/Annots" in page.obj for page in pages):
            raise NotFoldable("A booklet has four pages and no links.")
        for left, right, place in SIDES:
            _put_beside(pdf, pages[left - 1], pages[right - 1], pages[place - 1])
        del pdf.pages[len(SIDES) :]
        return _saved(pdf), len(pdf.pages)


def _put_beside(pdf: Pdf, left: Page, right: Page, sheet: Page) -> None:
    """Draw two pages on one that is twice as wide; ``sheet`` is one of them."""
    if left.obj.Resources.objgen != right.obj.Resources.objgen:
        raise NotFoldable("The pages of a booklet share their fonts.")
    wide = left.obj.MediaBox[2]
    on_left, on_right = _owners(pdf, left), _owners(pdf, right)
    before = len(on_left)
    drawn = MARKED.sub(lambda n: b"/MCID %d" % (int(n[1]) + before), _drawing(right))
    both = b"q\n%s\nQ\nq 1 0 0 1 %s 0 cm\n%s\nQ" % (_drawing(left), str(wide).encode(), drawn)
    sheet.obj.Contents = pdf.make_stream(both)
    sheet.obj.MediaBox = Array([0, 0, wide * 2, left.obj.MediaBox[3]])
    for element in pdf.objects:
        if isinstance(element, Dictionary) and element.get("/Type") == Name.StructElem:
            _move(element, right, sheet, before)
            _move(element, left, sheet, 0)
    _put_owners(pdf, sheet, [*on_left, *on_right])


def _owners(pdf: Pdf, page: Page) -> Array:
    """The structure elements that a page's marked pieces belong to, by their numbers."""
    numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
    return numbers[_place(numbers, page)]


def _put_owners(pdf: Pdf, page: Page, owners: list) -> None:
    numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
    numbers[_place(numbers, page)] = Array(owners)


def _place(numbers: Array, page: Page) -> int:
    """Where a list of pairs of keys and values has the value under the page's key."""
    key = page.obj.StructParents
    return next(i + 1 for i in range(0, len(numbers), 2) if numbers[i] == key)


def _drawing(page: Page) -> bytes:
    page.contents_coalesce()
    return page.obj.Contents.read_bytes()


def _move(element: Dictionary, page: Page, sheet: Page, before: int) -> None:
    """Let an element's pieces on a page be those of the sheet, under new numbers."""
    is_here = _is_on(element, page)
    kids = element.get("/K", Array())
    if not isinstance(kids, Array):
        kids = element.K = Array([kids])
    for place, kid in enumerate(kids):
        if isinstance(kid, Dictionary):
            if "/MCID" in kid and _is_on(kid, page):
                kid.Pg, kid.MCID = sheet.obj, int(kid.MCID) + before
        elif is_here:
            kids[place] = int(kid) + before
    if is_here:
        element.Pg = sheet.obj


def _is_on(node: Dictionary, page: Page) -> bool:
    return "/Pg" in node and node.Pg.objgen == page.obj.objgen


def _saved(pdf: Pdf) -> bytes:
    saved = BytesIO()
    pdf.save(saved, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return saved.getvalue()
