"""What support staff set going or right, with its history, and whom it is told to."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.urls import reverse
from django.utils import timezone

from alliances import actions, links
from alliances.models import AuditRecord, Invitation, Mail, User
from alliances.queries import open_invitation
from alliances.roles import Role
from tests.alliances.authenticator import sign_in
from tests.support import lend
from tests.world import PASSWORD


@pytest.fixture
def helper(world) -> User:
    """Zoe, who gives support."""
    lend(world, "zoe")
    return world.person("zoe")


@pytest.fixture
def mistyped(world) -> Invitation:
    """Leah has invited somebody at an address that is not theirs."""
    return actions.invite(
        email="ines@exmaple.org",
        role=Role.TEACHER,
        scope=world.abbot_school,
        by=world.person("leah"),
    )


def acts_of(person: User) -> list[str]:
    return list(AuditRecord.objects.filter(by=person).order_by("pk").values_list("act", flat=True))


def told(person: User) -> list[str]:
    """What support staff did, as the e-mails of a person say it."""
    mails = Mail.objects.filter(person=person, kind=Mail.Kind.SUPPORT)
    return [mail.text.splitlines()[0] for mail in mails]


# Invitations


def test_corrected_invitation_opens_under_the_right_address_alone(helper, mistyped, world):
    old = mistyped.token

    kept = actions.correct_invitation(invitation=mistyped, email="Ines@Example.org", by=helper)

    assert open_invitation(old) is None
    assert open_invitation(kept.token).email == "ines@example.org"
    assert kept.invited_by == world.person("leah")
    sent = Mail.objects.filter(invitation=kept).order_by("pk")
    assert [(mail.to, mail.state) for mail in sent] == [
        ("ines@exmaple.org", "dropped"),
        ("ines@example.org", "waiting"),
    ]
    assert acts_of(helper) == ["corrected the address of"]


def test_whoever_invited_is_told_which_invitation_goes_where(helper, mistyped, world):
    kept = actions.correct_invitation(invitation=mistyped, email="ines@example.org", by=helper)

    mail = Mail.objects.get(person=world.person("leah"))
    withdraw = links.full(reverse("invitation-withdraw", args=[kept.pk]))
    assert (mail.kind, mail.subject.split(": ")[1]) == (
        Mail.Kind.SUPPORT,
        "the support staff corrected an invitation of yours",
    )
    assert mail.text.splitlines() == [
        "Zoe Hart of the support staff corrected the address of an invitation that you sent.",
        "",
        f"To be: Teacher taking part, {world.abbot_school}",
        "You wrote: ines@exmaple.org",
        "It has gone to: ines@example.org",
        "",
        "If that is not whom you meant, withdraw the invitation and tell the national team:",
        withdraw,
    ]
    assert sign_in("leah").get(withdraw).status_code == 200


def test_address_of_ones_own_is_refused(helper, mistyped):
    with pytest.raises(actions.NotForSupport):
        actions.correct_invitation(invitation=mistyped, email="ZOE@example.org", by=helper)


@pytest.mark.parametrize(
    ("role", "scope"), [(Role.NATIONAL_TEAM, "programme"), (Role.FACILITATOR, "south")]
)
def test_invitation_that_reaches_further_than_an_alliance_is_left(role, scope, helper, world):
    """Else support staff could have a friend join the national team."""
    kept = actions.invite(
        email="a@example.org", role=role, scope=getattr(world, scope), by=world.person("owen")
    )

    with pytest.raises(actions.NotForSupport):
        actions.correct_invitation(invitation=kept, email="b@example.org", by=helper)


def test_invitation_to_lead_an_alliance_is_left(helper, world):
    """Else a second mailbox of support staff would read and manage all of it."""
    kept = actions.invite(
        email="a@example.org",
        role=Role.PROJECT_LEAD,
        scope=world.abbot,
        by=world.person("owen"),
    )

    with pytest.raises(actions.NotForSupport):
        actions.correct_invitation(invitation=kept, email="b@example.org", by=helper)


def test_invitation_that_takes_a_role_over_is_left(helper, world):
    """Accepted by another, it would end the part of whoever hands over."""
    kept = actions.hand_over(
        assignment=world.person("tom").assignments.get(),
        email="new@example.org",
        by=world.person("leah"),
        on=timezone.localdate(),
    )

    with pytest.raises(actions.NotForSupport):
        actions.correct_invitation(invitation=kept, email="b@example.org", by=helper)


def ends_their_role(person: User) -> None:
    actions.end_assignment(assignment=person.assignments.get(), by=None, on=timezone.localdate())


def leads_no_more(person: User) -> None:
    actions.change_role(
        assignment=person.assignments.get(),
        role=Role.HEI_PARTNER,
        by=None,
        on=timezone.localdate(),
    )


def is_shut_out(person: User) -> None:
    actions.suspend(user=person, by=None)


@pytest.mark.parametrize("goes", [ends_their_role, leads_no_more, is_shut_out])
def test_invitation_whose_sender_could_not_withdraw_it_is_left(goes, helper, mistyped, world):
    goes(world.person("leah"))

    with pytest.raises(actions.NotForSupport):
        actions.correct_invitation(invitation=mistyped, email="ines@example.org", by=helper)


def test_invitation_whose_sender_cannot_be_told_is_left(helper, mistyped, world):
    EmailAddress.objects.filter(user=world.person("leah")).update(verified=False)

    with pytest.raises(actions.NotForSupport):
        actions.correct_invitation(invitation=mistyped, email="ines@example.org", by=helper)


def test_invitation_of_nobody_or_ones_own_is_left(mistyped, world):
    lend(world, "leah")
    of_nobody = actions.invite(
        email="a@example.org", role=Role.TEACHER, scope=world.abbot_school, by=None
    )

    for kept in (mistyped, of_nobody):
        with pytest.raises(actions.NotForSupport):
            actions.correct_invitation(
                invitation=kept, email="b@example.org", by=world.person("leah")
            )


def test_address_that_is_invited_already_is_refused(helper, mistyped, world):
    actions.invite(email="ines@example.org", role=Role.TEACHER, scope=world.abbot_school, by=None)

    with pytest.raises(actions.AlreadyHeld):
        actions.correct_invitation(invitation=mistyped, email="ines@example.org", by=helper)

    mistyped.refresh_from_db()
    assert mistyped.email == "ines@exmaple.org"


def test_invitation_that_is_spent_is_left(helper, mistyped, world):
    actions.withdraw_invitation(invitation=mistyped, by=world.person("leah"))

    with pytest.raises(actions.InvitationSpent):
        actions.correct_invitation(invitation=mistyped, email="ines@example.org", by=helper)
    with pytest.raises(actions.InvitationSpent):
        actions.send_invitation_again(invitation=mistyped, by=helper)


def test_invitation_sent_again_stays_that_of_whoever_invited(helper, world):
    """A hand-over stands only while its sender may hand over: support staff never may."""
    leads = world.person("leah").assignments.get()
    kept = actions.hand_over(
        assignment=leads,
        email="new@example.org",
        by=world.person("leah"),
        on=timezone.localdate(),
    )

    again = actions.send_invitation_again(invitation=kept, by=helper)

    assert again.invited_by == world.person("leah")
    assert open_invitation(again.token) == again
    assert acts_of(helper) == ["sent again by support"]


# E-mails


def test_waiting_mail_is_tried_at_once(helper, mistyped):
    mail = Mail.objects.get(invitation=mistyped)
    Mail.objects.filter(pk=mail.pk).update(
        try_at=timezone.now() + timedelta(minutes=30), attempts=4
    )
    before = Mail.objects.due().count()

    assert actions.send_now(mail=mail, by=helper)

    assert (before, Mail.objects.due().count()) == (0, 1)
    assert acts_of(helper) == ["sent an e-mail at once to"]


def test_mail_that_is_settled_is_not_tried(helper, mistyped, world):
    actions.withdraw_invitation(invitation=mistyped, by=world.person("leah"))

    assert not actions.send_now(mail=Mail.objects.get(invitation=mistyped), by=helper)
    assert acts_of(helper) == []


# Signing in


def test_second_step_is_taken_away_with_a_reason_and_its_person_told(helper, world):
    tom = world.person("tom")
    Authenticator.objects.create(user=tom, type=Authenticator.Type.TOTP, data={"secret": "x"})
    browser = sign_in("tom")

    actions.reset_factors(user=tom, reason=" Lost phone ", checked="Rang the school", by=helper)

    assert not Authenticator.objects.filter(user=tom).exists()
    kept = AuditRecord.objects.get(act="forgot second step")
    assert (kept.by, kept.detail) == (
        helper,
        {"reason": "Lost phone", "checked": "Rang the school"},
    )
    assert browser.get(reverse("sessions")).status_code == 302
    assert told(tom) == ["Zoe Hart of the support staff took away the second step of your sign-in."]


def test_nobody_switches_off_the_word_of_support(helper, world):
    tom = world.person("tom")
    actions.choose_mail(person=tom, unwanted=[k for k in Mail.Kind if k not in Mail.ALWAYS])

    actions.reset_factors(user=tom, reason="Lost", checked="Seen", by=helper)

    assert len(told(tom)) == 1


@pytest.mark.parametrize(("reason", "checked"), [("", "Seen"), ("Lost", " ")])
def test_second_step_stays_without_a_reason_or_a_check(reason, checked, helper, world):
    with pytest.raises(actions.NoReason):
        actions.reset_factors(user=world.person("tom"), reason=reason, checked=checked, by=helper)


def test_ones_own_second_step_is_for_somebody_else(helper):
    with pytest.raises(actions.NotForSupport):
        actions.reset_factors(user=helper, reason="Lost", checked="It is me", by=helper)


def test_signed_out_everywhere(helper, world):
    browser = sign_in("tom")
    before = browser.get(reverse("sessions")).status_code

    ended = actions.sign_out_everywhere(user=world.person("tom"), by=helper)

    assert (ended, before, browser.get(reverse("sessions")).status_code) == (1, 200, 302)
    assert acts_of(helper) == ["signed out everywhere"]


def test_person_who_guessed_too_often_is_let_in_again(helper, world, client, as_person):
    address = reverse("account_login")
    wrong = {"login": "tom@example.org", "password": "not this one at all"}
    right = {"login": "tom@example.org", "password": PASSWORD}
    for _ in range(5):
        client.post(address, wrong)
    shut = client.post(address, right).status_code

    as_person("zoe").post(reverse("support-let-in", args=[world.person("tom").pk]))

    assert (shut, client.post(address, right).status_code) == (200, 302)
    assert acts_of(helper) == ["let try again"]
