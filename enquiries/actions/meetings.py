"""Plans, changes and closes the meetings of clusters, and sends word of their minutes."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from alliances import audit
from alliances.actions import notify
from alliances.models import Alliance, Cluster, Mail, User
from enquiries.actions.enquiry import ChangedMeanwhile
from enquiries.actions.entries import sent_before
from enquiries.meetings.queries import chairs_at, lacks_of
from enquiries.models import AlliancePresent, Meeting, PersonPresent


class NotOver(Exception):
    """Something is missing without which a meeting cannot be closed."""


@transaction.atomic
def plan_meeting(
    *,
    cluster: Cluster,
    by: User,
    alliances: Iterable[Alliance],
    people: Iterable[User],
    submission: UUID | None = None,
    **fields,
) -> Meeting:
    """A meeting of a cluster with those who are to come; a form sent twice plans one."""
    Cluster.objects.select_for_update().get(pk=cluster.pk)
    if meeting := sent_before(Meeting, submission):
        return meeting
    meeting = Meeting.objects.create(cluster=cluster, submission=submission, **fields)
    _attend(meeting, alliances, people)
    audit.record("planned", meeting, by=by)
    return meeting


@transaction.atomic
def change_meeting(
    *,
    meeting: Meeting,
    by: User,
    version: int,
    alliances: Iterable[Alliance],
    people: Iterable[User],
    **fields,
) -> Meeting:
    """When and where it is and who came; ``version`` is the one the writer had seen."""
    seen = Meeting.objects.filter(pk=meeting.pk, version=version)
    if not seen.update(version=version + 1, **fields):
        raise ChangedMeanwhile
    _attend(meeting, alliances, people)
    audit.record("changed", meeting, by=by)
    meeting.refresh_from_db()
    return meeting


def _attend(meeting: Meeting, alliances: Iterable[Alliance], people: Iterable[User]) -> None:
    """Exactly these came. Whoever stays on the list keeps the mark of what they were sent."""
    came, here = list(alliances), list(people)
    meeting.alliances_present.exclude(alliance__in=came).delete()
    meeting.people_present.exclude(person__in=here).delete()
    AlliancePresent.objects.bulk_create(
        (AlliancePresent(meeting=meeting, alliance=alliance) for alliance in came),
        ignore_conflicts=True,
    )
    PersonPresent.objects.bulk_create(
        (PersonPresent(meeting=meeting, person=person) for person in here), ignore_conflicts=True
    )


@transaction.atomic
def close_meeting(*, meeting: Meeting, by: User, on: date) -> Meeting:
    """The meeting is over, and everybody who came is told where its minutes are.

    Raises NotOver where something is missing; closed twice, it stays as it was closed first.
    """
    held = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if held.closed_at:
        return held
    if lacks_of(held, chairs_at(held), on):
        raise NotOver
    held.closed_at, held.closed_by = timezone.now(), by
    held.save(update_fields=["closed_at", "closed_by"])
    audit.record("closed", held, by=by)
    send_minutes(meeting=held, by=by)
    return held


@transaction.atomic
def send_minutes(*, meeting: Meeting, by: User) -> int:
    """Tell whoever came where the minutes are, unless an e-mail has left or waits; how many.

    The e-mail names the meeting, and nothing of what it heard.
    """
    untold = meeting.people_present.select_for_update(of=("self",)).select_related("person")
    told = 0
    for row in untold.filter(Q(mail=None) | Q(mail__state=Mail.State.DROPPED)):
        row.mail = notify(
            person=row.person,
            kind=Mail.Kind.MINUTES,
            by=by,
            about=str(meeting),
            path=reverse("minutes", args=[meeting.pk]),
        )
        row.save(update_fields=["mail"])
        told += row.mail is not None
    return told
