"""Addresses that work outside a request: those of e-mails."""

from django.conf import settings
from django.core import signing
from django.urls import reverse

from alliances.models import Mail, User

SALT = "alliances.stop-mail"


def full(path: str) -> str:
    """The whole address of a page of the site."""
    return f"{settings.SITE_URL}{path}"


def to_stop(person: User, kind: Mail.Kind) -> str:
    """Where one kind of e-mail to a person is switched off, without signing in."""
    token = signing.dumps([person.pk, str(kind)], salt=SALT)
    return full(reverse("mail-stop", args=[token]))


def read_stop(token: str) -> tuple[int, Mail.Kind] | None:
    """Whose mail of which kind a signed token of ours stops; None for any other."""
    try:
        person, kind = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    return person, Mail.Kind(kind)
