"""Inviting, accepting, changing, handing over and ending: what is stored and what is recorded."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from alliances import actions
from alliances.access import permissions_over
from alliances.models import Assignment, Invitation, User
from alliances.roles import Role
from tests.alliances.conftest import NOON

TODAY = date(2026, 3, 2)


def invite(world, email="zoe@example.org", role=Role.TEACHER, scope=None):
    scope = scope or world.abbot_school
    return actions.invite(email=email, role=role, scope=scope, by=world.person("leah"))


def held_by(person) -> list[tuple]:
    """Every role a person has ever had: role, scope, from, until."""
    held = Assignment.objects.filter(user=person)
    return [(a.role, a.scope, a.starts_on, a.ends_on) for a in held]


# Registering and suspending


def test_register_person_vouches_for_the_address(acts):
    ann = actions.register_person(email="ann@example.org", name="Ann", password=None, by=None)

    address = EmailAddress.objects.get(user=ann)
    assert (address.email, address.verified, address.primary) == ("ann@example.org", True, True)
    assert (ann.name, ann.has_usable_password(), ann.is_active) == ("Ann", False, True)
    assert acts() == [("registered", None, "alliances.user", ann.pk, {})]


def test_register_person_twice_under_another_spelling_is_refused(world, acts):
    with pytest.raises(ValidationError):
        actions.register_person(email="LEAH@example.org", name="Leah", password=None, by=None)

    assert acts() == []


def test_suspend_keeps_the_roles_on_record(world, acts):
    tom = actions.suspend(user=world.person("tom"), by=world.person("owen"))

    assert User.objects.get(pk=tom.pk).is_active is False
    assert held_by(tom) == [(Role.TEACHER, world.abbot_school, date(2026, 1, 5), None)]
    assert acts() == [("suspended", "Owen Pryce", "alliances.user", tom.pk, {})]


def test_suspended_person_is_shut_out_from_the_next_request(world, as_person):
    tom, url = as_person("tom"), reverse("enquiry", args=[world.enquiry.pk])
    assert tom.get(url).status_code == 200

    actions.suspend(user=world.person("tom"), by=None)

    assert tom.get(url).url == f"{reverse('account_login')}?next={url}"


# Assigning and ending


def test_assign_gives_the_role_over_its_scope(world, acts):
    zoe, owen = world.person("zoe"), world.person("owen")

    given = actions.assign(
        user=zoe, role=Role.HEI_PARTNER, scope=world.abbot, by=owen, starts_on=TODAY
    )

    assert held_by(zoe) == [(Role.HEI_PARTNER, world.abbot, TODAY, None)]
    detail = {"person": zoe.pk, "role": "hei-partner", "over": world.abbot.name}
    assert acts() == [("assigned", "Owen Pryce", "alliances.assignment", given.pk, detail)]


def test_assign_a_role_already_held_is_refused(world, acts):
    with pytest.raises(actions.AlreadyHeld):
        actions.assign(
            user=world.person("leah"),
            role=Role.PROJECT_LEAD,
            scope=world.abbot,
            by=None,
            starts_on=TODAY,
        )

    assert acts() == []


def test_assign_a_role_held_before_starts_it_anew(world):
    pat = world.person("pat")

    actions.assign(user=pat, role=Role.PROJECT_LEAD, scope=world.abbot, by=None, starts_on=TODAY)

    assert held_by(pat) == [
        (Role.PROJECT_LEAD, world.abbot, date(2026, 1, 5), date(2026, 3, 1)),
        (Role.PROJECT_LEAD, world.abbot, TODAY, None),
    ]


def test_end_assignment_takes_effect_on_the_next_request(world, as_person, acts):
    tom, url = as_person("tom"), reverse("enquiry", args=[world.enquiry.pk])
    held = world.person("tom").assignments.get()
    assert tom.get(url).status_code == 200

    actions.end_assignment(assignment=held, by=world.person("leah"), on=TODAY)

    assert tom.get(url).status_code == 404
    detail = {"person": held.user_id, "role": "teacher", "was": None, "now": str(TODAY)}
    assert acts() == [("ended", "Leah Marsh", "alliances.assignment", held.pk, detail)]


def test_end_assignment_before_it_began_ends_it_on_its_first_day(world):
    held = world.person("tom").assignments.get()

    actions.end_assignment(assignment=held, by=None, on=date(2025, 9, 1))

    assert held_by(world.person("tom"))[0][2:] == (date(2026, 1, 5), date(2026, 1, 5))


def test_role_that_begins_tomorrow_opens_nothing_today(world, clock):
    zoe = world.person("zoe")
    tomorrow = TODAY + timedelta(days=1)
    actions.assign(
        user=zoe, role=Role.TEACHER, scope=world.abbot_school, by=None, starts_on=tomorrow
    )

    today = permissions_over(zoe, world.abbot)
    clock.shift(timedelta(days=1))

    assert today == set()
    assert permissions_over(zoe, world.abbot) == permissions_over(world.person("tom"), world.abbot)


def test_role_ends_with_the_london_day(world, clock):
    """23:30 UTC in June is half past midnight in London: the last day is over."""
    held = world.person("tom").assignments.get()
    actions.end_assignment(assignment=held, by=None, on=date(2026, 6, 2))
    london = ZoneInfo("Europe/London")

    clock.move_to(datetime(2026, 6, 1, 23, 59, tzinfo=london))
    before = Assignment.objects.current().filter(pk=held.pk).exists()
    clock.move_to(datetime(2026, 6, 2, 0, 0, tzinfo=london))
    after = Assignment.objects.current().filter(pk=held.pk).exists()

    assert (before, after) == (True, False)


# Changing and handing over


def test_change_role_keeps_the_history(world, acts):
    tom, leah = world.person("tom"), world.person("leah")
    held = tom.assignments.get()

    new = actions.change_role(assignment=held, role=Role.SCHOOL_LEAD, by=leah, on=TODAY)

    assert held_by(tom) == [
        (Role.TEACHER, world.abbot_school, date(2026, 1, 5), TODAY),
        (Role.SCHOOL_LEAD, world.abbot_school, TODAY, None),
    ]
    given = {"person": tom.pk, "role": "school-lead", "over": "George Abbot School"}
    assert acts() == [
        (
            "ended",
            "Leah Marsh",
            "alliances.assignment",
            held.pk,
            {"person": tom.pk, "role": "teacher", "was": None, "now": str(TODAY)},
        ),
        ("assigned", "Leah Marsh", "alliances.assignment", new.pk, given),
    ]


def test_change_role_to_one_already_held_changes_nothing(world, acts):
    tom = world.person("tom")
    held = tom.assignments.get()
    actions.assign(
        user=tom, role=Role.SCHOOL_LEAD, scope=world.abbot_school, by=None, starts_on=TODAY
    )
    before = acts()

    with pytest.raises(actions.AlreadyHeld):
        actions.change_role(assignment=held, role=Role.SCHOOL_LEAD, by=None, on=TODAY)

    assert Assignment.objects.get(pk=held.pk).ends_on is None
    assert acts() == before


def test_change_role_that_has_just_ended_brings_nothing_back(world, acts):
    tom = world.person("tom")
    stale = tom.assignments.get()
    actions.end_assignment(assignment=tom.assignments.get(), by=None, on=TODAY)
    before = acts()

    with pytest.raises(actions.AlreadyHandedOver):
        actions.change_role(assignment=stale, role=Role.SCHOOL_LEAD, by=None, on=TODAY)

    assert list(Assignment.objects.current().filter(user=tom)) == []
    assert acts() == before


# Inviting and accepting


def test_invite_keeps_a_place_for_fourteen_days(world, acts):
    kept = invite(world, email="New.Head@Example.ORG")

    assert (kept.email, kept.role, kept.scope) == (
        "new.head@example.org",
        Role.TEACHER,
        world.abbot_school,
    )
    assert (kept.sent_at, kept.expires_at) == (NOON, NOON + timedelta(days=14))
    assert (kept.accepted_at, kept.accepted_by, len(kept.token)) == (None, None, 43)
    detail = {"role": "teacher", "over": "George Abbot School"}
    assert acts() == [("invited", "Leah Marsh", "alliances.invitation", kept.pk, detail)]


def test_invitation_says_who_invites_to_what_and_until_when(world, mailoutbox):
    kept = invite(world)
    actions.send_mails()

    (message,) = mailoutbox
    assert (message.subject, message.to, message.from_email) == (
        "Alliance Enquiry: you are invited",
        ["zoe@example.org"],
        "no-reply@localhost",
    )
    assert message.body == (
        "Leah Marsh invites you to Alliance Enquiry as teacher taking part of George Abbot School."
        "\n\n"
        "Open this link to join. It works until 16 March 2026:\n"
        f"https://enquiry.example/invitations/{kept.token}/\n"
        "\n"
        "If you did not expect this, do nothing.\n"
    )


def test_invitation_says_names_as_they_are_written(world, mailoutbox):
    school = actions.join_school(alliance=world.abbot, name="St Mary's & All", phase="", by=None)

    actions.invite(email="a@example.org", role=Role.TEACHER, scope=school, by=None)
    actions.send_mails()

    first = mailoutbox[0].body.splitlines()[0]
    assert first == "You are invited to Alliance Enquiry as teacher taking part of St Mary's & All."


def test_invite_twice_keeps_one_place_under_the_same_link(world, acts, clock, mailoutbox):
    first = invite(world, email="New@example.org")
    actions.send_mails()
    clock.shift(timedelta(days=20))

    again = invite(world, email="new@Example.org")
    actions.send_mails()

    kept = Invitation.objects.get()
    assert (again.pk, kept.token, kept.sent_at) == (first.pk, first.token, timezone.now())
    assert kept.expires_at == timezone.now() + timedelta(days=14)
    assert [f"/{first.token}/" in message.body for message in mailoutbox] == [True, True]
    assert [act for act, *_ in acts()] == ["invited", "invited again"]


def test_invite_to_another_role_keeps_another_place(world):
    invite(world)

    invite(world, role=Role.SCHOOL_LEAD)

    assert Invitation.objects.count() == 2


def test_invite_after_a_withdrawal_keeps_a_new_place(world):
    first = invite(world)
    actions.withdraw_invitation(invitation=first, by=world.person("leah"))

    again = invite(world)

    assert again.token != first.token


def test_invite_again_by_another_says_so_and_lasts_anew(world, clock, mailoutbox):
    kept, owen = invite(world), world.person("owen")
    actions.send_mails()
    clock.shift(timedelta(days=15))

    actions.invite_again(invitation=kept, by=owen)
    actions.send_mails()

    assert mailoutbox[1].body.splitlines()[0].startswith("Owen Pryce invites you to ")
    assert "It works until 31 March 2026:" in mailoutbox[1].body
    assert actions.accept_invitation(invitation=kept, user=world.person("zoe")).scope == kept.scope


def test_invite_again_what_has_not_left_yet_sends_one(world, mailoutbox):
    kept = invite(world)

    actions.invite_again(invitation=kept, by=world.person("owen"))
    actions.send_mails()

    assert [message.body.splitlines()[0][:10] for message in mailoutbox] == ["Owen Pryce"]


def test_withdrawn_invitation_opens_nothing_and_is_not_sent(world, acts, mailoutbox):
    kept, leah = invite(world), world.person("leah")

    actions.withdraw_invitation(invitation=kept, by=leah)
    actions.send_mails()

    with pytest.raises(actions.InvitationSpent):
        actions.accept_invitation(invitation=kept, user=world.person("zoe"))
    kept.refresh_from_db()
    assert (kept.withdrawn_at, kept.withdrawn_by, mailoutbox) == (NOON, leah, [])
    assert acts()[1:] == [("withdrew", "Leah Marsh", "alliances.invitation", kept.pk, {})]


@pytest.mark.parametrize("act", [actions.invite_again, actions.withdraw_invitation])
def test_invitation_that_was_accepted_can_be_changed_no_more(act, world):
    kept, zoe = invite(world), world.person("zoe")
    actions.accept_invitation(invitation=kept, user=zoe)

    with pytest.raises(actions.InvitationSpent):
        act(invitation=kept, by=world.person("leah"))

    assert Invitation.objects.get().withdrawn_at is None


def test_accept_turns_the_place_into_a_role(world, acts):
    kept, zoe = invite(world), world.person("zoe")
    before = acts()

    given = actions.accept_invitation(invitation=kept, user=zoe)

    kept.refresh_from_db()
    assert (kept.accepted_at, kept.accepted_by) == (NOON, zoe)
    assert held_by(zoe) == [(Role.TEACHER, world.abbot_school, TODAY, None)]
    detail = {"person": zoe.pk, "role": "teacher", "over": "George Abbot School"}
    assert acts()[len(before) :] == [
        ("accepted", "Zoe Hart", "alliances.invitation", kept.pk, {}),
        ("assigned", "Zoe Hart", "alliances.assignment", given.pk, detail),
    ]


def test_accept_what_one_holds_already_spends_the_invitation(world, acts):
    tom = world.person("tom")
    kept = invite(world, email=tom.email)
    before = acts()

    given = actions.accept_invitation(invitation=kept, user=tom)

    assert given == tom.assignments.get()
    assert [act for act, *_ in acts()[len(before) :]] == ["accepted"]


def test_accept_twice_is_refused(world, acts):
    kept, zoe = invite(world), world.person("zoe")
    actions.accept_invitation(invitation=kept, user=zoe)
    before = acts()

    with pytest.raises(actions.InvitationSpent):
        actions.accept_invitation(invitation=kept, user=zoe)

    assert acts() == before


def test_accept_in_the_last_second(world, clock):
    kept, zoe = invite(world), world.person("zoe")
    clock.shift(timedelta(days=14, seconds=-1))

    actions.accept_invitation(invitation=kept, user=zoe)

    assert zoe.assignments.count() == 1


def test_accept_after_fourteen_days_is_refused(world, clock):
    kept, zoe = invite(world), world.person("zoe")
    clock.shift(timedelta(days=14))

    with pytest.raises(actions.InvitationSpent):
        actions.accept_invitation(invitation=kept, user=zoe)

    assert zoe.assignments.count() == 0


def test_accept_by_somebody_else_is_refused(world, acts):
    kept = invite(world)
    before = acts()

    with pytest.raises(actions.InvitationSpent):
        actions.accept_invitation(invitation=kept, user=world.person("ravi"))

    assert Invitation.objects.get().accepted_at is None
    assert acts() == before


def test_welcome_names_the_person_and_gives_the_role(world, acts):
    kept, zoe = invite(world), world.person("zoe")
    before = acts()

    actions.welcome(user=zoe, name="Zoe Hart-Lee", invitation=kept)

    assert User.objects.get(pk=zoe.pk).name == "Zoe Hart-Lee"
    assert held_by(zoe) == [(Role.TEACHER, world.abbot_school, TODAY, None)]
    assert [act for act, *_ in acts()[len(before) :]] == ["signed up", "accepted", "assigned"]
