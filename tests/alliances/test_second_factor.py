"""The second step: who must have one, what it opens, how its secrets are kept."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alliances import actions
from alliances.roles import Role
from alliances.signing_in.locks import locks
from alliances.signing_in.second_factor import WHY, lacks_one
from tests.alliances.authenticator import enrol, shown, sign_in
from tests.support import lend

INDEX, SET_UP, CODES = "mfa_index", "mfa_activate_totp", "mfa_view_recovery_codes"
AUTHENTICATE = "mfa_authenticate"
ROLES = ["national-team", "nctl", "facilitator", "support"]


@pytest.fixture
def compulsory(settings):
    """The roles that must have a second step in production."""
    settings.SECOND_FACTOR_ROLES = ROLES


def raw_rows() -> list[str]:
    """What stands in the table, as somebody reads it who has stolen it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT mfa_authenticator::text FROM mfa_authenticator ORDER BY id")
        return [row for (row,) in cursor.fetchall()]


def recovery_codes(browser: Client) -> list[str]:
    return browser.get(reverse(CODES)).context["unused_codes"]


def is_in(browser: Client) -> bool:
    return browser.get(reverse("mail")).status_code == 200


# Who must have one


def test_roles_that_must_have_one_are_those_of_national_staff_facilitators_and_support(
    compulsory, world
):
    lend(world, "zoe")
    names = ["leah", "sam", "tom", "hana", "uma", "faye", "marcus", "nadia", "owen", "zoe"]

    assert [name for name in names if lacks_one(world.person(name))] == [
        "faye",
        "marcus",
        "nadia",
        "owen",
        "zoe",
    ]


def test_role_that_has_ended_asks_for_none(compulsory, world, clock):
    role = world.person("faye").assignments.get()
    actions.end_assignment(assignment=role, by=None, on=timezone.localdate())

    assert not lacks_one(world.person("faye"))


@pytest.mark.parametrize(
    ("page", "arguments"),
    [
        ("home", lambda _: []),
        ("cluster", lambda world: [world.south.pk]),
        ("enquiry", lambda world: [world.enquiry.pk]),
        ("form-blank-pdf", lambda _: ["impact-plan"]),
        ("account_email", lambda _: []),
        ("sessions", lambda _: []),
        ("publications", lambda _: []),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_whoever_lacks_one_is_led_to_where_it_is_set_up_from_everywhere(
    page, arguments, compulsory, world
):
    faye = sign_in("faye")

    read = faye.get(reverse(page, args=arguments(world)))
    sent = faye.post(reverse(page, args=arguments(world)))

    assert (read.status_code, read.url) == (302, reverse(INDEX))
    assert (sent.status_code, sent.url) == (302, reverse(INDEX))


def test_what_a_script_asks_for_is_refused_with_the_reason(compulsory, world):
    faye = sign_in("faye")

    response = faye.get(reverse("home"), headers={"accept": "application/json"})

    assert (response.status_code, response.content.decode()) == (403, WHY)


def test_page_where_it_is_set_up_says_why(compulsory, world):
    faye, leah = sign_in("faye"), sign_in("leah")

    pages = [browser.get(reverse(INDEX)).content.decode() for browser in (faye, leah)]

    assert [page.count(WHY) for page in pages] == [1, 0]


def test_whoever_lacks_one_can_still_sign_out(compulsory, world):
    faye = sign_in("faye")

    faye.post(reverse("account_logout"))

    assert "_auth_user_id" not in faye.session


def test_setting_one_up_opens_the_site(compulsory, world):
    faye = sign_in("faye")

    enrol(faye)

    assert is_in(faye)
    assert len(recovery_codes(faye)) == 10


def test_setting_without_roles_asks_nobody(settings, world, django_assert_num_queries):
    settings.SECOND_FACTOR_ROLES = []
    owen = world.person("owen")

    with django_assert_num_queries(0):
        assert not lacks_one(owen)


def test_question_costs_one_query(compulsory, world, django_assert_num_queries):
    owen = world.person("owen")

    with django_assert_num_queries(1):
        assert lacks_one(owen)


def test_key_is_under_lock_in_the_session_while_an_app_is_set_up(world):
    leah = sign_in("leah")

    secret = leah.get(reverse(SET_UP)).context["form"].secret
    kept = leah.session["mfa.totp.secret"]
    wrong = leah.post(reverse(SET_UP), {"code": "000000"}).context["form"]
    done = leah.post(reverse(SET_UP), {"code": shown(secret)})

    assert locks().decrypt(kept).decode() == secret == wrong.secret
    assert (done.status_code, "mfa.totp.secret" in leah.session) == (302, False)


def test_key_of_a_session_that_no_lock_opens_is_made_anew(world):
    leah = sign_in("leah")
    session = leah.session
    session["mfa.totp.secret"] = "JBSWY3DPEHPK3PXP"
    session.save()

    form = leah.post(reverse(SET_UP), {"code": shown("JBSWY3DPEHPK3PXP")}).context["form"]

    assert form.errors == {"code": ["Incorrect code."]}


# Signing in with it


@pytest.fixture
def owens_key(world) -> str:
    return enrol(sign_in("owen"))


def test_password_alone_opens_nothing_once_there_is_one(owens_key, clock):
    owen = sign_in("owen")

    assert owen.get(reverse("home")).status_code == 200
    assert not is_in(owen)


def test_new_password_by_e_mail_leaves_the_second_step(owens_key, clock, mailoutbox):
    browser = Client()
    browser.post(reverse("account_reset_password"), {"email": "owen@example.org"})
    (address,) = re.findall(r"https?://testserver(/\S+)", mailoutbox[-1].body)
    form = browser.get(address, follow=True).redirect_chain[-1][0]

    browser.post(form, {"password1": "a quiet long walk", "password2": "a quiet long walk"})
    browser.post(
        reverse("account_login"), {"login": "owen@example.org", "password": "a quiet long walk"}
    )

    assert not is_in(browser)
    assert browser.get(reverse(AUTHENTICATE)).status_code == 200


def test_code_of_the_app_opens_the_site(owens_key, clock):
    clock.shift(60)
    owen = sign_in("owen")

    owen.post(reverse(AUTHENTICATE), {"code": shown(owens_key)})

    assert is_in(owen)


@pytest.mark.parametrize("steps", [-2, 2], ids=["older", "newer"])
def test_code_of_another_minute_opens_nothing(steps, owens_key, clock):
    clock.shift(120)
    owen = sign_in("owen")

    response = owen.post(reverse(AUTHENTICATE), {"code": shown(owens_key, steps=steps)})

    assert response.context["form"].errors == {"code": ["Incorrect code."]}
    assert not is_in(owen)


def take_twice(key: str, between) -> tuple[bool, bool]:
    """Whether a code opens the site, and opens it again after what happens between."""
    first, second = sign_in("owen"), sign_in("owen")
    code = shown(key)
    first.post(reverse(AUTHENTICATE), {"code": code})
    between(code)
    second.post(reverse(AUTHENTICATE), {"code": f"{code[:3]} {code[3:]}"})
    return is_in(first), is_in(second)


def test_code_works_once(owens_key, clock):
    clock.shift(60)

    assert take_twice(owens_key, lambda _: None) == (True, False)


def test_code_works_once_in_the_half_minute_after_its_own_too(owens_key, world, clock):
    """By then Redis, whose clock is real, would have forgotten what allauth remembers."""
    clock.shift(60)

    def half_a_minute(code: str) -> None:
        clock.shift(31)
        assert cache.delete(f"allauth.mfa.totp.used?user={world.person('owen').pk}&code={code}")

    assert take_twice(owens_key, half_a_minute) == (True, False)


def test_code_by_email_needs_the_second_step_too(owens_key, clock, mailoutbox):
    owen = Client()
    owen.post(reverse("account_request_login_code"), {"email": "owen@example.org"})
    (line,) = [
        each for each in mailoutbox[-1].body.splitlines() if each.count("-") == 1 and each.isupper()
    ]

    response = owen.post(reverse("account_confirm_login_code"), {"code": line})

    assert response.url == reverse(AUTHENTICATE)
    assert not is_in(owen)


def test_recovery_code_opens_the_site_once(world, clock):
    browser = sign_in("owen")
    enrol(browser)
    code, *_ = recovery_codes(browser)
    first, second = sign_in("owen"), sign_in("owen")

    for each in (first, second):
        each.post(reverse(AUTHENTICATE), {"code": code})

    assert (is_in(first), is_in(second)) == (True, False)
    assert len(recovery_codes(browser)) == 9


def test_sixth_wrong_code_closes_the_account_for_five_minutes(owens_key, clock):
    clock.shift(60)
    owen = sign_in("owen")
    for _ in range(5):
        owen.post(reverse(AUTHENTICATE), {"code": "000000"})

    barred = owen.post(reverse(AUTHENTICATE), {"code": shown(owens_key)})
    clock.shift(301)
    owen.post(reverse(AUTHENTICATE), {"code": shown(owens_key)})

    assert barred.context["form"].errors == {
        "code": ["Too many failed login attempts. Try again later."]
    }
    assert is_in(owen)


def test_change_is_told_by_email_with_a_way_out_and_no_network_address(world, mailoutbox):
    leah = sign_in("leah", REMOTE_ADDR="192.0.2.9")
    enrol(leah)

    leah.post(reverse("mfa_deactivate_totp"))

    told = [mail for mail in mailoutbox if "Authenticator app" in mail.body]
    assert [mail.to for mail in told] == [["leah@example.org"]]
    assert told[0].body.count("https://enquiry.example/accounts/password/reset/") == 1
    assert told[0].body.count("192.0.2.9") == 0


# Losing it


def test_last_one_stays_with_whoever_must_have_it(compulsory, owens_key, clock):
    clock.shift(60)
    owen = sign_in("owen")
    owen.post(reverse(AUTHENTICATE), {"code": shown(owens_key)})

    owen.post(reverse("mfa_deactivate_totp"))

    assert Authenticator.objects.filter(type="totp").count() == 1


def test_anybody_else_may_take_theirs_away(world):
    leah = sign_in("leah")
    enrol(leah)

    leah.post(reverse("mfa_deactivate_totp"))

    assert Authenticator.objects.count() == 0


def test_lost_one_is_taken_away_from_the_command_line(owens_key, acts, capsys):
    call_command("forget_factors", "Owen@example.org")

    assert Authenticator.objects.count() == 0
    assert [act for act, *_ in acts()][-1] == "forgot second step"
    assert is_in(sign_in("owen"))


# Keeping its secrets


def test_table_holds_no_secret(world):
    leah = sign_in("leah")
    secret = enrol(leah)
    codes = recovery_codes(leah)

    rows = raw_rows()

    assert len(rows) == 2
    assert [word for word in (secret, *codes) if any(word in row for row in rows)] == []
    assert "mfa.totp.secret" not in leah.session


def test_seed_of_recovery_codes_is_kept_locked(world):
    enrol(sign_in("leah"))

    kept = Authenticator.objects.get(type="recovery_codes").data["seed"]

    assert kept.startswith("gAAAA")
    assert len(locks().decrypt(kept.encode())) == 80


def test_older_key_still_opens_and_can_be_retired(world, settings, clock):
    settings.MFA_KEYS = ["an old text"]
    secret = enrol(sign_in("owen"))
    before = raw_rows()

    settings.MFA_KEYS = ["a new text", "an old text"]
    call_command("lock_factors_again")
    settings.MFA_KEYS = ["a new text"]
    clock.shift(60)
    owen = sign_in("owen")
    owen.post(reverse(AUTHENTICATE), {"code": shown(secret)})

    assert is_in(owen)
    assert set(before) & set(raw_rows()) == set()


def test_role_given_later_asks_for_one_on_the_next_request(compulsory, world):
    zoe = sign_in("zoe")
    before = zoe.get(reverse("home")).status_code

    actions.assign(
        user=world.person("zoe"),
        role=Role.FACILITATOR,
        scope=world.south,
        by=None,
        starts_on=timezone.localdate(),
    )

    assert (before, zoe.get(reverse("home")).url) == (200, reverse(INDEX))
