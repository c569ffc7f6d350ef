"""Every page in a browser, as one person of each role: no policy is broken, nobody is kept out.

A page that reads the same for two people is judged once; the frame around it once for each.
"""

import json
import os
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from tests.access.cast import EVERYBODY, NOBODY, gather
from tests.access.of_accounts import ACCOUNT_PAGES, KEYS
from tests.access.table import PAGES
from tests.access.walk import Walker
from tests.journeys.judging import WIDTHS, judge

ROLES = {
    "leah": "project lead",
    "sam": "school lead",
    "tom": "teacher",
    "hana": "headteacher",
    "uma": "university partner",
    "faye": "facilitator",
    "nadia": "agency",
    "nell": "national team",
    "sue": "support staff",
    "ines": "invited",
    NOBODY: "signed out",
}
# The pages are shared out, so that both cores have some.
PARTS = 6
# Where `./run accessibility` wants to be told what was found.
RESULTS = os.environ.get("ACCESSIBILITY_RESULTS", "")

CHANGES_EACH_TIME = re.compile(r'value="[\w-]{20,}"|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}')


class Walk:
    """Some pages, each as everybody who may see it; ``matrix`` says how many faults each had."""

    def __init__(self, visitor, address: str):
        self.visitor, self.address, self.walker = visitor, address, Walker()
        self.judged: dict[str, int] = {}
        self.frames: set[str] = set()
        self.views = 0
        self.faults: list[str] = []

    def see(self, name: str, url: str, readers: list[str]) -> dict[str, int]:
        """The number of faults by role, of those who get the page."""
        found = {}
        for reader in readers:
            answer = self.walker.answer(reader, "GET", url, {})
            is_page = answer.headers.get("Content-Type", "").startswith("text/html")
            if answer.status_code == 200 and is_page:
                found[ROLES[reader]] = self._judged(name, url, reader, answer.content.decode())
        return found

    def _judged(self, name: str, url: str, reader: str, page: str) -> int:
        text = CHANGES_EACH_TIME.sub("", page.partition("</header>")[2])
        if text not in self.judged or reader not in self.frames:
            self.frames.add(reader)
            self.judged[text] = self._judge(name, url, reader)
        return self.judged[text]

    def _judge(self, name: str, url: str, reader: str) -> int:
        self._come_in_as(reader)
        said = len(self.visitor.faults)
        shown = self.visitor.page.goto(f"{self.address}{url}")
        found = [str(fault) for fault in judge(self.visitor)] if shown.status == 200 else [url]
        found += self.visitor.faults[said:]
        del self.visitor.faults[said:]
        self.views += 1
        self.faults += [f"{name} as {reader} {fault}" for fault in found]
        return len(found)

    @property
    def axe(self) -> str:
        """The version of what judges."""
        return self.visitor.page.evaluate("axe.version")

    def _come_in_as(self, reader: str):
        context = self.visitor.context
        context.clear_cookies()
        if reader in self.walker.sessions:
            key = self.walker.sessions[reader]
            cookie = {"name": settings.SESSION_COOKIE_NAME, "value": key, "url": self.address}
            context.add_cookies([cookie])


def readers_of(page) -> list[str]:
    """One person of each role that gets the page."""
    got = page.expected("GET")
    return [name for name in EVERYBODY if name in ROLES and got.get(name) == 200]


def readers() -> list[tuple[str, object, list[str]]]:
    """Every page that somebody gets: its name, its row of the table or address, and who gets it."""
    of_the_site = [(str(page), page, readers_of(page)) for page in PAGES]
    own = [(name, reverse(name, args=KEYS.get(name, [])), list(ROLES)) for name in ACCOUNT_PAGES]
    return [place for place in of_the_site if place[2]] + own


@pytest.mark.parametrize("part", range(PARTS))
def test_every_page_keeps_nobody_out(visit, world, address, part):
    gather(world)
    walk = Walk(visit(), address)

    places = [
        (name, page if isinstance(page, str) else page.url(world), who)
        for name, page, who in readers()[part::PARTS]
    ]
    matrix = {name: walk.see(name, url, who) for name, url, who in places}

    if RESULTS:
        found = {"matrix": matrix, "views": walk.views, "faults": walk.faults}
        about = {"axe": walk.axe, "widths": WIDTHS, "roles": list(ROLES.values())}
        Path(RESULTS, f"{part}.json").write_text(json.dumps(about | found))
    assert walk.faults == []
    assert walk.views > 20
