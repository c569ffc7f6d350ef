"""Tries an address with everybody, and says what everybody should get there."""

import time
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLResolver, reverse

from alliances.models import User
from alliances.roles import Permission
from reports.guards import GUARDS, Held, Over, Rule
from tests.access.cast import ALLOWED, EVERYBODY, NOBODY, SIGNED_IN, SIGNED_OUT, holders
from tests.world import World

P = Permission

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
SIGN_IN, DONE = "sign in", "done"
# What may be written about a page whose rule is no permission: by outcome, who gets it.
Groups = dict[object, str]


def nothing(_world: World) -> list:
    return []


@dataclass(frozen=True)
class Page:
    """An address to try, with what is sent there and what those get who may.

    ``get`` and ``post`` say who gets what where the guard is a rule: as a permission over the
    alliance, or as outcomes with the names of those who get them; the others get 404.
    """

    name: str
    arguments: Callable[[World], list] = nothing
    data: dict = field(default_factory=dict)
    get: Groups | P | None = None
    post: Groups | P | None = None
    shows: object = 200
    does: object = DONE
    about: str = ""

    def __str__(self):
        return " ".join(filter(None, [self.name, self.about]))

    def url(self, world: World) -> str:
        return reverse(self.name, args=self.arguments(world))

    def reader(self) -> str:
        """The first of those who get the page itself; nobody where there is no such person."""
        got = self.expected("GET")
        return next((name for name in EVERYBODY if got.get(name) == 200), NOBODY)

    def expected(self, method: str) -> dict[str, object]:
        """What everybody gets by this method; HEAD gets what GET would."""
        if method == "HEAD":
            method = "GET"
        guards, told = GUARDS[self.name], {"GET": self.get, "POST": self.post}.get(method)
        is_public = bool({Rule.ANYBODY, Rule.LINK, Rule.BEARER} & set(guards.values()))
        outside = dict.fromkeys(SIGNED_OUT, SIGN_IN)
        if method not in guards:
            refused = dict.fromkeys(EVERYBODY, 405)
            return refused if is_public or Rule.INVITED in guards.values() else refused | outside
        gives = self.does if method == "POST" else self.shows
        if is_public and told is None:
            return dict.fromkeys(EVERYBODY, gives)
        return _inside(guards[method], told, gives) | _listed(told) | ({} if is_public else outside)


def _listed(told: Groups | P | None) -> dict[str, object]:
    if not isinstance(told, dict):
        return {}
    return {name: outcome for outcome, names in told.items() for name in names.split()}


def _inside(guard: Held | Rule, told: Groups | P | None, gives: object) -> dict[str, object]:
    """What those get who are signed in."""
    if isinstance(told, P):
        return _by_permission(Held(Over.ALLIANCE, (told,)), gives)
    if isinstance(guard, Held):
        return _by_permission(guard, gives)
    if isinstance(told, dict):
        return dict.fromkeys(SIGNED_IN, 404)
    return dict.fromkeys(SIGNED_IN, gives)


def _by_permission(guard: Held, gives: object) -> dict[str, object]:
    """Who holds it gets the page, who sees what it is about 403, everybody else 404.

    A permission over an alliance is none over its programme.
    """
    allowed = set().union(*(holders(permission) for permission in guard.permissions))
    if guard.over == Over.ANY:
        allowed |= {n for n in SIGNED_IN if ALLOWED[n][1] & set(guard.permissions)}
    if guard.over == Over.PROGRAMME:
        allowed &= holders(P.SEE_PROGRAMME)
    insiders = {
        Over.ALLIANCE: holders(P.SEE_ALLIANCE),
        Over.AROUND: holders(P.SEE_ALLIANCE),
        Over.PROGRAMME: holders(P.SEE_PROGRAMME),
    }.get(guard.over, allowed)
    found: dict[str, object] = dict.fromkeys(SIGNED_IN, 404)
    return found | dict.fromkeys(insiders, 403) | dict.fromkeys(allowed & insiders, gives)


def sign_in(people: list[str]) -> dict[str, str]:
    """A session of each, signed in just now, by its key; nobody has none."""
    keys = {}
    for name in people:
        user = User.objects.get(email=f"{name}@example.org")
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session["account_authentication_methods"] = [{"method": "password", "at": time.time()}]
        session["account_authentication_methods_user"] = str(user.pk)
        session.create()
        keys[name] = session.session_key
    return keys


@contextmanager
def undone():
    """Whatever is written within is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


class Walker:
    """Tries addresses as everybody of the cast, each time in a world nobody else has touched.

    All share one client, whose cookies are changed: to make one loads every middleware anew.
    """

    client = Client()

    def __init__(self):
        self.sessions = sign_in([name for name in EVERYBODY if name != NOBODY])

    def outcomes(self, method: str, url: str, data: dict) -> dict[str, object]:
        return {name: self.outcome(name, method, url, data) for name in EVERYBODY}

    def outcome(self, name: str, method: str, url: str, data: dict) -> object:
        """The status; of a redirect, whether it leads to the sign-in page or on."""
        response = self.answer(name, method, url, data)
        if response.status_code != 302:
            return response.status_code
        is_sign_in = response.url.partition("?")[0] == reverse("account_login")
        return SIGN_IN if is_sign_in else DONE

    def answer(self, name: str, method: str, url: str, data: dict, **more) -> HttpResponse:
        """What comes back; what it changed is undone."""
        self.client.cookies.clear()
        if name in self.sessions:
            self.client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[name]
        sent = {"data": data} if method in ("GET", "HEAD", "POST") else {}
        with undone():
            return getattr(self.client, method.lower())(url, **sent, **more)


def names_of(resolver: URLResolver) -> set[str]:
    """Every URL name below a resolver; an address without a name goes by its pattern."""
    names = set()
    for entry in resolver.url_patterns:
        names |= names_of(entry) if isinstance(entry, URLResolver) else {entry.name or str(entry)}
    return names
