"""Every address for programs, by every method, with a token of every person of the cast."""

import pytest

from tests.access.cast import EVERYBODY, NOBODY
from tests.access.of_programs import FOR_PROGRAMS
from tests.access.walk import METHODS, SIGN_IN, Page
from tests.tokens import Program

# Who holds no role has no token that opens anything, whatever is asked for.
WITHOUT_A_ROLE = ("pat", "zoe", "ines", "fred")


def expected(page: Page, method: str) -> dict[str, object]:
    told = page.expected(method) | dict.fromkeys(WITHOUT_A_ROLE, SIGN_IN)
    return {name: 401 if outcome == SIGN_IN else outcome for name, outcome in told.items()}


@pytest.mark.parametrize("page", FOR_PROGRAMS, ids=str)
def test_address_for_programs(page, gathered):
    url = page.url(gathered)
    programs = {
        name: Program(None if name == NOBODY else gathered.person(name)) for name in EVERYBODY
    }

    found = {
        method: {name: each.ask(url, method).status_code for name, each in programs.items()}
        for method in METHODS
    }

    assert found == {method: expected(page, method) for method in METHODS}


@pytest.mark.parametrize("page", FOR_PROGRAMS, ids=str)
def test_session_opens_nothing_to_programs(page, world, as_person):
    assert as_person("owen").get(page.url(world)).status_code == 401
