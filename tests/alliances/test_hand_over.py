"""Handing a role over: at once, or once somebody has accepted; and what ends the offer before."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import pytest
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from alliances import actions
from alliances.models import Assignment, Invitation
from alliances.queries import open_invitation
from alliances.roles import Role
from tests.alliances.test_people_actions import TODAY, held_by, invite
from tests.at_once import wait_until_both_wait


def test_hand_over_to_a_known_person(world, acts, mailoutbox):
    leah, zoe = world.person("leah"), world.person("zoe")
    held = leah.assignments.get()

    new = actions.hand_over(assignment=held, email="Zoe@Example.org", by=leah, on=TODAY)
    actions.send_mails()

    assert held_by(leah) == [(Role.PROJECT_LEAD, world.abbot, date(2026, 1, 5), TODAY)]
    assert held_by(zoe) == [(Role.PROJECT_LEAD, world.abbot, TODAY, None)]
    assert mailoutbox == []
    of = "alliances.assignment"
    ended = {"person": leah.pk, "role": "project-lead", "was": None, "now": str(TODAY)}
    assert acts() == [
        ("ended", "Leah Marsh", of, held.pk, ended),
        ("handed over", "Leah Marsh", of, held.pk, {"role": "project-lead"}),
        (
            "assigned",
            "Leah Marsh",
            of,
            new.pk,
            {"person": zoe.pk, "role": "project-lead", "over": world.abbot.name},
        ),
    ]


@pytest.mark.parametrize("email", ["new@example.org", "sid@example.org"])
def test_hand_over_to_somebody_without_an_open_account(email, world, acts, mailoutbox):
    leah = world.person("leah")
    held = leah.assignments.get()

    kept = actions.hand_over(assignment=held, email=email, by=leah, on=TODAY)
    actions.send_mails()

    assert (kept.email, kept.role, kept.scope) == (email, Role.PROJECT_LEAD, world.abbot)
    assert held_by(leah) == [(Role.PROJECT_LEAD, world.abbot, date(2026, 1, 5), None)]
    assert [message.to for message in mailoutbox] == [[email]]
    invited = {"role": "project-lead", "over": world.abbot.name}
    assert [(act, subject, detail) for act, _, _, subject, detail in acts()] == [
        ("handed over", held.pk, {"role": "project-lead"}),
        ("invited", kept.pk, invited),
    ]


def test_hand_over_by_invitation_ends_the_role_once_it_is_accepted(world):
    leah, zoe = world.person("leah"), world.person("zoe")
    held = leah.assignments.get()
    kept = actions.invite(
        email=zoe.email,
        role=Role.PROJECT_LEAD,
        scope=world.abbot,
        by=leah,
        replaces=held,
    )

    actions.accept_invitation(invitation=kept, user=zoe)

    held.refresh_from_db()
    assert held.ends_on == timezone.localdate()
    assert [role.role for role in zoe.assignments.all()] == [Role.PROJECT_LEAD]


def test_hand_over_of_a_role_that_has_ended_is_refused(world):
    leah = world.person("leah")
    held = leah.assignments.get()
    given = {"assignment": held, "email": "zoe@example.org", "by": leah, "on": TODAY}
    actions.hand_over(**given)

    with pytest.raises(actions.AlreadyHandedOver):
        actions.hand_over(**{**given, "email": "hana@example.org"})


def test_hand_over_to_somebody_who_holds_it_already_changes_nothing(world, acts):
    leah, zoe = world.person("leah"), world.person("zoe")
    actions.assign(user=zoe, role=Role.PROJECT_LEAD, scope=world.abbot, by=None, starts_on=TODAY)
    before = acts()

    with pytest.raises(actions.AlreadyHeld):
        actions.hand_over(assignment=leah.assignments.get(), email=zoe.email, by=leah, on=TODAY)

    assert held_by(leah) == [(Role.PROJECT_LEAD, world.abbot, date(2026, 1, 5), None)]
    assert acts() == before


def test_hand_over_to_somebody_invited_already_ends_the_role_on_acceptance(world):
    leah = world.person("leah")
    invite(world, email="ann@example.org", role=Role.PROJECT_LEAD, scope=world.abbot)

    kept = actions.hand_over(
        assignment=leah.assignments.get(), email="ann@example.org", by=leah, on=TODAY
    )

    assert (Invitation.objects.count(), kept.replaces) == (1, leah.assignments.get())


# What ends an offer


@pytest.fixture
def offered(world):
    """Sam's role in his school, which Leah has offered to Ann."""
    return actions.hand_over(
        assignment=world.person("sam").assignments.get(),
        email="ann@example.org",
        by=world.person("leah"),
        on=TODAY,
    )


def withdrawn_by(invitation) -> list:
    """Who withdrew it and when, on one line; empty while it is open."""
    invitation.refresh_from_db()
    return [invitation.withdrawn_at and timezone.localdate(), invitation.withdrawn_by]


def end(person, *, by) -> None:
    actions.end_assignment(assignment=person.assignments.get(), by=by, on=timezone.localdate())


def test_offer_ends_with_the_role_that_it_hands_over(offered, world, acts):
    hana = world.person("hana")

    end(world.person("sam"), by=hana)

    assert withdrawn_by(offered) == [TODAY, hana]
    assert [(act, by) for act, by, *_ in acts()][-2:] == [
        ("ended", "Hana Lind"),
        ("withdrew", "Hana Lind"),
    ]


def test_offer_ends_with_the_role_of_whoever_made_it(offered, world):
    owen = world.person("owen")

    end(world.person("leah"), by=owen)

    assert withdrawn_by(offered) == [TODAY, owen]


def test_offer_of_somebody_who_may_make_it_by_another_role_stays(offered, world):
    leah = world.person("leah")
    first = leah.assignments.get()
    actions.assign(
        user=leah, role=Role.NATIONAL_TEAM, scope=world.programme, by=None, starts_on=TODAY
    )

    actions.end_assignment(assignment=first, by=None, on=TODAY)

    assert withdrawn_by(offered) == [None, None]


def test_offer_ends_by_a_command_in_nobodys_name(offered, world):
    end(world.person("sam"), by=None)

    assert withdrawn_by(offered) == [TODAY, None]


def test_offer_ends_when_whoever_made_it_is_suspended(offered, world):
    actions.suspend(user=world.person("leah"), by=None)

    assert withdrawn_by(offered) == [TODAY, None]


def test_plain_invitation_outlives_the_role_of_whoever_sent_it(world):
    kept = invite(world)

    end(world.person("leah"), by=None)

    assert withdrawn_by(kept) == [None, None]


def test_of_two_offers_of_one_role_the_first_accepted_ends_the_other(offered, world):
    zoe = world.person("zoe")
    sam, leah = world.person("sam"), world.person("leah")
    other = actions.invite(
        email=zoe.email,
        role=Role.SCHOOL_LEAD,
        scope=world.abbot_school,
        by=leah,
        replaces=sam.assignments.get(),
    )

    actions.accept_invitation(invitation=other, user=zoe)

    assert withdrawn_by(offered) == [TODAY, zoe]
    assert withdrawn_by(other) == [None, None]


def test_offer_of_a_role_that_ran_out_on_its_day_is_spent(world, clock):
    zoe, sam = world.person("zoe"), world.person("sam")
    held = sam.assignments.get()
    kept = actions.invite(
        email=zoe.email,
        role=Role.SCHOOL_LEAD,
        scope=world.abbot_school,
        by=world.person("leah"),
        replaces=held,
    )
    Assignment.objects.filter(pk=held.pk).update(ends_on=date(2026, 3, 4))
    clock.move_to(datetime(2026, 3, 4, 12, tzinfo=UTC))

    with pytest.raises(actions.InvitationSpent):
        actions.accept_invitation(invitation=kept, user=zoe)

    assert (held_by(zoe), open_invitation(kept.token)) == ([], None)


def test_offer_is_spent_once_whoever_made_it_may_make_it_no_more(world, as_person):
    """The school has left the alliance that Leah leads: no role ended, and nothing is hers."""
    zoe = world.person("zoe")
    kept = actions.invite(
        email=zoe.email,
        role=Role.SCHOOL_LEAD,
        scope=world.abbot_school,
        by=world.person("leah"),
        replaces=world.person("sam").assignments.get(),
    )
    world.abbot.memberships.filter(school=world.abbot_school).update(left_on=TODAY)

    page = as_person("zoe").get(reverse("invitation", args=[kept.token]))

    assert page.status_code == 404
    assert page.templates[0].name == "alliances/invitation_spent.html"


def test_signing_up_while_the_invitation_is_withdrawn_gives_no_role(world):
    zoe, kept = world.person("zoe"), invite(world)
    actions.withdraw_invitation(invitation=kept, by=world.person("leah"))

    actions.welcome(user=zoe, name="Zoe Hart", invitation=kept)

    assert held_by(zoe) == []


@pytest.mark.django_db(transaction=True)
def test_two_who_change_what_is_withdrawn_just_then_are_told_so(world, as_person):
    kept = invite(world)
    addresses = [
        reverse(name, args=[kept.pk]) for name in ("invitation-again", "invitation-withdraw")
    ]
    clients = [as_person("leah"), as_person("owen")]

    with ThreadPoolExecutor(2) as threads:
        with transaction.atomic():
            actions.withdraw_invitation(invitation=kept, by=world.person("leah"))
            sent = [threads.submit(told, *each) for each in zip(clients, addresses, strict=True)]
            wait_until_both_wait()
        outcomes = [each.result(timeout=20) for each in sent]

    said = "This invitation has been accepted or withdrawn meanwhile."
    assert outcomes == [(reverse("people", args=[world.abbot.pk]), [said])] * 2


def told(client, address: str) -> tuple:
    """Where it leads and what is said there, on a connection of this thread's own."""
    try:
        response = client.post(address, follow=True)
        return response.redirect_chain[-1][0], [str(m) for m in response.context["messages"]]
    finally:
        connection.close()
