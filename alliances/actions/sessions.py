"""Ends sessions, notes that they are used, and forgets what is known of them."""

import json
from collections.abc import Collection

from allauth.usersessions.models import UserSession
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from alliances import audit
from alliances.models import User
from alliances.signed_out import KEPT

# Where somebody signed in from is not kept: their browser is enough to know a session by.
NO_ADDRESS = "0.0.0.0"  # noqa: S104 - nothing listens here


def note_use(session_key: str) -> None:
    """The session is in use now."""
    UserSession.objects.filter(session_key=session_key).update(
        last_seen_at=timezone.now(), ip=NO_ADDRESS
    )


@transaction.atomic
def end_session(*, session: UserSession, by: User) -> None:
    """Whoever uses the session is signed out on their next request."""
    Session.objects.filter(session_key=session.session_key).delete()
    session.delete()
    audit.record("signed out elsewhere", by, by=by)


@transaction.atomic
def end_sessions(*, user: User, but: str | None) -> int:
    """End all sessions of a person but the one with the key; how many there were."""
    others = UserSession.objects.filter(user=user.pk).exclude(session_key=but)
    keys = list(others.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    others.delete()
    return len(keys)


@transaction.atomic
def forget_in_sessions(*, user: User, addresses: Collection[str]) -> None:
    """Leave nothing of a person in any session: theirs end, and what waits for them is dropped.

    What they sent while signed out waits in a session of nobody, or of whoever has signed in at
    that browser since, who stays signed in. One that opens a door to an address ends.
    """
    end_sessions(user=user, but=None)
    for session in Session.objects.iterator():
        said = session.get_decoded()
        kept = said.pop(KEPT, None)
        is_theirs = said.get(SESSION_KEY) == str(user.pk)
        if is_theirs or any(address in json.dumps(said).lower() for address in addresses):
            session.delete()
        elif kept and kept["by"] == user.pk:
            session.session_data = SessionStore().encode(said)
            session.save(update_fields=["session_data"])


@transaction.atomic
def clear_sessions() -> None:
    """Delete the sessions that have run out, and what is known of those that are gone."""
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
    left = Session.objects.filter(session_key=OuterRef("session_key"))
    UserSession.objects.filter(~Exists(left)).delete()
    UserSession.objects.exclude(ip=NO_ADDRESS).update(ip=NO_ADDRESS)
