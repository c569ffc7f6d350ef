"""Reads the HTML of a report, so that every format is made from what people read on screen."""

import re
from base64 import b64decode
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element, register_namespace, tostring

import tinyhtml5

from reports.rendering.formats.blocks import (
    BREAK,
    Block,
    Cell,
    Figure,
    Heading,
    Items,
    Paragraph,
    Photo,
    Picture,
    Quotation,
    Row,
    Run,
    Table,
    Text,
)

SVG = "{http://www.w3.org/2000/svg}"
HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4}
PHOTO = "data:image/jpeg;base64,"
NOTE_OF_TABLE = "doc-note--table"
# Characters that neither a spreadsheet nor a document of Word can hold.
UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    """The text without characters that no file of words may hold."""
    return UNFIT.sub(" ", text)


def read(html: str) -> list[Block]:
    """The blocks of a page or of a part of one, in their order."""
    root = tinyhtml5.parse(clean(html), namespace_html_elements=False)
    body = root.find("body")
    page = _Page()
    page.walk(body)
    return page.blocks


def metadata(html: str) -> dict[str, str]:
    """What the head of a page says of it, with its title under ``title``."""
    root = tinyhtml5.parse(clean(html), namespace_html_elements=False)
    said = {meta.get("name"): meta.get("content", "") for meta in root.iter("meta")}
    return {"title": "".join(root.find("head").findtext("title")), **said}


@dataclass
class _Page:
    """What has been read; ``waiting`` are the names of places that the next block has."""

    blocks: list[Block] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)

    def walk(self, element: Element) -> None:
        for child in element:
            reader = READERS.get(child.tag)
            self.waiting += _named(child)
            if reader is None:
                self.walk(child)
            elif (block := reader(child)) is not None:
                self._add(block)

    def _add(self, block: Block) -> None:
        last = self.blocks[-1] if self.blocks else None
        if _is_note(block) and isinstance(last, Table):
            self.blocks[-1] = replace(last, notes=(*last.notes, block.text))
            return
        anchors = dict.fromkeys((*self.waiting, *block.anchors))
        self.blocks.append(replace(block, anchors=tuple(anchors)))
        self.waiting.clear()


def _is_note(block: Block) -> bool:
    return isinstance(block, Paragraph) and NOTE_OF_TABLE in block.manner


def _named(element: Element) -> list[str]:
    return [element.get("id")] if element.get("id") else []


def _classes(element: Element) -> list[str]:
    return element.get("class", "").split()


# ---- words ---------------------------------------------------------------------------------


def _text(element: Element) -> Text:
    """The words of an element, with white space as a page shows it."""
    return _joined(list(_runs(element, Run(""))))


def _runs(element: Element, style: Run) -> Iterator[Run]:
    if element.text:
        yield replace(style, text=element.text)
    for child in element:
        if child.tag == "br":
            yield replace(style, text=BREAK)
        elif child.tag == f"{SVG}svg":
            yield replace(style, text=child.findtext(f"{SVG}title", ""), is_sign=True)
        else:
            yield from _runs(child, _styled(child, style))
        if child.tail:
            yield replace(style, text=child.tail)


def _styled(element: Element, style: Run) -> Run:
    if element.tag in ("strong", "b"):
        return replace(style, is_bold=True)
    if element.tag == "em":
        return replace(style, is_italic=True)
    if element.tag == "a" and element.get("href", "").startswith("#"):
        return replace(style, to=element.get("href")[1:])
    return style


def _joined(runs: list[Run]) -> Text:
    """White space that a page does not show is left out: doubled, at the ends, beside breaks."""
    found: list[Run] = []
    is_blank = True
    for run in runs:
        text = run.text if run.text == BREAK else re.sub(r"[ \t\r\n\f]+", " ", run.text)
        if is_blank:
            text = text.lstrip(" ")
        if text == BREAK:
            _end_line(found)
        if text:
            found.append(replace(run, text=text))
            is_blank = text == BREAK or text.endswith(" ")
    _end_line(found)
    return tuple(found)


def _end_line(runs: list[Run]) -> None:
    """No blank ends a line."""
    while runs and runs[-1].text != BREAK:
        text = runs[-1].text.rstrip(" ")
        if text:
            runs[-1] = replace(runs[-1], text=text)
            return
        runs.pop()


# ---- blocks --------------------------------------------------------------------------------


def _heading(element: Element) -> Heading:
    return Heading(HEADINGS[element.tag], _text(element))


def _paragraph(element: Element) -> Paragraph | None:
    text = _text(element)
    return Paragraph(text, element.get("class", "")) if text else None


def _items(element: Element) -> Items:
    return Items(tuple(_text(item) for item in element.iter("li")))


def _contents(element: Element) -> Items | None:
    """The document's list of its own sections; its heading is the format's to write."""
    return replace(_items(element), is_contents=True)


def _quotation(element: Element) -> Quotation:
    return Quotation(tuple(_text(line) for line in element.iter("p")))


def _table(element: Element) -> Table:
    caption = element.find("caption")
    heads = element.find("thead")
    return Table(
        _text(caption) if caption is not None else (),
        _rows(heads) if heads is not None else (),
        tuple(row for body in element.findall("tbody") for row in _rows(body)),
        anchors=tuple(_named(caption)) if caption is not None else (),
    )


def _rows(element: Element) -> tuple[Row, ...]:
    return tuple(
        Row(tuple(_cell(cell) for cell in row), tuple(_named(row))) for row in element.findall("tr")
    )


def _cell(element: Element) -> Cell:
    return Cell(
        _text(element),
        is_heading=element.tag == "th",
        is_figure="doc-figures" in _classes(element),
        across=int(element.get("colspan", "1")),
        down=int(element.get("rowspan", "1")),
    )


def _figure(element: Element) -> Figure | None:
    picture = _picture(element)
    if picture is None:
        return None
    caption = _text(element.find("figcaption"))
    notes = tuple(_text(note) for note in element.findall("p"))
    details = element.find("details")
    table = None
    if details is not None:
        is_told = "doc-data--told" in _classes(details)
        found = replace(_table(details.find("table")), caption=caption, notes=notes)
        table = replace(found, is_told=is_told)
    return Figure(caption, notes, picture, table)


def _picture(element: Element) -> Picture | Photo | None:
    """The drawing for a desk, the one for a phone shows the same; or the photo."""
    for svg in element.iter(f"{SVG}svg"):
        if "chart--narrow" not in _classes(svg):
            return _drawing(svg)
    photo = element.find("img")
    return None if photo is None else _photo(photo)


def _photo(element: Element) -> Photo:
    content = element.get("src").removeprefix(PHOTO)
    return Photo(b64decode(content, validate=True), element.get("alt"))


def _drawing(svg: Element) -> Picture:
    _, _, width, height = map(float, svg.get("viewBox").split())
    told = (svg.findtext(f"{SVG}title", ""), svg.findtext(f"{SVG}desc", ""))
    return Picture(_bare(svg), ". ".join(filter(None, told)), width, height)


def _bare(svg: Element) -> str:
    register_namespace("", SVG.strip("{}"))
    tail, svg.tail = svg.tail, None
    drawn = tostring(svg, encoding="unicode")
    svg.tail = tail
    return drawn


READERS: dict[str, Callable[[Element], Block | None]] = {
    **dict.fromkeys(HEADINGS, _heading),
    "p": _paragraph,
    "ul": _items,
    "ol": _items,
    "nav": _contents,
    "blockquote": _quotation,
    "table": _table,
    "figure": _figure,
}
