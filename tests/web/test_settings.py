"""What the settings make of the environment, read as a process of their own reads it."""

import os
import subprocess
import sys

import pytest
from django.test import Client

TOLD = "from django.conf import settings; print([getattr(settings, n) for n in {names}])"


def settings_of(names: list[str], **environment: str) -> str:
    """The values of these settings in a process with these variables, as Python writes them."""
    done = subprocess.run(
        [sys.executable, "-c", TOLD.format(names=names)],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


@pytest.mark.parametrize(
    ("https", "names"),
    [
        ("true", "['__Host-session', '__Host-csrf', '__Host-messages', True, True]"),
        ("false", "['sessionid', 'csrftoken', 'messages', False, False]"),
    ],
)
def test_cookies_are_of_this_host_alone_where_the_site_is_served_over_https(https, names):
    cookies = ["SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "MESSAGE_COOKIE_NAME"]
    secure = ["SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE"]

    assert settings_of([*cookies, *secure], HTTPS=https) == names


@pytest.mark.parametrize(
    ("proxies", "believed"), [("", None), ("0", None), ("1", ("HTTP_X_FORWARDED_PROTO", "https"))]
)
def test_header_of_a_proxy_is_believed_only_where_there_is_one(proxies, believed):
    assert settings_of(["SECURE_PROXY_SSL_HEADER"], TRUSTED_PROXIES=proxies) == f"[{believed}]"


@pytest.mark.parametrize(
    ("believed", "status"), [(None, 301), (("HTTP_X_FORWARDED_PROTO", "https"), 200)]
)
def test_request_over_http_that_calls_itself_https(db, settings, believed, status):
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_PROXY_SSL_HEADER = believed

    page = Client(headers={"x-forwarded-proto": "https"}).get("/cookies/")

    assert page.status_code == status


def test_what_a_server_has_loaded_is_not_looked_through_for_garbage():
    told = "import gc, config.wsgi; print(gc.get_freeze_count() > 100_000, len(gc.get_objects()))"

    done = subprocess.run(
        [sys.executable, "-c", told], capture_output=True, text=True, check=True, env=os.environ
    )

    frozen, left = done.stdout.split()
    assert (frozen, int(left) < 1000) == ("True", True)
