"""What is done to many alliances at once: each as the single act does it, or nothing at all."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Model

from alliances import audit
from alliances.actions.people import InvitationSpent, invite_again, invite_lead
from alliances.actions.places import place_alliance, plain_place
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
def place_back(*, acts: Iterable[AuditRecord], by: User) -> int:
    """Take alliances back to where they were before these acts; how many.

    NothingDone where one has been moved since, or its former place is there no more.
    """
    faults, back = [], 0
    for act in acts:
        alliance = Alliance.objects.select_for_update(no_key=True).get(pk=act.subject_id)
        now = {name: plain_place(getattr(alliance, name)) for name in act.detail["now"]}
        was = {name: _place(name, key) for name, key in act.detail["was"].items()}
        if now != act.detail["now"]:
            faults.append(f"{alliance} has been moved since")
        elif {name: plain_place(value) for name, value in was.items()} != act.detail["was"]:
            faults.append(f"{alliance} was in a place that is there no more")
        else:
            place_alliance(alliance=alliance, by=by, **was)
            back += 1
    if faults:
        raise NothingDone(faults)
    return back


def _place(name: str, key: int | str | None) -> Model | str | None:
    """What the record of an act means by a key; None where it is there no more."""
    model = Alliance._meta.get_field(name).related_model
    return model.objects.filter(pk=key).first() if model else key


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
