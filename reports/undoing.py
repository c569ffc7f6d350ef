"""Which acts somebody may undo.

What one may do to the record of an alliance one may also undo, whoever did it and however long ago;
but not what an import did. The end of a role and the words of a passage one undoes oneself, and
within the hour.
"""

from datetime import timedelta

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from alliances import access
from alliances.models import Alliance, Assignment, AuditRecord, Membership, User
from alliances.records import changes_the_record
from alliances.roles import Permission
from reports.acts import asked_by
from reports.models import Passage

LATELY = timedelta(hours=1)


def load_act(user: User, pk: int) -> AuditRecord:
    """An act that can be undone, to whoever may do such a thing there.

    Others get what ``access.load`` gives them, and 404 where it had to be an act of their own.
    """
    act = get_object_or_404(AuditRecord, pk=pk, by__isnull=False)
    if changes_the_record(act):
        for permission in sorted(asked_by(act)):
            access.load(Alliance.objects.all(), user, permission, pk=act.subject_id)
    elif act.act == "placed together":
        access.load_programme(user, Permission.PLACE_ALLIANCES, pk=act.subject_id)
    else:
        _check_own(act, user)
    return act


def _check_own(act: AuditRecord, user: User) -> None:
    if act.by_id != user.pk or act.at < timezone.now() - LATELY:
        raise Http404
    match (act.act, act.subject_type):
        case ("ended", "alliances.assignment"):
            held = get_object_or_404(Assignment, pk=act.subject_id)
            access.load(_around(held), user, Permission.MANAGE_PEOPLE)
        case ("reworded", "reports.passage"):
            found = get_object_or_404(Passage.objects.select_related("edition"), pk=act.subject_id)
            access.load_programme(user, Permission.EDIT_REPORTS, pk=found.edition.programme_id)
        case _:
            raise Http404


def _around(held: Assignment) -> QuerySet[Alliance]:
    """The alliances that a role is held in."""
    if held.school_id is None:
        return Alliance.objects.filter(pk=held.alliance_id)
    members = Membership.objects.on(timezone.localdate()).filter(school=held.school_id)
    return Alliance.objects.filter(pk__in=members.values("alliance"))
