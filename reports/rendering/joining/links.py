"""Where links lead and what the outline lists, in a document that grows part by part."""

from collections.abc import Iterator

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from reports.rendering.joining.structure import NotJoinable
from reports.rendering.trees import name_tree, named

# Before the id that a link leads to, where it is not in the part that the link is in.
ELSEWHERE = "elsewhere:"


class Links:
    """Destinations by the ids of what they show, and the top of the outline."""

    def __init__(self, pdf: Pdf):
        self.pdf = pdf
        self.places: dict[bytes, Object] = dict(named(_destinations(pdf.Root)))
        self.titles: dict[bytes, str] = {}
        self.outline = list(_items(pdf.Root.get("/Outlines")))

    def add(self, root: Dictionary, start: Dictionary, key: str, title: str) -> None:
        """Add the places and outline of a part that begins on a page."""
        name = key.encode()
        places = dict(named(_destinations(root)))
        places.setdefault(name, Array([start, Name.XYZ, 0, start.MediaBox[3], 0]))
        if twice := places.keys() & self.places.keys():
            raise NotJoinable(f"“{title}” has a place {min(twice).decode()}, as another part does.")
        self.places |= places
        self.titles[name] = title
        self.outline += _items(root.get("/Outlines"))

    def finish(self) -> None:
        numbers = {page.obj.objgen: number for number, page in enumerate(self.pdf.pages, 1)}
        for link in _links(page.obj for page in self.pdf.pages):
            self._lead(link, numbers)
        self.pdf.Root.Names = Dictionary(Dests=name_tree(self.places))
        self._list()

    def _lead(self, link: Dictionary, numbers: dict) -> None:
        """Let a link to another part lead there, and say of each link where it leads."""
        address = str(link.get("/A", Dictionary()).get("/URI", ""))
        if address.startswith(ELSEWHERE):
            del link["/A"]
            link.Dest = String(address.removeprefix(ELSEWHERE))
        if "/Dest" not in link:
            return
        name = bytes(link.Dest)
        if name not in self.places:
            raise NotJoinable(f"A link leads to {name.decode()}, which is nowhere in the document.")
        page = f"page {numbers[self.places[name][0].objgen]}"
        title = self.titles.get(name)
        link.Contents = String(f"{title}, {page}" if title else page.capitalize())

    def _list(self) -> None:
        outline = self.pdf.make_indirect(Dictionary(Type=Name.Outlines))
        for before, item in zip([None, *self.outline], self.outline, strict=False):
            item.Parent = outline
            for neighbour in ("/Prev", "/Next"):
                if neighbour in item:
                    del item[neighbour]
            if before is not None:
                item.Prev, before.Next = before, item
        if self.outline:
            outline.First, outline.Last = self.outline[0], self.outline[-1]
            outline.Count = sum(1 + max(int(item.get("/Count", 0)), 0) for item in self.outline)
            self.pdf.Root.Outlines = outline


def _destinations(root: Dictionary) -> Dictionary:
    return root.get("/Names", Dictionary()).get("/Dests", Dictionary())


def _links(pages) -> Iterator[Dictionary]:
    for page in pages:
        yield from page.get("/Annots", [])


def _items(outline: Dictionary | None) -> Iterator[Dictionary]:
    item = outline.get("/First") if outline is not None else None
    while item is not None:
        yield item
        item = item.get("/Next")
