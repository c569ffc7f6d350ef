"""Everything that changes who may do what: invite, accept, assign, change, hand over, end."""

import secrets
from datetime import date, timedelta

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from alliances import audit, links
from alliances.actions import mail
from alliances.models import Assignment, Invitation, Mail, User
from alliances.roles import RULES, Role

INVITATION_LASTS = timedelta(days=14)


class InvitationSpent(Exception):
    """The invitation was accepted or withdrawn, its time has passed, or it is somebody else's."""


class AlreadyHandedOver(Exception):
    """The role has ended already, perhaps because somebody else handed it over just now."""


class AlreadyHeld(Exception):
    """The person holds this role here already."""


def _over(role: Role, scope) -> dict:
    """The scope as the field that the role's rule names."""
    return {RULES[Role(role)].scope.value: scope}


@transaction.atomic
def register_person(*, email: str, name: str, password: str | None, by: User | None) -> User:
    """A person whose address is vouched for. Without a password they sign in by a code."""
    person = User(email=User.objects.normalize_email(email), name=name)
    person.set_password(password)
    person.full_clean(exclude=["password"])
    person.save()
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    audit.record("registered", person, by=by)
    return person


@transaction.atomic
def suspend(*, user: User, by: User | None) -> User:
    """Shut a person out of every page from the next request on; their roles stay on record."""
    user.is_active = False
    user.save(update_fields=["is_active"])
    audit.record("suspended", user, by=by)
    return user


@transaction.atomic
def assign(*, user: User, role: Role, scope, by: User | None, starts_on: date) -> Assignment:
    """Give a person a role over the scope that the role's rule names.

    One at a time: held twice at once, a role would outlive its end.
    """
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    held = Assignment.objects.current().filter(user=user, role=role, **_over(role, scope))
    if held.exists():
        raise AlreadyHeld
    assignment = Assignment.objects.create(
        user=user, role=role, starts_on=starts_on, **_over(role, scope)
    )
    audit.record("assigned", assignment, by=by, person=user.pk, role=str(role), over=str(scope))
    return assignment


@transaction.atomic
def end_assignment(*, assignment: Assignment, by: User | None, on: date) -> Assignment:
    """The role ends on a day: on that day the person no longer holds it."""
    assignment.ends_on = max(on, assignment.starts_on)
    assignment.save(update_fields=["ends_on"])
    audit.record("ended", assignment, by=by, person=assignment.user_id, role=assignment.role)
    return assignment


@transaction.atomic
def change_role(*, assignment: Assignment, role: Role, by: User | None, on: date) -> Assignment:
    """End one role and begin another over the same scope, so that the history keeps both."""
    end_assignment(assignment=assignment, by=by, on=on)
    return assign(user=assignment.user, role=role, scope=assignment.scope, by=by, starts_on=on)


@transaction.atomic
def invite(
    *, email: str, role: Role, scope, by: User | None, replaces: Assignment | None = None
) -> Invitation:
    """Keep a place for somebody and write to them; a place kept already is renewed.

    ``replaces`` is a role that ends once the invitation is accepted.
    """
    kept_for = {"email": User.objects.normalize_email(email), "role": role, **_over(role, scope)}
    now = timezone.now()
    try:
        with transaction.atomic():
            invitation = Invitation.objects.create(
                token=secrets.token_urlsafe(32),
                invited_by=by,
                sent_at=now,
                expires_at=now + INVITATION_LASTS,
                replaces=replaces,
                **kept_for,
            )
    except IntegrityError:
        invitation = Invitation.objects.open().get(**kept_for)
        return invite_again(invitation=invitation, by=by, replaces=replaces)
    audit.record("invited", invitation, by=by, role=str(role), over=str(scope))
    mail.post(kind=Mail.Kind.INVITATION, invitation=invitation, context=_words_of(invitation))
    return invitation


@transaction.atomic
def invite_again(
    *, invitation: Invitation, by: User | None, replaces: Assignment | None = None
) -> Invitation:
    """Let an invitation last anew and send it again; one that still waits is sent at once."""
    kept, now = _lock_open(invitation), timezone.now()
    kept.invited_by, kept.replaces = by, replaces or kept.replaces
    kept.sent_at, kept.expires_at = now, now + INVITATION_LASTS
    kept.save(update_fields=["invited_by", "replaces", "sent_at", "expires_at"])
    audit.record("invited again", kept, by=by)
    mail.withdraw(kept)
    mail.post(kind=Mail.Kind.INVITATION, invitation=kept, context=_words_of(kept))
    return kept


def _words_of(invitation: Invitation) -> dict:
    address = links.full(reverse("invitation", args=[invitation.token]))
    return {"invitation": invitation, "url": address}


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, by: User) -> Invitation:
    """The link opens nothing any more, and an e-mail with it that still waits is not sent."""
    kept = _lock_open(invitation)
    kept.withdrawn_at, kept.withdrawn_by = timezone.now(), by
    kept.save(update_fields=["withdrawn_at", "withdrawn_by"])
    audit.record("withdrew", kept, by=by)
    mail.withdraw(kept)
    return kept


def _lock_open(invitation: Invitation) -> Invitation:
    """The invitation, held until the transaction ends; an error where it is open no more."""
    kept = Invitation.objects.open().select_for_update().filter(pk=invitation.pk).first()
    if kept is None:
        raise InvitationSpent
    return kept


@transaction.atomic
def accept_invitation(*, invitation: Invitation, user: User) -> Assignment:
    """Turn a kept place into a role of the person it was kept for, once."""
    kept = _lock_open(invitation)
    is_theirs = kept.email.casefold() == user.email.casefold()
    if kept.has_run_out or not is_theirs:
        raise InvitationSpent
    kept.accepted_at, kept.accepted_by = timezone.now(), user
    kept.save(update_fields=["accepted_at", "accepted_by"])
    audit.record("accepted", kept, by=user)
    if kept.replaces and kept.replaces.ends_on is None:
        end_assignment(assignment=kept.replaces, by=user, on=timezone.localdate())
    held = Assignment.objects.current().filter(
        user=user, role=kept.role, **_over(kept.role, kept.scope)
    )
    return held.first() or assign(
        user=user, role=kept.role, scope=kept.scope, by=user, starts_on=timezone.localdate()
    )


@transaction.atomic
def welcome(*, user: User, name: str, invitation: Invitation | None) -> None:
    """Name a person who has just signed up, and give them the role they were invited to."""
    user.name = name
    user.save(update_fields=["name"])
    audit.record("signed up", user, by=user)
    if invitation:
        accept_invitation(invitation=invitation, user=user)


@transaction.atomic
def hand_over(*, assignment: Assignment, email: str, by: User, on: date) -> Assignment | Invitation:
    """Give a role to somebody else: at once if they are known, else once they accept.

    Until then it stays with its holder, so that an alliance is never without a lead.
    """
    held = Assignment.objects.select_for_update().current().filter(pk=assignment.pk)
    if not held.exists():
        raise AlreadyHandedOver
    successor = User.objects.filter(email__iexact=email, is_active=True).first()
    role, scope = Role(assignment.role), assignment.scope
    if successor:
        end_assignment(assignment=assignment, by=by, on=on)
    audit.record("handed over", assignment, by=by, role=assignment.role)
    if successor:
        return assign(user=successor, role=role, scope=scope, by=by, starts_on=on)
    return invite(email=email, role=role, scope=scope, by=by, replaces=assignment)
