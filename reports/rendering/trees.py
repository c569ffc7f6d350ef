"""Number trees and name trees, which a PDF keeps what it looks up in."""

from collections.abc import Iterator

from pikepdf import Array, Dictionary, Object, String


def numbered(node: Dictionary) -> Iterator[tuple[int, Object]]:
    """The entries of a number tree."""
    yield from ((int(key), value) for key, value in _entries(node, "/Nums"))


def named(node: Dictionary) -> Iterator[tuple[bytes, Object]]:
    """The entries of a name tree."""
    yield from ((bytes(key), value) for key, value in _entries(node, "/Names"))


def _entries(node: Dictionary, leaf: str) -> Iterator[tuple[Object, Object]]:
    flat = list(node.get(leaf, []))
    yield from zip(flat[::2], flat[1::2], strict=True)
    for kid in node.get("/Kids", []):
        yield from _entries(kid, leaf)


def number_tree(entries: list[tuple[int, Object]]) -> Dictionary:
    """A number tree of entries that are in order of their keys."""
    return Dictionary(Nums=Array([item for entry in entries for item in entry]))


def name_tree(entries: dict[bytes, Object]) -> Dictionary:
    """A name tree, sorted as readers search it: by bytes."""
    ordered = sorted(entries.items())
    return Dictionary(
        Names=Array([item for name, value in ordered for item in (String(name), value)])
    )
