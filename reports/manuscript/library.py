"""The case studies that anybody may read, narrowed by what they tell."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from django.contrib.auth.models import AnonymousUser
from django.db.models import F, Func, JSONField, Q, QuerySet, TextField, Value
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.urls import reverse

from alliances.searching.expressions import Joined
from alliances.searching.finding import Search
from alliances.searching.marks import Piece
from alliances.searching.sources import Branch, Lead, Reader
from alliances.searching.statements import Told
from impact.strength import levels
from reports.manuscript.marks import MARK_OF_ANY_REPORT
from reports.manuscript.published import latest
from reports.models import Publication

# What a publication is found by beside its title and the paragraphs of its writers: as it prints.
WORDS = ("alliance", "lead_school", "theme_title", "focus", "question", "area")
PARAGRAPHS = ("$.strands[*]", "$.methods[*]", "$.summary[*]", "$.told[*].paragraphs[*]")
NOBODY = Reader(AnonymousUser(), [])


@dataclass(frozen=True)
class Wanted:
    """What a reader looks for; an empty text narrows nothing. ``strength`` is a level's title.

    ``q`` are words that it must have, all of them; ``strand`` is what an enquiry draws on.
    """

    q: str = ""
    theme: str = ""
    strand: str = ""
    phase: str = ""
    method: str = ""
    strength: str = ""

    def rule(self) -> Q:
        """As it reads in what is frozen: nothing that is not published leads to anything."""
        rules = {
            "theme_title": self.theme,
            "strands__contains": self.strand and [self.strand],
            "phases__contains": self.phase and [self.phase],
            "methods__contains": self.method and [self.method],
            "rests_on__contains": self.strength and [{"strength": self.strength}],
        }
        return Q(**{f"report__data__{name}": given for name, given in rules.items() if given})


@dataclass(frozen=True)
class Choices:
    """What there is to choose from: only what some case study tells."""

    theme: list[str]
    strand: list[str]
    phase: list[str]
    method: list[str]
    strength: list[str]


@dataclass(frozen=True)
class Book:
    """A published case study in the list; ``pieces`` are what it was found by, if it was."""

    slug: str
    title: str
    alliance: str
    theme: str
    focus: str
    strongest: str
    year: int
    pieces: list[Piece] = field(default_factory=list)


@dataclass(frozen=True)
class Poster:
    """A published case study to be looked at: its question, first picture and first voice."""

    slug: str
    title: str
    alliance: str
    theme: str
    question: str
    chart: dict | None
    voice: dict | None
    symbols: list[dict]


def choices() -> Choices:
    """Everything that a reader may narrow the library by, in one query."""
    names = ("theme_title", "strands", "phases", "methods", "rests_on")
    told = list(_latest().values_list(*(KeyTransform(name, "report__data") for name in names)))
    strengths = {line.get("strength") for *_, lines in told for line in lines or []}
    return Choices(
        theme=_sorted(theme for theme, *_ in told),
        strand=_sorted(strand for _, strands, *_ in told for strand in strands or []),
        phase=_sorted(phase for _, _, phases, *_ in told for phase in phases or []),
        method=_sorted(method for *_, methods, _ in told for method in methods or []),
        strength=[level.title for level in levels().values() if level.title in strengths],
    )


def _sorted(told: Iterable[str]) -> list[str]:
    return sorted({each for each in told if each})


def find(wanted: Wanted) -> QuerySet[Publication]:
    """The latest version of each case study that tells what is wanted, whatever its words."""
    return _latest().filter(wanted.rule()).order_by("-published_at", "slug")


class Library:
    """The books that tell what is wanted; as a list of them it can be divided into pages.

    The newest first; where words are looked for, those that have them best.
    """

    def __init__(self, wanted: Wanted):
        self._rows = find(wanted)
        self._search = wanted.q and Search(NOBODY, wanted.q, told=Told([branch_of(self._rows)]))

    def count(self) -> int:
        return self._search.count() if self._search else self._rows.count()

    def __getitem__(self, part: slice) -> list[Book]:
        if not self._search:
            return [book(each) for each in self._rows[part]]
        pieces = {result.key: result.pieces for result in self._search[part]}
        rows = self._rows.in_bulk(pieces)
        return [book(rows[key], found) for key, found in pieces.items() if key in rows]

    @cached_property
    def suggestion(self) -> str:
        """The words that may have been meant, where those asked for find nothing."""
        return self._search.suggestion if self._search else ""


def book(each: Publication, pieces: Iterable[Piece] = ()) -> Book:
    """One of what ``find`` finds."""
    return Book(
        each.slug, each.title, each.alliance, each.theme, each.focus,
        _strongest(each.rests_on or []), each.published_at.year, list(pieces),
    )  # fmt: skip


def _strongest(lines: list[dict]) -> str:
    found = {line.get("strength") for line in lines}
    return next((e.title for e in reversed(levels().values()) if e.title in found), "")


def posters() -> QuerySet[Publication]:
    """The latest version of each case study as a poster shows it, the newest first."""
    return (
        _latest()
        .annotate(
            question=KeyTextTransform("question", "report__data"),
            chart=_First("charts"),
            voice=_First("quotations"),
            symbols=KeyTransform("symbols", "report__data"),
        )
        .order_by("-published_at", "slug")
    )


def poster(each: Publication) -> Poster:
    """One of ``posters``."""
    return Poster(
        each.slug, each.title or each.alliance, each.alliance, each.theme,
        each.question or each.focus, each.chart, _spoken(each.voice),
        _needed(each.chart, each.symbols),
    )  # fmt: skip


def _spoken(voice: dict | None) -> dict | None:
    """A quotation without the mark that leads to it within its document."""
    return voice and voice | {"second": MARK_OF_ANY_REPORT.sub("", voice["second"]).strip()}


def _needed(chart: dict | None, symbols: list[dict] | None) -> list[dict]:
    """The symbols that stand in a chart, with what they mean."""
    return [each for each in symbols or [] if each["first"] in str(chart)]


def branch_of(publications: QuerySet[Publication]) -> Branch:
    """Published case studies as they are found: by their words as they were frozen."""
    told = [KeyTextTransform(name, "report__data") for name in WORDS]
    return Branch(
        "published",
        "publication",
        publications,
        "report__alliance",
        title=Joined(KeyTextTransform("title", "report__data"), Value("", TextField())),
        text=Joined(*told, *map(_Said, PARAGRAPHS)),
        lead=_leads,
    )


def _leads(keys: list[int]) -> dict[int, Lead]:
    title = KeyTextTransform("title", "report__data")
    found = Publication.objects.filter(pk__in=keys).annotate(title=title)
    return {
        each.pk: Lead(each.title or each.slug, reverse("publication", args=[each.slug]))
        for each in found
    }


class _First(Func):
    """The first of what the writers show in any section; None where they show none."""

    template = "jsonb_path_query_first(%(expressions)s::jsonpath)"
    output_field = JSONField()

    def __init__(self, name: str):
        super().__init__(F("report__data"), Value(f"$.told[*].{name}[*]", TextField()))


class _Said(Func):
    """The texts at a path of the frozen data, one after the other."""

    template = (
        "(SELECT string_agg(said #>> '{}', ' ') FROM "
        "jsonb_path_query(%(expressions)s::jsonpath) AS said)"
    )
    output_field = TextField()

    def __init__(self, path: str):
        super().__init__(F("report__data"), Value(path, TextField()))


def _latest() -> QuerySet[Publication]:
    told = {
        name: KeyTextTransform(key, "report__data")
        for name, key in [("alliance", "alliance"), ("theme", "theme_title"), ("focus", "focus")]
    }
    rests_on = KeyTransform("rests_on", "report__data")
    return Publication.objects.filter(pk__in=latest().values("pk")).annotate(
        title=KeyTextTransform("title", "report__data"), rests_on=rests_on, **told
    )
