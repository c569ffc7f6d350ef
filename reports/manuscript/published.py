"""Reads what is published: the latest version at each address, and those before it."""

from dataclasses import dataclass

from django.db.models import F, FilteredRelation, Q, QuerySet
from django.db.models.fields.json import KeyTextTransform

from reports.faces import SUPERSEDED
from reports.models import Publication


@dataclass(frozen=True)
class Version:
    """One version at an address, by its report's number and title as they were frozen.

    ``file`` is the key of the Rendition that readers get, None until a worker has set it: of the
    latest its report's own, of one before that the paper that says that there is a later one.
    The report's data are deferred: each read of them is a query.
    """

    number: int
    title: str
    file: int | None
    publication: Publication


def versions_of(slug: str) -> list[Version]:
    """What may be read at an address, the latest first."""
    found = _readable().filter(slug=slug).order_by("-report__version")
    return [
        Version(each.report.version, each.title, each.superseded if later else each.own, each)
        for later, each in enumerate(found)
    ]


def latest() -> QuerySet[Publication]:
    """The latest version of everything that is published, by its address."""
    return _readable().order_by("slug", "-report__version").distinct("slug")


def published() -> list[Version]:
    """The latest version at each address, with its alliance, theme and programme."""
    found = latest().select_related("report__alliance__theme", "report__programme")
    return [Version(each.report.version, each.title, each.own, each) for each in found]


def _readable() -> QuerySet[Publication]:
    found = Publication.objects.filter(withdrawn_at=None).select_related("report")
    later = FilteredRelation("report__papers", condition=Q(report__papers__code=SUPERSEDED))
    return found.annotate(
        title=KeyTextTransform("title", "report__data"),
        own=F("report__rendition"),
        later=later,
        superseded=F("later__rendition"),
    ).defer("report__data")
