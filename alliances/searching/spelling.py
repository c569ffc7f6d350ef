"""Words as people type them: without accents, in either spelling, with a letter wrong."""

import re
import unicodedata
from collections.abc import Mapping

from alliances.content import words

MOST_WORDS = 12
# From so many letters on two may be wrong, before that one; of fewer than the first, none.
ONE_WRONG, TWO_WRONG = 4, 6
ACCENTS = re.compile("[\u0300-\u036f]")


def folded(text: str) -> str:
    """A text without accents, letter by letter as the database has it too."""
    return ACCENTS.sub("", unicodedata.normalize("NFKD", text))


def terms(text: str) -> list[str]:
    """The words that are looked for, in small letters without accents, each once."""
    found = re.findall(r"[a-z0-9]+", folded(text).casefold().replace("’", "'"))
    return list(dict.fromkeys(found))[:MOST_WORDS]


def spellings(term: str) -> list[str]:
    """A word as it is typed, then as the others spell it."""
    return list(dict.fromkeys([term, *_spelt_otherwise(term)]))


def _spelt_otherwise(term: str) -> list[str]:
    found = []
    for rule in words("alliances", "spellings").values():
        british, american = rule.extra["british"], rule.extra["american"]
        for one, other in ((british, american), (american, british)):
            pattern = rule.extra["shape"].replace("{}", one, 1)
            if match := re.fullmatch(pattern, term):
                found.append(f"{match[1]}{other}{match[3]}")
    return found


def nearest(term: str, known: Mapping[str, int]) -> str:
    """The known word that is least apart from a term, the commonest of these; else nothing.

    ``known`` says how often each word stands there.
    """
    most = (len(term) >= ONE_WRONG) + (len(term) >= TWO_WRONG)
    near = [
        (apart, -often, word)
        for word, often in known.items()
        if abs(len(word) - len(term)) <= most and (apart := distance(term, word)) <= most
    ]
    return min(near, default=(0, 0, ""))[2]


def distance(one: str, other: str) -> int:
    """How many letters are added, left out, changed, or changed places with the next."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        earlier, before, row = before, row, [i]
        for j, wanted in enumerate(other, 1):
            costs = [before[j] + 1, row[-1] + 1, before[j - 1] + (letter != wanted)]
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                costs.append(earlier[j - 2] + 1)
            row.append(min(costs))
    return row[-1]
