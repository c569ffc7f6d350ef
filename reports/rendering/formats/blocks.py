"""What a report's HTML is made of, in the order of the page: headings, words, tables, pictures."""

from collections.abc import Iterable
from dataclasses import dataclass, field

BREAK = "\n"


@dataclass(frozen=True)
class Run:
    """Words set alike; ``to`` names the place they lead to, BREAK as text begins a new line.

    One that ``is_sign`` stands for a small picture in a line, and says what it shows.
    """

    text: str
    is_bold: bool = False
    is_italic: bool = False
    is_sign: bool = False
    to: str = ""


Text = tuple[Run, ...]


def plain(text: Iterable[Run]) -> str:
    return "".join(run.text for run in text)


@dataclass(frozen=True)
class Block:
    """``anchors`` are the names by which links reach it."""

    anchors: tuple[str, ...] = field(default=(), kw_only=True)


@dataclass(frozen=True)
class Heading(Block):
    """``level`` is 1 for the title of the document."""

    level: int
    text: Text


@dataclass(frozen=True)
class Paragraph(Block):
    """``manner`` is the class by which style sheets know it."""

    text: Text
    manner: str = ""


@dataclass(frozen=True)
class Items(Block):
    """A list; ``is_contents`` where it is the list of the document's own sections."""

    lines: tuple[Text, ...]
    is_contents: bool = False


@dataclass(frozen=True)
class Quotation(Block):
    lines: tuple[Text, ...]


@dataclass(frozen=True)
class Cell:
    """``is_figure`` where its column holds figures; it covers so many columns and rows."""

    text: Text
    is_heading: bool = False
    is_figure: bool = False
    across: int = 1
    down: int = 1


@dataclass(frozen=True)
class Row:
    cells: tuple[Cell, ...]
    anchors: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table(Block):
    """``heads`` are the rows of headings, none where each row says what it is about.

    ``notes`` stand with it; one that ``is_told`` repeats what other tables tell.
    """

    caption: Text
    heads: tuple[Row, ...]
    rows: tuple[Row, ...]
    notes: tuple[Text, ...] = ()
    is_told: bool = False


@dataclass(frozen=True)
class Picture:
    """A drawing as SVG, and what those are told who cannot see it; the size is in its own units."""

    svg: str
    told: str
    width: float
    height: float


@dataclass(frozen=True)
class Photo:
    """A photo as the page holds it, and what those are told who cannot see it."""

    content: bytes
    told: str


@dataclass(frozen=True)
class Figure(Block):
    """A picture, and where it has one the table of what it shows."""

    caption: Text
    notes: tuple[Text, ...]
    picture: Picture | Photo
    table: Table | None = None
