"""Moves a cycle through its gates. What a gate asks for is decided by whoever calls."""

from datetime import date

from django.db import transaction

from alliances import audit
from alliances.models import User
from enquiries.models import Cycle, Passage


class GateShut(Exception):
    """Something is missing, and no reason was given to let the group through all the same."""


@transaction.atomic
def pass_gate(
    *, cycle: Cycle, enters: Cycle.Phase, missing: list[str], reason: str, by: User
) -> Cycle:
    """Take a cycle into its next phase and keep what was missing; done twice, it moves once."""
    held = Cycle.objects.select_for_update().get(pk=cycle.pk)
    if held.phase != cycle.phase:
        return held
    if missing and not reason:
        raise GateShut
    passage = Passage.objects.create(
        cycle=held, left=held.phase, entered=enters, missing=missing, reason=reason, passed_by=by
    )
    held.phase, held.deadline = enters, None
    held.save(update_fields=["phase", "deadline"])
    audit.record("passed", passage, by=by, left=passage.left, entered=passage.entered)
    return held


@transaction.atomic
def set_deadline(*, cycle: Cycle, deadline: date | None, by: User) -> Cycle:
    """By when the facilitator expects a group at its next gate; none takes it back."""
    cycle.deadline = deadline
    cycle.save(update_fields=["deadline"])
    audit.record("deadline", cycle, by=by, deadline=deadline and deadline.isoformat())
    return cycle
