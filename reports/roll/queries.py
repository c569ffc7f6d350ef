"""Reads the alliances of a programme with who leads each and when it last logged."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Case, CharField, Exists, OuterRef, QuerySet, Value, When
from django.utils import timezone

from alliances.models import Alliance, Assignment, Invitation, NamedLead, Programme
from alliances.roles import Role
from reports.queries import AllianceFilter, filtered, overview

QUIET_AFTER = timedelta(weeks=4)

# How far the lead of an alliance is, by code.
LEADS = {
    "leads": "Has a lead",
    "invited": "Lead invited",
    "named": "Lead not invited yet",
    "nobody": "Nobody named",
}


@dataclass(frozen=True)
class RollFilter:
    """What narrows the list: as of a programme's page, a region, a lead's code, and the quiet."""

    places: AllianceFilter
    region: str = ""
    lead: str = ""
    is_quiet: bool = False


def roll_of(programme: Programme, wanted: RollFilter) -> QuerySet[Alliance]:
    """The alliances that fit; ``lead`` says how far the lead of each is."""
    alliances = with_leads(filtered(programme, wanted.places))
    if wanted.region:
        alliances = alliances.filter(region=wanted.region)
    if wanted.lead:
        alliances = alliances.filter(lead=wanted.lead)
    if wanted.is_quiet:
        since = timezone.now() - QUIET_AFTER
        busy = overview(programme.alliances.all()).filter(last_logged_at__gte=since)
        alliances = alliances.exclude(pk__in=busy.order_by().values("alliance"))
    return alliances.select_related("theme", "cohort", "cluster")


def with_leads(alliances: QuerySet[Alliance]) -> QuerySet[Alliance]:
    own = {"alliance": OuterRef("pk")}
    lead = {**own, "role": Role.PROJECT_LEAD}
    leads = Assignment.objects.current().filter(user__is_active=True, **lead)
    invited = Invitation.objects.open().filter(**lead)
    how_far = Case(
        When(Exists(leads), then=Value("leads")),
        When(Exists(invited), then=Value("invited")),
        When(Exists(NamedLead.objects.filter(**own)), then=Value("named")),
        default=Value("nobody"),
        output_field=CharField(),
    )
    return alliances.annotate(lead=how_far)


def last_logged(alliances: Iterable[Alliance]) -> dict[int, datetime]:
    """When people last logged in any enquiry of each alliance, in one query."""
    pks = [alliance.pk for alliance in alliances]
    moments = overview(Alliance.objects.filter(pk__in=pks)).order_by()
    found: dict[int, datetime] = {}
    for pk, at in moments.values_list("alliance", "last_logged_at"):
        if at:
            found[pk] = max(at, found.get(pk, at))
    return found


def open_lead_invitations(alliances: QuerySet[Alliance]) -> QuerySet[Invitation]:
    """Invitations to lead these alliances that nobody has accepted."""
    sent = Invitation.objects.open().filter(role=Role.PROJECT_LEAD)
    return sent.filter(alliance__in=alliances).select_related("alliance")
