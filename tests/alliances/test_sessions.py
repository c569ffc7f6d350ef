"""Where a person is signed in: what the page tells, and how a session ends."""

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alliances.actions import clear_sessions
from alliances.actions.sessions import NO_ADDRESS
from alliances.signing_in.browsers import browser_of
from tests.alliances.authenticator import sign_in
from tests.world import PASSWORD

CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/130.0.0.0 Safari/537.36"
)
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1"
)
EDGE = f"{CHROME} Edg/130.0.0.0"


def is_in(browser: Client) -> bool:
    return browser.get(reverse("mail")).status_code == 200


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        (CHROME, "Chrome on Windows"),
        (EDGE, "Edge on Windows"),
        (IPHONE, "Safari on an iPhone"),
        (
            "Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:131.0) Gecko/20100101 Firefox/131.0",
            "Firefox on Linux",
        ),
        (
            "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36",
            "Chrome on an Android device",
        ),
        (
            "Mozilla/5.0 (X11; CrOS x86_64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36",
            "Chrome on a Chromebook",
        ),
        ("curl/8.9", "A browser"),
        ("", "A browser"),
    ],
)
def test_browser_is_told_in_plain_words(sent, told):
    assert browser_of(sent) == told


def test_page_lists_this_browser_first_and_no_address(world, clock):
    here = sign_in("leah", HTTP_USER_AGENT=CHROME, REMOTE_ADDR="192.0.2.1")
    clock.shift(60)
    sign_in("leah", HTTP_USER_AGENT=IPHONE, REMOTE_ADDR="192.0.2.2")
    sign_in("tom", HTTP_USER_AGENT=EDGE)

    places = here.get(reverse("sessions")).context["places"]

    assert [(place.browser, place.is_this_one) for place in places] == [
        ("Chrome on Windows", True),
        ("Safari on an iPhone", False),
    ]
    assert set(UserSession.objects.values_list("ip", flat=True)) == {NO_ADDRESS}


def test_use_is_noted_every_ten_minutes(world, clock):
    here = sign_in("leah")
    began = timezone.now()
    noted = []

    for minutes in (5, 6, 5):
        clock.shift(60 * minutes)
        here.get(reverse("mail"))
        noted.append((UserSession.objects.get().last_seen_at - began).total_seconds() / 60)

    assert noted == [0, 11, 11]


@pytest.mark.parametrize("others", [1, 3])
def test_page_costs_as_much_however_many_there_are(
    others, as_person, world, django_assert_num_queries
):
    leah = sign_in("leah")
    for _ in range(others):
        sign_in("leah")

    with django_assert_num_queries(3):
        leah.get(reverse("sessions"))


def test_one_session_is_ended_by_its_owner(world, acts):
    here, phone, tablet = (sign_in("leah") for _ in range(3))
    pk = UserSession.objects.get(session_key=phone.session.session_key).pk

    response = here.post(reverse("session-end", args=[pk]))

    assert response.url == reverse("sessions")
    assert [is_in(each) for each in (here, phone, tablet)] == [True, False, True]
    assert [act for act, *_ in acts()] == ["signed out elsewhere"]


def test_session_of_somebody_else_is_not_there(world):
    leah, tom = sign_in("leah"), sign_in("tom")
    pk = UserSession.objects.get(session_key=tom.session.session_key).pk

    response = leah.post(reverse("session-end", args=[pk]))

    assert (response.status_code, is_in(tom)) == (404, True)


def test_all_others_are_ended_at_once(world):
    here, phone, tablet, toms = sign_in("leah"), sign_in("leah"), sign_in("leah"), sign_in("tom")

    here.post(reverse("sessions-end"))

    assert [is_in(each) for each in (here, phone, tablet, toms)] == [True, False, False, True]


def test_password_is_not_changed_without_the_one_before(world):
    leah = sign_in("leah")
    wanted = {"password1": "a quiet long walk", "password2": "a quiet long walk"}

    answer = leah.post(
        reverse("account_change_password"), {"oldpassword": "a guess of mine", **wanted}
    )

    assert list(answer.context["form"].errors) == ["oldpassword"]
    assert world.person("leah").check_password(PASSWORD)


def test_signing_in_begins_another_session(world):
    browser = Client()
    session = browser.session
    session["found"] = "before"
    session.save()
    before = session.session_key

    browser.post(reverse("account_login"), {"login": "leah@example.org", "password": PASSWORD})

    assert is_in(browser)
    assert browser.session.session_key != before
    assert not Session.objects.filter(session_key=before).exists()


def test_new_password_ends_the_others(world):
    here, phone = sign_in("leah"), sign_in("leah")
    data = {
        "oldpassword": PASSWORD,
        "password1": "a quiet long walk",
        "password2": "a quiet long walk",
    }

    here.post(reverse("account_change_password"), data)

    assert (is_in(here), is_in(phone)) == (True, False)
    assert len(here.get(reverse("sessions")).context["places"]) == 1
    assert set(UserSession.objects.values_list("ip", flat=True)) == {NO_ADDRESS}


def test_sessions_that_have_run_out_are_forgotten_at_night(world, clock, settings):
    sign_in("leah", REMOTE_ADDR="192.0.2.1")
    clock.shift(settings.SESSION_COOKIE_AGE + 1)
    sign_in("leah")
    UserSession.objects.update(ip="192.0.2.1")

    clear_sessions()

    assert Session.objects.count() == 1
    assert list(UserSession.objects.values_list("ip", flat=True)) == [NO_ADDRESS]
