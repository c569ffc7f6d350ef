"""What support staff set going or right; whoever it is about is told where it opens a door."""

import secrets

from allauth.account.adapter import get_adapter
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from alliances import access, audit, links
from alliances.actions.erasing import NoReason
from alliances.actions.factors import forget_factors
from alliances.actions.mail import notify, post, send_soon
from alliances.actions.people import AlreadyHeld, lock_open, send_anew
from alliances.actions.sessions import end_sessions
from alliances.models import Invitation, Mail, User
from alliances.queries import reachable
from alliances.roles import RULES, Role, Scope


class NotForSupport(Exception):
    """It is their own account or address, or an address that is not theirs to set."""


@transaction.atomic
def send_invitation_again(*, invitation: Invitation, by: User) -> Invitation:
    """Let an invitation last anew and send it again, in the name of whoever invited."""
    return send_anew(lock_open(invitation), "sent again by support", by=by)


def is_correctable(invitation: Invitation, *, by: User) -> bool:
    """Whether support staff may correct its address.

    Only where it opens no more than a part in one alliance or school, takes no role from anybody,
    and somebody else sent it who is told and can still withdraw it.
    """
    inviter = invitation.invited_by
    if inviter in (None, by) or invitation.replaces_id or invitation.role == Role.PROJECT_LEAD:
        return False
    is_narrow = RULES[Role(invitation.role)].scope in (Scope.ALLIANCE, Scope.SCHOOL)
    is_told = reachable().filter(pk=inviter.pk).exists()
    return is_narrow and is_told and access.manages_people_of(inviter, invitation)


@transaction.atomic
def correct_invitation(*, invitation: Invitation, email: str, by: User) -> Invitation:
    """Send an open invitation to the address that was meant; the old link opens nothing any more.

    Whoever invited is told. AlreadyHeld where that address is invited to the same already.
    """
    kept, email = lock_open(invitation), User.objects.normalize_email(email)
    if email == by.email or not is_correctable(kept, by=by):
        raise NotForSupport
    was, kept.email, kept.token = kept.email, email, secrets.token_urlsafe(32)
    try:
        with transaction.atomic():
            send_anew(kept, "corrected the address of", by=by)
    except IntegrityError as problem:
        raise AlreadyHeld from problem
    withdraw = links.full(reverse("invitation-withdraw", args=[kept.pk]))
    words = {"by": by, "invitation": kept, "was": was, "url": withdraw}
    post(kind=Mail.Kind.SUPPORT, person=kept.invited_by, context=words, template="corrected")
    return kept


@transaction.atomic
def sign_out_everywhere(*, user: User, by: User) -> int:
    """End all sessions of a person who has lost a device; how many there were."""
    ended = end_sessions(user=user, but=None)
    audit.record("signed out everywhere", user, by=by)
    return ended


@transaction.atomic
def reset_factors(*, user: User, reason: str, checked: str, by: User) -> None:
    """Take away the second steps of a person who has lost them all, sign them out, tell them.

    ``checked`` says how it was made sure that it is them; both are kept.
    """
    if user == by:
        raise NotForSupport
    if not (reason.strip() and checked.strip()):
        raise NoReason
    forget_factors(user=user, by=by, reason=reason.strip(), checked=checked.strip())
    end_sessions(user=user, but=None)
    about = "took away the second step of your sign-in"
    path = reverse("mfa_index")
    notify(person=user, kind=Mail.Kind.SUPPORT, by=by, about=about, path=path)


@transaction.atomic
def let_try_again(*, user: User, request: HttpRequest, by: User) -> None:
    """Forget the wrong passwords and codes of a person, so that they need not wait."""
    audit.record("let try again", user, by=by)
    get_adapter(request).forget_failures(request, user)


@transaction.atomic
def send_now(*, mail: Mail, by: User) -> bool:
    """Try at once an e-mail that waits; whether it still did."""
    waited = Mail.objects.waiting().filter(pk=mail.pk).update(try_at=timezone.now())
    if waited:
        audit.record("sent an e-mail at once to", mail.person or mail.invitation, by=by)
        send_soon()
    return bool(waited)
