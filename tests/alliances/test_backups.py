"""What a backup holds comes back equal, table by table and file by file, or nothing is touched."""

import os
import subprocess
import sys
import zipfile
from contextlib import contextmanager
from hashlib import sha256
from uuid import uuid4

import psycopg2
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from enquiries.actions import attach_evidence, save_sheet
from enquiries.evidence.contents import examined
from enquiries.models import Challenge
from reports.actions import ask_for_case_study, build_report
from tests.enquiries import files

pytestmark = [pytest.mark.machine, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def filled(world):
    """The cast with a file attached and a report that is made."""
    leah = world.person("leah")
    place = {"enquiry": world.enquiry, "key": uuid4()}
    kept = save_sheet(
        Challenge, place=place, seen={}, wanted={"challenge": "Tab\tand \\n"}, by=leah
    )
    attach_evidence(
        enquiry=world.enquiry,
        sheet="challenge",
        record=kept.key,
        file=examined(files.pdf(), "notes.pdf"),
        by=leah,
        caption="Notes",
        name="notes.pdf",
    )
    report = ask_for_case_study(enquiry=world.enquiry, by=leah)
    build_report(report.pk)
    return world


@pytest.fixture
def backup(filled, tmp_path):
    path = tmp_path / "all.backup"
    call_command("backup", path, verbosity=0)
    return path


@contextmanager
def empty_database():
    """The settings of a new database on the same server."""
    name = f"restored_{uuid4().hex[:8]}"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
    try:
        yield {**connection.get_connection_params(), "dbname": name}
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


def restore(path, database, *options):
    """`manage.py restore` on that database: its exit code and what it says went wrong."""
    url = os.environ["DATABASE_URL"].rpartition("/")[0] + f"/{database['dbname']}"
    environment = {**os.environ, "DATABASE_URL": url, "SECRET_KEY": settings.SECRET_KEY}
    done = subprocess.run(
        [sys.executable, "manage.py", "restore", path, *options],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
    )
    return done.returncode, done.stderr.strip()


def contents(database) -> dict:
    """Rows and a digest of each table, and where each sequence stands."""
    found = {}
    with psycopg2.connect(**database) as other, other.cursor() as cursor:
        cursor.execute("SET TimeZone = 'UTC'")
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        for (table,) in cursor.fetchall():
            cursor.execute(
                f"SELECT count(*), md5(string_agg(t::text, '|' ORDER BY t::text)) FROM {table} t"
            )
            found[table] = cursor.fetchone()
        cursor.execute("SELECT sequencename, last_value FROM pg_sequences")
        found |= dict(cursor.fetchall())
        cursor.execute("SELECT tgname, tgenabled FROM pg_trigger WHERE NOT tgisinternal")
        found |= dict(cursor.fetchall())
    other.close()
    return found


def test_everything_comes_back_into_an_empty_database(backup):
    here = contents(connection.get_connection_params())

    with empty_database() as database:
        first = restore(backup, database)
        there = contents(database)
        with psycopg2.connect(**database) as other, other.cursor() as cursor:
            cursor.execute(
                "SELECT f.content, e.sha256 FROM enquiries_evidencefile f "
                "JOIN enquiries_evidence e ON e.id = f.evidence_id "
                "UNION ALL SELECT file, file_hash FROM reports_rendition"
            )
            kept = cursor.fetchall()
        other.close()
        again = restore(backup, database)
        over = restore(backup, database, "--over")
        there_again = contents(database)

    assert first == (0, "")
    assert there == here
    assert here["reports_rendition"][0] == 1
    assert [sha256(content).hexdigest() for content, _ in kept] == [known for _, known in kept]
    assert again == (
        1,
        "CommandError: The database is not empty. With --over all that is in it is replaced.",
    )
    assert over == (0, "")
    assert there_again == here


def altered(source, target, table):
    """The backup with one byte of a table changed."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            is_it = name == f"tables/{table}.copy"
            new.writestr(name, content.replace(b"Leah", b"Lea!") if is_it else content)
    return target


def test_a_backup_that_was_cut_or_altered_changes_nothing(backup, tmp_path):
    cut = tmp_path / "cut"
    cut.write_bytes(backup.read_bytes()[:-2000])
    other = altered(backup, tmp_path / "altered", "alliances_user")
    before = contents(connection.get_connection_params())

    for spoilt in (cut, other):
        with pytest.raises(CommandError, match="no whole backup; nothing was changed"):
            call_command("restore", spoilt, over=True)

    assert contents(connection.get_connection_params()) == before


def test_a_backup_is_its_owners_alone_and_replaces_none(backup):
    with pytest.raises(CommandError, match="is there already"):
        call_command("backup", backup)

    assert backup.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in backup.parent.iterdir()] == [backup.name]
