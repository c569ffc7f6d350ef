"""Undoes an act, as long as nothing of it has changed since."""

from collections.abc import Callable

from django.apps import apps
from django.db import transaction

from alliances import audit
from alliances.actions import (
    AlreadyHandedOver,
    AlreadyHeld,
    ChangedSince,
    resume_assignment,
    take_back,
)
from alliances.models import AuditRecord, User
from reports.actions.editions import word_passage
from reports.acts import kept_in_words, single_acts
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


def _move_back(act: AuditRecord, by: User) -> str:
    number = _take_back(act, by)
    back = (
        "1 alliance is back where it was"
        if number == 1
        else f"{number} alliances are back where they were"
    )
    return f"Undone. {back}."


def _describe_back(act: AuditRecord, by: User) -> str:
    _take_back(act, by)
    return "Undone. The record of the alliance is as it was."


def _take_back(act: AuditRecord, by: User) -> int:
    try:
        return take_back(acts=single_acts([act])[act.pk], by=by)
    except ChangedSince as problem:
        kept = kept_in_words(problem.hindrances)
        raise NotUndone(f"Nothing was undone. {kept}.") from problem


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
    ("described", "alliances.alliance"): _describe_back,
    ("placed", "alliances.alliance"): _move_back,
    ("placed together", "alliances.programme"): _move_back,
    ("ended", "alliances.assignment"): _resume,
    ("reworded", "reports.passage"): _reword,
}
