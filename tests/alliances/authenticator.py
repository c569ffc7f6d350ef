"""What people hold in their hands: an app that shows codes."""

import time

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client
from django.urls import reverse

from tests.world import PASSWORD

PERIOD = 30


def sign_in(name: str, **client) -> Client:
    """A browser in which somebody has given their password."""
    browser = Client(**client)
    data = {"login": f"{name}@example.org", "password": PASSWORD}
    assert browser.post(reverse("account_login"), data).status_code == 302
    return browser


def shown(secret: str, *, steps: int = 0) -> str:
    """The code an app with the key shows now, or some steps of half a minute from now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // PERIOD + steps))


def enrol(browser: Client) -> str:
    """Set up an app; its key."""
    page = browser.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    done = browser.post(reverse("mfa_activate_totp"), {"code": shown(secret)})
    assert done.status_code == 302, done.context["form"].errors
    return secret
