"""`./run bench`: the time of a page of many clusters, as a ratio to an empty page of the site."""

import os
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date
from http import HTTPStatus

from config.checks import environment_of_tests
from config.processes import StackError, run_in_foreground, say
from config.sharing import BASE

CLUSTERS, ALLIANCES = 30, 4
TIMES = 15
PAGES = {"dashboard": "/clusters/"}
EMPTY = "/attention/"


def bench(arguments: list[str]) -> int:
    """Build 30 clusters of 4 alliances in a scratch database, and time the page named."""
    if len(arguments) != 1 or arguments[0] not in PAGES:
        raise StackError(f"name the page to time: {', '.join(PAGES)}.")
    with environment_of_tests() as environment:
        environment["PYTHONPATH"] = str(BASE)
        return run_in_foreground(
            [sys.executable, "-m", "config.bench", *arguments], environment, BASE
        )


def compare(page: str) -> None:
    """Print both times and their ratio; the middle of several, each by the same client."""
    from django.test import Client

    from alliances.models import User

    client = Client()
    backend = "allauth.account.auth_backends.AuthenticationBackend"
    client.force_login(User.objects.get(), backend=backend)
    own, empty = (_seconds(lambda path=path: client.get(path)) for path in (PAGES[page], EMPTY))
    say(f"{page}, {CLUSTERS * ALLIANCES} alliances in {CLUSTERS} clusters: {own * 1000:.0f} ms")
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


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django
    from django.test.utils import get_runner

    django.setup()
    from django.conf import settings

    runner = get_runner(settings)(verbosity=0, interactive=False)
    databases = runner.setup_databases()
    try:
        populate()
        compare(sys.argv[1])
    finally:
        runner.teardown_databases(databases)


if __name__ == "__main__":
    main()
