"""Reports and published case studies as they are found."""

from collections.abc import Iterator

from django.db.models.fields.json import KeyTextTransform
from django.urls import reverse

from alliances.searching.expressions import Joined
from alliances.searching.sources import Branch, Lead, Reader
from reports.manuscript.library import branch_of
from reports.manuscript.published import latest
from reports.models import Publication, Report
from reports.queries import reports_for


def reports(reader: Reader) -> Iterator[Branch]:
    """Finished reports by what they are about."""
    open_to = reports_for(reader.user).order_by().values("pk")
    yield Branch(
        "report",
        "report",
        Report.objects.filter(pk__in=open_to, status=Report.Status.READY),
        "alliance",
        title=Joined(KeyTextTransform("title", "data"), "about"),
        text=Joined("alliance__name", "cluster__name", "theme__title", "correction"),
        lead=_to_report,
    )


def _to_report(keys: list[int]) -> dict[int, Lead]:
    related = ("alliance", "enquiry", "cluster", "theme", "programme")
    found = Report.objects.select_related(*related).defer("data").in_bulk(keys)
    return {pk: Lead(str(each), reverse("report", args=[pk])) for pk, each in found.items()}


def publications(_reader: Reader) -> Iterator[Branch]:
    """The latest version of each published case study."""
    yield branch_of(Publication.objects.filter(pk__in=latest().values("pk")))


SOURCES = (reports, publications)
