"""What the method asks of a person now, with an honest guess of the time it takes."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from alliances import access
from alliances.models import User
from alliances.roles import Permission
from enquiries.models import Cycle, Draft, Enquiry, HelpRequest
from enquiries.queries import current_cycle, recent_entries
from enquiries.sheets import catalogue
from impact.gates import gate_of
from reports import attention

USUAL_MINUTES = 5


@dataclass(frozen=True)
class Task:
    """One thing to do: for whom, where, how many minutes it takes, and by when if anybody said."""

    alliance: str
    text: str
    url: str
    minutes: int
    by: str = ""


def week_of(user: User) -> list[Task]:
    """A person's tasks: drafts left open, help to answer, then what each enquiry lacks."""
    return [*_drafts(user), *_help(user), *_enquiries(user)]


def _drafts(user: User) -> list[Task]:
    kept = access.within(Draft.objects.filter(by=user), user, Permission.READ_ENQUIRY)
    return [
        Task(draft.enquiry.alliance.name, "Finish the form you began", draft.address, USUAL_MINUTES)
        for draft in kept.select_related("enquiry__alliance")
    ]


def _help(user: User) -> list[Task]:
    asked = access.within(
        HelpRequest.objects.filter(answered_at=None), user, Permission.ANSWER_HELP
    )
    return [
        Task(
            request.enquiry.alliance.name,
            "Answer a request for help",
            reverse("help-answer", args=[request.pk]),
            USUAL_MINUTES,
        )
        for request in asked.select_related("enquiry__alliance")
    ]


def _enquiries(user: User) -> list[Task]:
    mine = access.within(Enquiry.objects.all(), user, Permission.WRITE_ENQUIRY)
    return [
        task
        for enquiry in mine.select_related("alliance").order_by("alliance__name")
        for task in tasks_of(enquiry)
    ]


def tasks_of(enquiry: Enquiry) -> list[Task]:
    """What the next gate asks for and is not there, and what the time of the year asks for."""
    cycle = current_cycle(enquiry)
    if cycle is None:
        start = reverse("cycle-new", args=[enquiry.pk])
        return [Task(enquiry.alliance.name, "Start a cycle", start, USUAL_MINUTES)]
    last = recent_entries(enquiry).last_leadership
    due = attention.due(enquiry, cycle, last, timezone.localdate())
    tasks = [_task(enquiry, gap.text, gap.url) for gap in due]
    return [*_lacking(enquiry, cycle), *tasks]


def _lacking(enquiry: Enquiry, cycle: Cycle) -> list[Task]:
    gate = gate_of(cycle)
    by = cycle.deadline.strftime("%-d %B %Y") if cycle.deadline else ""
    conditions = gate.conditions if gate else []
    return [_task(enquiry, c.text, c.url, by) for c in conditions if not c.is_met]


def _task(enquiry: Enquiry, text: str, url: str, by: str = "") -> Task:
    return Task(enquiry.alliance.name, text, url, _minutes(url), by)


def _minutes(url: str) -> int:
    """How long the page behind an address takes, by the form it shows."""
    forms = {f"/forms/{sheet.slug}/": sheet.minutes for sheet in catalogue()}
    known = [minutes for part, minutes in forms.items() if part in url]
    return known[0] if known else USUAL_MINUTES
