"""Schools that join and leave an enquiry, and designation that is lost."""

from datetime import date

import pytest
import time_machine

from alliances.actions import join_school
from alliances.models import AuditRecord, Designation, Membership
from enquiries.models import Participation
from tests.pages import errors_said

TODAY = "2026-06-01T10:00:00Z"
JOINING = {
    "name": "Downs Primary",
    "phase": "primary",
    "urn": "123456",
    "joined_on_day": "3",
    "joined_on_month": "2",
    "joined_on_year": "2026",
    "how_joined": "told",
}
LEAVING = {
    "on_day": "4",
    "on_month": "5",
    "on_year": "2026",
    "reason": "It joined a trust",
    "replaced_by": "Hill Infants",
}


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def joined(world, as_person) -> Participation:
    as_person("leah").post(f"/enquiries/{world.enquiry.pk}/schools/join/", JOINING)
    return world.enquiry.participations.get(school__urn=123456)


def leave(client, participation: Participation, **change):
    return client.post(f"/participations/{participation.pk}/leave/", LEAVING | change)


def test_school_that_joins_is_a_member_and_takes_part(world, joined):
    membership = Membership.objects.get(school=joined.school)

    assert membership.alliance == world.abbot
    assert (membership.joined_on, membership.how_joined) == (date(2026, 2, 3), "told")
    assert (joined.part, joined.school.phase) == ("participant", "primary")
    assert joined.position == world.enquiry.participations.count()


@pytest.mark.parametrize(("name", "status"), [("leah", 422), ("owen", 302)])
def test_school_of_another_alliance_joins_only_through_who_manages_both(
    world, as_person, name, status
):
    join_school(alliance=world.bedfordshire, name="Downs Primary", phase="", urn=123456, by=None)

    response = as_person(name).post(f"/enquiries/{world.enquiry.pk}/schools/join/", JOINING)

    assert response.status_code == status
    assert world.abbot.memberships.filter(school__urn=123456).exists() is (status == 302)


def test_school_that_leaves_keeps_its_place_with_the_reason(world, as_person, joined):
    response = leave(as_person("leah"), joined)

    membership = Membership.objects.get(school=joined.school)
    joined.refresh_from_db()
    assert (response.status_code, joined.part) == (302, "left")
    assert membership.left_on == date(2026, 5, 4)
    assert membership.reason_left == "It joined a trust"
    assert membership.replaced_by == "Hill Infants"


def test_school_that_leaves_twice_leaves_once(world, as_person, joined):
    leah = as_person("leah")

    answers = [leave(leah, joined).status_code, leave(leah, joined, reason="Else").status_code]

    assert answers == [302, 302]
    assert Membership.objects.get(school=joined.school).reason_left == "It joined a trust"
    assert AuditRecord.objects.filter(act="left").count() == 1


def test_school_that_comes_back_takes_part_again(world, as_person, joined):
    leah = as_person("leah")
    leave(leah, joined)

    leah.post(
        f"/enquiries/{world.enquiry.pk}/schools/join/",
        JOINING | {"joined_on_month": "6", "joined_on_day": "1"},
    )

    joined.refresh_from_db()
    memberships = Membership.objects.filter(school=joined.school)
    assert joined.part == "participant"
    assert [m.left_on for m in memberships] == [date(2026, 5, 4), None]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (
            {"on_month": "1"},
            {"on": "Date must be on or after the day the school joined"},
        ),
        ({"on_month": "7"}, {"on": "Date must be today or in the past"}),
        ({"reason": ""}, {"reason": "Enter reason"}),
    ],
)
def test_leaving_without_a_sound_date_or_reason_is_refused(
    world, as_person, joined, change, expected
):
    response = leave(as_person("leah"), joined, **change)

    assert response.status_code == 422
    assert errors_said(response) == expected
    assert Membership.objects.get(school=joined.school).left_on is None


@pytest.mark.parametrize(
    ("reason", "status"), [("", 422), ("A poor inspection of the lead school", 302)]
)
def test_lost_designation_needs_its_reason(world, as_person, reason, status):
    lost = {"status": "lost", "since_day": "1", "since_month": "5", "since_year": "2026"}

    response = as_person("leah").post(
        f"/enquiries/{world.enquiry.pk}/designation/", lost | {"reason": reason}
    )

    recorded = Designation.objects.filter(alliance=world.abbot)
    assert response.status_code == status
    assert [step.reason for step in recorded] == ([reason] if reason else [])


def test_designation_sent_twice_is_one_step(world, as_person):
    lost = {"status": "lost", "since_day": "1", "since_month": "5", "since_year": "2026"}
    leah, url = as_person("leah"), f"/enquiries/{world.enquiry.pk}/designation/"

    for _ in range(2):
        leah.post(url, lost | {"reason": "A poor inspection"})

    assert Designation.objects.filter(alliance=world.abbot).count() == 1


def test_page_lists_schools_in_and_out(world, as_person, joined):
    leave(as_person("leah"), joined)

    schools = as_person("faye").get(f"/enquiries/{world.enquiry.pk}/schools/").context["schools"]

    found = {str(each.participation.school): each for each in schools}
    assert found["Downs Primary"].has_left
    assert found["Downs Primary"].membership.reason_left == "It joined a trust"
    assert not found["George Abbot School"].has_left


@pytest.mark.parametrize("number", [1, 3])
def test_page_of_schools_asks_the_same_whatever_their_number(
    world, as_person, number, django_assert_num_queries
):
    kept = list(world.enquiry.participations.values_list("pk", flat=True)[:number])
    world.enquiry.participations.exclude(pk__in=kept).delete()
    faye = as_person("faye")

    with django_assert_num_queries(8):
        page = faye.get(f"/enquiries/{world.enquiry.pk}/schools/")

    assert len(page.context["schools"]) == number
