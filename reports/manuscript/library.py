"""The case studies that anybody may read, narrowed by what they tell."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.db.models.fields.json import KeyTextTransform, KeyTransform

from impact.strength import levels
from reports.manuscript.published import latest
from reports.models import Publication

# What a publication is found by beside its title.
WORDS = ("alliance", "theme_title", "focus", "question", "context", "area")


@dataclass(frozen=True)
class Wanted:
    """What a reader looks for; an empty text narrows nothing. ``strength`` is a level's title."""

    theme: str = ""
    phase: str = ""
    method: str = ""
    strength: str = ""

    def rule(self) -> Q:
        """As it reads in what is frozen: nothing that is not published leads to anything."""
        rules = {
            "theme_title": self.theme,
            "phases__contains": self.phase and [self.phase],
            "methods__contains": self.method and [self.method],
            "rests_on__contains": self.strength and [{"strength": self.strength}],
        }
        return Q(**{f"report__data__{name}": given for name, given in rules.items() if given})


@dataclass(frozen=True)
class Choices:
    """What there is to choose from: only what some case study tells."""

    theme: list[str]
    phase: list[str]
    method: list[str]
    strength: list[str]


@dataclass(frozen=True)
class Book:
    """A published case study in the list."""

    slug: str
    title: str
    alliance: str
    theme: str
    focus: str
    strongest: str
    year: int


def choices() -> Choices:
    """Everything that a reader may narrow the library by, in one query."""
    names = ("theme_title", "phases", "methods", "rests_on")
    told = list(_latest().values_list(*(KeyTransform(name, "report__data") for name in names)))
    strengths = {line.get("strength") for *_, lines in told for line in lines or []}
    return Choices(
        theme=_sorted(theme for theme, *_ in told),
        phase=_sorted(phase for _, phases, *_ in told for phase in phases or []),
        method=_sorted(method for _, _, methods, _ in told for method in methods or []),
        strength=[level.title for level in levels().values() if level.title in strengths],
    )


def _sorted(told: Iterable[str]) -> list[str]:
    return sorted({each for each in told if each})


def find(wanted: Wanted) -> QuerySet[Publication]:
    """The latest version of each case study that tells what is wanted, the newest first."""
    return _latest().filter(wanted.rule()).order_by("-published_at", "slug")


def books(publications: Iterable[Publication]) -> list[Book]:
    return [
        Book(
            each.slug, each.title, each.alliance, each.theme, each.focus,
            _strongest(each.rests_on or []), each.published_at.year,
        )
        for each in publications
    ]  # fmt: skip


def _strongest(lines: list[dict]) -> str:
    found = {line.get("strength") for line in lines}
    return next((e.title for e in reversed(levels().values()) if e.title in found), "")


def told() -> list[KeyTextTransform]:
    """The words of a published case study as they were frozen, but for figures and pictures."""
    return [KeyTextTransform(name, "report__data") for name in WORDS]


def _latest() -> QuerySet[Publication]:
    told = {
        name: KeyTextTransform(key, "report__data")
        for name, key in [("alliance", "alliance"), ("theme", "theme_title"), ("focus", "focus")]
    }
    rests_on = KeyTransform("rests_on", "report__data")
    return Publication.objects.filter(pk__in=latest().values("pk")).annotate(
        title=KeyTextTransform("title", "report__data"), rests_on=rests_on, **told
    )
