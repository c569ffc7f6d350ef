"""Opening an address that takes only what a button sends is answered in words, with a way back."""

import pytest
from django.test import Client
from django.urls import reverse

from reports.guards import GUARDS
from tests.access.cast import NOBODY
from tests.access.of_accounts import OF_ALLAUTH
from tests.access.table import PAGES
from tests.access.walk import SIGN_IN, Walker
from tests.pages import heading, text
from tests.world import PASSWORD

POSTED = [
    page
    for page in PAGES
    if set(GUARDS[page.name]) == {"POST"} and not page.name.startswith(OF_ALLAUTH)
]
TITLE = "This page cannot be opened by itself"


@pytest.mark.parametrize("page", POSTED, ids=str)
def test_page_says_what_happened_and_leads_on(gathered, page):
    walker, url = Walker(), page.url(gathered)

    answer = walker.answer("leah", "GET", url, {})

    assert (answer.status_code, answer["Allow"], heading(answer)) == (405, "POST", TITLE)
    assert answer.content.decode().count('<a class="govuk-link" href="/">') == 1
    assert walker.outcome(NOBODY, "GET", url, {}) in (SIGN_IN, 405)


def test_whoever_comes_back_after_signing_in_is_told_that_nothing_was_saved(world, as_person):
    leah, url = Client(), reverse("sessions-end")
    asked = leah.post(url)

    answer = leah.post(
        asked.url, {"login": "leah@example.org", "password": PASSWORD, "next": url}, follow=True
    )

    assert (answer.status_code, answer.redirect_chain) == (405, [(url, 302)])
    assert "You may have loaded it again, or come back to it after you signed in." in text(answer)


def test_other_methods_are_refused_without_a_page(as_person):
    refused = as_person("leah").put("/my-week/")

    assert (refused.status_code, refused.content) == (405, b"")
