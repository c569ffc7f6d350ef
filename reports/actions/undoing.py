"""Undoes an act of one's own, as long as nothing of it has changed since."""

from collections.abc import Callable

from django.apps import apps
from django.db import transaction

from alliances import audit
from alliances.actions import (
    AlreadyHandedOver,
    AlreadyHeld,
    NothingDone,
    place_back,
    resume_assignment,
)
from alliances.models import AuditRecord, User
from reports.actions.editions import word_passage
from reports.models import Passage


class NotUndone(Exception):
    """Why an act stays as it is, in words for whoever wanted it undone."""


@transaction.atomic
def undo(*, act: AuditRecord, by: User) -> str:
    """Undo an act that ``UNDOES`` knows; what to say afterwards. NotUndone where it has to stay.

    What is changed back is an act of its own; beside it stands which one was undone.
    """
    told = UNDOES[act.act, act.subject_type](act, by)
    subject = apps.get_model(act.subject_type)._base_manager.get(pk=act.subject_id)
    audit.record("undid", subject, by=by, undone=act.pk)
    return told


def _place_back(act: AuditRecord, by: User) -> str:
    acts = AuditRecord.objects.filter(pk__in=act.detail.get("acts", [act.pk])).order_by("pk")
    try:
        number = place_back(acts=acts, by=by)
    except NothingDone as problem:
        raise NotUndone(f"Nothing was undone. {'; '.join(problem.faults)}.") from problem
    back = (
        "1 alliance is back where it was"
        if number == 1
        else f"{number} alliances are back where they were"
    )
    return f"Undone. {back}."


def _resume(act: AuditRecord, by: User) -> str:
    try:
        resumed = resume_assignment(act=act, by=by)
    except (AlreadyHandedOver, AlreadyHeld) as problem:
        raise NotUndone("Nothing was undone. The role has changed since.") from problem
    return f"Undone. The role of {resumed.user} goes on."


def _reword(act: AuditRecord, by: User) -> str:
    passage = Passage.objects.select_for_update().get(pk=act.subject_id)
    if {name: getattr(passage, name) for name in act.detail["after"]} != act.detail["after"]:
        raise NotUndone("Nothing was undone. Somebody has changed the passage since.")
    word_passage(passage=passage, by=by, version=passage.version, **act.detail["before"])
    return "Undone. The passage is as it was."


# By the act and what it was done to.
UNDOES: dict[tuple[str, str], Callable[[AuditRecord, User], str]] = {
    ("placed", "alliances.alliance"): _place_back,
    ("placed together", "alliances.programme"): _place_back,
    ("ended", "alliances.assignment"): _resume,
    ("reworded", "reports.passage"): _reword,
}
