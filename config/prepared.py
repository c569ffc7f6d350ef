"""A database that has every table, made once for the migrations as they are; tests copy it.

To migrate takes most of a minute, and every process of the tests would do it.
"""

import contextlib
import hashlib
from collections.abc import Mapping
from urllib.parse import urlsplit

import psycopg2
from psycopg2 import sql

from config.demo import MANAGE
from config.processes import run_in_foreground, say
from config.sharing import BASE

PREFIX, UNFINISHED = "prepared_", "unfinished"


def prepared_database(environment: Mapping[str, str]) -> str:
    """The name of the database on the server of DATABASE_URL, made if it is not there."""
    name = PREFIX + _fingerprint()
    url = environment["DATABASE_URL"]
    with contextlib.closing(psycopg2.connect(url)) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("SELECT datname FROM pg_database")
            there = {row[0] for row in cursor.fetchall()}
            if name in there:
                return name
            for old in there:
                if old == UNFINISHED or old.startswith(PREFIX):
                    _do(cursor, "DROP DATABASE {}", old)
            say("Making the tables that the tests copy ...")
            _do(cursor, "CREATE DATABASE {}", UNFINISHED)
            own = {"DATABASE_URL": urlsplit(url)._replace(path=f"/{UNFINISHED}").geturl()}
            if run_in_foreground(
                [*MANAGE, "migrate", "--verbosity", "0"], {**environment, **own}, BASE
            ):
                return ""
            _do(cursor, "ALTER DATABASE {} RENAME TO {}", UNFINISHED, name)
    return name


def _do(cursor, words: str, *names: str) -> None:
    cursor.execute(sql.SQL(words).format(*map(sql.Identifier, names)))


def _fingerprint() -> str:
    """Changes whenever the tables might: with our migrations, or with those of libraries."""
    shaping = [BASE / "requirements" / "dev.txt", *sorted(BASE.glob("*/migrations/*.py"))]
    found = hashlib.sha256()
    for path in shaping:
        found.update(path.name.encode() + path.read_bytes())
    return found.hexdigest()[:16]
