"""Reads what is published: the latest version at each address, and those before it."""

from dataclasses import dataclass

from reports.models import Publication


@dataclass(frozen=True)
class Version:
    """One version at an address, counted from one; the alliance's title for it, and its theme."""

    number: int
    publication: Publication

    @property
    def title(self) -> str:
        return self.publication.report.data["title"]


def versions_of(slug: str) -> list[Version]:
    """What may be read at an address, the latest first."""
    found = Publication.objects.filter(slug=slug, withdrawn_at=None)
    return [
        Version(each.report.version, each)
        for each in found.select_related("report").order_by("-report__version")
    ]


def published() -> list[Version]:
    """The latest version of everything that is published, by alliance."""
    found = Publication.objects.filter(withdrawn_at=None).select_related(
        "report__alliance__theme", "report__programme"
    )
    latest = found.order_by("slug", "-report__version").distinct("slug")
    return [Version(each.report.version, each) for each in latest]
