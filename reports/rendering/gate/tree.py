"""The structure tree of a file, read once for everything that is asked of it."""

from dataclasses import dataclass, field

from pikepdf import Array, Dictionary, Object

from reports.rendering.trees import numbered


@dataclass
class Element:
    """A structure element with the names of what it is and what it stands in."""

    node: Dictionary
    kind: str
    parent: str


@dataclass
class Tree:
    """Structure elements in reading order, and what the parent tree says of each key.

    ``roles`` are names that the file itself gives a meaning.
    """

    elements: list[Element] = field(default_factory=list)
    owners: dict[int, Object] = field(default_factory=dict)
    roles: set[str] = field(default_factory=set)


def owners(root: Dictionary) -> dict[int, Object]:
    """Which elements own the content of a page, or which one a link, by the keys of these."""
    return dict(numbered(root.get("/ParentTree", Dictionary())))


def read(root: Dictionary) -> Tree:
    own = {name.lstrip("/") for name in root.get("/RoleMap", Dictionary()).keys()}  # noqa: SIM118
    tree = Tree(owners=owners(root), roles=own)
    waiting = [(kid, "") for kid in reversed(kids(root))]
    while waiting:
        node, parent = waiting.pop()
        if isinstance(node, Dictionary) and "/S" in node:
            kind = str(node.S)[1:]
            tree.elements.append(Element(node, kind, parent))
            waiting += [(kid, kind) for kid in reversed(kids(node))]
    return tree


def kids(node: Dictionary) -> list:
    found = node.get("/K", [])
    return list(found) if isinstance(found, Array) else [found]
