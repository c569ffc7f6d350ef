"""Alliances brought in by spreadsheet: every fault at once, saved whole, the same file nothing."""

import pytest

from alliances.actions import (
    found_alliance,
    invite,
    join_school,
    name_lead,
    record_programme,
)
from alliances.models import (
    Alliance,
    AuditRecord,
    Invitation,
    Mail,
    NamedLead,
    RegisteredSchool,
)
from alliances.roles import Role
from impact.actions import confirm_upload, take_up
from impact.intake.layout import EXPLAINED
from impact.intake.reading import read_alliances
from tests.impact.intake import HEAD, brought_in, read_in, registered, row
from tests.impact.sheets import csv_file

FULL = {
    "school": "300001",
    "cohort": "1",
    "theme": "Theme 3",
    "region": "Coast",
    "cluster": "Far West",
    "person": "Ada Byrne",
    "email": "ada@example.org",
    "partners": "300002, 300003",
}


SAND = "Sand Primary"
URNS_ONLY = "Enter URNs of six digits, such as 125269, with a comma or a space between them"


def faults(upload) -> list[tuple]:
    return [(each["row"], each["column"], each["reason"]) for each in upload.faults]


def stand(world) -> dict:
    """How many rows there are of what a file can make."""
    return {
        model.__name__: model.objects.count()
        for model in (Alliance, NamedLead, Invitation, Mail, AuditRecord)
    }


@pytest.fixture
def schools(world):
    return registered("Cliff School", "Sand Primary", "Shell Infants")


def test_new_alliance_stands_as_its_row_says(world, schools):
    upload = brought_in(world, row("Coast Alliance", **FULL))

    alliance = Alliance.objects.get(name="Coast Alliance")
    enquiry = alliance.enquiries.get()
    assert upload.status == "saved"
    assert [alliance.key, alliance.theme.number, alliance.cohort.number] == ["coast-alliance", 3, 1]
    assert [alliance.region, alliance.cluster.name] == ["Coast", "Far West"]
    assert alliance.lead_school == "Cliff School"
    assert enquiry.route == alliance.theme.route
    assert list(enquiry.participations.values_list("school__urn", "part")) == [
        (300001, "lead"),
        (300002, "participant"),
        (300003, "participant"),
    ]
    assert [each.urn for each in alliance.schools_now()] == [300001, 300002, 300003]
    assert [alliance.named_lead.name, alliance.named_lead.email] == ["Ada Byrne", "ada@example.org"]


def test_preview_tells_what_is_made_changed_and_left(world, schools):
    brought_in(world, row("Coast Alliance", **FULL))

    upload = read_in(
        world,
        row("Dune Alliance", school="300002", cluster="Nearby"),
        row("coast  alliance", cohort="2", partners="300003", cluster="far west"),
        row("Coast Alliance 2", school="300001"),
        row(world.abbot.name),
    )

    assert upload.preview == {
        "rows": 4,
        "made": [
            [2, "Dune Alliance", ["Cluster: Nearby", f"Lead school: {SAND}", f"Schools: {SAND}"]],
            [4, "Coast Alliance 2", ["Lead school: Cliff School", "Schools: Cliff School"]],
        ],
        "changed": [[3, "Coast Alliance", ["Cohort: Cohort 2, was Cohort 1"]]],
        "same": 1,
        "clusters": ["Nearby"],
        "leads": 0,
    }  # fmt: skip


def test_the_same_file_again_changes_nothing(world, schools):
    brought_in(world, row("Coast Alliance", **FULL), invites=True)
    before = stand(world)

    again = brought_in(world, row("Coast Alliance", **FULL), invites=True)

    assert [again.status, again.preview] == ["saved", {}]
    sent, confirmed, saved = 1, 1, 1
    assert stand(world) == {
        **before,
        "AuditRecord": before["AuditRecord"] + sent + confirmed + saved,
    }


def test_empty_cells_leave_what_is_there(world, schools):
    brought_in(world, row("Coast Alliance", **FULL))

    brought_in(world, row("Coast Alliance", region="Shore"))

    alliance = Alliance.objects.get(name="Coast Alliance")
    assert [alliance.region, alliance.cluster.name, alliance.theme.number] == [
        "Shore",
        "Far West",
        3,
    ]
    assert alliance.named_lead.email == "ada@example.org"


def test_every_fault_is_told_by_row_and_column(world, schools):
    registered("Elm", first=300009, is_open=False)

    upload = read_in(
        world,
        row("", school="300001"),
        row("A", school="300001", cohort="7", theme="Joy"),
        row("B", school="300001", partners="300002 and 300003"),
        row("C", school="300001", person="Ada"),
        row("D", school="300001", person="Ada", email="ada at home"),
        row("E", school="123456", partners="300009"),
        row("F"),
        row("G", school="300001,300002"),
        row("H", school="300001"),
        row("h", school="300001"),
        row("I", school="300001", email="ada@example.org"),
    )

    assert upload.status == "refused"
    assert faults(upload) == [
        (2, "Alliance", "Enter the name of the alliance"),
        (3, "Cohort", "The programme has no such cohort. Enter 1, 2 or 3"),
        (3, "Theme", "The programme has no such theme. Enter 1, 2 or 3"),
        (4, "Partner school URNs", URNS_ONLY),
        (5, "Lead’s e-mail", "Enter the e-mail of the lead as well"),
        (6, "Lead’s e-mail", "Enter an e-mail address, such as name@school.org.uk"),
        (7, "Lead school URN", "The national register has no school 123456"),
        (7, "Partner school URNs", "The national register says that Elm (300009) has closed"),
        (8, "Lead school URN", "Enter the lead school: the alliance is new"),
        (9, "Lead school URN", "Enter one URN: an alliance has one lead school"),
        (11, "Alliance", "Row 10 is about the same alliance"),
        (12, "Lead’s name", "Enter the name of the lead as well"),
    ]  # fmt: skip


def test_columns_are_those_of_the_template(world):
    upload = read_in(world, ["Coast"], head=["Name"])

    assert faults(upload) == [
        (1, "Name", "The template has no such column. Remove it"),
        (1, "Alliance", "This column is missing"),
    ]


def test_row_of_explanations_is_passed_over(world, schools):
    upload = read_in(world, list(EXPLAINED.values()), row("Coast Alliance", school="300001"))

    assert [upload.status, upload.preview["rows"]] == ["ready", 1]


def test_file_without_alliances_is_refused(world):
    assert faults(read_in(world)) == [(0, "", "The file holds no alliances below its headings")]


def test_alliance_is_known_by_another_of_its_names(world, schools):
    alliance = world.programme.alliances.get(key="georgeabbot")
    alliance.other_names.create(name="Abbot Old Name")

    upload = read_in(world, row("abbot old name", region="Shore"))

    assert [line[1] for line in upload.preview["changed"]] == [alliance.name]


def test_name_of_two_alliances_is_a_fault(world):
    for key in ("georgeabbot", "jurassic"):
        world.programme.alliances.get(key=key).other_names.create(name="The Alliance")

    (fault,) = faults(read_in(world, row("The Alliance", region="Shore")))

    meant = "; ".join(
        sorted(a.name for a in Alliance.objects.filter(key__in=["georgeabbot", "jurassic"]))
    )
    assert fault == (2, "Alliance", f"May be any of these: {meant}. Enter the full name")


def test_school_of_an_alliance_elsewhere_cannot_be_brought_in(world, schools):
    other = record_programme(
        title="Another", country="Wales", commissioner="-", duration="-", ended="2015",
        alliances_funded=1, by=None,
    )  # fmt: skip
    foreign = found_alliance(programme=other, key="far", name="Far", by=None)
    join_school(alliance=foreign, name="Cliff School", phase="", urn=300001, by=None)

    upload = read_in(world, row("Coast Alliance", school="300001"))

    told = "Cliff School (300001) is in an alliance of another programme"
    assert faults(upload) == [(2, "Lead school URN", told)]


def test_school_that_is_a_member_need_not_be_in_the_register(world):
    join_school(alliance=world.abbot, name="Cliff School", phase="", urn=300001, by=None)

    upload = read_in(world, row(world.abbot.name, school="300001", region=world.abbot.region))

    expected = f"Lead school: Cliff School, was {world.abbot.lead_school}"
    told = ["Lead school: Cliff School"] if not world.abbot.lead_school else [expected]
    assert upload.preview["changed"] == [[2, world.abbot.name, told]]


def test_school_known_by_its_name_alone_does_not_join_twice(world):
    registered("George Abbot School")

    upload = brought_in(world, row(world.abbot.name, school="300001"))

    assert upload.status == "saved"
    assert world.abbot.memberships.filter(school__name="George Abbot School").count() == 1


# Leads


def test_leads_are_invited_only_where_that_was_ticked(world, schools):
    brought_in(world, row("Coast Alliance", **FULL))
    untold = Mail.objects.count()

    brought_in(world, row("Coast Alliance", **FULL), invites=True)

    invitation = Invitation.objects.get()
    assert untold == 0
    assert [invitation.email, invitation.role, invitation.alliance.name] == [
        "ada@example.org",
        Role.PROJECT_LEAD,
        "Coast Alliance",
    ]
    assert invitation.invited_by == world.person("owen")
    assert Mail.objects.get().text.startswith("Hello Ada Byrne,\n\nOwen Pryce invites you to")
    assert not NamedLead.objects.exists()


def test_lead_who_is_there_or_was_invited_is_not_named(world, schools):
    leah = {"person": "Leah Marsh", "email": "leah@example.org"}

    upload = read_in(world, row(world.abbot.name, **leah))

    assert [upload.preview["same"], upload.preview["leads"]] == [1, 0]


def test_lead_invited_meanwhile_by_hand_is_not_invited_again(world, schools):
    brought_in(world, row("Coast Alliance", **FULL))
    upload = read_in(world, row("Coast Alliance", **FULL))
    alliance = Alliance.objects.get(name="Coast Alliance")
    invite(email="ADA@example.org", role=Role.PROJECT_LEAD, scope=alliance, by=None)

    confirm_upload(upload=upload, by=world.person("owen"), invites=True)
    take_up(upload.pk)

    assert [Invitation.objects.count(), Mail.objects.count(), NamedLead.objects.count()] == [
        1,
        1,
        0,
    ]


def test_another_name_takes_the_place_of_a_lead_not_invited_yet(world):
    for email in ("one@example.org", "two@example.org"):
        name_lead(alliance=world.abbot, name="Somebody", email=email, by=None)

    assert [named.email for named in NamedLead.objects.all()] == ["two@example.org"]


# Whole or not at all


def test_what_has_come_meanwhile_keeps_all_of_it_out(world, schools):
    rows = [row("Coast Alliance", school="300001"), row("Dune Alliance", school="300002")]
    upload = read_in(world, *rows)
    before = world.programme.alliances.count()
    RegisteredSchool.objects.filter(urn=300002).update(is_open=False)
    confirm_upload(upload=upload, by=world.person("owen"))
    take_up(upload.pk)
    upload.refresh_from_db()

    assert upload.status == "refused"
    assert world.programme.alliances.count() == before


def test_queries_do_not_grow_with_the_rows_of_a_file(world, schools, django_assert_num_queries):
    owen = world.person("owen")

    def read(number: int):
        file = csv_file(HEAD, *(row(f"Alliance {at}", **FULL) for at in range(number)))
        return read_alliances(file, world.programme, by=owen, told=lambda _: None)

    for number in (1, 3):
        with django_assert_num_queries(10):
            assert read(number).preview["rows"] == number


def test_file_taken_up_twice_is_saved_once(world, schools):
    upload = brought_in(world, row("Coast Alliance", **FULL), invites=True)
    before = stand(world)

    take_up(upload.pk)

    assert stand(world) == before
