"""Alliances, schools and the programme they belong to."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from alliances import actions
from alliances.models import Alliance, Designation, Event, Membership, Programme, School

JOINED, LEFT = date(2026, 1, 5), date(2026, 3, 2)


@pytest.fixture
def school(world) -> School:
    return actions.join_school(
        alliance=world.abbot, name="Hill Primary", phase="primary", by=None, joined_on=JOINED
    )


def test_join_school_makes_a_member(world, acts):
    leah = world.person("leah")

    school = actions.join_school(
        alliance=world.abbot, name="Hill Primary", phase="primary", by=leah, urn=101010
    )

    member = world.abbot.memberships.get(school=school)
    assert (school.name, school.phase, school.urn) == ("Hill Primary", "primary", 101010)
    assert (member.joined_on, member.left_on) == (None, None)
    assert acts() == [("joined", "Leah Marsh", "alliances.membership", member.pk, {})]


def test_join_school_twice_is_once(world, school, acts):
    again = actions.join_school(alliance=world.abbot, name="Hill Primary", phase="primary", by=None)

    assert again == school
    assert world.abbot.memberships.filter(school=school).count() == 1
    assert acts() == []


def test_school_without_a_number_is_another_one_in_another_alliance(world, school):
    other = actions.join_school(
        alliance=world.bedfordshire, name="Hill Primary", phase="primary", by=None
    )

    assert other != school


def test_school_with_a_number_is_the_same_in_two_alliances(world):
    first, second = (
        actions.join_school(alliance=alliance, name="Hill", phase="primary", by=None, urn=101010)
        for alliance in (world.abbot, world.bedfordshire)
    )

    assert first == second
    assert Membership.objects.filter(school=first).count() == 2


def test_leave_school_ends_the_membership_and_deletes_nothing(world, school, acts):
    member = school.memberships.get()
    before = acts()

    actions.leave_school(
        membership=member, on=LEFT, reason="Joined a trust", by=world.person("leah")
    )

    member.refresh_from_db()
    assert (member.joined_on, member.left_on, member.reason_left) == (
        JOINED,
        LEFT,
        "Joined a trust",
    )
    detail = {"reason": "Joined a trust"}
    assert acts()[len(before) :] == [
        ("left", "Leah Marsh", "alliances.membership", member.pk, detail)
    ]
    assert school not in world.abbot.schools_now()


def test_leave_school_whose_joining_date_nobody_knows(world):
    member = world.abbot.memberships.filter(joined_on=None).first()

    actions.leave_school(membership=member, on=LEFT, reason="", by=None)

    member.refresh_from_db()
    assert (member.joined_on, member.left_on) == (None, LEFT)


def test_leave_school_before_it_joined_is_refused(world, school, acts):
    member = school.memberships.get()
    before = acts()

    with pytest.raises(ValidationError):
        actions.leave_school(membership=member, on=date(2025, 12, 31), reason="", by=None)

    assert Membership.objects.get(pk=member.pk).left_on is None
    assert acts() == before


def test_school_that_left_may_come_back(world, school, acts):
    first = school.memberships.get()
    actions.leave_school(membership=first, on=LEFT, reason="", by=None)
    before = acts()

    again = actions.join_school(
        alliance=world.abbot, name="Hill Primary", phase="primary", by=None, joined_on=LEFT
    )

    held = [(m.joined_on, m.left_on) for m in again.memberships.all()]
    assert (again, held) == (school, [(JOINED, LEFT), (LEFT, None)])
    assert [act for act, *_ in acts()[len(before) :]] == ["joined"]


def test_describe_alliance_keeps_the_former_name(world, acts):
    former = world.abbot.name

    area = world.abbot.area

    actions.describe_alliance(
        alliance=world.abbot, name="Guildford Alliance", area="Surrey", by=world.person("leah")
    )

    alliance = Alliance.objects.get(pk=world.abbot.pk)
    names = [other.name for other in alliance.other_names.all()]
    assert (alliance.name, alliance.area, names.count(former)) == (
        "Guildford Alliance",
        "Surrey",
        1,
    )
    kept = {
        "was": {"name": former, "area": area, "other_names": ["George Abbot TSA"]},
        "now": {
            "name": "Guildford Alliance",
            "area": "Surrey",
            "other_names": ["George Abbot TSA", former],
        },
    }
    assert acts() == [("described", "Leah Marsh", "alliances.alliance", alliance.pk, kept)]


def test_alliance_that_takes_up_a_former_name_again_no_longer_has_it_as_one(world):
    former, by = world.abbot.name, world.person("leah")
    actions.describe_alliance(alliance=world.abbot, name="Guildford Alliance", by=by)

    actions.describe_alliance(alliance=world.abbot, name=former, by=by)

    names = [other.name for other in world.abbot.other_names.all()]
    assert names == ["George Abbot TSA", "Guildford Alliance"]


def test_alliance_that_is_described_as_it_is_leaves_no_act(world, acts):
    alliance, by = world.abbot, world.person("leah")

    act = actions.describe_alliance(alliance=alliance, name=alliance.name, by=by)

    assert (act, acts()) == (None, [])


@pytest.mark.parametrize(
    ("name", "known"),
    [("Guildford", ["Guildford"]), ("GUILDFORD", ["Guildford"]), ("Own Name", [])],
)
def test_also_known_as_remembers_each_name_once(name, known, world):
    alliance = actions.found_alliance(
        programme=world.programme, key="own", name="Own name", by=None
    )

    if known:
        actions.also_known_as(alliance=alliance, name="Guildford")
    actions.also_known_as(alliance=alliance, name=name)

    assert [other.name for other in alliance.other_names.all()] == known


def test_found_alliance(world, acts):
    alliance = actions.found_alliance(
        programme=world.programme, key="new", name="New Alliance", by=world.person("owen")
    )

    assert list(alliance.enquiries.all()) == []
    assert acts() == [("founded", "Owen Pryce", "alliances.alliance", alliance.pk, {})]


def test_record_designation_adds_a_step(world, acts):
    lost = Designation.Status.LOST

    step = actions.record_designation(
        alliance=world.abbot, status=lost, since=LEFT, reason="Inspection", by=None
    )

    assert str(step) == "De-designated since 2026-03-02"
    detail = {"status": "lost"}
    assert acts() == [("designation", None, "alliances.designation", step.pk, detail)]


def test_record_cluster_moves_its_alliances(world, acts):
    actions.record_cluster(
        programme=world.programme, name="Midlands", alliances=[world.abbot], by=None
    )

    members = {c.name: c.alliances.count() for c in world.programme.clusters.all()}
    assert members == {"Midlands": 3, "South": 1}
    assert acts() == []


def test_record_programme_twice_brings_it_up_to_date(world, acts):
    again = actions.record_programme(title=world.programme.title, country="Wales", by=None)

    assert (again.pk, Programme.objects.get().country) == (world.programme.pk, "Wales")
    assert acts() == []


def test_record_outline_replaces_events_and_keeps_themes(world):
    kept = set(world.programme.themes.values_list("pk", flat=True))
    theme = world.programme.themes.get(number=1)

    actions.record_outline(
        programme=world.programme,
        themes=[{"number": 1, "title": "Pedagogy", "question": "?", "route": "c2l"}],
        cohorts=[],
        events=[{"position": 1, "name": "Forum", "held": "May 2012"}],
        facts=[],
    )

    theme.refresh_from_db()
    assert set(world.programme.themes.values_list("pk", flat=True)) == kept
    assert theme.title == "Pedagogy"
    assert [str(event) for event in Event.objects.all()] == ["Forum"]
    assert world.programme.facts.count() == 0
