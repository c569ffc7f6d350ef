"""A report as a document of Word, for editors who work there."""

from io import BytesIO

from docx.shared import Mm

from reports.rendering.formats.archives import settled
from reports.rendering.formats.blocks import (
    Block,
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
    plain,
)
from reports.rendering.formats.drawings import WIDE, as_png
from reports.rendering.formats.imprint import Imprint
from reports.rendering.formats.word import elements
from reports.rendering.formats.word.styles import (
    CAPTION,
    CONTENTS,
    CONTENTS_HEADING,
    NOTE,
    QUESTION,
    TABLE_HEADING,
    TABLE_TEXT,
    prepared,
)

MANNERS = {"doc-note": NOTE, "doc-when": NOTE, "doc-question": QUESTION}
ON_COVER = "cover-"
PHOTO_WIDE, PHOTO_HIGH = 130, 110  # millimetres


def word(blocks: list[Block], imprint: Imprint, said: dict[str, str]) -> bytes:
    """DOCX; ``said`` is what the head of the page says: its title and author.

    Marks lead to bookmarks, pictures are told in words, and a table that repeats what other tables
    tell is left out, as on paper.
    """
    document = prepared(title=said["title"], kind=imprint.kind)
    properties = document.core_properties
    properties.title, properties.author = said["title"], said.get("author", "")
    properties.subject, properties.language = imprint.subject, "en-GB"
    properties.comments = f"Fingerprint of the data: {imprint.data_hash}"
    writer = _Writer(document, blocks)
    for block in blocks:
        writer.write(block)
    return settled(document.save, imprint.asked_on)


class _Writer:
    """Writes blocks one after the other; ``places`` number the names that links lead to."""

    def __init__(self, document, blocks: list[Block]):
        self.document = document
        self.end = document.element.body.sectPr
        self.places = {name: number for number, name in enumerate(_anchors(blocks), 1)}
        pictures = [block.picture for block in blocks if isinstance(block, Figure)]
        self.drawn = iter(as_png([each for each in pictures if isinstance(each, Picture)]))

    def write(self, block: Block) -> None:
        match block:
            case Heading():
                name = "Title" if block.level == 1 else f"Heading {block.level - 1}"
                self._say(name, block.text, block.anchors)
            case Paragraph():
                self._say(_style_of(block), block.text, block.anchors)
            case Items(is_contents=True):
                self._contents(block)
            case Items():
                self._say_each("List Bullet", block.lines, block.anchors)
            case Quotation():
                self._say_each("Quote", block.lines, block.anchors)
            case Table():
                self._table(block)
            case Figure():
                self._figure(block)

    def _paragraph(self, style: str, text: Text, anchors: tuple[str, ...] = ()):
        style_id = self.document.styles[style].style_id
        return elements.paragraph(style_id, text, self.places, anchors)

    def _say(self, style: str, text: Text, anchors: tuple[str, ...] = ()) -> None:
        self.end.addprevious(self._paragraph(style, text, anchors))

    def _say_each(self, style: str, lines: tuple[Text, ...], anchors: tuple[str, ...]) -> None:
        for number, line in enumerate(lines):
            self._say(style, line, anchors if number == 0 else ())

    def _contents(self, block: Items) -> None:
        """A field that Word renews, and until then the sections as links."""
        self._say(CONTENTS_HEADING, (Run("Contents"),), block.anchors)
        lines = [self._paragraph(CONTENTS, line) for line in block.lines]
        elements.enclose_in_contents(lines)
        for line in lines:
            self.end.addprevious(line)

    def _table(self, block: Table) -> None:
        if block.caption:
            self._say(CAPTION, block.caption, block.anchors)
        self._rows(block)
        for note in block.notes:
            self._say(NOTE, note)

    def _rows(self, block: Table) -> None:
        """The table itself; two that nothing parts would become one."""
        if elements.is_table(self.end.getprevious()):
            self._say(TABLE_TEXT, ())
        style_id = self.document.styles["Table Grid"].style_id
        heads = [self._row(row, TABLE_HEADING) for row in block.heads]
        rows = [self._row(row, TABLE_TEXT) for row in block.rows]
        self.end.addprevious(elements.table(style_id, heads, rows, plain(block.caption)))

    def _row(self, row: Row, style: str) -> list[elements.Filled]:
        anchors = [row.anchors, *[()] * (len(row.cells) - 1)]
        return [
            (cell, self._paragraph(style, cell.text, own))
            for cell, own in zip(row.cells, anchors, strict=True)
        ]

    def _figure(self, block: Figure) -> None:
        self._say(CAPTION, block.caption, block.anchors)
        for note in block.notes:
            self._say(NOTE, note)
        picture = self._picture(block.picture)
        picture.docPr.set("descr", block.picture.told)
        self.end.addprevious(elements.holding(picture))
        if block.table and not block.table.is_told:
            self._rows(block.table)

    def _picture(self, found: Picture | Photo):
        """A drawing as wide as the text; a photo no larger than it is on paper."""
        if isinstance(found, Picture):
            return self.document.part.new_pic_inline(BytesIO(next(self.drawn)), Mm(WIDE))
        photo = self.document.part.new_pic_inline(BytesIO(found.content), Mm(PHOTO_WIDE))
        if photo.extent.cy > Mm(PHOTO_HIGH):
            photo = self.document.part.new_pic_inline(BytesIO(found.content), height=Mm(PHOTO_HIGH))
        return photo


def _style_of(block: Paragraph) -> str:
    manner = block.manner.split()[0] if block.manner else ""
    return "Subtitle" if manner.startswith(ON_COVER) else MANNERS.get(manner, "Normal")


def _anchors(blocks: list[Block]) -> list[str]:
    """Every name of a place, once, in the order of the page."""
    named = []
    for block in blocks:
        named += block.anchors
        if isinstance(block, Table):
            named += [name for row in block.rows for name in row.anchors]
    return list(dict.fromkeys(named))
