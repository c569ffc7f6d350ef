"""Where a person is signed in, in words they know, and when each place was last used."""

import time
from dataclasses import dataclass
from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from alliances import actions
from alliances.models import User
from alliances.signing_in.browsers import browser_of

SEEN, BEFORE = "last-noted", "visited-before"
LONG_AGO = 1.0
# Seconds between two notes of the same session: a page costs no write.
NOTED_EVERY = 10 * 60


@dataclass(frozen=True)
class Place:
    """A session as its owner reads it."""

    session: UserSession
    browser: str
    is_this_one: bool


def places_of(user: User, session_key: str | None) -> list[Place]:
    """Where the person is signed in now, this browser first, then by when each was last used."""
    places = [
        Place(each, browser_of(each.user_agent), each.session_key == session_key)
        for each in sessions_of(user).order_by("-last_seen_at", "-pk")
    ]
    return sorted(places, key=lambda place: not place.is_this_one)


def sessions_of(user: User) -> QuerySet[UserSession]:
    """The sessions of a person that have not run out."""
    alive = Session.objects.filter(
        session_key=OuterRef("session_key"), expire_date__gt=timezone.now()
    )
    return UserSession.objects.filter(Exists(alive), user=user.pk)


def note_visit(session: SessionBase, before: datetime | None) -> None:
    """Keep with a new session when its owner had signed in before; None for never."""
    session[BEFORE] = before.isoformat() if before else ""


def visited_before(session: SessionBase) -> datetime | None:
    """When the owner of a session had signed in before this time."""
    noted = session.get(BEFORE)
    return datetime.fromisoformat(noted) if noted else None


class NoteUse:
    """Notes every some minutes that a session is in use."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        noted = request.session.get(SEEN)
        if noted and time.time() - noted > NOTED_EVERY and request.user.is_authenticated:
            request.session[SEEN] = time.time()
            actions.note_use(request.session.session_key)
        return self.get_response(request)
