"""Work that a worker does alone, and that is free again as soon as its worker dies."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from alliances import workers

DISPATCH_AGAIN_AFTER = timedelta(seconds=60)


def silent(work: QuerySet) -> QuerySet:
    """What gave no sign of life for long, by its ``beat_at``.

    A sign that lies ahead was given by a clock that was ahead, and says nothing.
    """
    now = timezone.now()
    lately = {"beat_at__gt": now - DISPATCH_AGAIN_AFTER, "beat_at__lt": now + DISPATCH_AGAIN_AFTER}
    return work.exclude(**lately)


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


def tell_again(unfinished: QuerySet, space: int, task: str) -> int:
    """Tell the workers again of what gave no sign of life and nobody is at; how many."""
    overdue = silent(unfinished).values_list("pk", flat=True)
    again = [pk for pk in overdue if _is_free(space, pk)]
    unfinished.model.objects.filter(pk__in=again).update(beat_at=timezone.now())
    for pk in again:
        workers.tell(task, pk)
    return len(again)


def _is_free(space: int, number: int) -> bool:
    with alone(space, number) as ours:
        return ours
