"""Opening the work of an alliance to somebody of the national team, and closing it again."""

from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from alliances import access, audit
from alliances.actions.mail import notify
from alliances.models import LONGEST_OPENING, Alliance, Mail, Opening, User
from alliances.roles import Permission


class NotAnOpening(Exception):
    """It gives no reason, or lasts for no day or for too many."""


@transaction.atomic
def open_alliance(*, alliance: Alliance, reason: str, days: int, by: User) -> Opening:
    """Let ``by`` read the alliance's work from now on for some days; its leads are told at once.

    What they have open already stays as it is.
    """
    if not reason.strip() or not 1 <= days <= LONGEST_OPENING:
        raise NotAnOpening
    Alliance.objects.select_for_update(no_key=True).get(pk=alliance.pk)
    if current := alliance.openings.current().filter(person=by).first():
        return current
    now = timezone.now()
    opening = Opening.objects.create(
        alliance=alliance,
        person=by,
        reason=reason.strip(),
        since=now,
        until=now + timedelta(days=days),
    )
    audit.record("opened", opening, by=by, alliance=alliance.pk, days=days)
    path = reverse("alliance", args=[alliance.pk])
    for lead in access.people_over(alliance, Permission.SIGN_CLAIMS):
        notify(person=lead, kind=Mail.Kind.OPENED, by=by, about=str(alliance), path=path)
    return opening


@transaction.atomic
def end_opening(*, opening: Opening, by: User) -> None:
    """Close before its time what was opened; what is over stays as it is."""
    ended = Opening.objects.current().filter(pk=opening.pk).update(ended=timezone.now())
    if ended:
        audit.record("closed", opening, by=by, alliance=opening.alliance_id)
