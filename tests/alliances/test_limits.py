"""How often one may try: a whole school from one address, one account from anywhere."""

import os
import subprocess
import sys
import time
from collections import Counter
from urllib.parse import urlsplit

import pytest
import redis
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse

from alliances import actions
from config import caching, environment
from config.sharing import BASE
from config.stack import redis_server
from tests.world import PASSWORD

SCHOOL = {"REMOTE_ADDR": "192.0.2.7"}
SIGN_IN, CODE, RESET = "account_login", "account_request_login_code", "account_reset_password"


def try_password(email: str, password: str, **client) -> bool:
    """Whether the password let them in."""
    data = {"login": email, "password": password}
    return Client(**client).post(reverse(SIGN_IN), data).status_code == 302


@pytest.fixture
def staff(db) -> list[str]:
    """The addresses of 200 people."""
    emails = [f"teacher{number}@example.org" for number in range(200)]
    for email in emails:
        actions.register_person(email=email, name=email, password=PASSWORD, by=None)
    return emails


def test_two_hundred_people_behind_one_address_sign_in_within_a_minute(staff, clock):
    let_in = [try_password(email, PASSWORD, **SCHOOL) for email in staff]

    assert Counter(let_in) == {True: 200}


def test_two_hundred_people_behind_one_address_ask_for_a_code_within_a_minute(staff, clock):
    asked = [Client(**SCHOOL).post(reverse(CODE), {"email": email}).status_code for email in staff]

    assert Counter(asked) == {302: 200}


def test_hundred_people_behind_one_address_open_their_invitations_within_a_minute(db, clock):
    opened = [Client(**SCHOOL).post(reverse("account_signup")).status_code for _ in range(100)]

    assert Counter(opened) == {200: 100}


def test_sixth_wrong_password_of_one_account_is_refused_wherever_it_comes_from(world, clock):
    for number in range(5):
        try_password("leah@example.org", "wrong", REMOTE_ADDR=f"192.0.2.{number}")

    assert not try_password("leah@example.org", PASSWORD, **SCHOOL)
    assert try_password("tom@example.org", PASSWORD, **SCHOOL)


@pytest.mark.parametrize(("page", "refused"), [(CODE, 200), (RESET, 429)], ids=["code", "reset"])
def test_fourth_message_to_one_address_within_five_minutes_is_not_sent(
    page, refused, world, clock, mailoutbox
):
    def ask() -> int:
        return Client().post(reverse(page), {"email": "leah@example.org"}).status_code

    answers = [ask() for _ in range(4)]
    sent = len(mailoutbox)
    clock.shift(301)
    later = ask()

    assert (answers, sent) == ([302, 302, 302, refused], 3)
    assert (later, len(mailoutbox)) == (302, 4)


FIVE_WRONG = """
import django; django.setup()
from django.test import Client
for _ in range(5):
    Client().post("/accounts/login/", {"login": "leah@example.org", "password": "wrong"})
"""


def test_wrong_passwords_in_another_process_count(transactional_db, world):
    database = urlsplit(os.environ["DATABASE_URL"])
    here = {
        **os.environ,
        "DATABASE_URL": database._replace(path=connection.settings_dict["NAME"]).geturl(),
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }

    subprocess.run([sys.executable, "-c", FIVE_WRONG], env=here, cwd=BASE, check=True)

    assert not try_password("leah@example.org", PASSWORD)
    assert try_password("tom@example.org", PASSWORD)


@pytest.mark.parametrize(
    ("url", "following"),
    [
        ("redis://:pw@localhost:6379/0", "redis://:pw@localhost:6379/0?db=1"),
        ("redis://localhost:6379", "redis://localhost:6379?db=1"),
        ("rediss://host/3?ssl_cert_reqs=none", "rediss://host/3?ssl_cert_reqs=none&db=4"),
        ("unix:///run/redis.sock?db=2", "unix:///run/redis.sock?db=3"),
    ],
)
def test_cache_is_beside_the_queue(url, following):
    assert environment.next_database(url) == following


def test_an_emptied_cache_leaves_the_queue_alone(settings):
    broker = settings.CELERY_BROKER_URL
    cache.set("a-count", 1)

    with redis.Redis.from_url(broker) as queue:
        queue.set("a-message", 1)
        cache.clear()
        left = queue.getdel("a-message")

    assert (cache.get("a-count"), left) == (None, b"1")


@pytest.fixture
def own_redis(settings, tmp_path):
    """A Redis as cache that the test may stop and start again, empty."""
    with redis_server(tmp_path) as server:
        default = {**settings.CACHES["default"], "LOCATION": server.url}
        settings.CACHES = {**settings.CACHES, "default": default}
        caching.CacheThatOutlivesRedis.down_until = 0.0
        yield server
    caching.CacheThatOutlivesRedis.down_until = 0.0


def test_people_sign_in_while_redis_is_down_and_limits_hold(own_redis, world):
    own_redis.process.stop()

    let_in = [try_password(f"{name}@example.org", PASSWORD) for name in ("tom", "sam")]
    for _ in range(5):
        try_password("leah@example.org", "wrong")
    barred = try_password("leah@example.org", PASSWORD)
    own_redis.start()
    caching.CacheThatOutlivesRedis.down_until = 0.0

    assert (let_in, barred) == ([True, True], False)
    assert try_password("leah@example.org", PASSWORD)


def test_redis_that_failed_is_left_alone_for_some_seconds(own_redis, db):
    own_redis.process.stop()
    cache.set("a-count", 2)
    left_alone = caching.CacheThatOutlivesRedis.down_until - time.monotonic()
    own_redis.start()

    within = cache.get("a-count")
    caching.CacheThatOutlivesRedis.down_until = 0.0

    assert 0 < left_alone <= caching.LEFT_ALONE
    assert (within, cache.get("a-count")) == (2, None)
