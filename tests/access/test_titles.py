"""The history calls each page by its title, as whoever opens it reads it."""

import re
from html import unescape

from django.test import RequestFactory
from django.urls import resolve

from alliances.content import words
from alliances.history.pages import page_of
from reports.guards import GUARDS
from reports.naming import page_in_words
from tests.access.of_accounts import OF_ALLAUTH
from tests.access.table import PAGES
from tests.access.walk import Walker

# What nobody does anything on, and nobody is told of: programs, signing in, and who is on watch.
UNTOLD = ("api-", *OF_ALLAUTH)
UNSEEN = {"healthz", "readyz", "metrics"}
# Their headings name what they are about, or say more than the history needs.
OF_A_THING = {
    *("alliance", "case-study-read", "case-study-step", "choices", "claim", "cluster", "comment"),
    *("edition", "edition-preview", "enquiry", "evidence-new", "finding", "form-print", "gate"),
    *("judgement-share", "matched-set", "measure", "meeting", "minutes", "programme"),
    *("publication", "publication-version", "report", "report-read", "sheet-withdraw"),
    *("support-alliance", "support-invitation", "support-person", "thread", "upload", "visit"),
    "form-blank",
}
TOLD = [page for page in PAGES if "GET" in GUARDS[page.name] and page.name not in OF_A_THING]


def test_every_page_has_a_title():
    told = {n for n in GUARDS if not n.startswith(UNTOLD)} - UNSEEN

    assert set(words("reports", "pages")) == {f"page-{name}" for name in told}


def test_title_is_that_of_the_page(gathered):
    walker, others = Walker(), {}
    for page in TOLD:
        url = page.url(gathered)
        answer = walker.answer(page.reader(), "GET", url, {})
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            titles = _titles(answer.content.decode())
            told = _told(url)
            if told not in titles:
                others[page.name] = (told, titles)

    assert others == {}


def _titles(html: str) -> set[str]:
    """The first heading of a page, and its title without whose it is."""
    heading = re.search(r"<h1[^>]*>(.*?)</h1>", html, re.DOTALL)
    title = re.search(r"<title>(.*?)( – .*?)?</title>", html, re.DOTALL)
    return {" ".join(unescape(found[1]).split()) for found in (heading, title) if found}


def _told(url: str) -> str:
    request = RequestFactory().get(url)
    request.resolver_match = resolve(url.partition("?")[0])
    return page_in_words(page_of(request)).removeprefix("on the page “").removesuffix("”")
