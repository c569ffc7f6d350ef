"""Files leave through a checked view alone: from no public folder, under no address to guess."""

import uuid

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import models
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.views.static import serve

from reports.guards import GUARDS, Rule
from tests.access.documents import case_study
from tests.access.places import a_photo

# Addresses that answer with a file, or a page made of one.
OF_FILES = {
    "evidence-file",
    "evidence-thumbnail",
    "publication-file",
    "report-file",
    "report-format",
    "report-paper",
    "measures-file",
}


def views_of(resolver: URLResolver) -> list:
    """Every view below a resolver."""
    found = []
    for entry in resolver.url_patterns:
        found += [entry.callback] if isinstance(entry, URLPattern) else views_of(entry)
    return found


def test_no_address_serves_a_folder():
    assert [view for view in views_of(get_resolver()) if view is serve] == []
    assert settings.MEDIA_ROOT == ""


def test_what_people_send_lies_in_no_folder():
    """Evidence, uploads and reports are rows: there is no file on a disk that could be served."""
    own = [m for m in apps.get_models() if m._meta.app_label in settings.INSTALLED_APPS[:4]]
    on_disk = [
        str(field)
        for model in own
        for field in model._meta.concrete_fields
        if isinstance(field, models.FileField | models.FilePathField)
    ]

    assert on_disk == []


def test_every_address_of_a_file_is_guarded():
    guards = {name: GUARDS[name]["GET"] for name in OF_FILES}

    assert {name for name, guard in guards.items() if guard is Rule.ANYBODY} == {
        "publication-file"  # what has been published, for anybody
    }


def test_static_addresses_lead_to_our_own_files_alone():
    folders = {
        str(storage.location)
        for storage in finders.get_finder(
            "django.contrib.staticfiles.finders.FileSystemFinder"
        ).storages.values()
    }

    assert folders == {str(settings.BASE_DIR / "static")}


def test_file_of_evidence_is_found_by_nobody_who_guesses(world, as_person):
    (key,) = a_photo(world)
    leah, ravi = as_person("leah"), as_person("ravi")
    guessed = reverse("evidence-file", args=[uuid.UUID(int=1)])
    names = ("evidence-file", "evidence-thumbnail")

    found = {
        name: [client.get(reverse(name, args=[key])).status_code for client in (leah, ravi)]
        for name in names
    }

    assert uuid.UUID(str(key)).version == 4
    assert found == {name: [200, 404] for name in names}
    assert leah.get(guessed).status_code == 404


def test_report_is_found_by_its_number_only_by_those_who_may(world, as_person):
    """Its number can be guessed; it opens to nobody who may not have it made."""
    (pk,) = case_study(world)
    names = ("report", "report-read", "report-file")
    people = ("leah", "ravi", "tom", "zoe", None)

    found = {
        name: [as_person(who).get(reverse(name, args=[pk])).status_code for who in people]
        for name in names
    }

    assert found == {name: [200, 404, 404, 404, 302] for name in names}


def test_file_is_kept_by_no_cache_that_others_share(world, as_person):
    (key,) = a_photo(world)

    response = as_person("leah").get(reverse("evidence-file", args=[key]))

    assert "private" in response["Cache-Control"]
    assert response["X-Content-Type-Options"] == "nosniff"
