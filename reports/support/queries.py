"""What state people, invitations, alliances, e-mails, reports and uploads are in, for support."""

from dataclasses import dataclass, field

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db.models import (
    CharField,
    Count,
    Exists,
    Min,
    Model,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Value,
)
from django.db.models.functions import Cast, Concat, StrIndex, Substr

from alliances import access
from alliances.models import Alliance, Assignment, Breakage, Invitation, Mail, Programme, Read, User
from alliances.roles import Role
from alliances.signing_in.second_factor import KINDS, must_have_one
from alliances.signing_in.sessions import sessions_of
from impact.models import Upload
from reports.models import Report

# How many of a kind a page lists, the latest first.
MOST = 20


@dataclass(frozen=True)
class Found:
    """What fits what was typed; ``report`` and ``upload`` where that is the number of one."""

    people: list[User] = field(default_factory=list)
    invitations: list[Invitation] = field(default_factory=list)
    alliances: list[Alliance] = field(default_factory=list)
    reports: list[Report] = field(default_factory=list)
    uploads: list[Upload] = field(default_factory=list)
    breakages: list[Breakage] = field(default_factory=list)

    def __bool__(self) -> bool:
        return any(vars(self).values())


def find(user: User, text: str) -> Found:
    """People and open invitations by name or address, alliances by name, the rest by number.

    A page that broke is found by its reference. One query for each kind, the first rows by name.
    """
    if not text:
        return Found()
    named = Q(name__icontains=text) | Q(email__icontains=text)
    also_known = Q(name__icontains=text) | Q(other_names__name__icontains=text)
    alliances = access.supported(Alliance.objects.filter(also_known), user)
    number = {"pk": int(text)} if text.isdecimal() and len(text) < LONGEST_NUMBER else {"pk": None}
    people = access.supported(User.objects.filter(named), user).prefetch_related(_roles_now(user))
    return Found(
        people=list(people.order_by("name", "pk")[:MOST]),
        invitations=list(invitations_for(user).filter(named).order_by("email", "pk")[:MOST]),
        alliances=list(alliances.distinct().order_by("name", "pk")[:MOST]),
        reports=list(reports_for(user).filter(**number)),
        uploads=list(uploads_for(user).filter(**number)),
        breakages=list(breakages_for(user).filter(reference=text.upper())),
    )


def _roles_now(user: User) -> Prefetch:
    """By what one of a name is told from another, without opening their page."""
    roles = access.supported(Assignment.objects.current(), user)
    scopes = ("programme", "cluster", "alliance", "school")
    return Prefetch("assignments", roles.select_related(*scopes), "roles_now")


# Digits of a number that a key may have.
LONGEST_NUMBER = 18


def invitations_for(user: User) -> QuerySet[Invitation]:
    """Open invitations; ``last_mails`` says first what became of the last e-mail about each."""
    found = access.supported(Invitation.objects.open(), user)
    scopes = ("programme", "cluster", "alliance", "school")
    return found.select_related(*scopes).prefetch_related(_last_mails())


def _last_mails() -> Prefetch:
    return Prefetch("mails", Mail.objects.order_by("-pk"), "last_mails")


def mails_for(user: User) -> QuerySet[Mail]:
    """E-mails to people and to those invited, the latest first, without their words."""
    return access.mails_supported(user).defer("text", "html", "subject")


def reports_for(user: User) -> QuerySet[Report]:
    """Reports of the programmes supported, the latest first, without what they tell."""
    found = access.supported(Report.objects.all(), user)
    return found.select_related("programme", "alliance", "cluster", "theme", "asked_by").only(
        *("kind", "status", "version", "progress", "problem", "asked_at", "finished_at"),
        *("programme__title", "alliance__name", "cluster__name", "asked_by__name"),
        *("theme__number", "theme__title", "asked_by__email"),
    )


def uploads_for(user: User) -> QuerySet[Upload]:
    """Spreadsheets sent in, the latest first, without their names, content and faults."""
    found = access.supported(Upload.objects.all(), user)
    return found.select_related("programme", "enquiry__alliance", "sent_by").only(
        *("kind", "status", "size", "progress", "sent_at", "settled_at", "programme__title"),
        *("enquiry__alliance__name", "sent_by__name", "sent_by__email"),
    )


def breakages_for(user: User) -> QuerySet[Breakage]:
    """Pages that broke under people supported or under nobody signed in, the latest first."""
    whose = Q(person=None) | Q(person__in=access.supported(User.objects.all(), user))
    return Breakage.objects.filter(whose).select_related("person")


def queues_for(user: User) -> list[dict]:
    """What waits for a worker and what failed, each counted and since when. Three queries."""
    rows = {
        "e-mails wait": (access.mails_supported(user).waiting(), "queued_at"),
        "reports wait or are being made": (
            access.supported(Report.objects.unfinished(), user),
            "asked_at",
        ),
        "spreadsheets wait": (access.supported(Upload.objects.unfinished(), user), "sent_at"),
    }
    return [
        {"label": label, **waiting.order_by().aggregate(value=Count("pk"), since=Min(moment))}
        for label, (waiting, moment) in rows.items()
    ]


@dataclass(frozen=True)
class Account:
    """How somebody signs in, and what they are part of; ``factors`` are their second steps."""

    person: User
    is_verified: bool
    must_have_factor: bool
    factors: list[Authenticator]
    places: int
    roles: list[Assignment]
    invitations: list[Invitation]
    mails: list[Mail]
    reports: list[Report]
    uploads: list[Upload]


def account_of(person: User, user: User) -> Account:
    """Of a person, as far as the programmes go that ``user`` supports."""
    addresses = EmailAddress.objects.filter(user=person.pk, email__iexact=person.email)
    roles = access.supported(Assignment.objects.filter(user=person), user)
    return Account(
        person=person,
        is_verified=addresses.filter(verified=True).exists(),
        must_have_factor=must_have_one(person),
        factors=list(Authenticator.objects.filter(user=person.pk, type__in=KINDS).order_by("pk")),
        places=sessions_of(person).count(),
        roles=list(roles.select_related("programme", "cluster", "alliance", "school")),
        invitations=list(invitations_for(user).filter(email__iexact=person.email)),
        mails=list(mails_for(user).filter(Q(person=person) | Q(to__iexact=person.email))[:MOST]),
        reports=list(reports_for(user).filter(asked_by=person)[:MOST]),
        uploads=list(uploads_for(user).filter(sent_by=person)[:MOST]),
    )


@dataclass(frozen=True)
class Workings:
    """Who takes part in an alliance, and what is under way there."""

    alliance: Alliance
    roles: list[Assignment]
    invitations: list[Invitation]
    reports: list[Report]
    uploads: list[Upload]


def workings_of(alliance: Alliance, user: User) -> Workings:
    here = Q(alliance=alliance) | Q(school__in=alliance.schools_now())
    roles = Assignment.objects.current().filter(here).select_related("user", "alliance", "school")
    return Workings(
        alliance=alliance,
        roles=list(roles.order_by("user__name", "pk")),
        invitations=list(invitations_for(user).filter(here)),
        reports=list(reports_for(user).filter(alliance=alliance)[:MOST]),
        uploads=list(uploads_for(user).filter(enquiry__alliance=alliance)[:MOST]),
    )


def support_staff(programme: Programme) -> list[Assignment]:
    """Who gives support in a programme now, by name."""
    held = Assignment.objects.current().filter(programme=programme, role=Role.SUPPORT)
    return list(held.select_related("user").order_by("user__name", "pk"))


def invited_to_support(programme: Programme) -> list[Invitation]:
    """Who is asked to give support and has not taken it up; ``last_mails`` as elsewhere."""
    kept = Invitation.objects.open().filter(programme=programme, role=Role.SUPPORT)
    return list(kept.prefetch_related(_last_mails()).order_by("email"))


def looks_in(programme: Programme) -> QuerySet[Read]:
    """What support staff of a programme searched and opened there, the latest first.

    Whoever or whatever has no part in any programme, or is gone, is of each.
    """
    lent = Assignment.objects.filter(programme=programme, role=Role.SUPPORT, user=OuterRef("by"))
    looks = Read.objects.annotate(place=Substr("page", StrIndex("page", Value(" ")) + 1))
    shown = Q(place=f"support {programme.pk}")
    for page, model in LOOKED_AT.items():
        elsewhere = _only_elsewhere(model, programme).values(
            place=Concat(Value(f"{page} "), Cast("pk", CharField()))
        )
        shown |= Q(place__startswith=f"{page} ") & ~Q(place__in=elsewhere)
    return looks.filter(Exists(lent), shown).select_related("by")


def _only_elsewhere(model: type[Model], programme: Programme) -> QuerySet:
    """Those that other programmes have a part in and this one has none."""
    this = Programme.objects.filter(pk=programme.pk)
    here = access.of_programmes(model.objects.all(), this).values("pk")
    others = Programme.objects.exclude(pk=programme.pk)
    return access.of_programmes(model.objects.exclude(pk__in=here), others)


def looks_in_words(looks: list[Read]) -> list[tuple[Read, str]]:
    """Each with whom or what was looked at, by name where there still is one.

    A query for each of ``LOOKED_AT`` that is among them.
    """
    seen = {look: look.page.split()[1:] for look in looks}
    names: dict[str, dict[str, str]] = {}
    for page, model in LOOKED_AT.items():
        keys = [words[1] for words in seen.values() if words[0] == page]
        names[page] = {str(row.pk): str(row) for row in model.objects.filter(pk__in=keys)}
    return [(look, _looked_at(words, names)) for look, words in seen.items()]


LOOKED_AT = {
    "support-person": User,
    "support-second-step": User,
    "support-invitation": Invitation,
    "support-alliance": Alliance,
}


def _looked_at(words: list[str], names: dict[str, dict[str, str]]) -> str:
    page, number = words[0], words[1] if words[1:] else ""
    if page not in names:
        return "A search"
    return names[page].get(number, "Somebody or something that is gone")
