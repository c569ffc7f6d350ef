"""The only module that knows WeasyPrint. Fonts and style are read once in a process."""

import gc
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, partial
from mimetypes import guess_type
from xml.etree.ElementTree import Element

import pydyf
from weasyprint import CSS, HTML
from weasyprint.css.counters import CounterStyle
from weasyprint.document import Document
from weasyprint.formatting_structure.boxes import TableCellBox
from weasyprint.html import UA
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from reports.rendering.fingerprint import ASSETS
from reports.rendering.joining.links import ELSEWHERE

SITE = "shelf:"  # stands for the site before an address of it
SHELF = f"{SITE}/"
EMPTY = '<html lang="en"><title>Empty</title><body><h1>Empty</h1></body></html>'
STYLES = ("print.css", "tables.css", "form.css", "poster.css")
COMING_APART = """.doc-table, .doc-table tbody, .doc-table tr {
  break-before: auto !important; break-inside: auto !important; break-after: auto !important;
}"""
SVG = "{http://www.w3.org/2000/svg}"
ROOM = 0.1  # millimetres below a drawing, so that rounding moves nothing to another page


# Parts of a page that our documents do not have. The library's own style sheet says of each how it
# looks on any element, and so works it out for every one.
UNUSED = re.compile(r"^::(footnote|note)-(call|marker|callback) \{.*\}\n", re.MULTILINE)


class Shelf(URLFetcher):
    """Hands out the files it was given and nothing else: no network, no disk."""

    def __init__(self, files: dict[str, bytes]):
        super().__init__()
        self.files = {f"{SHELF}{name}": body for name, body in files.items()}

    def fetch(self, url, headers=None):  # noqa: ARG002 - the library sets the signature
        if url not in self.files:
            raise ValueError(f"A document may not fetch {url}")
        kind = guess_type(url)[0] or "application/octet-stream"
        return URLFetcherResponse(url, self.files[url], {"Content-Type": kind})


class Page(HTML):
    """A page without footnotes to work out, and with markers on the items of lists alone."""

    def _ua_stylesheets(self, forms=False):  # noqa: ARG002 - the library sets the signature
        return [_plain_style()]


def print_document(
    html: str, files: dict[str, bytes], identifier: bytes, key: str = ""
) -> tuple[bytes, int]:
    """PDF bytes and number of pages.

    ``files`` are what it may show, by name; ``identifier`` is the file's, 16 bytes. With the
    ``key`` of a part, names of cells are such as no other part has, and links to what is not
    in it lead elsewhere in the document that it becomes a part of.
    """
    page = Page(string=html, url_fetcher=Shelf(files))
    _make_pictures_ready(page.etree_element)
    if key:
        _lead_elsewhere(page.etree_element)
    with _garbage_held():
        document = _laid_out(page)
        content = document.write_pdf(
            finisher=partial(_name_cells, f"{key}-" if key else ""),
            pdf_variant="pdf/ua-1",
            pdf_identifier=identifier,
        )
    return content, len(document.pages)


def _laid_out(page: Page) -> Document:
    """The pages; rows that stay together, and would not fit a page together, come apart."""
    css, fonts = _style()
    lay_out = partial(page.render, font_config=fonts, pdf_variant="pdf/ua-1")
    document = lay_out(stylesheets=[css])
    if _has_table_without_rows(document):
        return lay_out(stylesheets=[css, CSS(string=COMING_APART)])
    return document


def _has_table_without_rows(document: Document) -> bool:
    """Whether a caption stands on one page and all its rows on others."""
    tables = (
        box
        for page in document.pages
        for box in page._page_box.descendants()  # the pages do not tell otherwise
        if box.is_table_wrapper
    )
    return not all(any(isinstance(b, TableCellBox) for b in t.descendants()) for t in tables)


def print_drawings(drawings: list[str], sizes: list[tuple[float, float]]) -> bytes:
    """PDF bytes, a page for each drawing; ``sizes`` are widths and heights in millimetres."""
    _, fonts = _style()
    rules = "".join(
        f"@page d{n} {{ size: {wide:.3f}mm {high + ROOM:.3f}mm; margin: 0 }} .d{n} {{ page: d{n} }}"
        for n, (wide, high) in enumerate(sizes)
    )
    pages = "".join(f'<div class="d{n}">{drawing}</div>' for n, drawing in enumerate(drawings))
    html = f"<style>svg {{ display: block; width: 100% }} {rules}</style>{pages}"
    with _garbage_held():
        return Page(string=html, url_fetcher=Shelf({})).write_pdf(font_config=fonts)


def _name_cells(before: str, _document, pdf: pydyf.PDF) -> None:
    """Begin the names of header cells alike, and list them where readers look."""
    cells = [item for item in pdf.objects if isinstance(item, dict) and "ID" in item]
    names = {}
    for cell in cells:
        cell["ID"].string = f"{before}{cell['ID'].string}"  # the cells it heads hold the same text
        names[cell["ID"].string] = cell
    if not names:
        return
    pairs = [(pydyf.String(name), names[name].reference) for name in sorted(names)]
    tree = pydyf.Dictionary({"Names": pydyf.Array([item for pair in pairs for item in pair])})
    root = next(item for item in pdf.objects if _is_structure(item))
    root["IDTree"] = tree


def _lead_elsewhere(root: Element) -> None:
    here = {element.get("id") for element in root.iter()}
    for link in root.iter("a"):
        name = link.get("href", "")
        if name.startswith("#") and name[1:] not in here:
            link.set("href", ELSEWHERE + name[1:])


def _is_structure(item: object) -> bool:
    return isinstance(item, dict) and item.get("Type") == "/StructTreeRoot"


def _make_pictures_ready(root: Element) -> None:
    """Leaves out the drawings for phones, and tells of the others what they show.

    The library reads a picture's title to those who cannot see it, and not its description.
    """
    for parent in list(root.iter()):
        for picture in parent.findall(f"{SVG}svg"):
            if "chart--narrow" in picture.get("class", "").split():
                parent.remove(picture)
            elif (told := picture.findtext(f"{SVG}desc")) and (
                title := picture.find(f"{SVG}title")
            ) is not None:
                title.text = f"{title.text}. {told}"


def prime() -> None:
    """Read style and fonts now, and keep what is in memory out of every later collection."""
    print_document(EMPTY, {}, bytes(16))
    gc.collect()
    gc.freeze()


@cache
def _plain_style() -> CSS:
    sheet = UNUSED.sub("", UA).replace("\n::marker {", "\nli::marker {")
    return CSS(string=sheet, counter_style=CounterStyle())


def style() -> str:
    """The style of every printed document."""
    return "".join((ASSETS / name).read_text() for name in STYLES)


@cache
def _style() -> tuple[CSS, FontConfiguration]:
    fonts = FontConfiguration()
    faces = {f"fonts/{path.name}": path.read_bytes() for path in ASSETS.glob("fonts/*.ttf")}
    css = CSS(string=style(), url_fetcher=Shelf(faces), font_config=fonts)
    return css, fonts


@contextmanager
def _garbage_held() -> Iterator[None]:
    """Layout builds a large graph that is dropped whole: looking through it meanwhile is waste."""
    held = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if held:
            gc.enable()
