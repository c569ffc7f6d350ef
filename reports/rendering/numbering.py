"""Sections, figures and tables and the numbers they are referred to by."""

from collections.abc import Iterator
from dataclasses import dataclass
from string import ascii_uppercase
from typing import Any


@dataclass(frozen=True)
class Section:
    """A part of a document; an appendix has a letter for its number.

    ``words`` are paragraphs that stand before what its template draws, if it draws anything.
    ``key`` is its id, and names its template unless that is given. ``about`` is what the template
    tells of where several sections have the same one. ``page`` is where it begins, once that is
    known.
    """

    key: str
    number: str
    title: str
    words: tuple[str, ...] = ()
    is_drawn: bool = True
    template: str = ""
    about: Any = None
    page: int | None = None

    @property
    def file(self) -> str:
        return f"{self.template or self.key}.html"

    @property
    def label(self) -> str:
        return self.number if self.number.isdigit() else f"Appendix {self.number}"


def present(parts: dict[str, tuple[str, list[str]]], data: dict) -> list[tuple[str, str]]:
    """Keys and titles of the parts that have something to say; each names what it needs."""
    return [
        (key, title)
        for key, (title, needed) in parts.items()
        if any(data.get(name) for name in needed)
    ]


def gaps(expected: dict[str, str], data: dict) -> list[str]:
    """In words, what readers expect and nobody has recorded yet."""
    return [text for name, text in expected.items() if not data[name]]


def numbered(present: list[tuple[str, str]]) -> list[Section]:
    """Sections 1, 2, 3 … from keys and titles."""
    return [Section(key, str(i), title) for i, (key, title) in enumerate(present, 1)]


def lettered(present: list[tuple[str, str]]) -> list[Section]:
    """Appendices A, B, C … from keys and titles."""
    letters = iter(ascii_uppercase)
    return [Section(key, next(letters), title) for key, title in present]


def figures(charts: list[dict], count: Iterator) -> list[dict]:
    """Each chart with the number of its figure."""
    return [{"number": next(count), "chart": chart} for chart in charts]


def when(anything: object, count: Iterator) -> int | str | None:
    """The next number, if there is anything to number."""
    return next(count) if anything else None
