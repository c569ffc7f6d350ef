"""By password, by code, by invitation; and what is told to those who guess."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse

from alliances import actions
from alliances.models import User
from alliances.roles import Role
from tests.world import PASSWORD

SIGN_IN, SIGN_UP, HOME = "account_login", "account_signup", "home"


def errors(response) -> tuple[list[str], list[str]]:
    """What the summary at the top says, and what stands beside the fields."""
    html = response.content.decode()
    summary = re.search(r'govuk-error-summary__list">(.*?)</ul>', html, re.DOTALL)
    beside = re.findall(r'govuk-error-message">(.*?)</p>', html, re.DOTALL)
    plain = [re.sub(r"<span.*?</span>|<[^>]+>|\s+", " ", text).strip() for text in beside]
    listed = re.findall(r"<li>(.*?)</li>", summary[1], re.DOTALL) if summary else []
    return [re.sub(r"<[^>]+>|\s+", " ", text).strip() for text in listed], plain


def who(client) -> str | None:
    """The name of whoever is signed in."""
    key = client.session.get("_auth_user_id")
    return key and User.objects.get(pk=key).name


def post(client, page: str, /, *, follow=False, **data):
    return client.post(reverse(page), data, follow=follow)


# Password


def test_password_opens_the_door(world):
    client = Client()

    response = post(client, SIGN_IN, login="leah@example.org", password=PASSWORD)

    assert (response.status_code, response.url) == (302, reverse(HOME))
    assert who(client) == "Leah Marsh"


@pytest.mark.parametrize("email", ["LEAH@example.org", " leah@Example.Org "])
def test_address_may_be_spelt_in_any_case(email, world):
    client = Client()

    post(client, SIGN_IN, login=email, password=PASSWORD)

    assert who(client) == "Leah Marsh"


def test_person_registered_under_capitals_signs_in(db):
    actions.register_person(email="Ann.Lee@Example.org", name="Ann", password=PASSWORD, by=None)
    client = Client()

    post(client, SIGN_IN, login="ann.lee@example.org", password=PASSWORD)

    assert who(client) == "Ann"


def test_sign_in_leads_back_to_the_page_asked_for(world):
    page = reverse("measures", args=[world.enquiry.pk])

    response = post(Client(), SIGN_IN, login="leah@example.org", password=PASSWORD, next=page)

    assert response.url == page


def test_sign_in_does_not_lead_to_another_site(world):
    data = {"login": "leah@example.org", "password": PASSWORD, "next": "https://evil.example/"}

    response = post(Client(), SIGN_IN, **data)

    assert response.url == reverse(HOME)


@pytest.mark.parametrize("email", ["leah@example.org", "nobody@example.org"])
def test_wrong_password_and_unknown_address_are_told_the_same(email, world):
    client = Client()

    response = post(client, SIGN_IN, login=email, password="wrong")

    assert errors(response)[0] == [
        "The email address and/or password you specified are not correct."
    ]
    assert who(client) is None


def test_suspended_person_is_told_so_after_the_right_password_only(world):
    client = Client()

    wrong = post(client, SIGN_IN, login="sid@example.org", password="wrong")
    right = post(client, SIGN_IN, login="sid@example.org", password=PASSWORD)

    assert (wrong.status_code, right.status_code) == (200, 302)
    assert right.url == reverse("account_inactive")
    assert who(client) is None


def test_five_failures_close_the_account_for_five_minutes_to_everybody(world, clock):
    for _ in range(5):
        post(Client(), SIGN_IN, login="leah@example.org", password="wrong")
    client = Client(REMOTE_ADDR="10.1.1.1")

    barred = post(client, SIGN_IN, login="leah@example.org", password=PASSWORD)
    other = Client()
    post(other, SIGN_IN, login="tom@example.org", password=PASSWORD)
    clock.shift(301)
    later = post(client, SIGN_IN, login="leah@example.org", password=PASSWORD)

    assert errors(barred)[0] == ["Too many failed login attempts. Try again later."]
    assert who(other) == "Tom Abara"
    assert (later.status_code, who(client)) == (302, "Leah Marsh")


def test_sixty_failures_from_one_place_close_it_for_a_minute(world, clock):
    for number in range(60):
        post(Client(), SIGN_IN, login=f"guess{number}@example.org", password="wrong")
    here, elsewhere = Client(), Client(REMOTE_ADDR="10.1.1.1")

    for client in (here, elsewhere):
        post(client, SIGN_IN, login="leah@example.org", password=PASSWORD)

    assert (who(here), who(elsewhere)) == (None, "Leah Marsh")


def test_sign_out(as_person):
    leah = as_person("leah")

    response = post(leah, "account_logout")

    assert (response.url, who(leah)) == (reverse(HOME), None)


# Code


def ask_for_code(client, mailoutbox, email="leah@example.org") -> str:
    post(client, "account_request_login_code", email=email)
    return re.search(r"^([A-Z0-9-]{6,})$", mailoutbox[-1].body, re.MULTILINE)[1]


def test_code_by_mail_opens_the_door(world, mailoutbox):
    client = Client()
    code = ask_for_code(client, mailoutbox)

    response = post(client, "account_confirm_login_code", code=code)

    (message,) = mailoutbox
    assert (message.subject, message.to) == (
        "Alliance Enquiry: your sign-in code",
        ["leah@example.org"],
    )
    assert message.body.strip() == (
        f"Your sign-in code is:\n\n{code}\n\n"
        "Enter it on the page where you asked for it. It works for a few minutes.\n\n"
        "If you did not ask for a code, you can ignore this message.\n\n"
        "Alliance Enquiry\nNational College for Teaching and Leadership"
    )
    assert (response.url, who(client)) == (reverse(HOME), "Leah Marsh")


def test_person_registered_under_capitals_gets_a_code(db, mailoutbox):
    actions.register_person(email="Ann.Lee@Example.org", name="Ann", password=None, by=None)
    client = Client()
    code = ask_for_code(client, mailoutbox, "ann.lee@example.org")

    post(client, "account_confirm_login_code", code=code)

    assert who(client) == "Ann"


def test_code_works_only_where_it_was_asked_for(world, mailoutbox):
    code = ask_for_code(Client(), mailoutbox)
    other = Client()

    post(other, "account_confirm_login_code", code=code)

    assert who(other) is None


def test_wrong_codes_use_up_the_right_one(world, mailoutbox):
    client = Client()
    code = ask_for_code(client, mailoutbox)
    for _ in range(3):
        post(client, "account_confirm_login_code", code="WRONG1")

    post(client, "account_confirm_login_code", code=code)

    assert who(client) is None


def test_code_for_a_suspended_person_opens_nothing(world, mailoutbox):
    client = Client()

    post(client, "account_request_login_code", email="sid@example.org")

    assert [message.to for message in mailoutbox] in ([], [["sid@example.org"]])
    assert who(client) is None


def test_code_for_an_unknown_address_looks_the_same_and_tells_its_owner(world, mailoutbox):
    pages = []
    for email in ("leah@example.org", "nobody@example.org"):
        response = post(Client(), "account_request_login_code", email=email, follow=True)
        html = response.content.decode().replace(email, "EMAIL")
        pages.append(re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", html))

    assert pages[0] == pages[1]
    assert mailoutbox[1].body.startswith(
        "Somebody, perhaps you, tried to sign in with nobody@example.org. "
        "There is no account with this address.\n"
    )


# A forgotten password


def test_password_reset_does_not_say_who_has_an_account(world, mailoutbox):
    answers = []
    for email in ("leah@example.org", "nobody@example.org"):
        response = post(Client(), "account_reset_password", email=email)
        answers.append((response.status_code, response.url, response.content))

    assert answers[0] == answers[1] == (302, reverse("account_reset_password_done"), b"")
    assert [message.to for message in mailoutbox] == [["leah@example.org"], ["nobody@example.org"]]


def test_password_reset_end_to_end(world, mailoutbox):
    client = Client()
    post(client, "account_reset_password", email="leah@example.org")
    link = re.search(r"https?://testserver(/\S+)", mailoutbox[0].body)[1]
    page = client.get(link, follow=True)

    done = client.post(
        page.redirect_chain[-1][0],
        {"password1": "a quite new phrase", "password2": "a quite new phrase"},
    )
    old, new = Client(), Client()
    post(old, SIGN_IN, login="leah@example.org", password=PASSWORD)
    post(new, SIGN_IN, login="leah@example.org", password="a quite new phrase")

    assert done.url == reverse("account_reset_password_from_key_done")
    assert (who(old), who(new)) == (None, "Leah Marsh")
    assert client.get(link).status_code == 200


# By invitation


@pytest.fixture
def invited(world, mailoutbox):
    """Invites an address as project lead of George Abbot's alliance; the link of the e-mail."""

    def invite(email: str) -> str:
        leah = world.person("leah")
        actions.invite(email=email, role=Role.PROJECT_LEAD, scope=world.abbot, by=leah)
        actions.send_mails()
        return re.search(r"https://enquiry.example(\S+)", mailoutbox[-1].body)[1]

    return invite


ANN = {"name": "Ann Lee", "password1": "a quite new phrase"}


def test_invitation_leads_to_an_account_with_the_role(invited, world):
    client = Client()

    opened = client.get(invited("ann@example.org"))
    page = client.get(opened.url)
    response = post(client, SIGN_UP, email="ann@example.org", **ANN)

    ann = User.objects.get(email="ann@example.org")
    held = ann.assignments.get()
    assert (opened.url, page.status_code) == (reverse(SIGN_UP), 200)
    assert (response.url, who(client)) == (reverse(HOME), "Ann Lee")
    assert (held.role, held.scope) == (Role.PROJECT_LEAD, world.abbot)
    assert EmailAddress.objects.get(user=ann).verified is True


def test_invitation_to_an_address_in_capitals(invited, world):
    client = Client()
    client.get(invited("Ann.Lee@Example.org"))

    post(client, SIGN_UP, email="ann.lee@example.org", **ANN)

    assert who(client) == "Ann Lee"


def test_sign_up_page_has_the_invited_address_filled_in(invited):
    client = Client()

    page = client.get(invited("ann@example.org"), follow=True)

    assert page.context["form"]["email"].value() == "ann@example.org"


def test_sign_up_under_another_address_is_refused(invited):
    client = Client()
    client.get(invited("ann@example.org"))

    response = post(client, SIGN_UP, email="bob@example.org", **ANN)

    summary, beside = errors(response)
    assert summary == beside == ["Use the address your invitation was sent to: ann@example.org"]
    assert User.objects.filter(name="Ann Lee").count() == 0


def test_sign_up_without_an_invitation_is_closed(world):
    client = Client()

    page = client.get(reverse(SIGN_UP))
    post(client, SIGN_UP, email="ann@example.org", **ANN)

    assert '<h1 class="govuk-heading-l">You need an invitation</h1>' in page.content.decode()
    assert User.objects.filter(email="ann@example.org").count() == 0


def test_sign_up_is_closed_once_the_invitation_has_run_out(invited, clock):
    client = Client()
    client.get(invited("ann@example.org"))
    clock.shift(14 * 24 * 3600)

    post(client, SIGN_UP, email="ann@example.org", **ANN)

    assert User.objects.filter(email="ann@example.org").count() == 0


def test_sign_up_says_what_is_wrong_above_and_beside(invited):
    client = Client()
    client.get(invited("ann@example.org"))

    response = post(client, SIGN_UP, email="ann@example.org", name="", password1="")

    summary, beside = errors(response)
    assert summary == beside == ["Enter your name", "Enter password"]


def test_invitation_of_somebody_with_an_account_leads_through_sign_in(invited, world):
    client, link = Client(), invited("zoe@example.org")

    opened = client.get(link)
    back = post(client, SIGN_IN, login="zoe@example.org", password=PASSWORD, next=link)
    accepted = client.post(back.url)

    assert opened.url == f"{reverse(SIGN_IN)}?next={link}"
    assert (back.url, accepted.url) == (link, reverse(HOME))
    assert world.person("zoe").assignments.get().scope == world.abbot


@pytest.mark.parametrize("method", ["get", "post"])
def test_invitation_of_somebody_else_opens_nothing(method, invited, as_person, world):
    response = getattr(as_person("ravi"), method)(invited("zoe@example.org"))

    assert response.status_code == 404
    assert world.person("ravi").assignments.filter(alliance=world.abbot).count() == 0


def test_spent_invitation_opens_nothing(invited, as_person):
    zoe, link = as_person("zoe"), invited("zoe@example.org")
    zoe.post(link)

    assert [zoe.get(link).status_code, zoe.post(link).status_code] == [404, 404]
    assert Client().get(link).status_code == 404


def test_invitation_that_has_run_out_opens_nothing(invited, as_person, clock):
    link = invited("zoe@example.org")
    clock.shift(14 * 24 * 3600)

    assert (Client().get(link).status_code, as_person("zoe").get(link).status_code) == (404, 404)
