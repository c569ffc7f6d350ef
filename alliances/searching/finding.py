"""Searches everything that somebody may find: counts, pages, marks, and the word they meant."""

import json
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property

from alliances.content import Item, words
from alliances.history import opens
from alliances.models import Alliance
from alliances.searching.marks import Piece, snippet
from alliances.searching.sources import Lead, Reader, branches
from alliances.searching.spelling import nearest, spellings, terms
from alliances.searching.statements import BEST, KNOWN, MARKED, MARKS, Told, asked_for

# Of more words none is looked for that could have been meant: each is held against all there are.
MOST_MEANT = 4


@dataclass(frozen=True)
class Result:
    """One found thing: its kind, name and address, where it stands, and its words with marks."""

    key: int
    kind: Item
    lead: Lead
    alliance: Alliance | None
    pieces: list[Piece]


class Search:
    """What somebody finds by a text. As a list of its results it can be divided into pages."""

    def __init__(self, reader: Reader, text: str, kind: str = "", told: Told | None = None):
        self.reader, self.kind, self.terms = reader, kind, terms(text)
        self.told = told or Told(branches(reader))

    @cached_property
    def _best(self) -> list[tuple[str, str, int]]:
        """Kind, name and key of everything that is found, whichever is asked for; one query."""
        if not self.terms:
            return []
        (row,) = self.told.ask(BEST, asked_for(self.terms))
        return [(kind, name, key) for kind, name, key in json.loads(row.best)]

    @cached_property
    def kinds(self) -> Counter[str]:
        """How many things are found of each kind, whichever is asked for."""
        return Counter(kind for kind, *_ in self._best)

    def count(self) -> int:
        return self.kinds[self.kind] if self.kind else self.kinds.total()

    def __getitem__(self, part: slice) -> list[Result]:
        """The best of what is found: a query, and one for the addresses of each form's records."""
        asked = [(name, key) for kind, name, key in self._best if self.kind in ("", kind)][part]
        if not asked:
            return []
        keys = defaultdict(list)
        for name, key in asked:
            keys[name].append(key)
        told = self.told.only(keys)
        rows = {(row.name, row.key): row for row in told.ask(MARKED, asked_for(self.terms), MARKS)}
        by_name = {branch.name: branch for branch in told.branches}
        leads = {name: branch.lead(keys[name]) for name, branch in by_name.items()}
        return [self._result(rows[it], by_name[it[0]], leads[it[0]][it[1]]) for it in asked]

    def _result(self, row, branch, lead: Lead) -> Result:
        if row.place in branch.watched:
            opens(row.place)
        alliance = next((a for a in self.reader.alliances if a.pk == row.place), None)
        kind = words("alliances", "findable")[branch.kind]
        return Result(row.key, kind, lead, alliance, snippet(row.said, row.marked))

    @cached_property
    def suggestion(self) -> str:
        """The text with the nearest words that this person may read, if these find anything."""
        if self.count() or not 0 < len(self.terms) <= MOST_MEANT:
            return ""
        known = {row.word: row.number for row in self.told.ask(KNOWN)}
        meant = [
            term if known.keys() & set(spellings(term)) else nearest(term, known) or term
            for term in self.terms
        ]
        better = Search(self.reader, " ".join(meant), self.kind, self.told)
        return " ".join(meant) if meant != self.terms and better.count() else ""
