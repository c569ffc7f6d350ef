"""Alliances as they are found: by what their page says of them."""

from collections.abc import Iterator

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import OuterRef, Subquery, Value
from django.db.models.functions import Coalesce, NullIf
from django.urls import reverse

from alliances.models import Alliance, AlsoKnownAs, Partner
from alliances.roles import Permission
from alliances.searching.expressions import BETWEEN, Joined
from alliances.searching.sources import Branch, Lead, Reader


def alliances(reader: Reader) -> Iterator[Branch]:
    if seen := reader.over(Permission.SEE_ALLIANCE):
        yield Branch(
            "alliance",
            "alliance",
            Alliance.objects.filter(pk__in=seen),
            "pk",
            title=Joined("name", _names(AlsoKnownAs)),
            text=Joined(
                "context",
                "lead_school",
                Coalesce(NullIf("area", Value("")), "region"),
                "theme__title",
                "cluster__name",
                _names(Partner),
            ),
            lead=_lead,
        )


def _names(model) -> Subquery:
    """The names of an alliance's rows of a model, as one text."""
    named = model.objects.filter(alliance=OuterRef("pk")).order_by().values("alliance")
    return Subquery(named.annotate(all=StringAgg("name", BETWEEN)).values("all"))


def _lead(keys: list[int]) -> dict[int, Lead]:
    found = Alliance.objects.in_bulk(keys)
    return {pk: Lead(a.name, reverse("alliance", args=[pk])) for pk, a in found.items()}
