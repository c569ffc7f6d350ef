"""Dangerous acts are asked again who does them: once in a quarter of an hour."""

from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.urls import get_resolver, reverse

from alliances.actions import invite
from alliances.models import Assignment
from alliances.roles import Role
from tests.alliances.authenticator import enrol, shown, sign_in
from tests.support import lend
from tests.world import PASSWORD

CONFIRM = "account_reauthenticate"
LATER = 15 * 60 + 1


def toms_role(world) -> Assignment:
    return world.person("tom").assignments.get()


def end_of_toms_role(world) -> str:
    return reverse("assignment-end", args=[toms_role(world).pk])


def test_acts_named_exist():
    assert set(settings.CONFIRMED_AGAIN) - set(get_resolver().reverse_dict) == set()


def test_whoever_has_just_signed_in_is_not_asked(world):
    leah = sign_in("leah")

    leah.post(end_of_toms_role(world))

    assert toms_role(world).ends_on is not None


def test_act_is_done_only_after_the_password(world, clock):
    leah = sign_in("leah")
    clock.shift(LATER)
    url = end_of_toms_role(world)

    asked = leah.post(url)
    before = toms_role(world).ends_on
    wrong = leah.post(asked.url, {"password": "wrong"})
    between = toms_role(world).ends_on
    right = leah.post(asked.url, {"password": PASSWORD})

    assert asked.url == f"{reverse(CONFIRM)}?{urlencode({'next': url})}"
    assert (wrong.status_code, before, between) == (200, None, None)
    assert (right.status_code, right.url) == (302, reverse("people", args=[world.abbot.pk]))
    assert toms_role(world).ends_on is not None


def test_question_comes_before_the_page_and_leads_back_to_it(world, clock):
    leah = sign_in("leah")
    clock.shift(LATER)
    url = end_of_toms_role(world)

    asked = leah.get(url)
    answered = leah.post(asked.url, {"password": PASSWORD})

    assert answered.url == url
    assert leah.get(url).status_code == 200


def test_answer_holds_for_a_quarter_of_an_hour(world, clock):
    leah = sign_in("leah")
    clock.shift(LATER)
    url = end_of_toms_role(world)
    leah.post(leah.get(url).url, {"password": PASSWORD})

    clock.shift(LATER - 2)
    within = leah.get(url).status_code
    clock.shift(2)
    after = leah.get(url).status_code

    assert (within, after) == (200, 302)


def test_everything_else_is_not_asked(world, clock):
    leah = sign_in("leah")
    clock.shift(LATER)

    assert leah.get(reverse("people", args=[world.abbot.pk])).status_code == 200


def test_second_step_confirms_too(world, clock):
    leah = sign_in("leah")
    key = enrol(leah)
    clock.shift(LATER)
    url = end_of_toms_role(world)
    leah.get(url)

    leah.post(f"{reverse('mfa_reauthenticate')}?next={url}", {"code": shown(key)})

    assert leah.get(url).status_code == 200


def test_whoever_has_no_password_signs_in_again(world, clock):
    """Nothing of ours could confirm who they are."""
    leah = sign_in("leah")
    person = world.person("leah")
    session = leah.session
    person.set_unusable_password()
    person.save()
    session["_auth_user_hash"] = person.get_session_auth_hash()
    session.save()
    clock.shift(LATER)
    url = end_of_toms_role(world)

    response = leah.post(url)

    assert response.url == f"{reverse('account_login')}?next={url}"
    assert "_auth_user_id" not in leah.session
    assert toms_role(world).ends_on is None


@pytest.mark.parametrize(
    ("slug", "is_asked"), [("withdraw", True), ("take-up", False)], ids=["withdraw", "another"]
)
def test_of_the_steps_of_a_case_study_only_withdrawing_is_asked(slug, is_asked, world, clock):
    owen = sign_in("owen")
    clock.shift(LATER)

    response = owen.get(reverse("case-study-step", args=[world.enquiry.pk, slug]))

    assert (response.status_code == 302) == is_asked


def test_page_of_an_invitation_is_read_unasked_and_its_address_corrected_only_after(world, clock):
    lend(world, "zoe")
    kept = invite(
        email="ines@exmaple.org",
        role=Role.TEACHER,
        scope=world.abbot_school,
        by=world.person("leah"),
    )
    zoe, url = sign_in("zoe"), reverse("support-invitation", args=[kept.pk])
    clock.shift(LATER)

    read = zoe.get(url).status_code
    asked = zoe.post(url, {"email": "ines@example.org"})

    assert (read, asked.url) == (200, f"{reverse(CONFIRM)}?{urlencode({'next': url})}")
    kept.refresh_from_db()
    assert kept.email == "ines@exmaple.org"
