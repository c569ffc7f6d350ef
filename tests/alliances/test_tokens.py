"""Tokens for programs: shown once, kept as a hash, and over with their time, role or owner."""

import re
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from alliances import actions
from alliances.held import held_on
from alliances.models import AuditRecord, Token
from alliances.roles import Role
from tests.pages import queries_of, text
from tests.tokens import Program

ASKED = "/api/v1/alliances/"


def make(client, **answers):
    return client.post(reverse("token-new"), {"name": "A notebook", "days": "30", **answers})


def secret_on(page) -> str:
    return re.search(r"aet_[\w-]+", page.content.decode())[0]


def status(program: Program) -> int:
    return program.ask(ASKED).status_code


def test_token_is_shown_once_and_opens_what_its_owner_may_see(world, as_person):
    leah, program = as_person("leah"), Program(None)

    made = make(leah)
    program.headers = {"Authorization": f"Bearer {secret_on(made)}"}

    assert made["Cache-Control"] == "private, no-store"
    assert [each["name"] for each in program.ask(ASKED).json()["items"]] == [world.abbot.name]
    assert "aet_" not in text(leah.get(reverse("tokens")))


def test_secret_is_stored_nowhere(world, as_person):
    """Neither in the row nor in the history, the records of acts or the session."""
    secret = secret_on(make(as_person("leah")))
    tables = ["alliances_token", "alliances_change", "alliances_auditrecord", "django_session"]

    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT string_agg(t::text, ' ') FROM {table} AS t")
            (rows,) = cursor.fetchone()
            assert rows, table
            assert secret not in rows, table
    assert Token.objects.get().digest != secret


def test_making_one_asks_again_who_somebody_is(world, as_person):
    leah = as_person("leah")
    session = leah.session
    session["account_authentication_methods"] = []
    session.save()

    assert make(leah).url.partition("?")[0] == reverse("account_reauthenticate")
    assert not Token.objects.exists()


def test_form_wants_a_name_and_one_of_the_spans(world, as_person):
    assert make(as_person("leah"), name="", days="10000").status_code == 422
    assert not Token.objects.exists()


def test_ended_token_opens_nothing(world, as_person):
    leah, program = as_person("leah"), Program(world.person("leah"))
    before = status(program)

    leah.post(reverse("token-end", args=[Token.objects.get().pk]))

    assert (before, status(program)) == (200, 401)
    acts = AuditRecord.objects.filter(act__endswith="token").order_by("pk")
    assert [act.act for act in acts] == ["made token", "ended token"]


def test_token_of_somebody_else_is_not_there(world, as_person):
    program = Program(world.person("leah"))

    response = as_person("ravi").post(reverse("token-end", args=[Token.objects.get().pk]))

    assert (response.status_code, status(program)) == (404, 200)


def test_token_is_over_with_its_time(world, clock):
    program = Program(world.person("leah"))
    found = []

    for days in (29, 2):
        clock.shift(timedelta(days=days))
        found.append(status(program))

    assert found == [200, 401]


def test_token_is_over_with_the_role_and_comes_back_with_no_later_one(world, clock):
    program, tom = Program(world.person("tom")), world.person("tom")
    leah, today = world.person("leah"), timezone.localdate()
    before = status(program)

    actions.end_assignment(assignment=tom.assignments.get(), by=leah, on=today)
    after = status(program)
    clock.shift(timedelta(days=1))
    actions.assign(
        user=tom,
        role=Role.TEACHER,
        scope=world.abbot_school,
        by=leah,
        starts_on=timezone.localdate(),
    )

    assert (before, after, status(program)) == (200, 401, 401)


def test_token_is_over_with_suspension(world):
    program = Program(world.person("leah"))
    before = status(program)

    actions.suspend(user=world.person("leah"), by=world.person("owen"))

    assert (before, status(program)) == (200, 401)


def test_owner_who_lacks_the_second_step_is_refused(world, settings):
    settings.SECOND_FACTOR_ROLES = ["facilitator"]

    faye, leah = Program(world.person("faye")), Program(world.person("leah"))

    assert (status(faye), status(leah)) == (403, 200)


def test_whoever_lacks_the_second_step_makes_none(world, as_person, settings):
    settings.SECOND_FACTOR_ROLES = ["facilitator"]

    assert make(as_person("faye")).url == reverse("mfa_index")
    assert not Token.objects.exists()


@pytest.mark.parametrize(
    "sent", ["", "Bearer", "Bearer aet_wrong", "Basic bGVhaDpwYXNz", "Bearer \x00", "Token x"]
)
def test_anything_else_is_no_token(sent, world):
    response = Program(None).ask(ASKED, Authorization=sent)

    assert (response.status_code, response["WWW-Authenticate"]) == (401, "Bearer")


def test_use_is_noted_every_ten_minutes(world, clock):
    program, began, noted = Program(world.person("leah")), timezone.now(), []

    for minutes in (0, 5, 6):
        clock.shift(timedelta(minutes=minutes))
        program.ask(ASKED)
        noted.append(round((Token.objects.get().used_at - began).total_seconds() / 60))

    assert noted == [0, 0, 11]


def test_page_says_of_each_what_became_of_it(world, as_person, clock):
    leah, person = as_person("leah"), world.person("leah")
    ended, _ = actions.make_token(person=person, name="Thesis", days=30)
    actions.end_token(token=ended, by=person)
    actions.make_token(person=person, name="Never used", days=90)

    page = text(leah.get(reverse("tokens")))

    assert [words in page for words in ("Thesis Over", "You ended it", "Never used Made")] == [
        True,
        True,
        True,
    ]


@pytest.mark.parametrize("number", [1, 3])
def test_page_asks_the_same_whatever_their_number(number, world, as_person):
    for each in range(number):
        actions.make_token(person=world.person("leah"), name=f"Number {each}", days=30)

    assert queries_of(as_person("leah"), reverse("tokens")) == 3


def test_erasing_a_person_takes_their_tokens(world):
    Program(world.person("tom"))

    call_command("erase_person", "tom@example.org", reason="Asked for it")

    assert not Token.objects.exists()


def test_owner_is_told_what_is_kept_of_their_tokens(world):
    actions.make_token(person=world.person("zoe"), name="Thesis", days=30)
    zoe = world.person("zoe")

    (told,) = held_on(zoe)["alliances.Token"]
    assert set(told) == {
        "number", "as", "person", "name", "made_at", "expires_at", "used_at", "ended_at",
    }  # fmt: skip
