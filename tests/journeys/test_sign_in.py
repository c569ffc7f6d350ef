"""Ways in: a code by e-mail, and an invitation taken up in the browser."""

import re

from django.core import mail

from alliances.actions import send_mails


def test_code_by_email_opens_the_site(visit):
    faye = visit()
    faye.open("/")
    faye.follow("Sign in")
    faye.follow("Email me a sign-in code")
    faye.page.get_by_label("Email").fill("faye@example.org")
    faye.press("Email me a code")

    code = re.search(r"^([A-Z0-9-]{6,12})$", mail.outbox[-1].body, re.MULTILINE).group(1)
    faye.page.get_by_label("Code").fill(code)
    faye.press("Continue")

    assert faye.heading == "What now"


def test_invitation_is_sent_and_taken_up(sign_in, visit):
    leah = sign_in("leah")
    leah.follow("People", exact=True)
    leah.follow("Invite somebody")
    leah.page.get_by_label("E-mail address").fill("nina@example.org")
    leah.page.get_by_label("Role").select_option("Project lead")
    leah.press("Send invitation")
    leah.says("An invitation is on its way to nina@example.org.")
    send_mails()
    path = re.search(r"https?://[^/\s]+(/invitations/\S+)", mail.outbox[-1].body).group(1)

    nina = visit()
    nina.open(path)
    nina.page.get_by_label("Email").fill("nina@example.org")
    nina.page.get_by_label("Your name").fill("Nina Ost")
    for box in nina.page.locator('input[type="password"]').all():
        box.fill("a long and quiet afternoon")
    nina.press("Make my account")
    nina.follow("George Abbot Teaching School Alliance", exact=True)
    enquiry = nina.heading
    leah.open(leah.path)

    assert enquiry == "Peer-to-peer coaching between and within schools"
    assert "Nina Ost" in leah.rows()


def test_wrong_password_is_said_above_the_form(visit):
    somebody = visit()
    somebody.open("/accounts/login/")
    somebody.page.get_by_label("Email").fill("leah@example.org")
    somebody.page.get_by_role("textbox", name="Password").fill("not her password")
    somebody.press("Sign in")

    somebody.page.locator(".govuk-error-summary:focus").wait_for()


def test_outsider_meets_a_page_that_is_not_there(sign_in, world):
    ravi = sign_in("ravi")
    ravi.open("/")

    answer = ravi.page.goto(f"{ravi.address}/enquiries/{world.enquiry.pk}/")
    ravi.faults = [fault for fault in ravi.faults if "404" not in fault]
    ravi.look()

    assert (answer.status, ravi.heading) == (404, "Page not found")
