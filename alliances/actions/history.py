"""Who opened what is private; and the one way to take words out of the history again."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from django.db.models import Model

from alliances.models import Read, User

ERASE = """
WITH erased AS (
    UPDATE alliances_change
    SET before = history_without(before, %(columns)s), after = history_without(after, %(columns)s)
    WHERE "table" = %(table)s AND "row" = ANY (%(rows)s)
        AND (before ?| %(columns)s OR after ?| %(columns)s)
    RETURNING "row", alliance_id
)
SELECT history_note(%(table)s, "row", 'redact', NULL, NULL, %(columns)s, max(alliance_id))
FROM erased GROUP BY "row"
"""


def note_reads(alliances: set[int | None], *, page: str, by: User) -> None:
    """Put down that a person has opened a page with private material of these alliances."""
    Read.objects.bulk_create(
        [Read(alliance_id=alliance, page=page, by=by) for alliance in alliances]
    )


@contextmanager
def erasing() -> Iterator[None]:
    """A transaction in which the history may be changed, or its rows deleted, as at no other time.

    For erasure and for the end of the time it is kept. Say afterwards what was done.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('history.erasing', 'yes', true)")
        yield
        cursor.execute("SELECT set_config('history.erasing', '', true)")


def redact(*, model: type[Model], rows: list[int], fields: list[str]) -> None:
    """Empty the words of these fields in the history of these rows; that it was done is kept."""
    columns = [model._meta.get_field(name).column for name in fields]
    table = model._meta.db_table
    with erasing(), connection.cursor() as cursor:
        cursor.execute(ERASE, {"table": table, "rows": rows, "columns": columns})
