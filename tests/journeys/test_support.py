"""Somebody rings: support staff find them and set it right, and the national team reads that."""

from datetime import timedelta

from django.utils import timezone

from alliances.actions import invite
from alliances.models import Invitation
from alliances.roles import Role
from tests.journeys.judging import judge
from tests.support import lend


def test_mistyped_address_is_found_and_corrected(sign_in, world):
    lend(world, "zoe")
    leah = world.person("leah")
    invite(email="ines@exmaple.org", role=Role.TEACHER, scope=world.abbot_school, by=leah)
    zoe = sign_in("zoe")

    zoe.fill(**{"Whom or what is it about?": "ines"})
    zoe.press("Find")
    zoe.follow("ines@exmaple.org")
    zoe.fill(**{"The right e-mail address": "ines@example.org"})
    zoe.press("Correct and send")
    zoe.says("An invitation is on its way to ines@example.org.")

    assert Invitation.objects.open().get().email == "ines@example.org"
    assert judge(zoe) == []


def test_person_and_alliance_are_read_on_any_screen(sign_in, world):
    lend(world, "zoe")
    zoe = sign_in("zoe")

    zoe.open(f"/support/alliances/{world.abbot.pk}/")
    faults = judge(zoe)
    zoe.open(f"/support/people/{world.person('leah').pk}/")
    faults += judge(zoe)
    zoe.press("Let them try again at once")
    zoe.says("Leah Marsh can try to sign in again at once.")

    assert faults == []


def test_national_team_lends_the_role_and_reads_the_looks(sign_in, world):
    owen = sign_in("owen")
    day = timezone.localdate() + timedelta(days=90)
    owen.open(f"/programmes/{world.programme.pk}/")
    owen.follow("Support staff, and what they looked at")
    owen.follow("Ask somebody to give support")
    owen.fill(**{"E-mail address": "sol@example.org"})
    owen.date("When it ends", day.day, day.month, day.year)
    owen.press("Send invitation")

    assert owen.column("E-mail") == ["On its way"]
    assert judge(owen) == []
