"""The cookie of one-off messages, under a name of ours as the others are."""

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage


class NamedCookieStorage(CookieStorage):
    @property
    def cookie_name(self) -> str:
        return settings.MESSAGE_COOKIE_NAME


class Messages(FallbackStorage):
    """In that cookie, or in the session where they are too long for it."""

    storage_classes = (NamedCookieStorage, SessionStorage)
