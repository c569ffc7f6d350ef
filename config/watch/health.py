"""Whether the platform can work: each check is true or false, and tells no more to anybody."""

import contextlib
import functools
import shutil
import tempfile
import time

import redis
from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.utils import Error

KEPT_FOR = 2.0
ANSWER_WITHIN = 1.0
SEEN_KEY = "watch:worker-seen"
# A worker tells every two seconds that it lives.
WORKER_SILENT_AFTER = 60
ENOUGH_ROOM = 200 * 1024 * 1024


def readiness() -> dict[str, bool]:
    """Each check by name, at most two seconds old."""
    return dict(checked(int(time.monotonic() / KEPT_FOR)))


@functools.lru_cache(maxsize=1)
def checked(_moment: int) -> dict[str, bool]:
    """Each check by name, made once in each moment."""
    applied = _applied_migrations()
    silence = seconds_since_worker()
    return {
        "database": applied is not None,
        "migrations": applied is not None and _known_migrations() <= applied,
        "broker": silence is not None,
        "worker": is_worker_heard(silence),
        "disk": shutil.disk_usage(tempfile.gettempdir()).free > ENOUGH_ROOM,
    }


def _applied_migrations() -> set | None:
    """None where the database does not answer."""
    try:
        return set(MigrationRecorder(connection).applied_migrations())
    except Error:
        return None


@functools.cache
def _known_migrations() -> set:
    """Those of this version; the database of a later one has more."""
    loader = MigrationLoader(None)
    replaced = {old for migration in loader.replacements.values() for old in migration.replaces}
    return set(loader.disk_migrations) - replaced


def is_worker_heard(silence: float | None) -> bool:
    """Whether a worker has told lately, by the seconds since it did."""
    return silence is not None and silence < WORKER_SILENT_AFTER


def tell_worker_lives() -> None:
    """Called by the worker; the note vanishes by itself, whatever any clock says."""
    with contextlib.suppress(redis.RedisError):
        broker().set(SEEN_KEY, 1, ex=WORKER_SILENT_AFTER)


def seconds_since_worker() -> float | None:
    """How long ago a worker told that it lives, at most a minute; None without a broker."""
    try:
        left = broker().pttl(SEEN_KEY)
    except redis.RedisError:
        return None
    return WORKER_SILENT_AFTER - max(left, 0) / 1000


@functools.cache
def broker() -> redis.Redis:
    """The broker, asked with little patience."""
    patience = {"socket_connect_timeout": ANSWER_WITHIN, "socket_timeout": ANSWER_WITHIN}
    return redis.Redis.from_url(settings.REDIS_URL, **patience)
