"""A backup of everything in one file, and the way back: all of it, or nothing.

The file is a ZIP of one text per table, as PostgreSQL's COPY writes it, all of one moment, and of a
manifest with the rows and the SHA-256 of each. Uploaded files and finished reports are rows too.
It needs no program of PostgreSQL, and asks for no more rights than the tables' owner has.
"""

import json
import os
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from django.core.management import call_command
from django.db import DataError, IntegrityError, connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from alliances.actions.scrubbing import kept_tables, scrubbed_columns

FORMAT = 1
MANIFEST = "manifest.json"
PIECE = 1024 * 1024
# What a migration fills by itself; without other rows a database counts as empty.
FILLED_BY_MIGRATIONS = {"django_migrations", "django_content_type", "auth_permission"}


class NotEmpty(Exception):
    """There are rows in the database already."""


class Spoilt(Exception):
    """The file is no whole backup."""


class OtherVersion(Exception):
    """The backup was made by another version of the platform."""


def write_backup(path: Path, *, scrubbed: bool = False) -> dict:
    """Write everything to a new file that its owner alone may read; its manifest.

    ``scrubbed`` for development: what is personal, judged in private, special or a key is made up.
    """
    if path.exists():
        raise FileExistsError(f"{path} is there already.")
    unfinished = path.with_name(f"{path.name}.unfinished")
    with _private(unfinished) as file:
        manifest = _write(file, Scrubbing() if scrubbed else Plain())
    unfinished.rename(path)
    return manifest


@contextmanager
def _private(path: Path) -> Iterator[BinaryIO]:
    """A new file of ours alone, on the disk when the block ends and gone if it fails."""
    try:
        number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(number, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        path.unlink(missing_ok=True)
        raise


@transaction.atomic
def _write(file: BinaryIO, what: "Plain") -> dict:
    with connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        manifest = {
            "format": FORMAT,
            "taken_at": timezone.now().isoformat(),
            "migrations": _migrations(),
            "tables": {},
        }
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for table in _tables(cursor):
                with archive.open(_entry(table), "w", force_zip64=True) as entry:
                    manifest["tables"][table] = _copy_out(cursor, table, entry, what)
            manifest["sequences"] = _sequences(cursor)
            archive.writestr(MANIFEST, json.dumps(manifest, indent=1))
    return manifest


def restore_backup(path: Path, *, over: bool = False) -> dict:
    """Make the database what the backup holds; the manifest.

    ``over`` if the rows that are there may go. Raises NotEmpty, Spoilt or OtherVersion, and leaves
    everything as it was.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            manifest = json.loads(archive.read(MANIFEST))
            if manifest["format"] != FORMAT:
                raise OtherVersion
            if not over and _has_rows():
                raise NotEmpty
            call_command("migrate", verbosity=0)
            if manifest["migrations"] != _migrations():
                raise OtherVersion
            _restore(archive, manifest)
    except (zipfile.BadZipFile, KeyError, ValueError, EOFError, DataError, IntegrityError) as fault:
        raise Spoilt from fault
    return manifest


@transaction.atomic
def _restore(archive: zipfile.ZipFile, manifest: dict) -> None:
    """Load every table, triggers off, and look whether what is there now is what was saved."""
    with connection.cursor() as cursor:
        tables = _tables(cursor)
        if set(tables) != set(manifest["tables"]):
            raise OtherVersion
        named = ", ".join(map(_quoted, tables))
        _switch_triggers(cursor, tables, "DISABLE")
        cursor.execute(f"TRUNCATE {named}")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        for table in tables:
            columns = ", ".join(map(_quoted, manifest["tables"][table]["columns"]))
            with archive.open(_entry(table)) as entry:
                cursor.copy_expert(f"COPY {_quoted(table)} ({columns}) FROM STDIN", entry, PIECE)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        _switch_triggers(cursor, tables, "ENABLE")
        for name, (value, is_called) in manifest["sequences"].items():
            cursor.execute("SELECT setval(%s::regclass, %s, %s)", [_quoted(name), value, is_called])
        there = {table: _copy_out(cursor, table) for table in tables}
        if there != manifest["tables"]:
            raise Spoilt


def _switch_triggers(cursor, tables: list[str], how: str) -> None:
    for table in tables:
        cursor.execute(f"ALTER TABLE {_quoted(table)} {how} TRIGGER USER")


class Plain:
    """Copies what is there as it is."""

    def column(self, _table: str, name: str) -> str:
        return _quoted(name)

    def where(self, _table: str) -> str:
        return ""


class Scrubbing(Plain):
    """Puts made-up words in the place of what is personal, and leaves whole tables out."""

    def __init__(self) -> None:
        self._made_up, self._kept = scrubbed_columns(), kept_tables()

    def column(self, table: str, name: str) -> str:
        return self._made_up.get(table, {}).get(name) or _quoted(name)

    def where(self, table: str) -> str:
        return "" if table in self._kept else "WHERE false"


class _Hashed:
    """Counts and hashes what is written to it, and passes it on."""

    def __init__(self, to: BinaryIO | None) -> None:
        self._to, self._digest, self.rows = to, sha256(), 0

    def write(self, content: bytes) -> int:
        self._digest.update(content)
        self.rows += content.count(b"\n")
        return self._to.write(content) if self._to else len(content)

    def told(self) -> dict:
        return {"rows": self.rows, "sha256": self._digest.hexdigest()}


def _copy_out(cursor, table: str, to: BinaryIO | None = None, what: "Plain | None" = None) -> dict:
    """Its columns, rows and hash, the same on any server whatever its order of texts."""
    columns = _columns(cursor, table)
    key = connection.introspection.get_primary_key_columns(cursor, table) or columns
    order = ", ".join(f'{_quoted(name)}::text COLLATE "C"' for name in key)
    what = what or Plain()
    listed = ", ".join(what.column(table, name) for name in columns)
    rows = f"SELECT {listed} FROM {_quoted(table)} {what.where(table)} ORDER BY {order}"  # noqa: S608 - names of our own
    hashed = _Hashed(to)
    cursor.copy_expert(f"COPY ({rows}) TO STDOUT", hashed)
    return {"columns": columns, **hashed.told()}


def _tables(cursor) -> list[str]:
    return sorted(
        each.name for each in connection.introspection.get_table_list(cursor) if each.type == "t"
    )


def _columns(cursor, table: str) -> list[str]:
    """Those that are stored, not worked out."""
    cursor.execute(
        "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 "
        "AND NOT attisdropped AND attgenerated = '' ORDER BY attname",
        [_quoted(table)],
    )
    return [name for (name,) in cursor.fetchall()]


def _sequences(cursor) -> dict[str, tuple[int, bool]]:
    cursor.execute("SELECT sequencename FROM pg_sequences WHERE schemaname = current_schema()")
    found = {}
    for (name,) in cursor.fetchall():
        cursor.execute(f"SELECT last_value, is_called FROM {_quoted(name)}")  # noqa: S608 - names of our own
        found[name] = cursor.fetchone()
    return found


def _migrations() -> list[list[str]]:
    return sorted([app, name] for app, name in MigrationRecorder(connection).applied_migrations())


def _has_rows() -> bool:
    with connection.cursor() as cursor:
        for table in set(_tables(cursor)) - FILLED_BY_MIGRATIONS:
            cursor.execute(f"SELECT EXISTS (SELECT FROM {_quoted(table)})")  # noqa: S608 - names of our own
            if cursor.fetchone()[0]:
                return True
    return False


def _entry(table: str) -> str:
    return f"tables/{table}.copy"


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
