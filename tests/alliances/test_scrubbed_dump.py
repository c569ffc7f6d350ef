"""A dump for development holds no word of what is personal, private or special, and loads."""

import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection, models
from django.db.models import Value
from django.db.models.functions import Cast, Concat
from django.test import Client

from alliances.actions import erasing
from alliances.actions.backups import restore_backup
from alliances.actions.scrubbing import ONLY_WORDS, SCRUBBED, SHORTEST_OF_WORDS
from alliances.models import Alliance, User
from enquiries.actions import keep_draft
from enquiries.models import Draft, Trial
from impact.models import Measure, Reading
from reports.actions import keep_counts
from tests.access.conftest import gathered
from tests.access.table import PAGES
from tests.alliances.test_backups import empty_database, restore

__all__ = ["gathered"]
pytestmark = [pytest.mark.machine, pytest.mark.django_db(transaction=True)]
MARKER = "Zq9Quokka"


def planted() -> list[str]:
    """The fields into whose every row the marker was put."""
    found = []
    for model in apps.get_models():
        for keep in (*SCRUBBED, *ONLY_WORDS):
            for name in getattr(model, "keeping", {}).get(keep, "").split():
                rows, field = model._base_manager.all(), model._meta.get_field(name)
                value = _marked(field)
                if keep in ONLY_WORDS and (value := _words_of(field)):
                    rows = rows.exclude(**{name: ""})
                if value and rows.update(**{name: value}):
                    found.append(f"{model.__name__}.{name}")
    return found


def _words_of(field: models.Field):
    """Words of an alliance in a column that holds words, each row's its own."""
    if (
        field.is_relation
        or field.choices
        or not isinstance(field, models.CharField | models.TextField)
    ):
        return None
    if field.max_length and field.max_length < SHORTEST_OF_WORDS:
        return None
    return Concat(Value(MARKER), Cast("pk", models.TextField()), output_field=models.TextField())


def _marked(field: models.Field):
    if field.is_relation or field.choices or field.unique:
        return None
    if isinstance(field, models.EmailField):
        return Concat(
            Value(MARKER),
            Cast("pk", models.TextField()),
            Value("@example.org"),
            output_field=models.TextField(),
        )
    if isinstance(field, models.CharField | models.TextField):
        return MARKER
    return {"said": MARKER} if isinstance(field, models.JSONField) else None


def test_no_marker_is_in_the_dump_and_the_dump_loads(world, tmp_path):
    keep_draft(enquiry=world.enquiry, address="/here/", typed={}, by=world.person("leah"))
    with erasing():  # the history is else only added to
        found = planted()
    path = tmp_path / "scrubbed.backup"

    call_command("scrubbed_dump", path, verbosity=0)

    with zipfile.ZipFile(path) as archive:
        held = b"".join(archive.read(name) for name in archive.namelist())
    assert {"User.name", "AuditRecord.detail", "Draft.typed"} <= set(found)
    assert {"Trial.reflection", "Trial.with_whom", "Measure.name"} <= set(found)
    assert MARKER.encode() not in held
    assert b"leah@example.org" not in held
    restored = restore_backup(path, over=True)
    assert set(restored["tables"]) >= {"alliances_user", "enquiries_draft"}
    assert list(Draft.objects.values_list("typed", flat=True)) == [{}]


def test_words_are_as_long_and_alike_where_they_were_alike(world, tmp_path):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE alliances_user SET name = %s", [MARKER])
    path = tmp_path / "scrubbed.backup"
    call_command("scrubbed_dump", path, verbosity=0)

    with zipfile.ZipFile(path) as archive:
        rows = archive.read("tables/alliances_user.copy").decode().splitlines()

    names = {cell for row in rows for cell in row.split("\t") if len(cell) == len(MARKER)}
    assert len(names) == 1
    assert MARKER not in names


def test_figures_dates_and_codes_of_an_alliance_stay(world, tmp_path):
    kept = {
        "impact_reading": Reading.objects.values_list("pk", "value", "held_on", "moment"),
        "enquiries_trial": Trial.objects.values_list("pk", "held_on", "feedback"),
        "impact_measure": Measure.objects.values_list("pk", "level", "unit", "withdrawn"),
        "alliances_alliance": Alliance.objects.values_list("pk", "name", "context"),
    }
    before = {table: set(rows) for table, rows in kept.items()}
    words = set(Trial.objects.values_list("reflection", "with_whom"))
    path = tmp_path / "scrubbed.backup"
    call_command("scrubbed_dump", path, verbosity=0)

    restore_backup(path, over=True)

    assert {table: set(rows.all()) for table, rows in kept.items()} == before
    assert words & set(Trial.objects.values_list("reflection", "with_whom")) == set()


# Documents as they were issued and files as they were sent, which the dump leaves out.
LEFT_OUT = ("/reports/", "/case-studies/", "/uploads/")


def test_demonstration_starts_from_it(gathered, tmp_path):
    """Every page that the lead of an alliance reads is there, in a database that was empty."""
    places = {str(page): page.url(gathered) for page in PAGES if page.reader() == "leah"}
    leah, path = gathered.person("leah"), tmp_path / "scrubbed.backup"
    keep_counts()
    before = read(leah, places)
    call_command("scrubbed_dump", path, verbosity=0)

    with empty_database() as database:
        assert restore(path, database) == (0, "")
        with connected_to(database["dbname"]):
            after = read(User.objects.get(pk=leah.pk), places)
            names = set(User.objects.values_list("name", flat=True))

    lost = [name for name, status in before.items() if status == 200 and after[name] != 200]
    assert [name for name in lost if not places[name].startswith(LEFT_OUT)] == []
    assert {after[name] for name in lost} == {404}
    assert sum(status == 200 for status in after.values()) > 60
    assert leah.name not in names


def read(person: User, places: dict[str, str]) -> dict[str, int]:
    """How each page answers somebody who signed in just now."""
    client = Client()
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time()}]
    session["account_authentication_methods_user"] = str(person.pk)
    session.save()
    return {name: client.get(url).status_code for name, url in places.items()}


@contextmanager
def connected_to(name: str) -> Iterator[None]:
    """Meanwhile the site reads another database of the same server."""
    before = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before
