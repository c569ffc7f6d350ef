"""What programs are told: as pages show it to the same person, in parts, and not too often."""

import json
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from alliances import actions, links
from alliances.models import Alliance, Read, Token, User
from alliances.roles import Role
from enquiries.models import Trial
from impact.models import Measure
from impact.queries import measures_of
from reports.actions import ask_about_enquiry, build_report
from tests import desk
from tests.access.of_programs import FOR_PROGRAMS
from tests.claims import claimed
from tests.measuring import add_measure, add_reading, measure_of_few
from tests.pages import queries_of
from tests.tokens import Program
from tests.world import PEOPLE, log


@pytest.fixture
def few(world) -> Measure:
    measure = measure_of_few(world, name="Reading aloud", value=41)
    add_reading(measure=measure, by=world.person("leah"), moment="interim", kind="x")
    return measure


def told(program: Program, name: str, *arguments, **query) -> dict:
    response = program.ask(reverse(name, args=arguments, query=query))
    assert response.status_code == 200, response.content
    return response.json()


def everything(program: Program, name: str, *arguments, **query) -> list[dict]:
    """All parts of a list."""
    answer = told(program, name, *arguments, **query)
    found = answer["items"]
    while answer["next"]:
        answer = program.ask(answer["next"]).json()
        found += answer["items"]
    return found


# What is told


def test_lists_hold_what_their_reader_may_see(world):
    names = {
        name: {each["name"] for each in everything(Program(world.person(name)), "api-alliances")}
        for name in ("leah", "ravi", "faye", "nadia")
    }
    south = {each.name for each in world.south.alliances.all()}

    assert names == {
        "leah": {world.abbot.name},
        "ravi": {world.bedfordshire.name},
        "faye": south,
        "nadia": {each.name for each in Alliance.objects.all()},
    }


def test_list_is_narrowed_by_numbers(world):
    nadia = Program(world.person("nadia"))

    of_abbot = everything(nadia, "api-enquiries", alliance=world.abbot.pk)

    assert [each["id"] for each in of_abbot] == [world.enquiry.pk]
    assert everything(nadia, "api-alliances", programme=world.programme.pk + 1) == []


def test_enquiry_is_told_as_on_the_page_of_its_alliance(world):
    answer = told(Program(world.person("uma")), "api-enquiry", world.enquiry.pk)

    assert answer == {
        "id": world.enquiry.pk,
        "alliance": world.abbot.pk,
        "route": world.enquiry.route,
        "title": world.enquiry.title,
        "focus": world.enquiry.shared_focus,
        "question": world.enquiry.shared_question,
    }


def test_figures_on_few_pupils_are_withheld_as_on_the_pages(world, few):
    found = {}
    for name in ("leah", "tom", "faye"):
        answer = told(Program(world.person(name)), "api-measures", world.enquiry.pk, limit=100)
        (measure,) = [each for each in answer["items"] if each["id"] == few.pk]
        readings = {each["moment"]: each for each in measure["readings"]}
        found[name] = {
            "below": answer["withheld_below"],
            **{
                at: (each["value"], each["people"], each["symbol"]) for at, each in readings.items()
            },
        }

    withheld = {
        "below": 6,
        "baseline": (None, None, "c"),
        "interim": (None, None, "x"),
        "outcome": (52.0, 30, ""),
    }
    assert found == {
        "leah": {**withheld, "below": 0, "baseline": (41.0, 3, "")},
        "tom": withheld,
        "faye": withheld,
    }


@pytest.mark.parametrize("name", ["leah", "tom", "faye"])
def test_every_figure_is_the_one_that_the_pages_have(name, world, few):
    """The pages and the spreadsheets are made from these values."""
    exact = name == "leah"
    shown = {m.id: m.readings for m in measures_of(world.enquiry, exact=exact)}

    items = everything(Program(world.person(name)), "api-measures", world.enquiry.pk)

    names = ("id", "value", "whole", "spread", "people", "words")
    told_of = {m["id"]: [tuple(r[n] for n in names) for r in m["readings"]] for m in items}
    assert told_of == {
        pk: [(r.id, r.value, r.of, r.sd, r.n, r.words) for r in readings]
        for pk, readings in shown.items()
    }


def test_size_of_a_small_group_is_withheld_with_its_claim(world):
    claim = claimed(world, group_size=4, **{"evidence.trial": [world.cycle.trials.get().pk]})
    found = {}

    for name in ("leah", "faye"):
        items = everything(Program(world.person(name)), "api-claims", world.enquiry.pk)
        (item,) = [each for each in items if each["id"] == claim.pk]
        found[name] = (item["group_size"], item["group_size_withheld"], item["strength_rated"])

    assert found == {"leah": (4, False, "Limited"), "faye": (None, True, "Limited")}


def test_data_of_a_report_are_the_frozen_ones(world):
    leah = world.person("leah")
    report = ask_about_enquiry(kind="interim-report", enquiry=world.enquiry, by=leah)
    build_report(report.pk)
    report.refresh_from_db()
    program = Program(leah)

    (listed,) = everything(program, "api-reports")
    frozen = told(program, "api-report-data", report.pk)

    assert (listed["fingerprint"], listed["version"]) == (report.data_hash, 1)
    assert listed["data"] == links.full(reverse("api-report-data", args=[report.pk]))
    assert frozen["data"] == report.data


def test_published_case_studies_are_told_to_every_program(world):
    publication = desk.published(world)

    found = {
        name: [each["slug"] for each in everything(Program(world.person(name)), "api-case-studies")]
        for name in ("leah", "ravi", "uma", "nadia")
    }

    assert found == {name: [publication.slug] for name in found}
    assert len(found) == 4


def test_no_program_is_told_a_name_an_address_or_a_private_log(world):
    """Everything that everybody's programs get, searched for whoever is known here."""
    planted = "Quokka"
    log(
        Trial,
        cycle=world.cycle,
        by=world.person("leah"),
        held_on=date(2026, 2, 3),
        **dict.fromkeys(("strategy", "done", "experienced", "reflection"), planted),
        recommendation=planted,
    )
    claimed(world, **{"evidence.trial": [world.cycle.trials.first().pk]})
    urls = [page.url(world) for page in FOR_PROGRAMS if page.name != "api-report-data"]

    answers = [
        Program(world.person(name)).ask(url).content.decode() for name in PEOPLE for url in urls
    ]

    people = [word for user in User.objects.all() for word in (user.name, user.email)]
    everything_told = "".join(answers)
    assert world.abbot.name in everything_told
    assert [word for word in [*people, planted] if word in everything_told] == []


# How it is sent


def test_parts_follow_each_other_and_tell_nothing_twice(world):
    nadia = Program(world.person("nadia"))
    whole = told(nadia, "api-alliances", limit=100)["items"]

    in_parts = everything(nadia, "api-alliances", limit=1)

    assert len(whole) == 4
    assert in_parts == whole


@pytest.mark.parametrize(
    "query", ["limit=0", "limit=101", "limit=x", "after=-1", "after=1_0", "alliance=", "after=٣"]
)
def test_what_is_no_number_or_out_of_bounds_is_refused_in_words(query, world):
    response = Program(world.person("leah")).ask(f"{reverse('api-enquiries')}?{query}")

    problem = response.json()
    assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")
    assert list(problem) == ["type", "title", "status", "detail", "reference"]
    assert problem["reference"] == response["X-Request-ID"]


def test_nul_is_refused_as_a_problem(world):
    response = Program(world.person("leah")).ask(f"{reverse('api-enquiries')}?after=%00")

    assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")


def test_what_has_not_changed_is_not_sent_again(world):
    leah, url = Program(world.person("leah")), reverse("api-alliances")
    first = leah.ask(url)

    again = leah.ask(url, **{"If-None-Match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert (first["Cache-Control"], first["Vary"]) == ("private, no-cache", "Authorization, Cookie")


def test_too_many_calls_of_a_token_wait_and_those_of_others_do_not(world, settings):
    settings.API_CALLS_A_MINUTE = 2
    url = reverse("api-alliances")
    with time_machine.travel(datetime(2026, 3, 2, 12, 0, 20, tzinfo=UTC), tick=False) as clock:
        leah, ravi = Program(world.person("leah")), Program(world.person("ravi"))

        found = [leah.ask(url) for _ in range(3)]
        other = ravi.ask(url)
        clock.shift(int(found[-1]["Retry-After"]))
        later = leah.ask(url)

    assert [each.status_code for each in found] == [200, 200, 429]
    assert found[-1]["Retry-After"] == "40"
    assert (other.status_code, later.status_code) == (200, 200)


def test_call_without_https_is_refused_and_not_led_on(world, settings):
    settings.HTTPS = settings.SECURE_SSL_REDIRECT = True

    response = Program(world.person("leah")).ask(reverse("api-alliances"))

    assert response.status_code == 403


def test_reading_what_is_private_is_put_down(world):
    faye = Program(world.person("faye"))

    for name in ("api-enquiry", "api-cycles", "api-measures", "api-claims"):
        told(faye, name, world.enquiry.pk)

    read = Read.objects.filter(alliance=world.abbot).order_by("pk").values_list("page", "by__name")
    assert list(read) == [
        (f"GET {name} {world.enquiry.pk}", PEOPLE["faye"])
        for name in ("api-cycles", "api-measures", "api-claims")
    ]


# What it costs


@pytest.fixture
def grown(world, request):
    """So many measures with readings, claims, alliances that Leah leads, schools and reports."""
    leah = world.person("leah")
    Measure.objects.all().delete()
    world.enquiry.claims.all().delete()
    for number in range(request.param):
        measure = add_measure(
            enquiry=world.enquiry,
            by=leah,
            baseline={"kind": "number", "value": 41, "n": 30},
            level="teacher",
            name=f"Talk {number}",
            instrument="test",
            population="Year 4",
        )
        claimed(world, key=None, **{"evidence.measure": [measure.pk]})
        alliance = actions.found_alliance(
            programme=world.programme, key=f"grown-{number}", name=f"Grown {number}", by=None
        )
        actions.assign(
            user=leah,
            role=Role.PROJECT_LEAD,
            scope=alliance,
            by=None,
            starts_on=timezone.localdate(),
        )
        actions.join_school(
            alliance=world.abbot, name=f"School {uuid4()}", phase="primary", by=None, joined_on=None
        )
        kind = ["interim-report", "final-report", "case-study"][number]
        build_report(ask_about_enquiry(kind=kind, enquiry=world.enquiry, by=leah).pk)
    return world


COUNTS = {
    "api-programmes": 3,
    "api-alliances": 3,
    "api-schools": 4,
    "api-enquiries": 3,
    "api-cycles": 5,
    "api-measures": 8,
    "api-claims": 19,
    "api-case-studies": 3,
    "api-reports": 3,
}


@pytest.mark.parametrize("grown", [1, 3], indirect=True)
def test_lists_ask_the_same_whatever_their_rows(grown):
    leah = Program(grown.person("leah"))
    leah.ask(reverse("api-programmes"))
    leah.get = leah.ask
    arguments = {"api-schools": [grown.abbot.pk]}
    of_enquiry = ("api-cycles", "api-measures", "api-claims")
    arguments |= {name: [grown.enquiry.pk] for name in of_enquiry}
    urls = {name: reverse(name, args=arguments.get(name, [])) for name in COUNTS}

    found = {name: queries_of(leah, url) for name, url in urls.items()}

    assert found == COUNTS
    assert Token.objects.count() == 1


# The document


def test_document_tells_of_every_address_and_is_read_by_anybody(client, db):
    document = client.get(reverse("api-document")).json()

    names = {each["get"]["operationId"] for each in document["paths"].values()}
    assert document["openapi"] == "3.1.0"
    assert names == {page.name for page in FOR_PROGRAMS}


def test_every_field_of_the_document_says_what_it_means(client, db):
    document = client.get(reverse("api-document")).json()

    schemas = document["components"]["schemas"]
    silent = [
        (name, field)
        for name, schema in schemas.items()
        for field, told in schema.get("properties", {}).items()
        if not told.get("description")
    ]
    assert silent == []
    assert json.dumps(schemas).count('"description"') > 90


def test_address_that_leads_nowhere_is_refused_as_a_problem(client, db):
    response = client.get("/api/v1/nothing/")

    assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")
    assert client.get("/nothing/")["Content-Type"] == "text/html; charset=utf-8"
