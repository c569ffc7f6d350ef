"""Finds a school of the register by its name, town, postcode or URN, as people spell them."""

import unicodedata

from django.contrib.postgres.search import SearchQuery, SearchVector

from alliances.models import RegisteredSchool

MOST = 20
# Letters of another alphabet that some names hold by mistake, and look the same.
LOOKALIKES = str.maketrans(
    "\u0430\u0435\u0456\u043e\u0440\u0441\u0443\u0445\u0410\u0412"
    "\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0425",
    "aeiopcyxABEKMHOPCTX",
)
# What people write in more than one way.
SAME = {"saint": "st", "sts": "st", "&": "and", "academies": "academy"}
SILENT = str.maketrans("", "", "'’‘`\u00b4.")


def plain(text: str) -> list[str]:
    """The words of a text without accents, apostrophes and capitals, each in one spelling."""
    folded = unicodedata.normalize("NFKD", text.translate(LOOKALIKES)).casefold()
    letters = "".join(c for c in folded if not unicodedata.combining(c)).translate(SILENT)
    spaced = "".join(c if c.isalnum() or c == "&" else " " for c in letters.replace("&", " & "))
    return [SAME.get(word, word) for word in spaced.split()]


def searched(name: str, town: str, postcode: str, urn: int) -> str:
    """What a school is found by; its postcode also without its space."""
    return " ".join([*plain(name), *plain(town), *plain(postcode), _joined(postcode), str(urn)])


def _joined(postcode: str) -> str:
    return "".join(plain(postcode))


def find(text: str) -> tuple[list[RegisteredSchool], bool]:
    """Schools that have every word, or begin of one, the open ones first; whether there are more.

    One query; none at all where no word is given.
    """
    words = [word for word in plain(text) if word.isascii() and word.isalnum()]
    if not words:
        return [], False
    query = SearchQuery(
        " & ".join(f"{word}:*" for word in words), search_type="raw", config="simple"
    )
    vector = SearchVector("searched", config="simple")
    matched = RegisteredSchool.objects.annotate(vector=vector).filter(vector=query)
    found = list(matched.order_by("-is_open", "name", "town", "urn")[: MOST + 1])
    return found[:MOST], len(found) > MOST
