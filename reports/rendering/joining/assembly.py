"""One PDF/UA-1 file from a front and the parts that follow it."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

import pikepdf
from pikepdf import Dictionary, Page, Pdf

from reports.rendering.joining.edges import Edges, Running
from reports.rendering.joining.fonts import Fonts, leave_out
from reports.rendering.joining.links import Links
from reports.rendering.joining.structure import NotJoinable, Structure, require_tagged

# What of a part's root goes into the whole.
ROOTED = ("/StructTreeRoot", "/Names", "/Outlines")


@dataclass(frozen=True)
class Part:
    """A part as it was printed.

    ``key`` is its id, to which links lead, ``title`` stands at the head of its pages.
    """

    key: str
    title: str
    content: bytes


def join(front: bytes, parts: Sequence[Part], running: Running) -> bytes:
    """One tagged file: the front, then the parts in their order; the same input, the same bytes.

    The first page of the front is its cover: nothing is written on the edges of it. What the file
    says about itself, its title and language, is what the front says.
    """
    if len({part.key for part in parts}) < len(parts):
        raise NotJoinable("Two parts have the same key.")
    with _open(front, "the front") as pdf:
        whole = _Whole(pdf, running)
        for part in parts:
            with _open(part.content, f"“{part.title}”") as source:
                whole.add(source, part)
        return whole.finished()


def _open(content: bytes, what: str) -> Pdf:
    pdf = pikepdf.open(BytesIO(content))
    require_tagged(pdf, what)
    return pdf


class _Whole:
    """The file while parts are added to it."""

    def __init__(self, pdf: Pdf, running: Running):
        self.pdf, self.running = pdf, running
        self.structure, self.links, self.fonts = Structure(pdf), Links(pdf), Fonts(pdf)
        self.titles = [""] * len(pdf.pages)
        self.fonts.share([page.obj for page in pdf.pages])

    def add(self, source: Pdf, part: Part) -> None:
        leave_out([page.obj for page in source.pages])
        pages = [self._copied(page) for page in source.pages]
        self.titles += [part.title] * len(pages)
        # Copied after its pages, so that it points to their copies.
        root = self.pdf.copy_foreign(
            source.make_indirect(
                Dictionary({key: source.Root[key] for key in ROOTED if key in source.Root})
            )
        )
        self.structure.add(root.StructTreeRoot, pages, part.title)
        self.links.add(root, pages[0], part.key, part.title)
        self.fonts.share(pages)

    def _copied(self, page: Page) -> Dictionary:
        copy = self.pdf.copy_foreign(page.obj)
        self.pdf.pages.append(Page(copy))
        return copy

    def finished(self) -> bytes:
        self.structure.finish()
        self.links.finish()
        self._write_edges()
        saved = BytesIO()
        self.pdf.save(
            saved,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
        return saved.getvalue()

    def _write_edges(self) -> None:
        edges = Edges(self.pdf, self.fonts, self.running)
        total = len(self.titles)
        for number, (page, title) in enumerate(zip(self.pdf.pages, self.titles, strict=True), 1):
            if number > 1:
                edges.write(page.obj, title, number, total)
        edges.finish()
