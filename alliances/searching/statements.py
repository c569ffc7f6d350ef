"""Asks the database for everything at once: each app's rows, compared by the stems of English.

Each statement stands on rows of (kind, name, key, place, title, text), which the branches select.
All words are compared once; then only the rows of a page are told. Words are compared without
accents; those of a title weigh more.
"""

# ruff: noqa: S608 - the statements are made of parts of our own; what people type is a parameter

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

from django.db.models import BigIntegerField, F, TextField, Value
from django.db.models.functions import Cast

from alliances.models import Alliance
from alliances.searching.sources import Branch
from alliances.searching.spelling import spellings

# Letters of nobody's language, around what is marked.
BEGIN, END = "\ue000", "\ue001"
MARKS = f"HighlightAll=true, StartSel={BEGIN}, StopSel={END}"
COLUMNS = ("s_kind", "s_name", "s_pk", "s_place", "s_title", "s_text")

TOLD = "WITH told (kind, name, key, place, title, text) AS ({rows})"
PLAIN = "regexp_replace(normalize({}, NFKD), '[\u0300-\u036f]', '', 'g')"
SAID = "concat_ws(' · ', NULLIF(title, ''), text)"
VECTOR = (
    f"setweight(to_tsvector('english', {PLAIN.format('title')}), 'A') || "
    f"setweight(to_tsvector('english', {PLAIN.format('text')}), 'B')"
)
FOUND = (
    f"{TOLD}, asked AS (SELECT to_tsquery('english', %s) AS query), "
    f"compared AS MATERIALIZED (SELECT *, {VECTOR} AS words FROM told), "
    "found AS (SELECT compared.*, query FROM compared, asked WHERE words @@ query)"
)
BEST = (
    f"{FOUND}, ranked AS (SELECT kind, name, key, ts_rank(words, query) AS rank FROM found) "
    "SELECT NULL AS id, coalesce(jsonb_agg(jsonb_build_array(kind, name, key) "
    "ORDER BY rank DESC, name, key DESC), '[]')::text AS best FROM ranked"
)
MARKED = (
    f"{TOLD}, asked AS (SELECT to_tsquery('english', %s) AS query) "
    f"SELECT NULL AS id, name, key, place, {SAID} AS said, "
    f"ts_headline('english', {PLAIN.format(SAID)}, query, %s) AS marked FROM told, asked"
)
KNOWN = (
    f"{TOLD} SELECT NULL AS id, word, count(DISTINCT (name, key)) AS number FROM told, "
    f"regexp_split_to_table(lower({PLAIN.format(SAID)}), '[^a-z]+') "
    "AS word WHERE word <> '' GROUP BY word"
)


def asked_for(terms: Sequence[str]) -> str:
    """Every term, in either spelling."""
    return " & ".join(f"({' | '.join(spellings(term))})" for term in terms)


class Told:
    """What the branches tell, to be asked several times."""

    def __init__(self, branches: Sequence[Branch]):
        self.branches = branches

    @cached_property
    def _rows(self) -> tuple[str, tuple]:
        first, *others = [_selected(branch) for branch in self.branches]
        return (first.union(*others, all=True) if others else first).query.sql_with_params()

    def only(self, keys: Mapping[str, Collection[int]]) -> "Told":
        """The same of some rows, by their keys under the names of their branches."""
        wanted = [branch for branch in self.branches if branch.name in keys]
        return Told([replace(b, rows=b.rows.filter(pk__in=keys[b.name])) for b in wanted])

    def ask(self, statement: str, *given: Any) -> list[Alliance]:
        """What a statement gives: its columns are attributes of an alliance that is none."""
        rows, params = self._rows
        return list(Alliance.objects.raw(statement.format(rows=rows), (*params, *given)))


def _selected(branch: Branch):
    place = F(branch.place) if branch.place else Value(None)
    return (
        branch.rows.order_by()
        .annotate(
            s_kind=Value(branch.kind, TextField()),
            s_name=Value(branch.name, TextField()),
            s_pk=F("pk"),
            s_place=Cast(place, BigIntegerField()),
            s_title=branch.title,
            s_text=branch.text,
        )
        .values_list(*COLUMNS)
    )
