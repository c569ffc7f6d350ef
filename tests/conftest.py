import os

import pytest
from celery.contrib.testing.worker import start_worker
from django.core.cache import cache
from django.test import Client

from alliances.models import Programme
from config import machine
from config.celery import app
from tests import world as cast

REQUIRE_ALL = os.environ.get("REQUIRE_ALL") == "1"


def pytest_collection_modifyitems(items):
    """Browser journeys need a browser: without one they are skipped, in CI they fail."""
    if machine.browser() or REQUIRE_ALL:
        return
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.skip(reason="no chromium on this machine"))


@pytest.fixture(autouse=True)
def _quick_passwords(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _empty_cache():
    cache.clear()


@pytest.fixture
def world(db) -> cast.World:
    """The cast, each test in a transaction of its own."""
    if not Programme.objects.exists():
        cast.set_up()
    return cast.fetch()


@pytest.fixture
def as_person(world):
    """A client signed in as somebody of the cast: ``as_person("leah")``; None is nobody."""

    def sign_in(name: str | None) -> Client:
        client = Client()
        if name:
            backend = "allauth.account.auth_backends.AuthenticationBackend"
            client.force_login(world.person(name), backend=backend)
        return client

    return sign_in


@pytest.fixture
def worker(transactional_db):
    """A real worker beside the test, listening to the queue of this process."""
    with start_worker(app, pool="solo", perform_ping_check=False, shutdown_timeout=60) as started:
        yield started
