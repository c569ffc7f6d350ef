"""What everybody is told of privacy, cookies and accessibility: where, and that it is so."""

import pytest

from reports.management.commands.privacy_table import TABLE, privacy_table
from reports.retention import RULES
from tests.pages import heading, text
from tests.world import PASSWORD

TITLES = {
    "/privacy/": "Privacy",
    "/cookies/": "Cookies",
    "/accessibility/": "Accessibility statement",
}


@pytest.mark.parametrize("who", [None, "leah"])
def test_every_page_leads_to_the_three_notices(world, as_person, who):
    client = as_person(who)
    pages = [client.get(url).content.decode() for url in ["/case-studies/", *TITLES]]

    missing = [url for page in pages for url in TITLES if f'href="{url}"' not in page]

    assert missing == []
    assert {url: heading(client.get(url)) for url in TITLES} == TITLES


def test_cookie_page_lists_the_cookies_of_a_visit(world, as_person):
    client = as_person(None)
    client.get("/accounts/login/")
    client.post("/accounts/login/", {"login": "leah@example.org", "password": PASSWORD})
    client.get("/emails/")
    client.post("/emails/", {"kinds": ["mentioned"]})

    client.get("/language/en-gb/")

    listed = client.get("/cookies/").context["cookies"]
    assert set(client.cookies) == {name for name, _ in listed}


def test_cookie_page_names_cookies_as_browsers_show_them(db, settings, as_person):
    settings.CSRF_COOKIE_NAME = "__Host-csrf"

    page = as_person(None).get("/cookies/")

    assert [name for name, _ in page.context["cookies"]] == [
        settings.SESSION_COOKIE_NAME,
        "__Host-csrf",
        settings.LANGUAGE_COOKIE_NAME,
        settings.MESSAGE_COOKIE_NAME,
    ]


def test_privacy_notice_says_how_long_everything_is_kept(as_person, db, settings):
    settings.CONTACT_EMAIL = "data@example.org"

    page = text(as_person(None).get("/privacy/"))

    assert [rule.code for rule in RULES if rule.how_long not in page] == []
    assert page.count("data@example.org") == 2
    assert "{" not in page


def test_rows_that_go_with_others_are_kept_as_long_as_these(db):
    lines = [line.split(" | ") for line in privacy_table().splitlines()]
    kept = {line[0].removeprefix("| "): line[3] for line in lines if len(line) == 5}

    assert {
        name: kept[name] for name in ("reports.Leaf", "impact.MatchedRow", "reports.Weekly")
    } == {
        "reports.Leaf": "A day",
        "impact.MatchedRow": "Until the day their school has set",
        "reports.Weekly": "as long as the programme",  # one without an e-mail goes with none
    }


def test_record_of_processing_in_the_docs_is_up_to_date(db):
    assert TABLE.read_text("utf-8") == privacy_table(), "run ./run manage privacy_table"
