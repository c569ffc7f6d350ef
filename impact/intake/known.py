"""What is known of a programme and of schools before a spreadsheet of alliances comes in."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch
from django.utils import timezone

from alliances import access
from alliances.models import (
    Alliance,
    Assignment,
    Cluster,
    Cohort,
    Invitation,
    Membership,
    Programme,
    RegisteredSchool,
    Theme,
    User,
)
from alliances.roles import Permission, Role
from impact.spreadsheets.cells import plain


@dataclass(frozen=True)
class Choices:
    """What may be entered for a theme and a cohort, by every way of writing it."""

    themes: dict[str, Theme]
    cohorts: dict[str, Cohort]


@dataclass(frozen=True)
class Known:
    """Alliances by every name, clusters by theirs, schools by URN, each name in plain words.

    ``shut`` are the URNs of schools that the person may bring into no alliance.
    """

    alliances: dict[str, list[Alliance]]
    clusters: dict[str, Cluster]
    register: dict[int, RegisteredSchool]
    shut: frozenset[int]

    def alliance(self, name: str) -> Alliance | None:
        """The one alliance of that name."""
        found = self.alliances.get(plain(name), [])
        return found[0] if len(found) == 1 else None


def choices_of(programme: Programme) -> Choices:
    """In two queries."""
    themes = {
        words: theme
        for theme in programme.themes.all()
        for words in (str(theme.number), f"Theme {theme.number}", theme.title, str(theme))
    }
    cohorts = {
        words: cohort
        for cohort in programme.cohorts.all()
        for words in (str(cohort.number), str(cohort))
    }
    return Choices(themes, cohorts)


def known_to(person: User, programme: Programme, urns: Iterable[int]) -> Known:
    """What stands in a row's way or makes it needless; in eight queries, however many rows."""
    urns = list(urns)
    return Known(
        alliances=_alliances(programme),
        clusters={plain(cluster.name): cluster for cluster in programme.clusters.all()},
        register=RegisteredSchool.objects.in_bulk(urns),
        shut=_shut(person, urns),
    )


def _alliances(programme: Programme) -> dict[str, list[Alliance]]:
    members = Membership.objects.on(timezone.localdate()).select_related("school")
    leads = Assignment.objects.current().filter(role=Role.PROJECT_LEAD).select_related("user")
    invited = Invitation.objects.filter(role=Role.PROJECT_LEAD)
    related = ("theme", "cohort", "cluster", "named_lead")
    found = programme.alliances.select_related(*related).prefetch_related(
        "other_names",
        Prefetch("memberships", members, "members_now"),
        Prefetch("assignments", leads, "leads_now"),
        Prefetch("invitations", invited, "leads_invited"),
    )
    named = defaultdict(list)
    for alliance in found:
        for name in {plain(alliance.name), *(plain(o.name) for o in alliance.other_names.all())}:
            named[name].append(alliance)
    own = {plain(alliance.name): [alliance] for alliance in found}
    return {**named, **own}


def _shut(person: User, urns: list[int]) -> frozenset[int]:
    """What ``access.may_bring_in`` says of each, in one query."""
    managed = access.alliances_for(person, Permission.MANAGE_SCHOOLS)
    held = Membership.objects.on(timezone.localdate()).filter(school__urn__in=urns)
    elsewhere = held.exclude(alliance__in=managed)
    return frozenset(elsewhere.values_list("school__urn", flat=True))
