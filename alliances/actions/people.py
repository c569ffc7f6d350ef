"""Everything that changes who may do what: invite, accept, assign, change, hand over, end."""

import secrets
from contextlib import suppress
from datetime import date, datetime, time, timedelta

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from alliances import access, audit, links
from alliances.actions import mail
from alliances.models import Alliance, Assignment, AuditRecord, Invitation, Mail, NamedLead, User
from alliances.queries import was_all_of_it
from alliances.roles import RULES, Role

INVITATION_LASTS = timedelta(days=14)
# The longest that a role is lent for at a time.
LONGEST_LOAN = timedelta(days=365)


class InvitationSpent(Exception):
    """The invitation was accepted or withdrawn, its time has passed, or it is somebody else's."""


class AlreadyHandedOver(Exception):
    """The role has ended already, perhaps because somebody else handed it over just now."""


class NotLent(Exception):
    """A role that is lent needs a last day, later than its first and within a year; others none."""


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
    _withdraw_void(user.invitations_sent.all(), by=by)
    return user


@transaction.atomic
def assign(
    *,
    user: User,
    role: Role,
    scope,
    by: User | None,
    starts_on: date,
    ends_on: date | None = None,
) -> Assignment:
    """Give a person a role over the scope that the role's rule names; lend it until ``ends_on``.

    One at a time: held twice at once, a role would outlive its end.
    """
    _check_loan(role, starts_on, ends_on)
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    held = Assignment.objects.current().filter(user=user, role=role, **_over(role, scope))
    if held.exists():
        raise AlreadyHeld
    assignment = Assignment.objects.create(
        user=user, role=role, starts_on=starts_on, ends_on=ends_on, **_over(role, scope)
    )
    audit.record("assigned", assignment, by=by, person=user.pk, role=str(role), over=str(scope))
    return assignment


def _check_loan(role: Role, since: date, until: date | None) -> None:
    if not RULES[Role(role)].is_lent:
        is_right = until is None
    else:
        is_right = until is not None and since < until <= since + LONGEST_LOAN
    if not is_right:
        raise NotLent


@transaction.atomic
def end_assignment(*, assignment: Assignment, by: User | None, on: date) -> Assignment:
    """The role ends on a day: on that day the person no longer holds it.

    With it end the invitations that would hand it over, and those by which its holder would hand
    over what is no longer theirs to give.
    """
    was, assignment.ends_on = assignment.ends_on, max(on, assignment.starts_on)
    assignment.save(update_fields=["ends_on"])
    days = {"was": was and str(was), "now": str(assignment.ends_on)}
    person = {"person": assignment.user_id, "role": assignment.role}
    audit.record("ended", assignment, by=by, **person, **days)
    _withdraw_void(assignment.handed_over_by.all(), by=by)
    _withdraw_void(assignment.user.invitations_sent.all(), by=by)
    return assignment


@transaction.atomic
def resume_assignment(*, act: AuditRecord, by: User) -> Assignment:
    """Let a role go on that an act has ended, and nothing beside it.

    AlreadyHandedOver where the role has changed since, AlreadyHeld where the person has it again.
    """
    held = Assignment.objects.select_for_update().get(pk=act.subject_id)
    if not was_all_of_it(act) or str(held.ends_on) != act.detail["now"]:
        raise AlreadyHandedOver
    again = {"user": held.user, "role": held.role, **_over(held.role, held.scope)}
    if Assignment.objects.current().filter(**again).exists():
        raise AlreadyHeld
    held.ends_on = act.detail["was"]
    held.save(update_fields=["ends_on"])
    audit.record("resumed", held, by=by, person=held.user_id, role=held.role)
    return held


def _lock_held(assignment: Assignment) -> None:
    """Keep a role as it is until the transaction ends; an error where it is held no more."""
    held = Assignment.objects.select_for_update().current().filter(pk=assignment.pk)
    if held.first() is None:
        raise AlreadyHandedOver


@transaction.atomic
def change_role(*, assignment: Assignment, role: Role, by: User | None, on: date) -> Assignment:
    """End one role and begin another over the same scope, so that the history keeps both.

    One that somebody else has just ended is not brought back.
    """
    _lock_held(assignment)
    end_assignment(assignment=assignment, by=by, on=on)
    return assign(user=assignment.user, role=role, scope=assignment.scope, by=by, starts_on=on)


@transaction.atomic
def invite(
    *,
    email: str,
    role: Role,
    scope,
    by: User | None,
    replaces: Assignment | None = None,
    name: str = "",
    ends_on: date | None = None,
) -> Invitation:
    """Keep a place for somebody and write to them; a place kept already is renewed.

    ``replaces`` is a role that ends once the invitation is accepted, ``ends_on`` the last day of
    one that is lent. ``name`` greets them.
    """
    _check_loan(role, timezone.localdate(), ends_on)
    kept_for = {"email": User.objects.normalize_email(email), "role": role, **_over(role, scope)}
    now = timezone.now()
    try:
        with transaction.atomic():
            invitation = Invitation.objects.create(
                token=secrets.token_urlsafe(32),
                invited_by=by,
                sent_at=now,
                expires_at=_expiry(now, ends_on),
                replaces=replaces,
                name=name,
                ends_on=ends_on,
                **kept_for,
            )
    except IntegrityError:
        invitation = Invitation.objects.open().get(**kept_for)
        return invite_again(invitation=invitation, by=by, replaces=replaces, ends_on=ends_on)
    NamedLead.objects.filter(alliance=invitation.alliance, email__iexact=invitation.email).delete()
    audit.record("invited", invitation, by=by, role=str(role), over=str(scope))
    mail.post(kind=Mail.Kind.INVITATION, invitation=invitation, context=_words_of(invitation))
    return invitation


def _expiry(now: datetime, ends_on: date | None) -> datetime:
    """How long an invitation lasts; one that lends a role not beyond that."""
    lasts = now + INVITATION_LASTS
    if ends_on is None:
        return lasts
    return min(lasts, timezone.make_aware(datetime.combine(ends_on, time.min)))


@transaction.atomic
def name_lead(*, alliance: Alliance, name: str, email: str, by: User | None) -> NamedLead:
    """Keep who is to lead an alliance until they are invited; another name takes their place."""
    person = {"name": name, "email": User.objects.normalize_email(email)}
    named, _ = NamedLead.objects.update_or_create(alliance=alliance, defaults=person)
    audit.record("named", named, by=by)
    return named


@transaction.atomic
def invite_lead(*, alliance: Alliance, by: User | None) -> Invitation | None:
    """Invite who was named to lead an alliance; None where nobody is, or somebody just did."""
    named = NamedLead.objects.select_for_update().filter(alliance=alliance).first()
    if named is None:
        return None
    return invite(email=named.email, name=named.name, role=Role.PROJECT_LEAD, scope=alliance, by=by)


@transaction.atomic
def invite_again(
    *,
    invitation: Invitation,
    by: User | None,
    replaces: Assignment | None = None,
    ends_on: date | None = None,
) -> Invitation:
    """Let an invitation last anew and send it again; one that still waits is sent at once."""
    kept = lock_open(invitation)
    kept.invited_by, kept.replaces = by, replaces or kept.replaces
    kept.ends_on = ends_on or kept.ends_on
    return send_anew(kept, "invited again", by=by)


def send_anew(kept: Invitation, act: str, *, by: User | None) -> Invitation:
    """Keep what was changed of an invitation, let it last from now, and write."""
    kept.sent_at = timezone.now()
    kept.expires_at = _expiry(kept.sent_at, kept.ends_on)
    kept.save()
    audit.record(act, kept, by=by)
    mail.withdraw(kept)
    mail.post(kind=Mail.Kind.INVITATION, invitation=kept, context=_words_of(kept))
    return kept


def _words_of(invitation: Invitation) -> dict:
    address = links.full(reverse("invitation", args=[invitation.token]))
    return {"invitation": invitation, "url": address}


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, by: User) -> Invitation:
    """The link opens nothing any more, and an e-mail with it that still waits is not sent."""
    return _withdraw(lock_open(invitation), by)


def _withdraw(kept: Invitation, by: User | None) -> Invitation:
    kept.withdrawn_at, kept.withdrawn_by = timezone.now(), by
    kept.save(update_fields=["withdrawn_at", "withdrawn_by"])
    audit.record("withdrew", kept, by=by)
    mail.withdraw(kept)
    return kept


def _withdraw_void(invitations: QuerySet[Invitation], *, by: User | None) -> None:
    """Withdraw those of these invitations that hand over a role and cannot any more."""
    handing_over = invitations.open().filter(replaces__isnull=False).order_by("pk")
    for kept in handing_over.select_for_update(of=["self"]).select_related(
        "replaces", "invited_by"
    ):
        if not access.stands(kept):
            _withdraw(kept, by)


def lock_open(invitation: Invitation) -> Invitation:
    """The invitation, held until the transaction ends; an error where it is open no more."""
    kept = Invitation.objects.open().select_for_update().filter(pk=invitation.pk).first()
    if kept is None:
        raise InvitationSpent
    return kept


@transaction.atomic
def accept_invitation(*, invitation: Invitation, user: User) -> Assignment:
    """Turn a kept place into a role of the person it was kept for, once."""
    Assignment.objects.select_for_update().filter(pk=invitation.replaces_id).first()
    kept = lock_open(invitation)
    is_theirs = kept.email.casefold() == user.email.casefold()
    if kept.has_run_out or not is_theirs or not access.stands(kept):
        raise InvitationSpent
    kept.accepted_at, kept.accepted_by = timezone.now(), user
    kept.save(update_fields=["accepted_at", "accepted_by"])
    audit.record("accepted", kept, by=user)
    if kept.replaces:
        end_assignment(assignment=kept.replaces, by=user, on=timezone.localdate())
    held = Assignment.objects.current().filter(
        user=user, role=kept.role, **_over(kept.role, kept.scope)
    )
    return held.first() or assign(
        user=user,
        role=kept.role,
        scope=kept.scope,
        by=user,
        starts_on=timezone.localdate(),
        ends_on=kept.ends_on,
    )


@transaction.atomic
def welcome(*, user: User, name: str, invitation: Invitation | None) -> None:
    """Name a person who has just signed up, and give them the role they were invited to.

    Where the invitation was withdrawn at that moment they have an account without a role.
    """
    user.name = name
    user.save(update_fields=["name"])
    audit.record("signed up", user, by=user)
    if invitation:
        with suppress(InvitationSpent):
            accept_invitation(invitation=invitation, user=user)


@transaction.atomic
def hand_over(*, assignment: Assignment, email: str, by: User, on: date) -> Assignment | Invitation:
    """Give a role to somebody else: at once if they are known, else once they accept.

    Until then it stays with its holder, so that an alliance is never without a lead.
    """
    _lock_held(assignment)
    successor = User.objects.filter(email__iexact=email, is_active=True).first()
    role, scope = Role(assignment.role), assignment.scope
    if successor:
        end_assignment(assignment=assignment, by=by, on=on)
    audit.record("handed over", assignment, by=by, role=assignment.role)
    if successor:
        return assign(user=successor, role=role, scope=scope, by=by, starts_on=on)
    return invite(email=email, role=role, scope=scope, by=by, replaces=assignment)


@transaction.atomic
def confirm_nobody_recognisable(*, page: str, questions: list[str], by: User) -> None:
    """Keep that somebody has looked through answers and found that no pupil can be recognised.

    ``questions`` are the names of those questions, ``page`` the address they were sent to.
    """
    said = [name[:100] for name in questions[:50]]
    audit.record("nobody recognisable", by, by=by, page=page[:200], questions=said)
