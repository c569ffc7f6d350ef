"""When something breaks, people get a reference, and the log has the same and nothing of theirs."""

import json
import logging
import re

import pytest
from django.db import IntegrityError, OperationalError, connection
from django.http import HttpResponse
from django.test import Client
from django.urls import include, path

from alliances.models import Breakage
from config.watch import views
from config.watch.logs import JsonLine, Line

SECRET = "leah@example.org"


def fails(_request, key):
    raise IntegrityError(f"Key (email)=({SECRET}) already exists")


def away(_request):
    raise OperationalError("connection to server at 10.0.0.1 failed")


def works(_request, key):
    return HttpResponse("")


handler500 = views.broken
urlpatterns = [
    path("fails/<str:key>/", fails, name="fails"),
    path("away/", away, name="away"),
    path("works/<str:key>/", works, name="works"),
    path("", include("config.urls")),
]
for view in (fails, away, works):
    view.login_required = False


@pytest.fixture
def client(settings):
    settings.ROOT_URLCONF = __name__
    return Client(raise_request_exception=False)


@pytest.fixture
def lines(caplog):
    """What the log says, as its two formats write it."""
    caplog.set_level(logging.INFO)

    def written() -> list[tuple[dict, str]]:
        return [
            (json.loads(JsonLine().format(record)), Line().format(record))
            for record in caplog.records
        ]

    return written


def quoted(response) -> str:
    return re.search(r"<strong>(\w+)</strong>", response.content.decode()).group(1)


def test_error_page_carries_the_reference_of_answer_and_log(client, caplog):
    kept = []
    handler = logging.Handler()
    handler.emit = lambda record: kept.append(json.loads(JsonLine().format(record)))
    logging.getLogger().addHandler(handler)
    try:
        response = client.get("/fails/abcdef/")
    finally:
        logging.getLogger().removeHandler(handler)

    assert response.status_code == 500
    assert quoted(response) == response["X-Request-ID"]
    assert {line["reference"] for line in kept} == {response["X-Request-ID"]}


def test_what_broke_is_kept_under_its_reference_without_its_words(client, world):
    client.force_login(world.person("leah"))

    response = client.get("/fails/abcdef/")

    kept = Breakage.objects.get()
    assert (kept.reference, kept.page) == (quoted(response), "GET fails")
    assert (kept.error, kept.person) == (
        "django.db.utils.IntegrityError",
        world.person("leah"),
    )


def test_line_about_a_missing_page_has_the_reference_too(client, lines):
    response = client.get("/nowhere/the-key-to-it/")

    assert response.status_code == 404
    assert [(line["message"], line["reference"]) for line, _ in lines()[-1:]] == [
        ("Not Found: /no page", response["X-Request-ID"])
    ]


def test_two_requests_have_two_references(client):
    first, second = client.get("/works/a/"), client.get("/works/a/")

    assert re.fullmatch(r"[2-9A-Z]{8}", first["X-Request-ID"])
    assert first["X-Request-ID"] != second["X-Request-ID"]


def test_database_that_is_away_is_said_and_when_to_try_again(client):
    response = client.get("/away/")

    assert response.status_code == 503
    assert response["Retry-After"] == "30"
    assert quoted(response) == response["X-Request-ID"]
    assert "not available just now" in response.content.decode()


def test_log_holds_no_address_query_or_words_of_an_error(client, lines):
    client.get("/fails/the-key-to-it/?email=leah%40example.org")

    for as_json, as_text in lines():
        for written in (json.dumps(as_json), as_text):
            assert SECRET not in written
            assert "the-key-to-it" not in written
            assert "example.org" not in written
    errors = [line["error"] for line, _ in lines() if "error" in line]
    assert [each["class"] for each in errors[0]] == ["django.db.utils.IntegrityError"]
    assert errors[0][0]["lines"][-1].endswith(" fails")


def test_each_request_is_one_line_with_its_page_and_person(as_person, world, caplog):
    caplog.set_level(logging.INFO, logger="requests")

    as_person("leah").get("/my-week/?x=1")

    line = json.loads(JsonLine().format(caplog.records[-1]))
    assert {**line, "at": "", "milliseconds": 0} == {
        "at": "",
        "level": "INFO",
        "logger": "requests",
        "message": "answered",
        "method": "GET",
        "route": "my-week/",
        "status": 200,
        "milliseconds": 0,
        "user": world.person("leah").pk,
    }


def test_lines_of_text_are_one_line_each(lines):
    logging.getLogger("x").warning("two\nlines to %s", SECRET)

    as_json, as_text = lines()[-1]
    assert as_json["message"] == "two\nlines to (address)"
    assert as_text.endswith(" WARNING x two lines to (address)")


def test_page_that_breaks_under_somebody_signed_in_has_the_reference(as_person, world, settings):
    leah = as_person("leah")
    leah.raise_request_exception = False
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE enquiries_enquiry RENAME TO gone")

    response = leah.get("/my-week/")

    assert response.status_code == 500
    assert quoted(response) == response["X-Request-ID"]
