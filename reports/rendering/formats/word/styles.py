"""How a document of Word is set: A4, English, numbered pages, and the styles that editors use."""

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from reports.rendering.formats.word.elements import field

CAPTION, NOTE, QUESTION = "Caption", "Note", "Question"
CONTENTS, CONTENTS_HEADING = "toc 1", "TOC Heading"
TABLE_TEXT, TABLE_HEADING = "Table Text", "Table Heading"
FONT, INK, LINK = "Arial", RGBColor(0x12, 0x22, 0x2B), RGBColor(0x0B, 0x5A, 0x6A)
SIZES = {"Title": 26, "Subtitle": 13, "Heading 1": 18, "Heading 2": 14, "Heading 3": 12}


def prepared(*, title: str, kind: str):
    """An empty document, with the title and the number of the page at the foot of each."""
    document = Document()
    _set_page(document.sections[0])
    _speak_english(document)
    _set_styles(document.styles)
    foot = document.sections[0].footer.paragraphs[0]
    foot.add_run(f"{kind}: {title}. Page ")
    foot._p.extend(field(" PAGE ", "1"))
    foot.add_run(" of ")
    foot._p.extend(field(" NUMPAGES ", "1"))
    return document


def _set_page(section) -> None:
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(22)
    section.top_margin = section.bottom_margin = Mm(22)


def _speak_english(document) -> None:
    spoken = document.styles.element.find(f".//{qn('w:docDefaults')}//{qn('w:lang')}")
    spoken.set(qn("w:val"), "en-GB")
    document.settings.element.find(qn("w:themeFontLang")).set(qn("w:val"), "en-GB")


def _set_styles(styles) -> None:
    _set(styles["Normal"], size=10.5)
    _space(styles["Normal"], before=6, after=4)
    for name, size in SIZES.items():
        _set(styles[name], size=size, is_bold=name != "Subtitle")
        styles[name].font.italic = False
    _set(styles["Quote"], size=11)
    styles["Quote"].paragraph_format.left_indent = Mm(8)
    _set(styles[CAPTION], size=10, is_bold=True)
    _space(styles[CAPTION], before=12, after=4)
    styles[CAPTION].paragraph_format.keep_with_next = True
    styles[CONTENTS_HEADING].paragraph_format.page_break_before = True
    _set(styles["Footer"], size=9)
    _set(styles[CONTENTS_HEADING], size=14, is_bold=True)
    for name, size in ((NOTE, 9), (QUESTION, 12), (CONTENTS, 10.5)):
        _set(_added(styles, name), size=size)
    for name in (TABLE_TEXT, TABLE_HEADING):
        _set(_added(styles, name), size=9, is_bold=name == TABLE_HEADING)
        _space(styles[name], before=1, after=1)
    linked = styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER, builtin=True)
    linked.font.color.rgb, linked.font.underline = LINK, True


def _added(styles, name: str):
    added = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=name == CONTENTS)
    added.base_style = styles["Normal"]
    return added


def _space(style, *, before: float, after: float) -> None:
    """Points before and after a paragraph, whose lines stand close."""
    style.paragraph_format.space_before = Pt(before)
    style.paragraph_format.space_after = Pt(after)
    style.paragraph_format.line_spacing = 1.1


def _set(style, *, size: float, is_bold: bool = False) -> None:
    """One face in all scripts; the theme of the template names others."""
    style.font.name, style.font.size, style.font.bold = FONT, Pt(size), is_bold
    style.font.color.rgb = INK
    faces = style.element.rPr.rFonts
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        faces.attrib.pop(qn(f"w:{script}Theme"), None)
        faces.set(qn(f"w:{script}"), FONT)
