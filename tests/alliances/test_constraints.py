"""What the database itself refuses, and what it lets through."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from alliances.models import Assignment, Invitation, Membership, School, User
from alliances.roles import RULES, Role, Scope
from tests.alliances.conftest import NOON

TODAY = date(2026, 3, 2)


def refused_by(constraint: str):
    return pytest.raises(IntegrityError, match=constraint)


@pytest.fixture
def scopes(world) -> dict:
    return {
        Scope.PROGRAMME: world.programme,
        Scope.CLUSTER: world.south,
        Scope.ALLIANCE: world.abbot,
        Scope.SCHOOL: world.abbot_school,
    }


def filled(scopes: dict, *names: Scope) -> dict:
    return {name.value: scopes[name] for name in names}


def days_of(role: Role) -> dict:
    """From a day on; of a role that is lent also until when."""
    until = {"ends_on": TODAY + timedelta(days=1)} if RULES[role].is_lent else {}
    return {"starts_on": TODAY, **until}


@pytest.mark.parametrize("role", Role)
def test_role_is_held_over_its_own_scope(role, scopes, world):
    zoe, own = world.person("zoe"), RULES[role].scope

    held = Assignment.objects.create(user=zoe, role=role, **days_of(role), **filled(scopes, own))

    assert held.scope == scopes[own]


@pytest.mark.parametrize("role", Role)
def test_role_over_no_scope_another_or_two_is_refused(role, scopes, world):
    zoe, own = world.person("zoe"), RULES[role].scope
    others = [scope for scope in Scope if scope is not own]

    for wrong in [(), *((other,) for other in others), *((own, other) for other in others)]:
        with transaction.atomic(), refused_by("alliances_assignment_scope"):
            Assignment.objects.create(
                user=zoe, role=role, **days_of(role), **filled(scopes, *wrong)
            )


@pytest.mark.parametrize("role", [role for role in Role if RULES[role].is_lent])
def test_role_that_is_lent_has_its_last_day(role, scopes, world):
    zoe, own = world.person("zoe"), RULES[role].scope
    place = {"role": role, **filled(scopes, own)}

    with transaction.atomic(), refused_by("alliances_assignment_lent_ends"):
        Assignment.objects.create(user=zoe, starts_on=TODAY, **place)
    with transaction.atomic(), refused_by("alliances_invitation_lent_ends"):
        Invitation.objects.create(
            email="a@example.org", token="t", sent_at=NOON, expires_at=NOON, **place
        )


def test_role_nobody_knows_is_refused(world):
    with refused_by("alliances_assignment_scope"):
        Assignment.objects.create(
            user=world.person("zoe"), role="janitor", starts_on=TODAY, alliance=world.abbot
        )


@pytest.mark.parametrize("ends_on", [None, TODAY, TODAY + timedelta(days=1)])
def test_role_ends_on_its_first_day_or_later(ends_on, world):
    held = world.person("tom").assignments.get()
    held.starts_on, held.ends_on = TODAY, ends_on

    held.save()

    assert Assignment.objects.get(pk=held.pk).ends_on == ends_on


def test_role_that_ends_before_it_starts_is_refused(world):
    held = world.person("tom").assignments.get()
    held.starts_on, held.ends_on = TODAY, TODAY - timedelta(days=1)

    with refused_by("alliances_assignment_ends_after_start"):
        held.save()


def invitation(world, **fields) -> Invitation:
    given = {
        "email": "new@example.org",
        "token": "t",
        "role": Role.PROJECT_LEAD,
        "alliance": world.abbot,
        "sent_at": NOON,
        "expires_at": NOON + timedelta(days=14),
    }
    return Invitation.objects.create(**{**given, **fields})


def test_invitation_over_another_scope_is_refused(world):
    with refused_by("alliances_invitation_scope"):
        invitation(world, role=Role.TEACHER)


def test_invitation_is_accepted_by_somebody_at_some_time(world):
    invitation(world, token="open")
    invitation(world, token="spent", accepted_at=NOON, accepted_by=world.person("zoe"))

    assert Invitation.objects.count() == 2


@pytest.mark.parametrize("half", ["moment", "person"])
def test_invitation_half_accepted_is_refused(half, world):
    fields = {"moment": {"accepted_at": NOON}, "person": {"accepted_by": world.person("zoe")}}

    with refused_by("alliances_invitation_accepted_pair"):
        invitation(world, **fields[half])


def test_two_invitations_do_not_share_a_token(world):
    invitation(world)

    with refused_by("token"):
        invitation(world, email="other@example.org")


def test_two_accounts_do_not_share_an_address_in_another_spelling(db):
    User.objects.create(email="ann@example.org")

    with refused_by("alliances_user_email"):
        User.objects.create(email="Ann@example.org")


@pytest.fixture
def school(db) -> School:
    return School.objects.create(name="Hill Primary")


@pytest.mark.parametrize(
    ("joined", "left"),
    [
        (None, None),
        (None, TODAY),
        (TODAY, None),
        (TODAY, TODAY),
        (TODAY, TODAY + timedelta(days=1)),
    ],
)
def test_membership_dates_that_fit(joined, left, school, world):
    Membership.objects.create(alliance=world.abbot, school=school, joined_on=joined, left_on=left)

    assert school.memberships.count() == 1


def test_membership_that_ends_before_it_begins_is_refused(school, world):
    with refused_by("alliances_membership_leaves_after_joining"):
        Membership.objects.create(
            alliance=world.abbot,
            school=school,
            joined_on=TODAY,
            left_on=TODAY - timedelta(days=1),
        )


def test_school_is_a_member_once_at_a_time(school, world):
    for left in (TODAY, TODAY, None):
        Membership.objects.create(alliance=world.abbot, school=school, left_on=left)
    Membership.objects.create(alliance=world.bedfordshire, school=school)

    with refused_by("alliances_membership_once"):
        Membership.objects.create(alliance=world.abbot, school=school)


@pytest.mark.parametrize(
    ("joined", "left", "holds"),
    [
        (None, None, True),
        (TODAY, None, True),
        (TODAY + timedelta(days=1), None, False),
        (None, TODAY + timedelta(days=1), True),
        (None, TODAY, False),
        (TODAY, TODAY, False),
        (TODAY - timedelta(days=1), TODAY + timedelta(days=1), True),
    ],
)
def test_memberships_on_a_day(joined, left, holds, school, world):
    Membership.objects.create(alliance=world.abbot, school=school, joined_on=joined, left_on=left)

    assert Membership.objects.on(TODAY).filter(school=school).exists() is holds
