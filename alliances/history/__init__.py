"""Who is doing something, and where: told to the database with each statement that writes.

The triggers of every table read it. It holds for one transaction at most, so a connection that is
handed on carries nothing of it; and it travels in the message of the write itself, so that it
costs no query.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from django.db import connection
from psycopg2.extensions import QuotedString

LONGEST_PAGE = 200
WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE|MERGE|TRUNCATE|WITH)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Doing:
    """Somebody at work; both are asked when something is written, and may be known only by then.

    ``opened`` are the alliances whose private material they have before them.
    """

    by: Callable[[], int | None]
    page: Callable[[], str]
    opened: set[int | None] = field(default_factory=set)


_NOW: ContextVar[Doing | None] = ContextVar("doing", default=None)


def by_now() -> int | None:
    """The person at work here and now; None for a machine of its own accord."""
    doing = _NOW.get()
    return doing.by() if doing else None


def page_now() -> str:
    """Where somebody is at work here and now."""
    doing = _NOW.get()
    return doing.page()[:LONGEST_PAGE] if doing else ""


def opens(alliance: int | None) -> None:
    """Say that the page at hand shows private material of an alliance; None for no single one's."""
    if doing := _NOW.get():
        doing.opened.add(alliance)


@contextmanager
def doing(*, by: Callable[[], int | None], page: Callable[[], str]) -> Iterator[Doing]:
    """All that this thread writes meanwhile is put down to the person and the page."""
    now = Doing(by, page)
    token = _NOW.set(now)
    try:
        with connection.execute_wrapper(_sign):
            yield now
    finally:
        _NOW.reset(token)


def _sign(execute, sql, params, many, context):
    if isinstance(sql, str) and WRITES.match(sql):
        told = _told()
        if many:
            context["cursor"].execute(told)
        else:
            sql = (told if params is None else told.replace("%", "%%")) + sql
    return execute(sql, params, many, context)


def _told() -> str:
    by = by_now()
    words = {"history.by": "" if by is None else str(by), "history.page": page_now()}
    calls = [f"set_config('{name}', {_quoted(said)}, true)" for name, said in words.items()]
    return f"SELECT {', '.join(calls)}; "


def _quoted(words: str) -> str:
    quoted = QuotedString(words)
    quoted.encoding = "utf8"
    return quoted.getquoted().decode()
