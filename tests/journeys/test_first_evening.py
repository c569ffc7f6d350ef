"""The first evening: from the e-mail that invites to the first useful act, and in how many steps.

A step is a page that comes up or an answer that is given. docs/first-evening.md tells them.
"""

import re

import pytest
from django.core import mail

from alliances import actions
from alliances.roles import Role
from tests.alliances.authenticator import shown
from tests.journeys.visitor import text_of

PASSPHRASE = "a long and quiet afternoon"


@pytest.fixture
def invited(visit, world, settings):
    """Somebody opens the invitation they have got by e-mail; second steps are compulsory."""
    settings.SECOND_FACTOR_ROLES = ["facilitator", "nctl", "national-team"]

    def open_invitation(name: str, role: Role, scope):
        actions.invite(email=f"{name}@example.org", role=role, scope=scope, by=None)
        actions.send_mails()
        path = re.search(r"https?://[^/\s]+(/invitations/\S+)", mail.outbox[-1].body)[1]
        visitor = visit()
        visitor.open(path)
        visitor.fill(Email=f"{name}@example.org", Your_name=f"{name.title()} Ost")
        visitor.page.get_by_role("textbox", name="Password").fill(PASSPHRASE)
        visitor.answers += 1
        visitor.press("Make my account")
        return visitor

    return open_invitation


def set_up_app(visitor):
    visitor.follow("Set up an authenticator app")
    secret = visitor.page.locator(".typed-key").inner_text()
    visitor.fill(Code_the_app_shows=shown(secret))
    visitor.press("Set up the app")
    visitor.follow("I have kept them: go on")


def test_project_lead_logs_a_trial(invited, world):
    nina = invited("nina", Role.PROJECT_LEAD, world.abbot)
    nina.follow("A trial in class")
    nina.date("When was it?", 9, 3, 2026)
    nina.write("Strategy tried", "Silent debate")
    nina.write("What was done", "Pupils wrote before anybody spoke.")
    nina.write("What was experienced", "Quiet pupils led the argument.")
    nina.write("Reflection", "Writing first gave everybody something to say.")
    nina.write("Recommendation", "Keep the writing, shorten the talk.")
    nina.press("Save trial")

    nina.says("Silent debate")
    assert (nina.pages, nina.answers) == (4, 11)


def test_facilitator_sees_the_cluster(invited, world):
    olga = invited("olga", Role.FACILITATOR, world.south)
    set_up_app(olga)
    olga.follow("South", exact=True)

    assert olga.heading == "South"
    assert (olga.pages, olga.answers) == (6, 4)


def test_agency_has_its_first_report(invited, world, worker):
    pia = invited("pia", Role.NCTL, world.programme)
    set_up_app(pia)
    pia.press("Make the report")
    pia.await_report()

    assert "George Abbot Teaching School Alliance" in text_of(pia.download())
    assert (pia.pages, pia.answers) == (7, 4)
