"""A migration since the first release must not break the version that still runs beside it.

`tests/migrations.lock` lists those that the first release begins with: there is no version before
it. Until it is out, a migration that is not safe may be added to the list.
"""

import pytest
from django_migration_linter import MigrationLinter
from django_migration_linter.sql_analyser import PostgresqlAnalyser, analyse_sql_statements

from config.sharing import BASE
from tests.test_architecture import APPS

BASELINE = {
    tuple(line.split()) for line in (BASE / "tests/migrations.lock").read_text().splitlines()
}


def faults(statements: list[str]) -> list[str]:
    """What the SQL of a migration does that the version before it does not survive."""
    return [issue.code for issue in analyse_sql_statements(PostgresqlAnalyser, statements)[0]]


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ('ALTER TABLE "a" DROP COLUMN "b" CASCADE;', ["DROP_COLUMN"]),
        ('ALTER TABLE "a" RENAME COLUMN "b" TO "c";', ["RENAME_COLUMN"]),
        ('ALTER TABLE "a" RENAME TO "c";', ["RENAME_TABLE"]),
        ('DROP TABLE "a" CASCADE;', ["DROP_TABLE"]),
        ('ALTER TABLE "a" ADD COLUMN "b" integer NOT NULL;', ["NOT_NULL"]),
        ('ALTER TABLE "a" ALTER COLUMN "b" TYPE bigint;', ["ALTER_COLUMN"]),
        ('ALTER TABLE "a" ADD COLUMN "b" integer NULL;', []),
        ('ALTER TABLE "a" ADD COLUMN "b" integer DEFAULT 0 NOT NULL;', []),
        ('CREATE TABLE "a" ("b" integer NOT NULL);', []),
    ],
)
def test_what_counts_as_unsafe(statement, found):
    assert faults([statement]) == found


def test_migrations_since_the_first_release_are_safe_for_the_version_before(db):
    linter = MigrationLinter(no_output=True, no_cache=True)
    later = sorted(
        key
        for key in linter.migration_loader.disk_migrations
        if key[0] in APPS and key not in BASELINE
    )

    unsafe = {key: faults(linter.get_sql(*key)) for key in later}

    assert {key: found for key, found in unsafe.items() if found} == {}


def test_the_list_names_migrations_that_there_are(db):
    known = MigrationLinter(no_output=True, no_cache=True).migration_loader.disk_migrations

    assert BASELINE - set(known) == set()
