import os
import time

import pytest
import redis
from celery.contrib.testing.worker import start_worker
from django.core.cache import cache
from django.db.backends.postgresql.operations import DatabaseOperations
from django.test import Client

from alliances import actions
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
def _empty_cache_and_queue(settings):
    cache.clear()
    with redis.Redis.from_url(settings.REDIS_URL) as broker:
        broker.flushdb()


@pytest.fixture(autouse=True, scope="session")
def _emptying_leaves_no_history():
    """Tests that commit end with every table emptied at once, the history too."""
    flush = DatabaseOperations.sql_flush

    def sql_flush(self, *arguments, **options):
        statements = flush(self, *arguments, **options)
        return ["SET LOCAL session_replication_role = replica;", *statements]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "sql_flush", sql_flush)
        yield


@pytest.fixture
def world(db) -> cast.World:
    """The cast, each test in a transaction of its own."""
    if not Programme.objects.exists():
        cast.set_up()
    return cast.fetch()


@pytest.fixture
def owen_reads(world):
    """Owen of the national team has opened the work of every alliance."""
    for alliance in world.programme.alliances.all():
        actions.open_alliance(
            alliance=alliance, reason="A head rang us.", days=14, by=world.person("owen")
        )


@pytest.fixture
def as_person(world):
    """A client signed in just now as one of the cast: ``as_person("leah")``; None is nobody."""

    def sign_in(name: str | None) -> Client:
        client = Client()
        if name:
            person = world.person(name)
            client.force_login(person)
            session = client.session
            session["account_authentication_methods"] = [{"method": "password", "at": time.time()}]
            session["account_authentication_methods_user"] = str(person.pk)
            session.save()
        return client

    return sign_in


@pytest.fixture
def worker(transactional_db):
    """A real worker beside the test, listening to the queue of this process."""
    with start_worker(app, pool="solo", perform_ping_check=False, shutdown_timeout=60) as started:
        yield started
