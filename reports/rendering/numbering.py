"""Sections, figures and tables and the numbers they are referred to by."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Section:
    """A part of a document; ``key`` names its template, an appendix has a letter for its number."""

    key: str
    number: str
    title: str

    @property
    def label(self) -> str:
        return self.number if self.number.isdigit() else f"Appendix {self.number}"


def numbered(present: list[tuple[str, str]]) -> list[Section]:
    """Sections 1, 2, 3 … from keys and titles."""
    return [Section(key, str(i), title) for i, (key, title) in enumerate(present, 1)]


def figures(charts: list[dict], count: Iterator[int]) -> list[dict]:
    """Each chart with the number of its figure."""
    return [{"number": next(count), "chart": chart} for chart in charts]


def when(anything: object, count: Iterator[int]) -> int | None:
    """The next number, if there is anything to number."""
    return next(count) if anything else None
