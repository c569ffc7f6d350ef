"""What words of the method and of the service mean, and which of them a form uses."""

import re
from collections.abc import Iterable
from functools import cache

from alliances.content import Item, words


def glossary() -> list[Item]:
    """Every entry, by its title."""
    return sorted(words("alliances", "glossary").values(), key=lambda item: item.title.casefold())


def spellings(item: Item) -> list[str]:
    """How the words of an entry stand in a text; abbreviations in capitals."""
    return item.extra["spelt"].split("; ")


def explained_in(texts: Iterable[str]) -> list[Item]:
    """The entries that a form with these texts explains, in the order of their first use."""
    text = " ".join(texts)
    found = [(use.start(), item) for item in glossary() if (use := _first_use(item, text))]
    asked = [item for _, item in sorted(found, key=lambda each: each[0])]
    return [item for item in asked if item.extra["on_forms"] == "yes"]


def _first_use(item: Item, text: str) -> re.Match[str] | None:
    return _pattern(item.extra["spelt"]).search(text)


@cache
def _pattern(spelt: str) -> re.Pattern[str]:
    """A word that is no abbreviation may begin a sentence."""
    each = (
        re.escape(one) if one.isupper() else f"(?i:{re.escape(one)})" for one in spelt.split("; ")
    )
    return re.compile(rf"\b(?:{'|'.join(each)})\b")
