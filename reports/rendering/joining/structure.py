"""The structure tree, which a screen reader follows, of a document that grows part by part."""

from collections.abc import Iterable

from pikepdf import Array, Dictionary, Name, Pdf, String

from reports.rendering.trees import name_tree, named, number_tree, numbered


class NotJoinable(Exception):
    """A part that cannot become one of a document; the message says why."""


def require_tagged(pdf: Pdf, what: str) -> None:
    """Refuse a file whose text nothing could read aloud, or not in order."""
    tree = pdf.Root.get("/StructTreeRoot")
    if tree is None:
        raise NotJoinable(f"{what} has no structure tree, so it could not be read aloud.")
    if "/RoleMap" in tree or "/ClassMap" in tree:
        raise NotJoinable(f"{what} gives roles or classes a meaning of its own.")
    kids = tree.get("/K", Array())
    if len(kids) != 1 or kids[0].get("/S") != Name.Document:
        raise NotJoinable(f"{what} is not a single document.")
    untied = [
        number for number, page in enumerate(pdf.pages, 1) if "/StructParents" not in page.obj
    ]
    if untied:
        raise NotJoinable(f"Page {untied[0]} of {what} is not tied to its structure tree.")


class Structure:
    """The tree of the first file, to which the trees of the others are added.

    ``owners`` say for each key of the parent tree which elements own the content of a page, or
    which one owns a link; the keys of a part follow those of the part before it.
    """

    def __init__(self, pdf: Pdf):
        self.root = pdf.Root.StructTreeRoot
        self.document = self.root.K[0]
        self.owners = list(numbered(self.root.ParentTree))
        self.names = dict(named(self.root.get("/IDTree", Dictionary())))
        self.parts: list[Dictionary] = []

    def add(self, tree: Dictionary, pages: Iterable[Dictionary], title: str) -> None:
        """Add the tree of a part and tie its copied pages to where the tree is now."""
        element = tree.K[0]
        element.update({"/S": Name.Part, "/P": self.document, "/T": String(title)})
        self.parts.append(element)
        first = self._next_key()
        self.owners += [(first + key, owner) for key, owner in numbered(tree.ParentTree)]
        for page in pages:
            page.StructParents = first + int(page.StructParents)
            for annotation in page.get("/Annots", []):
                if "/StructParent" in annotation:
                    annotation.StructParent = first + int(annotation.StructParent)
        self._name(dict(named(tree.get("/IDTree", Dictionary()))), title)

    def _next_key(self) -> int:
        return max((key for key, _ in self.owners[-1:]), default=-1) + 1

    def _name(self, names: dict, title: str) -> None:
        if twice := self.names.keys() & names.keys():
            said = min(twice).decode(errors="replace")
            raise NotJoinable(f"“{title}” names a cell {said}, as another part does.")
        self.names |= names

    def finish(self) -> None:
        self.document.K = Array([*self.document.K, *self.parts])
        self.root.ParentTree = number_tree(self.owners)
        self.root.ParentTreeNextKey = self._next_key()
        if self.names:
            self.root.IDTree = name_tree(self.names)
