"""Whoever is signed out while they write gets their words back, and nobody else does."""

import pytest
from django.core import signing
from django.test import Client

from alliances.signed_out import KEPT
from tests.pages import heading, typed
from tests.world import PASSWORD

TRIED = "Talk in pairs before writing"
SIGNED_OUT_PAGE = "You were signed out while you were writing"


@pytest.fixture
def url(world) -> str:
    return f"/enquiries/{world.enquiry.pk}/cycles/new/"


def sign_in(client: Client, name: str):
    return client.post("/accounts/login/", {"login": f"{name}@example.org", "password": PASSWORD})


def sent_after_signing_out(client: Client, url: str, **more) -> None:
    """Leah's page, sent when her session has gone."""
    page = typed(client.get(url))
    client.session.flush()
    answer = client.post(url, {**page, "label": "Second cycle", "tried": TRIED, **more})
    assert answer.status_code == 302


def tried(world) -> list[str]:
    return list(world.enquiry.cycles.filter(label="Second cycle").values_list("tried", flat=True))


def test_words_wait_until_their_writer_has_signed_in(world, as_person, url):
    leah = as_person("leah")
    sent_after_signing_out(leah, url)
    sign_in(leah, "leah")

    page = leah.get(url)
    saved_before = tried(world)
    answer = leah.post(url, typed(page))

    assert heading(page) == SIGNED_OUT_PAGE
    assert saved_before == []
    assert (answer.status_code, tried(world)) == (302, [TRIED])
    assert heading(leah.get(url)) == "Start the next cycle"


def test_words_are_not_shown_to_somebody_else(world, as_person, url):
    client = as_person("leah")
    sent_after_signing_out(client, url)
    sign_in(client, "tom")

    page = client.get(url)

    assert heading(page) == "Start the next cycle"
    assert TRIED not in page.content.decode()
    assert KEPT not in client.session


@pytest.mark.parametrize(
    "writer",
    ["", "1", signing.dumps(1, salt="another"), "1:x:y"],
    ids=["empty", "unsigned", "signed for something else", "signed by somebody else"],
)
def test_what_came_from_no_page_of_ours_is_not_kept(as_person, url, writer):
    client = as_person("leah")

    sent_after_signing_out(client, url, writer=writer)

    assert KEPT not in client.session


def test_draft_sent_by_the_page_itself_is_told_that_nobody_is_signed_in(url):
    answer = Client(headers={"accept": "text/plain"}).post(
        url, {"label": "Second cycle", "tried": TRIED}
    )

    assert answer.status_code == 401


@pytest.fixture
def strict():
    """A browser whose forms must carry the token of its present session."""
    return Client(enforce_csrf_checks=True)


def sign_in_strictly(client: Client) -> None:
    page = typed(client.get("/accounts/login/"))
    sent = {**page, "login": "leah@example.org", "password": PASSWORD}
    assert client.post("/accounts/login/", sent).status_code == 302


def test_page_older_than_the_session_can_be_sent_again(world, strict, url):
    sign_in_strictly(strict)
    old = {**typed(strict.get(url)), "label": "Second cycle", "tried": TRIED}
    strict.cookies.clear()
    sign_in_strictly(strict)

    refused = strict.post(url, old)
    saved_before = tried(world)
    answer = strict.post(url, typed(refused))

    assert (refused.status_code, heading(refused)) == (403, SIGNED_OUT_PAGE)
    assert saved_before == []
    assert (answer.status_code, tried(world)) == (302, [TRIED])


def test_page_of_another_site_is_refused(strict, url):
    sign_in_strictly(strict)

    refused = strict.post(url, {"label": "Second cycle", "tried": TRIED})

    assert (refused.status_code, heading(refused)) == (403, "Nothing was saved")
