"""Every change leaves who, when, what and from where, however it was made."""

import time

import psycopg2
import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.db.models import F

import manage
from alliances import links, workers
from alliances.actions import erasing, redact
from alliances.history import doing
from alliances.models import Alliance, Change, Mail, School, User
from enquiries.models import Enquiry, Trial
from reports.models import Rendition

CLASSED = [model for model in apps.get_models() if hasattr(model, "keeping")]


@pytest.fixture
def changes(world):
    """What was put down since: act, table, row, by whom, from where, before and after."""

    def since(**what) -> list[tuple]:
        found = Change.objects.filter(**what).order_by("pk")
        return list(found.values_list("act", "table", "row", "by", "page", "before", "after"))

    return since


@pytest.fixture
def at_work(world):
    """Leah, on a page."""
    leah = world.person("leah").pk
    with doing(by=lambda: leah, page=lambda: "POST enquiry-edit 7"):
        yield leah


HERE = "POST enquiry-edit 7"


def triggers_in_place() -> set[tuple]:
    """Table, name without its hash, and whether it fires, of each trigger of the history."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text, split_part(tgname, '_', 2), tgenabled "
            "FROM pg_trigger WHERE tgname LIKE 'pgtrigger_%'"
        )
        return set(cursor.fetchall())


# Every table


def test_every_table_has_its_triggers_but_those_that_say_why_not(db):
    without = {model._meta.label for model in CLASSED if getattr(model, "without_history", "")}
    watched = {model._meta.db_table for model in CLASSED if model._meta.label not in without}

    found = {row for row in triggers_in_place() if row[1] in ("history", "emptied")}

    assert without == {
        "alliances.Breakage",
        "alliances.Change",
        "alliances.Read",
        "alliances.RegisteredSchool",
        "enquiries.Draft",
        "reports.Digest",
        "reports.Leaf",
        "reports.Part",
        "reports.Preview",
    }
    assert found == {(table, name, "O") for table in watched for name in ("history", "emptied")}
    signing_in = {"account_emailaddress", "mfa_authenticator", "socialaccount_socialaccount"}
    assert signing_in <= watched


def test_rows_that_are_records_themselves_are_not_noted_twice():
    own = {model._meta.label for model in CLASSED if getattr(model, "is_its_own_history", False)}

    assert own == {"alliances.AuditRecord", "alliances.RegisterChange", "enquiries.Revision"}


# However it is written


def test_save_leaves_the_columns_that_changed(world, changes, at_work):
    world.abbot.area = "Surrey Hills"
    before = Alliance.objects.get(pk=world.abbot.pk).area

    world.abbot.save()

    assert changes() == [
        (
            "update",
            "alliances_alliance",
            world.abbot.pk,
            at_work,
            HERE,
            {"area": before},
            {"area": "Surrey Hills"},
        )
    ]
    assert Change.objects.get().alliance == world.abbot


def test_save_of_the_same_leaves_nothing(world, changes, at_work):
    world.abbot.save()

    assert changes() == []


def test_update_of_many_leaves_each(world, changes, at_work):
    School.objects.update(town="Guildford")

    assert len(changes(act="update", table="alliances_school", by=at_work, page=HERE)) > 1
    assert set(Change.objects.values_list("after__town", flat=True)) == {"Guildford"}
    assert Change.objects.values("transaction").distinct().count() == 1


def test_bulk_create_leaves_whole_rows(changes, at_work):
    (one, two) = School.objects.bulk_create([School(name="North"), School(name="East")])

    rows = [(act, row, before, after["name"]) for act, _, row, _, _, before, after in changes()]
    assert rows == [("insert", one.pk, None, "North"), ("insert", two.pk, None, "East")]


def test_bulk_update_leaves_each(world, changes, at_work):
    schools = list(School.objects.order_by("pk")[:2])
    for school in schools:
        school.phase = "all-through"

    School.objects.bulk_update(schools, ["phase"])

    assert [(row, after) for _, _, row, _, _, _, after in changes()] == [
        (school.pk, {"phase": "all-through"}) for school in schools
    ]


def test_deletion_leaves_what_was_there(world, changes, at_work):
    trial = Trial.objects.get()
    key = trial.pk

    trial.delete()

    act, _, row, by, page, before, after = changes(table="enquiries_trial")[0]
    assert (act, row, by, page, after) == ("delete", key, at_work, HERE, None)
    assert before["strategy"] == "Paired planning"
    assert Change.objects.get(table="enquiries_trial").alliance == world.abbot


def test_statement_with_many_rows_of_values_is_put_down_too(changes, at_work):
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO alliances_school (name, town, phase) VALUES (%s, '', '')",
            [("100% North",), ("East",)],
        )

    assert [(by, page, after["name"]) for _, _, _, by, page, _, after in changes()] == [
        (at_work, HERE, "100% North"),
        (at_work, HERE, "East"),
    ]


def test_statement_without_values_may_hold_a_percent_sign(world, changes, at_work):
    with (
        doing(by=lambda: at_work, page=lambda: "POST 100% o'clock"),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE alliances_programme SET country = '5% hills'")

    assert [(page, after) for _, _, _, _, page, _, after in changes()] == [
        ("POST 100% o'clock", {"country": "5% hills"})
    ]


def test_expression_leaves_the_value_it_came_to(world, changes, at_work):
    Enquiry.objects.filter(pk=world.enquiry.pk).update(version=F("version") + 1)

    assert [after for *_, after in changes()] == [{"version": world.enquiry.version + 1}]


def test_emptied_table_is_noted(world, changes, at_work):
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE impact_count")

    assert changes() == [("truncate", "impact_count", None, at_work, HERE, None, None)]


@pytest.mark.django_db(transaction=True)
def test_sql_from_elsewhere_is_by_nobody_from_sql():
    school = School.objects.create(name="North")
    elsewhere = psycopg2.connect(**connection.get_connection_params() | {"cursor_factory": None})
    with elsewhere, elsewhere.cursor() as cursor:
        cursor.execute("UPDATE alliances_school SET town = 'Reading'")
    elsewhere.close()

    change = Change.objects.get(act="update")

    assert (change.row, change.by, change.page) == (school.pk, None, "sql")
    assert (change.before, change.after) == ({"town": ""}, {"town": "Reading"})


# Who and where


@pytest.mark.django_db(transaction=True)
def test_nothing_of_it_stays_with_the_connection():
    with doing(by=lambda: 7, page=lambda: HERE):
        School.objects.create(name="North")

    School.objects.create(name="East")

    assert list(Change.objects.order_by("pk").values_list("by_id", "page")) == [
        (7, HERE),
        (None, "sql"),
    ]


@pytest.mark.django_db(transaction=True)
def test_what_is_undone_leaves_nothing():
    with doing(by=lambda: 7, page=lambda: HERE), transaction.atomic():
        School.objects.create(name="North")
        transaction.set_rollback(True)

    assert Change.objects.count() == 0


def test_page_puts_down_its_person_and_address(world, as_person):
    address = f"/alliances/{world.abbot.pk}/people/invite/"

    as_person("leah").post(address, {"email": "x@y.org", "role": "hei-partner"})

    change = Change.objects.get(table="alliances_invitation")
    assert (change.by, change.page) == (world.person("leah"), f"POST invite {world.abbot.pk}")
    assert (change.after["email"], "token" in change.after) == ("x@y.org", False)


def test_key_in_an_address_is_not_put_down(world, client, settings):
    address = links.to_stop(world.person("leah"), Mail.Kind.WEEKLY)

    client.post(address.removeprefix(settings.SITE_URL))

    change = Change.objects.get(table="alliances_user")
    assert (change.row, change.by, change.page) == (
        world.person("leah").pk,
        None,
        "POST mail-stop",
    )


@pytest.mark.django_db(transaction=True)
def test_command_is_put_down_by_its_name(world, capsys):
    manage.main(["manage.py", "suspend", "tom@example.org"])

    change = Change.objects.filter(table="alliances_user", after__is_active=False).latest("pk")
    assert (change.row, change.by, change.page) == (
        world.person("tom").pk,
        None,
        "command suspend",
    )


# What is not copied


def test_password_is_only_known_to_have_changed(world, changes, at_work):
    tom = world.person("tom")
    tom.set_password("quite another one")

    tom.save()

    change = Change.objects.get()
    assert (change.before, change.after, change.withheld) == (None, None, ["password"])


def test_words_of_e_mails_are_not_copied(world, changes, at_work):
    leah = world.person("leah")
    mail = Mail.objects.create(
        kind="weekly", to=leah.email, person=leah, subject="x", text="Secret"
    )

    mail.delete()

    assert [(act, "text" in (before or after)) for act, *_, before, after in changes()] == [
        ("insert", False),
        ("delete", False),
    ]


def test_bytes_are_not_copied(changes, at_work):
    made = Rendition.objects.create(made_from="x", file=b"one", file_hash="1", pages=1)
    made.file, made.file_hash = b"two", "2"

    made.save()

    assert "file" not in Change.objects.get(act="insert").after
    changed = Change.objects.get(act="update")
    assert (changed.before, changed.after, changed.withheld) == (
        {"file_hash": "1"},
        {"file_hash": "2"},
        ["file"],
    )


# Only ever added to


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE alliances_change SET by_id = NULL",
        "DELETE FROM alliances_change",
        "TRUNCATE alliances_change",
    ],
)
def test_history_is_only_added_to(statement, world, at_work):
    School.objects.create(name="North")

    with (
        pytest.raises(DatabaseError, match="only ever added to"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)

    assert Change.objects.count() == 1


def test_redaction_empties_words_and_says_so(world, changes, at_work):
    north, east = School.objects.create(name="North"), School.objects.create(name="East")
    School.objects.filter(pk=north.pk).update(name="North Park", town="Oxford")

    redact(model=School, rows=[north.pk], fields=["name"])

    first, second, third, last = Change.objects.order_by("pk")
    assert (first.after["name"], second.after["name"]) == (None, "East")
    assert (third.before, third.after) == (
        {"name": None, "town": ""},
        {"name": None, "town": "Oxford"},
    )
    assert (last.act, last.row, last.by_id, last.withheld) == (
        "redact",
        north.pk,
        at_work,
        ["name"],
    )
    assert east.pk == second.row


def test_after_an_erasure_the_history_is_closed_again(world, at_work):
    School.objects.create(name="North")

    with transaction.atomic():
        with erasing():
            Change.objects.all().delete()
        School.objects.create(name="East")
        with pytest.raises(DatabaseError, match="only ever added to"), transaction.atomic():
            Change.objects.all().delete()

    assert [change.after["name"] for change in Change.objects.all()] == ["East"]


def test_person_is_not_erased_with_the_history_of_their_work(world, at_work):
    User.objects.filter(pk=at_work).update(name="Somebody")

    assert Change.objects.get().by.name == "Somebody"


# A task


@pytest.mark.django_db(transaction=True)
def test_task_is_put_down_with_who_asked(worker, world):
    leah = world.person("leah").pk
    Mail.objects.create(kind="weekly", to="leah@example.org", person_id=leah, subject="x", text="y")
    with doing(by=lambda: leah, page=lambda: HERE):
        workers.tell("alliances.send_mails")

    deadline = time.monotonic() + 30
    while not Mail.objects.filter(state="sent").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    change = Change.objects.filter(table="alliances_mail", act="update").latest("pk")
    assert (change.by_id, change.page) == (leah, "task alliances.send_mails")
