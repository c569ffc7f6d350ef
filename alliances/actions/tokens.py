"""Tokens with which programs read: made and ended by their owner, and noted when they are used."""

import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from alliances import audit
from alliances.models import Token, User
from alliances.models.tokens import digest_of

# By it people and scanners of leaked secrets know what they have found.
PREFIX = "aet_"


@transaction.atomic
def make_token(*, person: User, name: str, days: int) -> tuple[Token, str]:
    """A token for its owner's programs, and the secret itself, which is kept nowhere."""
    secret = PREFIX + secrets.token_urlsafe(32)
    now = timezone.now()
    token = Token.objects.create(
        person=person,
        name=name,
        digest=digest_of(secret),
        made_at=now,
        expires_at=now + timedelta(days=days),
    )
    audit.record("made token", token, by=person, days=days)
    return token, secret


@transaction.atomic
def end_token(*, token: Token, by: User) -> None:
    """It opens nothing from now on. One that is over stays as it is."""
    if Token.objects.filter(pk=token.pk, ended_at=None).update(ended_at=timezone.now()):
        audit.record("ended token", token, by=by)


def note_token_use(token: Token) -> None:
    """The token is in use now."""
    Token.objects.filter(pk=token.pk).update(used_at=timezone.now())
