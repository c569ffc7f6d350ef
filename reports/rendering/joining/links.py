"""Where links lead and what the outline lists, in a document that grows part by part."""

from collections.abc import Iterator

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from reports.rendering.joining.structure import NotJoinable
from reports.rendering.joining.trees import name_tree, named

# What a link to another part is written with: part:key, or part:key#id for a place in it.
TO_PART = "part:"


class Links:
    """Destinations by name, and the top of the outline.

    A place in a part is named key/id, the part's beginning by its key alone.
    """

    def __init__(self, pdf: Pdf):
        self.pdf = pdf
        self.places: dict[bytes, Object] = dict(named(_destinations(pdf.Root)))
        self.titles: dict[bytes, str] = {}
        self.outline = list(_items(pdf.Root.get("/Outlines")))

    def add(self, root: Dictionary, pages: list[Dictionary], key: str, title: str) -> None:
        """Add the places and outline of a part; its links then lead to where it is now."""
        start = Array([pages[0], Name.XYZ, 0, pages[0].MediaBox[3], 0])
        self.places[key.encode()] = start
        self.titles[key.encode()] = title
        found = named(_destinations(root))
        self.places |= {_within(key, name): place for name, place in found}
        self.outline += _items(root.get("/Outlines"))
        for link in _links(pages):
            if "/Dest" in link:
                link.Dest = String(_within(key, bytes(link.Dest)))

    def finish(self) -> None:
        numbers = {page.obj.objgen: number for number, page in enumerate(self.pdf.pages, 1)}
        for link in _links(page.obj for page in self.pdf.pages):
            self._lead(link, numbers)
        self.pdf.Root.Names = Dictionary(Dests=name_tree(self.places))
        self._list()

    def _lead(self, link: Dictionary, numbers: dict) -> None:
        """Turn a link to another part into one within the file, and say where each leads."""
        if name := _elsewhere(link):
            del link["/A"]
            link.Dest = String(name)
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


def _within(key: str, name: bytes) -> bytes:
    return key.encode() + b"/" + name


def _elsewhere(link: Dictionary) -> bytes:
    """The name of the place in another part that a link leads to, if it leads to one."""
    address = str(link.get("/A", Dictionary()).get("/URI", ""))
    if not address.startswith(TO_PART):
        return b""
    return address.removeprefix(TO_PART).replace("#", "/", 1).encode()


def _links(pages) -> Iterator[Dictionary]:
    for page in pages:
        yield from page.get("/Annots", [])


def _items(outline: Dictionary | None) -> Iterator[Dictionary]:
    item = outline.get("/First") if outline is not None else None
    while item is not None:
        yield item
        item = item.get("/Next")
