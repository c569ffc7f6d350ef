"""Which act of one's own one may undo: lately done, and by what one may still do."""

from datetime import timedelta

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from alliances import access
from alliances.models import Alliance, Assignment, AuditRecord, Membership, User
from alliances.roles import Permission
from reports.actions.undoing import UNDOES
from reports.models import Passage

LATELY = timedelta(hours=1)


def load_act(user: User, pk: int) -> AuditRecord:
    """An act that the person did within the hour and that can be undone; else 404.

    403 where they may do such a thing no more.
    """
    lately = AuditRecord.objects.filter(by=user, at__gte=timezone.now() - LATELY)
    act = get_object_or_404(lately, pk=pk)
    kind, subject = (act.act, act.subject_type), act.subject_id
    if kind not in UNDOES:
        raise Http404
    match kind:
        case "placed", _:
            access.load(Alliance.objects.all(), user, Permission.PLACE_ALLIANCES, pk=subject)
        case "placed together", _:
            access.load_programme(user, Permission.PLACE_ALLIANCES, pk=subject)
        case "ended", _:
            held = get_object_or_404(Assignment, pk=subject)
            access.load(_around(held), user, Permission.MANAGE_PEOPLE)
        case "reworded", _:
            found = get_object_or_404(Passage.objects.select_related("edition"), pk=subject)
            access.load_programme(user, Permission.EDIT_REPORTS, pk=found.edition.programme_id)
    return act


def _around(held: Assignment) -> QuerySet[Alliance]:
    """The alliances that a role is held in."""
    if held.school_id is None:
        return Alliance.objects.filter(pk=held.alliance_id)
    members = Membership.objects.on(timezone.localdate()).filter(school=held.school_id)
    return Alliance.objects.filter(pk__in=members.values("alliance"))
