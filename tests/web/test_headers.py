"""What every answer tells the browser: pages, files, redirects, refusals and static files."""

import re
from http import HTTPStatus
from itertools import product

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from config.headers import OF_A_WRITER, OF_DOWNLOADS, OF_FILES, PERMISSIONS_POLICY, STORED_NOWHERE
from tests.access.cast import NOBODY
from tests.access.table import PAGES
from tests.access.test_walk import ACCOUNT_PAGES, KEYS
from tests.access.walk import Walker, undone

OF_PAGES = "; ".join(
    [
        "base-uri 'none'",
        "connect-src 'self'",
        "default-src 'none'",
        "font-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "img-src 'self' data:",
        "manifest-src 'self'",
        "object-src 'none'",
        f"script-src {' '.join(settings.CONTENT_SECURITY_POLICY['DIRECTIVES']['script-src'])}",
        "style-src 'self'",
    ]
)
PEOPLE = ("zoe", NOBODY)
ALWAYS = {
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains; preload",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": PERMISSIONS_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
# Files and states that a browser may have, and asks about each time; allauth's way of saying no.
OWN_CACHING = {
    "private, no-cache",
    "private, no-cache, no-store",
    "private, no-store",
    "max-age=0, no-cache, no-store, must-revalidate, private",
}


@pytest.fixture
def https(settings):
    """The site as it is served in production."""
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_HSTS_SECONDS = 31_536_000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = settings.SECURE_HSTS_PRELOAD = True
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    settings.LANGUAGE_COOKIE_SECURE = True
    for cookie in ("SESSION", "CSRF", "MESSAGE", "LANGUAGE"):
        setattr(settings, f"{cookie}_COOKIE_NAME", f"__Host-{cookie.lower()}")


@pytest.fixture
def client(https) -> Client:
    return Client()


# The only answers that anybody on the way may keep; pages only as those see them who are nobody.
PUBLISHED_FILES = {"publication-file", "publication-version-file"}
PUBLISHED_PAGES = {"publications", "gallery", "publication", "publication-version"}
OF_ANYBODY = {"public, no-cache"}


def faults_of(response, name: str = "", who: str = "") -> dict:
    """What an answer to somebody does not say as it should; ``name`` is that of its address."""
    told = {name: response.headers.get(name) for name in ALWAYS}
    kind = response.headers.get("Content-Type", "text/html").partition(";")[0]
    policies = {
        "text/html": {OF_PAGES},
        "application/pdf": {OF_FILES, OF_DOWNLOADS},
    }
    policy = response.headers.get("Content-Security-Policy", "")
    if kind == "text/html":
        policy = "; ".join(sorted(policy.split("; ")))
    faults = {name: told[name] for name, wanted in ALWAYS.items() if told[name] != wanted}
    if policy not in policies.get(kind, {OF_DOWNLOADS}):
        faults["Content-Security-Policy"] = policy
    is_public = name in PUBLISHED_FILES or (name in PUBLISHED_PAGES and who == NOBODY)
    is_kept = is_public and response.status_code == HTTPStatus.OK
    caching = OF_ANYBODY if is_kept else OWN_CACHING
    if (kept := response.headers.get("Cache-Control")) not in caching:
        faults["Cache-Control"] = kept
    for cookie in response.cookies.values():
        is_of_this_host = cookie.key.startswith("__Host-") and not cookie["domain"]
        is_shut = cookie["secure"] and cookie["httponly"] and cookie["samesite"] == "Lax"
        if not (is_of_this_host and is_shut and cookie["path"] == "/"):
            faults[cookie.key] = cookie.OutputString()
    return faults


@pytest.fixture
def ask(client, gathered, monkeypatch):
    """Ask for an address over https, as one person or as nobody."""
    monkeypatch.setattr(Walker, "client", client)
    walker = Walker()
    return lambda name, method, url, data: walker.answer(name, method, url, data, secure=True)


def test_every_answer_of_every_page(ask, gathered):
    """By whoever may, by nobody, and where it refuses what is sent."""
    faults = {}

    for page in PAGES:
        with undone():
            url, reader = page.url(gathered), page.reader()
            for each in product({reader, NOBODY}, ("GET", "POST", "DELETE")):
                faults[str(page), *each] = faults_of(ask(*each, url, {}), page.name, each[0])

    assert {place: fault for place, fault in faults.items() if fault} == {}
    assert len(faults) > 2 * len(PAGES)


def test_every_answer_of_every_account_page(ask):
    urls = [reverse(name, args=KEYS.get(name, [])) for name in ACCOUNT_PAGES]

    found = {(url, who): faults_of(ask(who, "GET", url, {})) for url in urls for who in PEOPLE}

    assert {place: fault for place, fault in found.items() if fault} == {}


@pytest.mark.parametrize(
    ("path", "status"),
    [("/no/such/page/", 404), ("/?q=%00", 400), ("/static/none.css", 404), ("/healthz", 200)],
)
def test_every_answer_that_is_no_page(client, db, path, status):
    response = client.get(path, secure=True)

    assert response.status_code == status
    assert faults_of(response) == {}


def test_redirect_to_https_carries_the_policy_too(client):
    response = client.get("/")

    assert response.status_code == 301
    assert set(faults_of(response)) <= {"Strict-Transport-Security"}


def test_static_file_is_kept_by_browsers_and_runs_nothing_by_itself(client, db):
    response = client.get("/static/favicon.svg", secure=True)

    response.close()
    assert set(faults_of(response)) == {"Cache-Control"}
    assert response["Content-Security-Policy"] == OF_DOWNLOADS


def test_cookie_of_a_message_is_of_this_host_alone(https, as_person):
    answer = as_person("leah").post("/emails/", {"kinds": ["mentioned"]}, secure=True)

    assert set(answer.cookies) == {"__Host-message"}
    assert faults_of(answer) == {}


def test_page_on_which_people_write_is_kept_for_the_button_back(world, as_person):
    """Not so a page to read: nobody finds it on a computer that others use."""
    leah, enquiry = as_person("leah"), world.enquiry.pk

    written, read = (
        leah.get(reverse(name, args=[enquiry]))["Cache-Control"]
        for name in ("cycle-new", "enquiry")
    )

    assert (written, read) == (OF_A_WRITER, STORED_NOWHERE)


def test_signing_out_clears_what_the_browser_kept(as_person):
    leah = as_person("leah")

    page, gone = leah.get("/accounts/logout/"), leah.post("/accounts/logout/")

    assert "Clear-Site-Data" not in page
    assert gone["Clear-Site-Data"] == '"cache"'


def test_policy_of_pages_lets_nothing_unsafe():
    words = " ".join(str(each) for each in settings.CONTENT_SECURITY_POLICY["DIRECTIVES"].values())

    assert re.findall(r"unsafe-\w+", words) == []
