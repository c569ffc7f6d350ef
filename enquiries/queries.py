"""Reads enquiries as plain values for pages and reports."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Count, DateTimeField, Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest

from enquiries.models import (
    Challenge,
    Cycle,
    Dissemination,
    Enquiry,
    HelpRequest,
    LeadershipEntry,
    NextStep,
    Participation,
    Quotation,
    Trial,
)

LOGS = {
    Cycle: "Cycle",
    LeadershipEntry: "Leadership",
    Challenge: "Challenge",
    Dissemination: "Sharing",
    NextStep: "Next step",
    Quotation: "Quotation",
    Trial: "Trial",
}

# The form in which each is written; a cycle has none.
FORMS = {
    LeadershipEntry: "leadership",
    Challenge: "challenge",
    Dissemination: "sharing",
    NextStep: "next-step",
    Quotation: "quotation",
    Trial: "trial",
}

# A synthesis of one person's trials would be that person's opinion.
PEOPLE_WITH_TRIALS = 2


def current_cycle(enquiry: Enquiry) -> Cycle | None:
    """The cycle under way, or the last one."""
    return enquiry.cycles.order_by("-position").first()


def enough_have_tried(cycle: Cycle) -> bool:
    """Whether so many people have noted trials that something can be drawn together from them."""
    return cycle.trials.values("logged_by").distinct().count() >= PEOPLE_WITH_TRIALS


def with_phase(enquiries: QuerySet[Enquiry]) -> QuerySet[Enquiry]:
    """Adds ``phase`` and ``cycle_label``, the latest cycle's, without a query a row."""
    latest = Cycle.objects.filter(enquiry=OuterRef("pk")).order_by("-position")
    return enquiries.annotate(
        phase=Subquery(latest.values("phase")[:1]),
        cycle_label=Subquery(latest.values("label")[:1]),
    )


def with_whereabouts(enquiries: QuerySet[Enquiry]) -> QuerySet[Enquiry]:
    """Adds the phase each enquiry is in and where it stands, without a query a row.

    ``last_logged_at`` is when a person last logged anything, ``help_wanted`` and ``schools_left``
    are counts.
    """
    left = Participation.objects.filter(enquiry=OuterRef("pk"), part=Participation.Part.LEFT)
    return with_phase(enquiries).annotate(
        last_logged_at=_last_logged(),
        help_wanted=_counted(HelpRequest.objects.filter(enquiry=OuterRef("pk"), answered_at=None)),
        schools_left=_counted(left),
    )


def _counted(rows: QuerySet):
    """How many rows of its own an enquiry has."""
    counted = rows.order_by().values("enquiry").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)


def _last_logged():
    """The latest moment at which a person logged anything; null if nobody has yet."""
    logs = [
        Subquery(
            kind.objects.filter(enquiry=OuterRef("pk"), logged_by__isnull=False)
            .order_by()
            .values("enquiry")
            .annotate(last=Max("logged_at"))
            .values("last"),
            output_field=DateTimeField(),
        )
        for kind in LOGS
    ]
    return Greatest(*logs)


@dataclass(frozen=True)
class Logged:
    """One thing somebody logged: what it is, its words, who and when, and its form if any."""

    kind: str
    text: str
    by: str
    at: datetime
    slug: str = ""
    key: UUID | None = field(default=None, compare=False)


def _form_of(entry) -> tuple[str, UUID | None]:
    slug = FORMS.get(type(entry), "")
    return slug, entry.key if slug else None


def last_leadership(enquiry: Enquiry) -> datetime | None:
    """When a person last logged leadership."""
    logged = LeadershipEntry.objects.filter(enquiry=enquiry, logged_by__isnull=False)
    return logged.aggregate(last=Max("logged_at"))["last"]


def recent_entries(enquiry: Enquiry, most: int = 10) -> list[Logged]:
    """What people logged last, from every log of the enquiry; printed entries are not news."""
    found = [
        Logged(name, str(entry), str(entry.logged_by), entry.logged_at, *_form_of(entry))
        for kind, name in LOGS.items()
        for entry in kind.objects.filter(enquiry=enquiry, logged_by__isnull=False)
        .select_related("logged_by")
        .order_by("-logged_at")[:most]
    ]
    found.sort(key=lambda logged: logged.at, reverse=True)
    return found[:most]
