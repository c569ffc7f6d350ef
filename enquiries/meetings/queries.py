"""Reads the meetings of clusters: who may come, what each alliance brings, what is missing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.urls import reverse

from alliances import access
from alliances.models import Alliance, Assignment, Cluster
from alliances.roles import Permission
from enquiries.models import Enquiry, Meeting, MeetingPart
from enquiries.sheets.meetings import PART

# What a cluster has to hear of and agree with an alliance before its meeting is over.
NEEDED = {"update": "its update", "decision": "the decision", "next_focus": "the next focus"}


def meetings_of(cluster: Cluster) -> list[Meeting]:
    """A cluster's meetings, the latest first, with the alliances that came."""
    return list(cluster.meetings.prefetch_related("alliances_present__alliance"))


def meetings_with(enquiry: Enquiry) -> QuerySet[Meeting]:
    """The meetings of the cluster that an enquiry's alliance is in, and any that heard of it."""
    own = Q(cluster__alliances=enquiry.alliance_id) | Q(parts__enquiry=enquiry)
    return Meeting.objects.filter(own).select_related("cluster").distinct()


def may_come(cluster: Cluster) -> QuerySet[Assignment]:
    """The current roles whose holders may read the cluster's minutes, by the person's name."""
    related = ("user", "programme", "cluster", "alliance", "school")
    return access.roles_around(cluster, Permission.SEE_MEETINGS).select_related(*related)


def last_before(meeting: Meeting) -> date | None:
    """When the cluster met before this meeting."""
    before = meeting.cluster.meetings.filter(held_on__lt=meeting.held_on)
    return before.values_list("held_on", flat=True).first()


@dataclass(frozen=True)
class Chair:
    """An enquiry's place at a meeting: its part as it stands, and the page where it is written."""

    enquiry: Enquiry
    is_present: bool
    part: MeetingPart | None
    missing: list[str]
    url: str

    @property
    def alliance(self) -> Alliance:
        return self.enquiry.alliance


def chairs_at(meeting: Meeting) -> list[Chair]:
    """The enquiries of the alliances that came, of those still in the cluster, and of any heard."""
    present = {row.alliance_id for row in meeting.alliances_present.all()}
    parts = {
        part.enquiry_id: part
        for part in meeting.parts.select_related("saved_by", "meeting__cluster", "cycle")
    }
    enquiries = Enquiry.objects.filter(
        Q(alliance__in=present) | Q(pk__in=parts) | Q(alliance__cluster=meeting.cluster_id)
    )
    return [
        _chair(meeting, enquiry, enquiry.alliance_id in present, parts.get(enquiry.pk))
        for enquiry in enquiries.select_related("alliance__theme").order_by("alliance__name", "pk")
    ]


def _chair(meeting: Meeting, enquiry: Enquiry, is_present: bool, part: MeetingPart | None) -> Chair:
    needed = NEEDED if is_present else {}
    missing = [words for name, words in needed.items() if not (part and getattr(part, name))]
    url = reverse("sheet-of-meeting", args=[enquiry.pk, PART.slug, meeting.pk])
    return Chair(enquiry, is_present, part, missing, url)


@dataclass(frozen=True)
class Lack:
    """Something without which a meeting is not over, and the page where it is put right."""

    text: str
    url: str


def lacks_of(meeting: Meeting, chairs: Iterable[Chair], today: date) -> list[Lack]:
    """What keeps a meeting from being closed."""
    edit = reverse("meeting-edit", args=[meeting.pk])
    found = []
    if meeting.held_on > today:
        found.append(Lack("The meeting has not been held yet", edit))
    if not any(chair.is_present for chair in chairs):
        found.append(Lack("No alliance is marked as present", edit))
    return found + [
        Lack(f"{chair.alliance}: {' and '.join(_listed(chair.missing))} missing", chair.url)
        for chair in chairs
        if chair.missing
    ]


def _listed(words: list[str]) -> list[str]:
    """All but the last of the words as one, with commas."""
    return [", ".join(words[:-1]), words[-1]] if words[1:] else words


def with_attendance(meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
    """Adds the alliances and people that came, whatever their number in five queries."""
    return meetings.select_related("cluster", "closed_by").prefetch_related(
        "alliances_present__alliance", "people_present__person", "people_present__mail"
    )
