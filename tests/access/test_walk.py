"""Every address, by every method, as every person of the cast."""

import pytest
from django.urls import get_resolver, reverse

from reports.guards import GUARDS, Rule
from reports.management.commands.access_table import TABLE, access_table
from tests.access.cast import ALLOWED, EVERYBODY, NOBODY, SIGNED_IN, SIGNED_OUT
from tests.access.of_accounts import ACCOUNT_PAGES, KEYS
from tests.access.of_programs import FOR_PROGRAMS
from tests.access.table import PAGES
from tests.access.walk import METHODS, SIGN_IN, Page, Walker, names_of

# Zoe has no second step, and no provider is named.
NOT_THERE = {
    "mfa_deactivate_totp",
    "mfa_download_recovery_codes",
    "mfa_edit_webauthn",
    "mfa_remove_webauthn",
    "mfa_view_recovery_codes",
    "openid_connect_callback",
    "openid_connect_login",
}


def test_every_address_stands_in_the_table_and_is_tried():
    assert names_of(get_resolver()) == set(GUARDS)
    assert {page.name for page in [*PAGES, *FOR_PROGRAMS]} | set(ACCOUNT_PAGES) == set(GUARDS)


def test_everybody_of_the_cast_is_somebody():
    assert {*ALLOWED, NOBODY} == set(EVERYBODY)


def test_page_whose_guard_is_a_rule_says_who_gets_it():
    """A rule that is no permission is proved by names: without them a row would prove nothing."""
    alike = {Rule.ANYBODY, Rule.SIGNED_IN, Rule.ACCOUNT, Rule.LINK, Rule.BEARER}
    untold = [
        f"{page} {method}"
        for page in PAGES
        for method, told in (("GET", page.get), ("POST", page.post))
        if isinstance(rule := GUARDS[page.name].get(method), Rule)
        and rule not in alike
        and told is None
    ]

    assert untold == []


def differing(found: dict, expected: dict) -> dict:
    """Where somebody gets something else than they should: both, by method and person."""
    return {
        (method, name): (outcome, expected[method].get(name))
        for method, outcomes in found.items()
        for name, outcome in outcomes.items()
        if outcome != expected[method].get(name)
    }


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_page(page: Page, gathered):
    url, walker = page.url(gathered), Walker()
    sent = {"GET": {}, "POST": page.data}

    found = {m: walker.outcomes(m, url, sent.get(m, {})) for m in METHODS}

    assert differing(found, {method: page.expected(method) for method in METHODS}) == {}


@pytest.mark.parametrize("name", ACCOUNT_PAGES)
def test_account_page(name, gathered):
    """They are about oneself alone: the signed-out reach those that need no account."""
    url, walker = reverse(name, args=KEYS.get(name, [])), Walker()
    is_own = bool({Rule.ACCOUNT, Rule.UNDER_WAY} & set(GUARDS[name].values()))

    outside = {walker.outcome(who, m, url, {}) for who in SIGNED_OUT for m in METHODS}
    inside = {walker.outcome(who, "GET", url, {}) for who in SIGNED_IN}

    assert (outside == {SIGN_IN}) == is_own
    assert (404 in inside) == (name in NOT_THERE)


def test_signing_in_leads_back_to_the_page_asked_for(world, as_person):
    url = reverse("enquiry", args=[world.enquiry.pk])

    response = as_person(None).get(url)

    assert response.url == f"{reverse('account_login')}?next={url}"


def test_table_in_the_docs_is_up_to_date():
    assert TABLE.read_text("utf-8") == access_table(), "run ./run manage access_table"
