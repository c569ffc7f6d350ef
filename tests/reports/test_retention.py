"""What has been kept for long enough goes, and nothing before."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from alliances import actions as people
from alliances.models import Assignment, Invitation, Mail, Token, User
from alliances.roles import Role
from enquiries.actions import keep_draft
from enquiries.models import Draft
from reports import actions
from reports.retention import RULES

LONG = timedelta(days=10)


def rule(code: str):
    return next(rule for rule in RULES if rule.code == code)


@pytest.fixture
def draft(world) -> Draft:
    return keep_draft(
        enquiry=world.enquiry, address="/here/", typed={"a": ["b"]}, by=world.person("leah")
    )


@pytest.fixture
def invitation(world) -> Invitation:
    return people.invite(
        email="new@example.org", role=Role.TEACHER, scope=world.abbot_school, by=None
    )


def aged(row, field: str, age: timedelta) -> None:
    type(row).objects.filter(pk=row.pk).update(**{field: timezone.now() - age})


def counts() -> dict[str, int]:
    return {found.rule.code: found.count for found in actions.due() if found.count}


def test_codes_are_told_apart():
    assert len({rule.code for rule in RULES}) == len(RULES) == 12


def test_draft_goes_the_day_after_its_time(draft):
    age = rule("drafts").age
    aged(draft, "kept_at", age - timedelta(minutes=1))
    before = counts()
    aged(draft, "kept_at", age + timedelta(minutes=1))

    due, gone = counts(), actions.delete_due()

    assert (before, due, gone["drafts"]) == ({}, {"drafts": 1}, 1)
    assert Draft.objects.count() == 0


def test_invitation_nobody_took_up_goes_with_its_mail(invitation):
    aged(invitation, "expires_at", rule("invitations").age + LONG)

    gone = actions.delete_due()

    assert gone["invitations"] == 1
    assert (Invitation.objects.count(), Mail.objects.filter(invitation=invitation).count()) == (
        0,
        0,
    )


def test_token_that_ran_out_a_year_ago_goes_and_one_that_runs_stays(world):
    for name in ("old", "new"):
        people.make_token(person=world.person("leah"), name=name, days=30)
    old = timezone.now() - rule("tokens").age - LONG
    Token.objects.filter(name="old").update(made_at=old - LONG, expires_at=old)

    gone = actions.delete_due()

    assert gone["tokens"] == 1
    assert [token.name for token in Token.objects.all()] == ["new"]


def test_account_without_role_is_erased_and_one_with_a_role_is_not(world):
    old = timezone.now() - rule("accounts").age - LONG
    User.objects.update(joined_at=old)
    Assignment.objects.filter(user=world.person("tom")).update(
        starts_on=(old - LONG).date(), ends_on=old.date()
    )
    zoe, tom = world.person("zoe"), world.person("tom")

    gone = actions.delete_due()

    erased = set(User.objects.filter(name=people.FORMER).values_list("pk", flat=True))
    roles = Assignment.objects.exclude(user=tom).values("user")
    assert {zoe.pk, tom.pk} <= erased
    assert gone["accounts"] == len(erased)
    assert User.objects.filter(pk__in=roles, name=people.FORMER).count() == 0
    assert actions.delete_due()["accounts"] == 0


def test_more_than_a_batch_goes(draft, monkeypatch):
    monkeypatch.setattr("reports.actions.retention.BATCH", 2)
    rows = [Draft(enquiry=draft.enquiry, by=draft.by, address=f"/{n}/", typed={}) for n in range(4)]
    Draft.objects.bulk_create(rows)
    Draft.objects.update(kept_at=timezone.now() - rule("drafts").age - LONG)

    assert actions.delete_due()["drafts"] == 5


def test_command_changes_nothing_unless_asked(draft, capsys):
    aged(draft, "kept_at", rule("drafts").age + LONG)
    call_command("retention")
    told, there = capsys.readouterr().out, Draft.objects.count()

    call_command("retention", delete=True)

    assert "drafts: 1, the oldest of" in told
    assert (there, Draft.objects.count()) == (1, 0)
    assert "drafts: 1 gone" in capsys.readouterr().out
