"""Who is erased is forgotten, and what they did for their alliance stays."""

import json

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.urls import reverse

from alliances import actions
from alliances.models import Assignment, AuditRecord, Change, Invitation, Mail, User
from alliances.roles import Role
from alliances.signed_out import KEPT
from enquiries.actions import keep_draft
from enquiries.models import Draft, LearningWalk, SchoolRecord, Trial
from reports.builders import build_case_study
from tests.pages import typed
from tests.world import PASSWORD, SINCE

REASON = "Asked for it in a letter of 2 March."


def erased(world, name: str) -> User:
    return actions.erase_person(person=world.person(name), reason=REASON, by=world.person("owen"))


def test_name_and_address_are_nowhere_any_more(world):
    tom = world.person("tom")
    actions.invite(email="tom@example.org", role=Role.TEACHER, scope=world.abbot_school, by=None)
    keep_draft(enquiry=world.enquiry, address="/somewhere/", typed={"a": ["b"]}, by=tom)

    kept = erased(world, "tom")

    assert (kept.pk, kept.name, kept.is_active) == (tom.pk, "Former member", False)
    assert (kept.email[:7], kept.email[-15:]) == ("former-", "@erased.invalid")
    assert kept.has_usable_password() is False
    assert list(Assignment.objects.current().filter(user=tom)) == []
    assert EmailAddress.objects.filter(user=tom).count() == 0
    assert Mail.objects.filter(to__iexact="tom@example.org").count() == 0
    assert Invitation.objects.filter(email__iexact="tom@example.org").count() == 0
    assert Draft.objects.count() == 0


def test_name_that_reads_like_a_pattern_is_taken_as_it_stands(world):
    tom = world.person("tom")
    User.objects.filter(pk=tom.pk).update(name="T.m (Abara")
    SchoolRecord.objects.create(
        enquiry=world.enquiry, saved_by=tom, lead="T.m (Abara", champion="Tim (Abara"
    )

    erased(world, "tom")

    found = SchoolRecord.objects.get()
    assert (found.lead, found.champion) == ("Former member", "Tim (Abara")


def test_texts_about_people_name_them_no_more(world):
    tom = world.person("tom")
    SchoolRecord.objects.create(
        enquiry=world.enquiry, saved_by=tom, lead=f"{tom.name}, with Leah", champion="Ann Other"
    )

    erased(world, "tom")

    found = SchoolRecord.objects.get()
    assert (found.lead, found.champion) == ("Former member, with Leah", "Ann Other")


def test_tables_about_people_and_their_history_name_them_no_more(world):
    tom = world.person("tom")
    walk = LearningWalk.objects.create(
        enquiry=world.enquiry,
        saved_by=tom,
        classes=1,
        minutes=5,
        debrief_minutes=5,
        cells={"first": {"who": "Leah\nTOM ABARA", "role": "timekeeper"}},
    )

    erased(world, "tom")

    walk.refresh_from_db()
    assert walk.cells == {"first": {"who": "Leah\nFormer member", "role": "timekeeper"}}
    told = Change.objects.filter(table=LearningWalk._meta.db_table, row=walk.pk)
    assert [each.act for each in told if "ABARA" in f"{each.before} {each.after}"] == []


def test_who_is_called_like_a_part_of_other_words_changes_none_of_them(world):
    tom = world.person("tom")
    User.objects.filter(pk=tom.pk).update(name="ance")
    lead = f"Alliance and Ance, {'a' * 175}, ance"
    record = SchoolRecord.objects.create(enquiry=world.enquiry, saved_by=tom, lead=lead)
    invited = actions.invite(
        email="ance@example.org", role=Role.TEACHER, scope=world.abbot_school, by=None
    )
    before = list(AuditRecord.objects.order_by("pk").values_list("pk", "detail"))

    erased(world, "tom")

    record.refresh_from_db()
    invited.refresh_from_db()
    assert record.lead == f"Alliance and Former member, {'a' * 172}"
    assert invited.email == "ance@example.org"
    numbers = [pk for pk, _ in before]
    kept = AuditRecord.objects.filter(pk__in=numbers).order_by("pk").values_list("pk", "detail")
    assert list(kept) == before


def test_address_they_were_invited_under_is_forgotten_though_they_have_another_now(world):
    tom = world.person("tom")
    invited = actions.invite(
        email="tom@example.org", role=Role.TEACHER, scope=world.abbot_school, by=None
    )
    actions.accept_invitation(invitation=invited, user=tom)
    User.objects.filter(pk=tom.pk).update(email="tom@new.example.org")
    EmailAddress.objects.filter(user=tom).update(email="tom@new.example.org")

    actions.erase_person(person=tom, reason=REASON, by=None)

    invited.refresh_from_db()
    assert invited.email[-15:] == "@erased.invalid"
    assert Mail.objects.filter(to="tom@example.org").count() == 0
    told = Change.objects.filter(table__in=["alliances_invitation", "alliances_mail"])
    assert [each for each in told if "tom@example" in f"{each.before} {each.after}"] == []


def test_history_tells_the_name_no_more(world):
    name = world.person("tom").name

    erased(world, "tom")

    told = Change.objects.annotate(
        was=Cast("before", TextField()), became=Cast("after", TextField())
    ).filter(table__in=["alliances_user", "account_emailaddress", "alliances_invitation"])
    assert told.filter(Q(was__contains=name) | Q(became__contains=name)).count() == 0
    address = Q(was__contains="tom@example.org") | Q(became__contains="tom@example.org")
    assert told.filter(address).count() == 0
    assert Change.objects.filter(table="alliances_user", act="redact").count() == 1


def test_figures_and_words_of_the_alliance_stay(world):
    tom = world.person("tom")
    Trial.objects.filter(enquiry=world.enquiry).update(logged_by=tom)
    before = build_case_study(world.enquiry)

    erased(world, "tom")

    assert build_case_study(world.enquiry) == before
    assert {str(trial.logged_by) for trial in world.enquiry.trials.all()} == {"Former member"}


def test_who_did_it_and_why_is_put_down(world):
    kept = erased(world, "tom")

    record = AuditRecord.objects.get(act="erased")
    assert (record.subject_id, record.by, record.detail) == (
        kept.pk,
        world.person("owen"),
        {"reason": REASON, "reports": []},
    )


def test_only_lead_is_erased_once_somebody_else_leads(world):
    with pytest.raises(actions.LastLead, match=world.abbot.name):
        erased(world, "leah")
    sam = world.person("sam")
    actions.assign(user=sam, role=Role.PROJECT_LEAD, scope=world.abbot, by=None, starts_on=SINCE)

    kept = erased(world, "leah")

    assert kept.name == "Former member"


def test_nobody_is_erased_without_a_reason(world):
    with pytest.raises(actions.NoReason):
        actions.erase_person(person=world.person("tom"), reason=" ", by=None)

    assert world.person("tom").is_active is True


def test_command_erases_or_says_why_not(world, capsys):
    call_command("erase_person", "TOM@example.org", reason=REASON)

    assert capsys.readouterr().out == "Erased.\n"
    with pytest.raises(CommandError, match="Nobody has that address"):
        call_command("erase_person", "tom@example.org", reason=REASON)
    with pytest.raises(CommandError, match="hand it over first"):
        call_command("erase_person", "leah@example.org", reason=REASON)


# Sessions


@pytest.fixture
def unsent(world, as_person):
    """Tom's browser: he was signed out while he wrote, and what he sent waits there."""
    client = as_person("tom")
    url = f"/enquiries/{world.enquiry.pk}/cycles/new/"
    page = typed(client.get(url))
    client.session.flush()
    client.post(url, {**page, "label": "Second cycle", "tried": "Talk in pairs"})
    assert client.session[KEPT]["by"] == world.person("tom").pk
    return client


def told_in_sessions() -> str:
    return json.dumps([session.get_decoded() for session in Session.objects.all()])


def test_what_was_sent_while_signed_out_goes_with_its_writer(world, unsent):
    erased(world, "tom")

    assert "Talk in pairs" not in told_in_sessions()


def test_whoever_signed_in_at_that_browser_since_stays_signed_in(world, unsent):
    signed_in = {"login": "sam@example.org", "password": PASSWORD}
    unsent.post("/accounts/login/", signed_in)

    erased(world, "tom")

    assert KEPT not in unsent.session
    assert unsent.session["_auth_user_id"] == str(world.person("sam").pk)


def test_words_of_others_wait_on(world, unsent):
    erased(world, "sam")

    assert unsent.session[KEPT]["by"] == world.person("tom").pk


def test_sessions_end_also_where_nothing_else_is_known_of_them(world, as_person):
    as_person("tom")
    UserSession.objects.all().delete()

    erased(world, "tom")

    assert Session.objects.count() == 0


def test_door_kept_open_for_an_address_is_closed(world, client):
    person = world.person("tom")
    invitation = actions.invite(
        email="new@example.org", role=Role.TEACHER, scope=world.abbot_school, by=None
    )
    client.get(reverse("invitation", args=[invitation.token]))
    assert "new@example.org" in told_in_sessions()
    EmailAddress.objects.create(user=person, email="new@example.org")

    erased(world, "tom")

    assert told_in_sessions() == "[]"


def test_page_of_somebody_erased_keeps_nothing_that_is_sent_from_it(world, as_person):
    client = as_person("tom")
    url = f"/enquiries/{world.enquiry.pk}/cycles/new/"
    page = typed(client.get(url))
    erased(world, "tom")

    answer = client.post(url, {**page, "label": "Second cycle", "tried": "Talk in pairs"})

    assert answer.status_code == 302
    assert "Talk in pairs" not in told_in_sessions()
