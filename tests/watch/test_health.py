"""/healthz says that the process answers, /readyz whether all it needs is there."""

import pytest
from django.db import connection
from django.test import Client

from config.watch import health

ALL = {"database": True, "migrations": True, "broker": True, "worker": True, "disk": True}


@pytest.fixture(autouse=True)
def _looked_at_anew():
    health.checked.cache_clear()
    health.broker.cache_clear()
    yield
    health.checked.cache_clear()
    health.broker.cache_clear()


@pytest.fixture
def worker_seen():
    health.tell_worker_lives()


def readiness():
    response = Client().get("/readyz")
    return response.status_code, response.json()


def test_alive_without_looking_at_anything(django_assert_num_queries, db):
    with django_assert_num_queries(0):
        response = Client().get("/healthz")

    assert (response.status_code, response.content) == (200, b"ok")


def test_ready_with_all_in_place(db, worker_seen):
    assert readiness() == (200, {"ready": True, "checks": ALL})


def test_readiness_is_asked_for_once_in_a_while(db, worker_seen, django_assert_num_queries):
    moment = 1

    with django_assert_num_queries(2):
        first = health.checked(moment)
        second = health.checked(moment)

    assert first == second == ALL


def test_not_ready_without_a_worker(db):
    assert readiness() == (503, {"ready": False, "checks": ALL | {"worker": False}})


def test_not_ready_without_a_broker(db, worker_seen, settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    health.broker.cache_clear()

    checks = ALL | {"broker": False, "worker": False}
    assert readiness() == (503, {"ready": False, "checks": checks})


def test_not_ready_before_the_tables_are_those_of_this_version(db, worker_seen):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'reports' AND name LIKE '0001%'")

    assert readiness() == (503, {"ready": False, "checks": ALL | {"migrations": False}})


def test_ready_where_the_database_is_ahead_of_this_version(db, worker_seen):
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO django_migrations VALUES (-1, 'reports', '9999_later', now())")

    assert readiness() == (200, {"ready": True, "checks": ALL})


def test_a_worker_that_is_silent_for_a_minute_is_not_seen():
    health.tell_worker_lives()
    health.broker().pexpire(health.SEEN_KEY, 1)

    assert health.seconds_since_worker() > 59
