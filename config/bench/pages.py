"""`./run bench pages`: every page of a simulated country, by who reads it, beside an empty one.

The pages are found as people find them: by the links of the page before, one of each name. The
running site answers one reader, then eight and thirty-two at once. The queries of each page are
counted and timed apart from that, and the slowest of each page is explained.
"""

import argparse
import http.client
import random
import re
import statistics
import time
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from itertools import cycle, islice
from pathlib import Path

from config import demo
from config.drills.population import session_of
from config.drills.site import Site, empty_site
from config.processes import say

READERS = ("leah", "faye", "nadia", "owen")
EMPTY = "/cookies/"
TIMES = 9
CROWDS = (8, 32)
# How often each page is asked for by a crowd, all readers together.
EACH = 8
SLOW = 0.020
GOAL = 5
LONGEST_QUERY, LONGEST_PLAN = 400, 60
REAL, SCHOOLS_OF_SIX_HUNDRED = 62, 20_000
LINK = re.compile(r'href="(/[^"#]*)"')
LEFT_OUT = re.compile(r"/accounts/|/static/|/emails/|/healthz|\.pdf$")
KILOBYTE, MEGABYTE = 1024, 1024**2
REQUESTS, STOPS = 10_000, 5


@dataclass
class Page:
    """A page as one reader sees it; ``taken`` are seconds, by how many read at once."""

    reader: str
    name: str
    path: str
    session: str
    size: int
    queries: int = 0
    slowest: tuple[float, str] = (0.0, "")
    taken: dict[int, list[float]] = field(default_factory=lambda: defaultdict(list))


def pages(arguments: list[str]) -> int:
    """Print the table and explain slow queries; 1 if a page could not be read.

    ``--size`` is how many alliances the country has, ``--table`` a file for what is printed.
    """
    given = _given(arguments)
    with _country(given.size) as (site, found):
        empty = Page("", "an empty page", EMPTY, found[0].session, 0)
        everything = [*found, empty]
        failed = _alone(site, everything)
        for crowd in CROWDS:
            failed += _together(site, everything, crowd)
        for page in found:
            _count_queries(page)
        lines = [
            f"# Pages of a country of {given.size} alliances",
            "",
            f"By `./run bench pages --size {given.size}`. Times are ratios to those of an empty",
            "page that as many read at once in the same run. Several read all pages in a mixed",
            "order, so each waits for those before it: only the first column compares pages.",
            "",
            f"Answers that were no page: {failed}.",
            *_table(found, empty),
            "",
            *_plans(found),
        ]
    for line in lines:
        say(line)
    if given.table:
        given.table.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return int(failed > 0)


def memory(arguments: list[str]) -> int:
    """Print what the web processes hold as ten thousand pages are read; 1 if one could not be."""
    with _country(_given(arguments).size) as (site, found):
        failed = 0
        for asked in range(0, REQUESTS + 1, REQUESTS // STOPS):
            if asked:
                wanted = list(islice(cycle(found), REQUESTS // STOPS))
                failed += _share_out(site, wanted, CROWDS[0])
            held = [process.memory_full_info().uss / MEGABYTE for process in _web(site)]
            say(f"after {asked:,} pages: {' and '.join(f'{each:.0f} MB' for each in held)}")
        say(f"answers that were no page: {failed}")
    return int(failed > 0)


def _web(site: Site) -> list:
    return sorted(site.processes_of("web"), key=lambda process: process.pid)


def _given(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./run bench pages")
    parser.add_argument("--size", type=int, default=REAL)
    parser.add_argument("--table", type=Path)
    return parser.parse_args(arguments)


@contextmanager
def _country(alliances: int) -> Iterator[tuple[Site, list[Page]]]:
    """A country on servers of its own, and every page of it."""
    with empty_site() as site:
        say(f"Making a country of {alliances} alliances ...")
        schools = alliances * SCHOOLS_OF_SIX_HUNDRED // 600
        size = ["--alliances", str(alliances), "--schools", str(schools)]
        demo.run_manage(site.environment, "simulate", *size)
        _keep_statistics()
        site.start_web()
        found = [page for reader in READERS for page in _pages_of(reader, site.port)]
        say(f"{len(found)} pages")
        yield site, found


def _pages_of(reader: str, port: int) -> Iterator[Page]:
    """One page of each name that its links lead to, breadth first."""
    from django.urls import Resolver404, resolve

    from alliances.models import User

    session = session_of(User.objects.get(email=f"{reader}@example.org"))
    waiting, seen = ["/"], set()
    with closing(_connection(port)) as connection:
        while waiting:
            path = waiting.pop(0)
            try:
                name = resolve(path.partition("?")[0]).url_name or ""
            except Resolver404:
                continue
            if name in seen or LEFT_OUT.search(path):
                continue
            answer, content = _asked(connection, path, session)
            waiting += filter(None, [answer.getheader("Location")])
            kind = answer.getheader("Content-Type", "")
            if answer.status != HTTPStatus.OK or not kind.startswith("text/html"):
                continue
            seen.add(name)
            waiting += LINK.findall(content.decode())
            yield Page(reader, name, path, session, len(content))


def _connection(port: int) -> http.client.HTTPConnection:
    return http.client.HTTPConnection("localhost", port, timeout=120)


def _asked(connection, path: str, session: str) -> tuple[http.client.HTTPResponse, bytes]:
    connection.request("GET", path, headers={"Cookie": f"sessionid={session}"})
    answer = connection.getresponse()
    return answer, answer.read()


def _timed(connection, page: Page, crowd: int) -> int:
    """Read it once; how many answers were no page, 0 or 1."""
    start = time.perf_counter()
    answer, _ = _asked(connection, page.path, page.session)
    page.taken[crowd].append(time.perf_counter() - start)
    return int(answer.status != HTTPStatus.OK)


def _alone(site: Site, found: list[Page]) -> int:
    """By one reader, in turns, so that what else the machine does meets every page alike."""
    with closing(_connection(site.port)) as connection:
        for page in found:
            _asked(connection, page.path, page.session)
        return sum(_timed(connection, page, 1) for _ in range(TIMES) for page in found)


def _together(site: Site, found: list[Page], crowd: int) -> int:
    wanted = [page for page in found for _ in range(EACH)]
    random.Random(crowd).shuffle(wanted)  # noqa: S311 - the same order in every run
    return _share_out(site, wanted, crowd)


def _share_out(site: Site, wanted: list[Page], crowd: int) -> int:
    """Read the pages in so many threads; how many answers were no page."""

    def read(share: list[Page]) -> int:
        with closing(_connection(site.port)) as connection:
            return sum(_timed(connection, page, crowd) for page in share)

    with ThreadPoolExecutor(crowd) as readers:
        return sum(readers.map(read, [wanted[number::crowd] for number in range(crowd)]))


def _count_queries(page: Page) -> None:
    """In this process, as the timing of queries needs it."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client()
    client.cookies["sessionid"] = page.session
    client.get(page.path, headers={"host": "localhost"})
    with CaptureQueriesContext(connection) as captured:
        client.get(page.path, headers={"host": "localhost"})
    page.queries = len(captured)
    page.slowest = max((float(q["time"]), q["sql"]) for q in captured.captured_queries)


def _keep_statistics() -> None:
    """What the database does by itself within minutes: count, so that it plans as it would."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _table(found: list[Page], empty: Page) -> Iterator[str]:
    waits = [f"{1000 * _middle(empty.taken[crowd]):.1f} ms by {crowd}" for crowd in (1, *CROWDS)]
    yield f"An empty page, at the median: {', '.join(waits)}."
    within = sum(_middle(page.taken[1]) <= GOAL * _middle(empty.taken[1]) for page in found)
    yield f"Within {GOAL} times that, by one reader: {within} of {len(found)}."
    yield ""
    columns = [f"{crowd} at once: median, p95" for crowd in (1, *CROWDS)]
    yield (f"| page | read by | kB | queries | {' | '.join(columns)} |")
    yield (f"| --- | --- | ---: | ---: | {' | '.join(['---:'] * len(columns))} |")
    for page in sorted(found, key=lambda page: -_middle(page.taken[1])):
        ratios = [
            f"{_middle(page.taken[crowd]) / _middle(empty.taken[crowd]):.1f}, "
            f"{_late(page.taken[crowd]) / _late(empty.taken[crowd]):.1f}"
            for crowd in (1, *CROWDS)
        ]
        size = f"{page.size / KILOBYTE:.0f}"
        yield (f"| {page.name} | {page.reader} | {size} | {page.queries} | {' | '.join(ratios)} |")


def _middle(taken: list[float]) -> float:
    return statistics.median(taken)


def _late(taken: list[float]) -> float:
    """That which nineteen of twenty do not exceed."""
    return statistics.quantiles(taken, n=20, method="inclusive")[-1]


def _plans(found: list[Page]) -> Iterator[str]:
    """The slowest query of each page that has one as slow as that, and how it was answered."""
    slow = [page for page in found if page.slowest[0] >= SLOW]
    yield f"Pages with a query of {1000 * SLOW:.0f} ms or more: {len(slow)}."
    for page in sorted(slow, key=lambda page: -page.slowest[0]):
        seconds, sql = page.slowest
        yield ""
        yield f"{1000 * seconds:.0f} ms, {page.name} as {page.reader} reads it:"
        yield ""
        yield from (f"    {line}" for line in (sql[:LONGEST_QUERY], *_plan(sql)))


def _plan(sql: str) -> list[str]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS) {sql}")
        lines = [line[:LONGEST_QUERY] for (line,) in cursor.fetchall()]
    return [*lines[:LONGEST_PLAN], "..."] if len(lines) > LONGEST_PLAN else lines
