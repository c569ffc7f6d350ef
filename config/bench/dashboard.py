"""`./run bench dashboard`: a page of many clusters beside an empty one."""

import statistics
import time
from collections.abc import Callable
from datetime import date
from http import HTTPStatus

from config.processes import StackError, say

CLUSTERS, ALLIANCES = 30, 4
TIMES = 15
PAGE = "/clusters/"
EMPTY = "/attention/"


def dashboard() -> None:
    """Print both times and their ratio; the middle of several, each by the same client."""
    from django.test import Client

    from alliances.models import User

    populate()
    client = Client()
    client.force_login(User.objects.get())
    own, empty = (_seconds(lambda path=path: client.get(path)) for path in (PAGE, EMPTY))
    say(f"dashboard, {CLUSTERS * ALLIANCES} alliances in {CLUSTERS} clusters: {own * 1000:.0f} ms")
    say(f"a page that reads nothing of them: {empty * 1000:.0f} ms")
    say(f"ratio: {own / empty:.1f}")


def _seconds(get: Callable) -> float:
    """The middle of several runs, after one to warm up."""
    taken = []
    for _ in range(TIMES + 1):
        start = time.perf_counter()
        if get().status_code != HTTPStatus.OK:
            raise StackError("the page could not be read.")
        taken.append(time.perf_counter() - start)
    return statistics.median(taken[1:])


def populate() -> None:
    """A programme of clusters whose alliances log, ask for help and are called; who sees it."""
    from alliances import actions
    from alliances.roles import Role

    programme = actions.record_programme(
        title="Bench", country="England", commissioner="Nobody", duration="1 year", ended="2026",
        alliances_funded=CLUSTERS * ALLIANCES, by=None,
    )  # fmt: skip
    person = actions.register_person(email="a@example.org", name="A", password=None, by=None)
    since = date(2026, 1, 5)
    actions.assign(user=person, role=Role.NATIONAL_TEAM, scope=programme, by=None, starts_on=since)
    for number in range(CLUSTERS):
        keys = [f"c{number}-{n}" for n in range(ALLIANCES)]
        founded = [
            actions.found_alliance(programme=programme, key=key, name=key, by=None) for key in keys
        ]
        actions.record_cluster(
            programme=programme, name=f"Cluster {number}", alliances=founded, by=None
        )
        for alliance in founded:
            _log(alliance, person)


def _log(alliance, person) -> None:
    """A cycle, 26 challenges and a call."""
    from uuid import uuid4

    from enquiries import actions
    from enquiries.models import Challenge, CheckInCall

    enquiry = actions.open_enquiry(alliance=alliance, by=person)
    actions.start_cycle(enquiry=enquiry, by=person, label="One", tried="Pairs")
    for _ in range(26):
        place = {"enquiry": enquiry, "key": uuid4()}
        wanted = {"challenge": "Cover"}
        actions.save_sheet(Challenge, place=place, seen={}, wanted=wanted, by=person)
    place = {"enquiry": enquiry, "held_on": date(2026, 3, 16)}
    actions.save_sheet(CheckInCall, place=place, seen={}, wanted={"status": "at-risk"}, by=person)
