"""What an attacker types into every text shows as text: on pages, in reports, in tables."""

import re
import socket
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse

from enquiries.sheets import catalogue
from reports.formats import FORMATS
from reports.rendering import body_html, render_checked_pdf
from reports.rendering.formats import format_of
from tests.access.cast import NOBODY
from tests.access.table import PAGES
from tests.access.walk import Walker
from tests.enquiries.files import package
from tests.impact.sheets import csv_file, xlsx_file
from tests.measuring import add_measure, add_reading
from tests.reports.filled import fill_in
from tests.reports.test_every_kind import values_of_each_kind
from tests.reports.test_format_tables import IMPRINT
from tests.reports.unpacked import words_in
from tests.web.planting import fill, plant
from tests.web.tables import carried_out, cells_of, guarded

SUM = "{{9973*9967}}"  # long enough that no key or token holds the answer by chance
ANSWER = "99400891"
SECRET = "root:x:0:0"  # what the first line of the file named below holds
RUNS = "planted()"
STATIC = Path(settings.BASE_DIR) / "static"
MARKS = re.compile(r"planted|passwd|127\.0\.0\.1")
TABLES = [
    *(f"report-format of {each}" for each in ("a cluster", "a theme", "an alliance")),
    *("report-format of the programme", "matched-template", "measures-file"),
    *("template-of-enquiry", "template-of-measure", "export-file", "bring-in-template"),
]
MEASURES = [
    f"{name} {form}"
    for name in (
        "measures-file",
        "export-file",
        "report-format of the programme",
        "report-format of a theme",
    )
    for form in ("csv", "xlsx")
]
FORMS = ("csv", "xlsx")
# The same page on other paper.
OTHER_PAPER = {"poster-a3", "poster-booklet"}
A_TABLE = re.compile(r"text/csv|spreadsheetml|application/zip")
MEASURE = {"name": "Marks", "level": "pupil", "instrument": "test", "population": "Year 4"}
FELL = {"moment": "outcome", "held_on": date(2026, 1, 12), "kind": "number", "value": -2.5}


@pytest.fixture
def listener():
    """A server nobody may ask: its address is what is planted."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield server


@pytest.fixture
def pieces(listener) -> list[str]:
    """What is typed, in pieces that fit the shortest field each and begin like a formula."""
    own = f"http://127.0.0.1:{listener.getsockname()[1]}/"
    return [
        f"=<script>{RUNS}</script>",
        f'+"><img src=x onerror={RUNS}>',
        f"-'><svg onload={RUNS}>",
        f"@{SUM}",
        f"\tjavascript:{RUNS}",
        "\rfile:///etc/passwd",
        f"\t{own}",
        f'="><img src="{own}i">',
        f'+<link rel=stylesheet href="{own}">',
        '-<iframe src="file:///etc/passwd">',
        f"@</textarea><b onclick={RUNS}>",
    ]


def has_been_asked(listener) -> bool:
    try:
        listener.accept()[0].close()
    except BlockingIOError:
        return False
    return True


class Obeyed(HTMLParser):
    """Collects what a browser would do because of planted text."""

    def __init__(self, html: str):
        super().__init__()
        self.found: list[str] = []
        self.within = ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.within = tag
        for name, value in attrs:
            told = (value or "").strip().lower()
            leads = name in ("href", "src", "action", "formaction", "poster", "data")
            if name.startswith("on") or (
                leads and re.match(r"javascript:|file:|http:(?!//testserver/)", told)
            ):
                self.found.append(f"<{tag} {name}={value}>")
        if tag in ("iframe", "object", "embed", "base"):
            self.found.append(f"<{tag}>")

    def handle_endtag(self, _tag):
        self.within = ""

    def handle_data(self, data):
        if self.within in ("script", "style") and RUNS in data:
            self.found.append(f"<{self.within}>{data}")


def faulty(told: dict, judge: Callable[[Any], Any]) -> dict:
    """What is found wrong, by where it stands."""
    judged = {at: judge(each) for at, each in told.items()}
    return {at: found for at, found in judged.items() if found}


def obeyed(html: str) -> list[str]:
    """What of a page is more than text; nothing where all is as it should be."""
    found = Obeyed(html).found
    return found + [word for word in (ANSWER, SECRET) if word in html]


def addresses(world) -> Iterator[tuple[str, str, str]]:
    """Every page with its address and one of those who get it; tables in both their forms."""
    for page in PAGES:
        arguments, reader = page.arguments(world), page.reader()
        form = arguments[-1] if arguments else ""
        for each in FORMS if form in FORMS else [form]:
            name = f"{page} {each}" if form in FORMS else str(page)
            yield (
                name,
                reverse(page.name, args=[*arguments[:-1], *[each] * bool(arguments)]),
                reader,
            )


def answers(world, pieces) -> dict[str, HttpResponse]:
    """What every page answers to one of those who get it, once the pieces stand everywhere."""
    places, walker = list(addresses(world)), Walker()
    fill(world)
    plant(pieces)
    return {
        name: walker.answer(reader, "GET", url, {})
        for name, url, reader in places
        if reader != NOBODY
    }


def test_every_page_shows_planted_text_as_text(gathered, pieces, listener):
    leah = gathered.person("leah")
    measure = add_measure(enquiry=gathered.enquiry, by=leah, **MEASURE)
    add_reading(measure=measure, by=leah, **FELL)

    found = answers(gathered, pieces)

    kinds = {name: response.headers.get("Content-Type", "") for name, response in found.items()}
    pages = {n: r.content.decode() for n, r in found.items() if kinds[n].startswith("text/html")}
    tables = {n: cells_of(r.getvalue()) for n, r in found.items() if A_TABLE.search(kinds[n])}
    printed = {n: words_in(r.getvalue()) for n, r in found.items() if kinds[n] == "application/pdf"}
    assert {n: r.status_code for n, r in found.items() if r.status_code != 200} == {}
    assert faulty(pages, obeyed) == {}
    assert faulty(tables, carried_out) == {}
    assert {n for n, told in printed.items() if ANSWER in told or SECRET in told} == set()
    assert not has_been_asked(listener)
    assert sorted(tables) == sorted(f"{name} {form}" for name in TABLES for form in FORMS)
    assert [n for n, cells in tables.items() if FELL["value"] in cells] == MEASURES


def test_every_report_in_every_format_shows_planted_text_as_text(gathered, pieces, listener):
    fill_in(gathered.enquiry, gathered.cycle, gathered.person("leah"))
    fill(gathered)
    plant(pieces)
    values = {kind: asdict(told) for kind, told in values_of_each_kind(gathered).items()}

    pages = {kind: body_html(kind, data) for kind, data in values.items()}
    printed = {
        kind: words_in(render_checked_pdf(kind, values[kind]).content)
        for kind in values.keys() - OTHER_PAPER
    }
    imprint = replace(IMPRINT, title=pieces[0], subject=pieces[1], correction=pieces[2])
    files = {
        (wanted.code, kind): format_of(wanted.code, kind, values[kind], imprint)
        for wanted in FORMATS
        for kind in wanted.kinds
    }

    told = printed | {at: words_in(content) for at, content in files.items()}
    tables = {at: cells_of(content) for at, content in files.items() if at[0] in FORMS}
    assert faulty(pages, obeyed) == {}
    assert [at for at, words in told.items() if ANSWER in words or SECRET in words] == []
    assert [at for at, words in told.items() if 'TargetMode="External"' in words] == []
    assert [kind for kind, words in printed.items() if not MARKS.search(words)] == ["form"]
    assert faulty(tables, carried_out) == {}
    assert [at for at, cells in tables.items() if not guarded(cells)] == []
    assert not has_been_asked(listener)


def test_every_form_shows_planted_text_as_text(gathered, pieces):
    """Each form's own page, its history and what it looks like on paper, with planted answers."""
    walker = Walker()
    fill_in(gathered.enquiry, gathered.cycle, gathered.person("leah"))
    fill(gathered)
    plant(pieces)
    faults = {}

    for sheet in catalogue():
        record = sheet.model.objects.filter(enquiry=gathered.enquiry, **sheet.fixed).first()
        if record is None:
            continue
        html = ""
        for name in ("leah", "faye"):
            response = walker.answer(name, "GET", sheet.url_of(record), {})
            html += response.content.decode()
        faults[sheet.slug] = obeyed(html)

    assert {slug: found for slug, found in faults.items() if found} == {}
    assert len(faults) > 30


def test_planting_reaches_every_text_but_those_the_database_rules(gathered, pieces):
    """A reading of words has no number; a file that was removed has no name."""
    fill(gathered)

    assert plant(pieces) == {"impact.Reading.text"}


@pytest.mark.parametrize(
    "html",
    [
        f"<script>{RUNS}</script>",
        f"<img src=x onerror={RUNS}>",
        '<a href="javascript:planted()">x</a>',
        '<img src="http://127.0.0.1/">',
        "<iframe></iframe>",
        ANSWER,
    ],
)
def test_what_is_obeyed_is_noticed(html):
    assert obeyed(html) != []


@pytest.mark.parametrize(
    ("content", "cells"),
    [
        (csv_file(["=1+1", "'=1+1", "-1.5"]), ["=1+1", "'=1+1", -1.5]),
        (xlsx_file(["=1+1", "'=1+1", -1.5]), ["==1+1", "'=1+1", -1.5]),
        (package({"a.csv": "=1+1,'=1+1,-1.5"}), ["=1+1", "'=1+1", -1.5]),
    ],
)
def test_what_is_carried_out_is_noticed(content, cells):
    found = cells_of(content)

    assert found == cells
    assert carried_out(found) == cells[:1]
    assert guarded(found) == cells[1:2]


def test_who_asks_is_noticed(listener):
    before = has_been_asked(listener)

    with socket.create_connection(listener.getsockname()):
        assert (before, has_been_asked(listener)) == (False, True)


def markup_made_in(script: str) -> list[str]:
    """Where a script would have the browser read text as markup, or run it."""
    made = r"(?:inner|outer)HTML\s*\+?=[^=]|insertAdjacentHTML|document\.write|srcdoc"
    return re.findall(rf"{made}|\beval\(|new Function|createContextualFragment", script)


def test_no_script_of_ours_makes_markup_of_text():
    scripts = {path.name: path.read_text("utf-8") for path in STATIC.glob("*.js")}

    assert faulty(scripts, markup_made_in) == {}
    assert len(scripts) > 3


def test_no_script_of_ours_keeps_anything_in_the_browser():
    kept = re.compile(r"localStorage|sessionStorage|indexedDB|document\.cookie|caches\.")
    scripts = {path.name: path.read_text("utf-8") for path in STATIC.glob("*.js")}

    assert faulty(scripts, kept.findall) == {}


def test_script_that_makes_markup_is_noticed():
    assert markup_made_in("a.innerHTML = b; if (c.innerHTML === d) e") == ["innerHTML = "]
