"""The markup of paragraphs, links, tables and fields, as Word wants it."""

from collections.abc import Iterable, Iterator

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement as Element

from reports.rendering.formats.blocks import BREAK, Cell, Run, Text

Places = dict[str, int]
Filled = tuple[Cell, Element]
SIGN = "●"
FULL_WIDTH = "5000"  # fiftieths of a per cent
RENEWED = ' TOC \\o "1-2" \\h \\z \\u '


def element(tag: str, *children: Element, **attributes: str) -> Element:
    """``w:`` goes before the names of attributes."""
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    made.extend(children)
    return made


# ---- words ---------------------------------------------------------------------------------


def paragraph(style: str, text: Text, places: Places, anchors: Iterable[str] = ()) -> Element:
    """``places`` number the names that links may lead to; ``anchors`` are those of this place."""
    made = element("p", element("pPr", element("pStyle", val=style)))
    for name in anchors:
        number = str(places[name])
        made.append(element("bookmarkStart", id=number, name=_bookmark(name)))
        made.append(element("bookmarkEnd", id=number))
    made.extend(_linked(text, places))
    return made


def _linked(text: Text, places: Places) -> Iterator[Element]:
    for each in text:
        if each.to in places:
            yield element("hyperlink", _run(each), anchor=_bookmark(each.to), history="1")
        else:
            yield _run(each)


def _bookmark(name: str) -> str:
    """A name as Word allows it: letters, digits and low lines."""
    return name.replace("-", "_")[:40]


def _run(run: Run) -> Element:
    looks = element("rPr")
    if run.to:
        looks.append(element("rStyle", val="Hyperlink"))
    if run.is_bold:
        looks.append(element("b"))
    if run.is_italic:
        looks.append(element("i"))
    made = element("r", looks)
    if run.text == BREAK:
        made.append(element("br"))
    else:
        made.append(_words(SIGN if run.is_sign else run.text))
    return made


def _words(text: str) -> Element:
    words = element("t")
    words.text = text
    words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return words


# ---- fields --------------------------------------------------------------------------------


def field(code: str, shown: str) -> list[Element]:
    """What Word works out, with what it shows until then."""
    return [*_begun(code), element("r", _words(shown)), _mark("end")]


def enclose_in_contents(lines: list[Element]) -> None:
    """Make these paragraphs what a field shows that lists the headings."""
    for number, part in enumerate(_begun(RENEWED), 1):
        lines[0].insert(number, part)
    lines[-1].append(_mark("end"))


def _begun(code: str) -> list[Element]:
    told = element("instrText")
    told.text = code
    told.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return [_mark("begin"), element("r", told), _mark("separate")]


def _mark(kind: str) -> Element:
    return element("r", element("fldChar", fldCharType=kind))


# ---- tables --------------------------------------------------------------------------------


def table(style: str, heads: list[list[Filled]], rows: list[list[Filled]], told: str) -> Element:
    """As wide as the page. ``heads`` stand again on every page; ``told`` is what is read aloud."""
    columns = sum(cell.across for cell, _ in (heads or rows)[0])
    made = element(
        "tbl",
        element(
            "tblPr",
            element("tblStyle", val=style),
            element("tblW", w=FULL_WIDTH, type="pct"),
            element(
                "tblLook",
                val="04A0",
                firstRow=str(int(bool(heads))),
                lastRow="0",
                firstColumn="1",
                lastColumn="0",
                noHBand="0",
                noVBand="1",
            ),
        ),
        element("tblGrid", *(element("gridCol") for _ in range(columns))),
    )
    if told:
        made.tblPr.append(element("tblCaption", val=told))
    made.extend(_rows(heads, columns, is_head=True))
    made.extend(_rows(rows, columns, is_head=False))
    return made


def _rows(rows: list[list[Filled]], columns: int, *, is_head: bool) -> Iterator[Element]:
    """A cell over several rows goes on in each of them."""
    going_on = [0] * columns
    for row in rows:
        made, filled, column = element("tr", _row_properties(is_head=is_head)), iter(row), 0
        while column < columns:
            if going_on[column]:
                going_on[column] -= 1
                made.append(_going_on())
                column += 1
                continue
            cell, words = next(filled)
            going_on[column] = cell.down - 1
            made.append(_cell(cell, words))
            column += cell.across
        yield made


def _row_properties(*, is_head: bool) -> Element:
    made = element("trPr", element("cantSplit"))
    if is_head:
        made.append(element("tblHeader"))
    return made


def _going_on() -> Element:
    return element("tc", element("tcPr", element("vMerge")), element("p"))


def _cell(cell: Cell, words: Element) -> Element:
    looks = element("tcPr")
    if cell.across > 1:
        looks.append(element("gridSpan", val=str(cell.across)))
    if cell.down > 1:
        looks.append(element("vMerge", val="restart"))
    if cell.is_figure:
        words.pPr.append(element("jc", val="right"))
    return element("tc", looks, words)


def is_table(found: Element | None) -> bool:
    return found is not None and found.tag == qn("w:tbl")


# ---- pictures ------------------------------------------------------------------------------


def holding(picture: Element) -> Element:
    """A paragraph with a picture in its line."""
    return element("p", element("r", element("drawing", picture)))
