"""What is done to many alliances at once: each as the single act does it, or nothing at all."""

from collections.abc import Iterable

from django.db import transaction

from alliances import audit
from alliances.actions.people import InvitationSpent, invite_again, invite_lead
from alliances.actions.records import place_alliance
from alliances.models import Alliance, AuditRecord, Invitation, Programme, User


class NothingDone(Exception):
    """What kept the act from some alliances, so that it was done to none; ``faults`` by name."""

    def __init__(self, faults: list[str]):
        super().__init__("; ".join(faults))
        self.faults = faults


@transaction.atomic
def place_together(
    *, programme: Programme, alliances: Iterable[Alliance], by: User, **places
) -> AuditRecord | None:
    """Give alliances their theme, cohort or cluster; None where all of them have it.

    The act keeps the numbers of the single ones: what is undone is told from them.
    """
    acts = [place_alliance(alliance=alliance, by=by, **places) for alliance in alliances]
    done = [act.pk for act in acts if act]
    return audit.record("placed together", programme, by=by, acts=done) if done else None


@transaction.atomic
def invite_leads(*, programme: Programme, alliances: Iterable[Alliance], by: User) -> int:
    """Invite who was named to lead each; how many. NothingDone where somebody is named no more."""
    faults, invited = [], 0
    for alliance in alliances:
        if invite_lead(alliance=alliance, by=by):
            invited += 1
        else:
            faults.append(f"{alliance}: nobody waits for an invitation any more")
    if faults or not invited:
        raise NothingDone(faults)
    audit.record("invited together", programme, by=by, invited=invited)
    return invited


@transaction.atomic
def invite_leads_again(*, programme: Programme, invitations: Iterable[Invitation], by: User) -> int:
    """Send invitations again; how many. NothingDone where one is open no more."""
    faults, sent = [], 0
    for invitation in invitations:
        try:
            invite_again(invitation=invitation, by=by)
        except InvitationSpent:
            faults.append(f"{invitation.alliance}: the invitation is accepted or withdrawn")
        else:
            sent += 1
    if faults or not sent:
        raise NothingDone(faults)
    audit.record("invited together again", programme, by=by, invited=sent)
    return sent
