"""Work that a worker does alone, and that is free again as soon as its worker dies."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def alone(space: int, number: int) -> Iterator[bool]:
    """Whether a piece of work is ours to do, by the lock of its number in a space of locks.

    The lock lasts as long as this connection: the database frees it when a worker dies.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [space, number])
        ours = cursor.fetchone()[0]
    try:
        yield ours
    finally:
        if ours:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [space, number])
