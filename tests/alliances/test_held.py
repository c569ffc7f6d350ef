"""Whoever asks gets all that is stored of them, and nothing of others."""

import io
import json
import re
import zipfile

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.core.management import call_command
from django.urls import reverse

from alliances import actions
from alliances.actions import erasing
from alliances.held import held_on, kind_of, ties
from alliances.held_changes import Words, changes_of, in_words
from alliances.history import doing
from alliances.models import AuditRecord, User
from alliances.roles import Role
from enquiries.actions import keep_draft
from tests.pages import heading
from tests.world import SINCE

MARKED = "Zq Quokka"


def _first_with(model, field):
    """A row whose field is filled: some may only be filled together with others."""
    return model._base_manager.filter(**{f"{field.name}__isnull": False}).first()


@pytest.fixture
def quokka(world) -> User:
    """Tom under a name that stands nowhere else, with something of every simple kind."""
    tom = world.person("tom")
    User.objects.filter(pk=tom.pk).update(name=MARKED)
    keep_draft(enquiry=world.enquiry, address="/here/", typed={"a": ["b"]}, by=tom)
    return User.objects.get(pk=tom.pk)


def content(zipped: bytes) -> dict:
    with zipfile.ZipFile(io.BytesIO(zipped)) as archive:
        assert archive.namelist() == ["what-we-hold.json", "what-we-hold.html"]
        return json.loads(archive.read("what-we-hold.json"))


def test_every_tie_to_a_person_is_told(quokka):
    """Ties every row there is to the person, field by field, and looks for all of them."""
    untold = []
    for model in apps.get_models():
        if not hasattr(model, "keeping") or model is User or model._meta.proxy:
            continue
        for field in ties(model):
            if field.unique or not (row := _first_with(model, field)):
                continue
            value = quokka if field.related_model else quokka.email
            with erasing():  # the history itself is else only added to
                model._base_manager.filter(pk=row.pk).update(**{field.name: value})
            rows = {each["number"]: each["as"] for each in held_on(quokka)[model._meta.label]}
            if field.name not in rows.get(row.pk, []):
                untold.append(f"{model.__name__}.{field.name}")

    assert untold == []


def test_own_rows_are_told_in_full_without_keys(world, quokka):
    held = held_on(quokka)

    (account,), (role,) = held["alliances.User"], held["alliances.Assignment"]
    assert (account["name"], account["email"]) == (MARKED, "tom@example.org")
    assert "password" not in account
    assert (role["role"], role["user"]) == (Role.TEACHER, quokka.pk)
    assert [row["email"] for row in held["account.EmailAddress"]] == ["tom@example.org"]
    assert [sorted(row) for row in held["enquiries.Draft"]] == [["as", "kept_at", "number"]]


def test_nothing_of_others_is_told(world, quokka):
    told = json.dumps(held_on(quokka))

    others = User.objects.exclude(pk=quokka.pk).exclude(name="")
    assert [other.email for other in others if other.email in told] == []
    assert [other.name for other in others if other.name in told] == []


def test_person_downloads_it_and_that_is_put_down(world, as_person):
    client = as_person("tom")

    page = client.get(reverse("held"))
    file = client.post(reverse("held-file"))

    assert heading(page) == "What we hold about you"
    assert page.context["counts"][:3] == [("Account", 1), ("Roles", 1), ("Saves of forms", 1)]
    assert file["Content-Type"] == "application/zip"
    assert content(file.content)["alliances.User"][0]["name"] == world.person("tom").name
    record = AuditRecord.objects.get(act="exported")
    assert record.by == world.person("tom")


def test_command_writes_it_for_support(world, tmp_path):
    path = tmp_path / "tom.zip"

    call_command("export_person", "tom@example.org", path, verbosity=0)

    assert content(path.read_bytes())["alliances.User"][0]["email"] == "tom@example.org"


def test_kinds_of_rows_are_told_in_english():
    models = (model for model in apps.get_models() if not model._meta.proxy)
    kept = [model for model in models if hasattr(model, "keeping")]

    kinds = {kind_of(model._meta.label) for model in kept if ties(model)}

    endings = re.compile(r"(ss|[^aeiou]ys|evidences)$|^rlc", re.IGNORECASE)
    assert sorted(kind for kind in kinds if endings.search(kind)) == []


# What changed of it


def changes_told(browser) -> list[tuple]:
    """What changed, by whom, and each field before and after."""
    return [
        (told.what, told.by, [(w.label, w.before, w.after) for w in told.fields], told.renewed)
        for told in browser.get(reverse("held")).context["changes"]
    ]


def test_changes_of_what_is_held_say_what_became_of_it_and_who_did_it(world, as_person):
    sam, tom, owen = (world.person(name) for name in ("sam", "tom", "owen"))
    for by, act in (
        (tom, lambda: User.objects.filter(pk=tom.pk).update(name="Tom Other")),
        (owen, lambda: actions.end_assignment(assignment=tom.assignments.get(), by=owen, on=SINCE)),
        (sam, lambda: User.objects.filter(pk=sam.pk).update(name="Sam Other")),
        (None, lambda: User.objects.filter(pk=tom.pk).update(password="x")),
    ):
        with doing(by=lambda by=by: by and by.pk, page=lambda: "POST somewhere"):
            act()
    told = changes_told(as_person("sam"))

    assert told == [("Changed: account", "You", [("Name", "Sam Field", "Sam Other")], [])]
    found = list(changes_of(tom).values_list("table", flat=True))
    own = in_words(changes_of(tom), tom)
    assert found == ["alliances_user", "alliances_assignment", "alliances_user"]
    assert [(each.by, each.renewed) for each in own] == [
        ("The service itself", ["Password"]),
        ("Owen Pryce", []),
        ("You", []),
    ]
    assert own[1].fields == [Words("Ends on", "", "5 January 2026")]


def test_address_that_is_gone_is_still_told_of_to_its_owner_alone(world):
    leah, tom = world.person("leah"), world.person("tom")
    added = EmailAddress.objects.create(user=leah, email="leah@other.example")
    added.delete()

    told = in_words(changes_of(leah), leah)

    assert [(each.what, each.fields[0].before or each.fields[0].after) for each in told] == [
        ("Deleted: e-mail addresses", "leah@other.example"),
        ("Added: e-mail addresses", "leah@other.example"),
    ]
    assert list(changes_of(tom)) == []


@pytest.mark.parametrize("number", [1, 3])
def test_queries_of_what_changed(number, world, django_assert_num_queries):
    leah = world.person("leah")
    for n in range(number):
        with doing(by=lambda: leah.pk, page=lambda: "POST somewhere"):
            User.objects.filter(pk=leah.pk).update(name=f"Leah {n}")

    with django_assert_num_queries(1):
        assert len(in_words(changes_of(leah), leah)) == number
