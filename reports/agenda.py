"""What each alliance may bring to a meeting: what was logged since its cluster met before."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from enquiries.models import Challenge, Enquiry, HelpRequest, LeadershipEntry
from impact.models import Reading

SUCCESS, CHALLENGE, HELP, LEADERSHIP, READING = (
    "Success",
    "Challenge",
    "Help asked for",
    "Leadership learning",
    "Reading taken",
)


@dataclass(frozen=True)
class Item:
    """One thing to speak of: under which heading, what it says, when it was logged."""

    heading: str
    text: str
    at: datetime


def agenda_of(enquiries: Iterable[Enquiry], since: date | None) -> dict[int, list[Item]]:
    """What people logged from a day on, by enquiry, in four queries; printed entries are no news.

    Readings are named without their figures: those stay within their alliance.
    """
    found: dict[int, list[Item]] = {enquiry.pk: [] for enquiry in enquiries}
    for entry in _logged(LeadershipEntry, found, since):
        if entry.went_well:
            found[entry.enquiry_id].append(Item(SUCCESS, entry.went_well, entry.logged_at))
        found[entry.enquiry_id].append(Item(LEADERSHIP, entry.reflection, entry.logged_at))
    for entry in _logged(Challenge, found, since):
        found[entry.enquiry_id].append(Item(CHALLENGE, entry.challenge, entry.logged_at))
    for asked in HelpRequest.objects.filter(enquiry__in=found, answered_at=None):
        found[asked.enquiry_id].append(Item(HELP, asked.text, asked.logged_at))
    readings = Reading.objects.filter(enquiry__in=found, logged_by__isnull=False)
    for reading in _since(readings, since).select_related("measure"):
        text = f"{reading.measure.name}, {reading.get_moment_display().lower()}"
        found[reading.enquiry_id].append(Item(READING, text, reading.logged_at))
    return {pk: sorted(items, key=_order) for pk, items in found.items()}


def _logged(kind, enquiries: Iterable[int], since: date | None) -> QuerySet:
    return _since(kind.objects.filter(enquiry__in=enquiries, logged_by__isnull=False), since)


def _since(logged: QuerySet, since: date | None) -> QuerySet:
    return logged.filter(logged_at__date__gte=since) if since else logged


def _order(item: Item) -> tuple[int, datetime]:
    """In the order in which a meeting speaks of them, the oldest first."""
    headings = (SUCCESS, CHALLENGE, HELP, LEADERSHIP, READING)
    return headings.index(item.heading), item.at
