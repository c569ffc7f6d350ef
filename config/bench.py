"""`./run bench`: a page of many clusters beside an empty one, a long spreadsheet beside a short.

The third, of large reports, is in a module of its own.
"""

import os
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from http import HTTPStatus

from config.checks import environment_of_tests
from config.processes import StackError, run_in_foreground, say
from config.sharing import BASE

CLUSTERS, ALLIANCES = 30, 4
TIMES = 15
PAGES = {"dashboard": "/clusters/"}
EMPTY = "/attention/"
ROWS, FEWER, FAULTS = 10_000, 1_000, 37
MEASURES = 10


def bench(arguments: list[str]) -> int:
    """Time a page of 30 clusters of 4 alliances, a spreadsheet, or a large report."""
    name = arguments[0] if arguments else ""
    if name not in [*BENCHES, REPORTS] or (name in BENCHES and arguments[1:]):
        raise StackError(f"name what to time: {', '.join([*BENCHES, REPORTS])}.")
    program = "config.bench_reports" if name == REPORTS else "config.bench"
    with environment_of_tests() as environment:
        environment["PYTHONPATH"] = str(BASE)
        return run_in_foreground([sys.executable, "-m", program, *arguments], environment, BASE)


def compare(page: str = "dashboard") -> None:
    """Print both times and their ratio; the middle of several, each by the same client."""
    from django.test import Client

    from alliances.models import User

    populate()
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


def uploads() -> None:
    """Print how long a spreadsheet of readings is read, refused and saved, long beside short."""
    enquiry, person, labels = _measured()
    short = _taken(enquiry, person, _lines(labels, FEWER, year=2010))
    lines = _lines(labels, ROWS, year=2015)
    spoilt = [*lines]
    for number in range(0, ROWS, ROWS // FAULTS)[:FAULTS]:
        spoilt[number] = [*lines[number][:3], "12,5"]
    refused = _taken(enquiry, person, spoilt)
    long = _taken(enquiry, person, lines)
    say(f"{FEWER:,} rows: read in {short[0]:.2f} s, saved in {short[1]:.2f} s")
    say(f"{ROWS:,} rows: read in {long[0]:.2f} s, saved in {long[1]:.2f} s")
    say(f"{ROWS:,} rows with {FAULTS} faults: refused in {refused[0]:.2f} s")
    say(f"ratio of reading: {long[0] / short[0]:.1f}, of saving: {long[1] / short[1]:.1f}")


def _measured():
    """An enquiry of ten measures, who writes in it, and the names of its measures."""
    from uuid import uuid4

    from alliances import actions
    from enquiries.actions import open_enquiry, save_sheet
    from impact.models import Measure
    from impact.spreadsheets.queries import subjects_of

    programme = actions.record_programme(
        title="Bench", country="England", commissioner="Nobody", duration="1 year", ended="2026",
        alliances_funded=1, by=None,
    )  # fmt: skip
    alliance = actions.found_alliance(programme=programme, key="a", name="A", by=None)
    person = actions.register_person(email="a@example.org", name="A", password=None, by=None)
    enquiry = open_enquiry(alliance=alliance, by=person)
    fields = {"level": "pupil", "instrument": "test", "population": "Year 4", "better": "higher"}
    for number in range(MEASURES):
        wanted = {**fields, "name": f"Test {number}"}
        place = {"enquiry": enquiry, "key": uuid4()}
        save_sheet(Measure, place=place, seen={}, wanted=wanted, by=person)
    return enquiry, person, [subject.label for subject in subjects_of(enquiry)]


def _lines(labels: list[str], number: int, *, year: int) -> list[list[str]]:
    days = [date(year, 1, 1) + timedelta(days=n) for n in range(number // MEASURES)]
    return [[label, "On the way", day.isoformat(), "7"] for day in days for label in labels]


def _taken(enquiry, person, lines: list[list[str]]) -> tuple[float, float]:
    """Seconds to read a spreadsheet, and to save it; what it says must come true."""
    from impact import actions
    from impact.spreadsheets.writing import csv_of

    content = csv_of([["Measure", "Moment", "Date", "Value"], *lines])
    upload = actions.send_upload(
        enquiry=enquiry, kind="readings", name="bench.csv", content=content, by=person
    )
    start = time.perf_counter()
    actions.take_up(upload.pk)
    read = time.perf_counter()
    actions.confirm_upload(upload=upload, by=person)
    actions.take_up(upload.pk)
    upload.refresh_from_db()
    is_good = lines[0][3] == "7"
    if upload.status != ("saved" if is_good else "refused"):
        raise StackError(f"the spreadsheet was {upload.status}.")
    return read - start, time.perf_counter() - read


BENCHES = {"dashboard": compare, "upload": uploads}
REPORTS = "reports"  # needs no database


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django
    from django.test.utils import get_runner

    django.setup()
    from django.conf import settings

    runner = get_runner(settings)(verbosity=0, interactive=False)
    databases = runner.setup_databases()
    try:
        BENCHES[sys.argv[1]]()
    finally:
        runner.teardown_databases(databases)


if __name__ == "__main__":
    main()
