"""Single sign-on by OpenID Connect, as the environment names its provider."""

import os
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from config import environment

# The name of the provider in our addresses: it is entered at the provider and must not change.
PROVIDER = "provider"
NEEDED = ("OIDC_NAME", "OIDC_SERVER_URL", "OIDC_CLIENT_ID", "OIDC_SECRET")


def provider() -> dict[str, Any]:
    """The provider's settings for allauth; empty where none is named, an error where half is."""
    given = [name for name in NEEDED if os.environ.get(name)]
    if not given:
        return {}
    if missing := [name for name in NEEDED if name not in given]:
        raise ImproperlyConfigured(f"Set {' and '.join(missing)} too, or none of {NEEDED}.")
    return {
        "provider_id": PROVIDER,
        "name": environment.text("OIDC_NAME"),
        "client_id": environment.text("OIDC_CLIENT_ID"),
        "secret": environment.text("OIDC_SECRET"),
        "settings": {
            "server_url": environment.text("OIDC_SERVER_URL").rstrip("/"),
            "verified_email": environment.flag("OIDC_VERIFIES_EMAIL", default=False),
        },
    }


def origins() -> list[str]:
    """Where the form of the sign-in button may lead: the provider, and where it passes on to."""
    server = urlsplit(environment.optional("OIDC_SERVER_URL"))
    own = [f"{server.scheme}://{server.netloc}"] if server.netloc else []
    return own + environment.items("OIDC_ORIGINS")
