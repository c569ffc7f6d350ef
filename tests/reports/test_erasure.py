"""The national team erases somebody on a page that shows first what it would do."""

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from alliances.actions import assign, erase_person
from alliances.models import AuditRecord, Programme, User
from alliances.roles import Role
from reports.actions import ask_for_case_study
from reports.models import Report
from tests.pages import errors_said, heading, queries_of
from tests.world import SINCE

TOM = "tom@example.org"
REASON = "Asked for it in a letter of 2 March."
ANSWERS = {"reason": REASON, "confirmation": TOM}


@pytest.fixture
def owen(as_person):
    return as_person("owen")


def address(world, email: str = "") -> str:
    asked = f"?email={email}" if email else ""
    return reverse("erasure", args=[world.programme.pk]) + asked


@pytest.fixture
def naming(world) -> Report:
    """A report that was issued with Tom's name in it, beside one without."""
    leah, name = world.person("leah"), world.person("tom").name
    report = ask_for_case_study(enquiry=world.enquiry, by=leah)
    Report.objects.filter(pk=report.pk).update(data={"title": f"What {name} tried"})
    ask_for_case_study(enquiry=world.enquiry, by=world.person("faye"))
    return report


def test_what_it_would_do_is_shown_before_anything_is_done(world, owen, naming):
    page = owen.get(address(world, "TOM@example.org"))

    outlook = page.context["outlook"]
    assert heading(page) == "Erase Tom Abara?"
    assert (outlook.person.email, outlook.reports, outlook.alone) == (TOM, [naming], [])
    assert ("E-mail addresses", 1) in outlook.goes
    assert ("Roles", 1) in outlook.stays
    assert world.person("tom").email == TOM


def test_whoever_is_erased_is_listed_without_a_name_and_with_the_reports_that_have_it(
    world, owen, naming
):
    number = world.person("tom").pk

    answer = owen.post(address(world, TOM), ANSWERS)

    assert (answer.status_code, answer.url) == (302, address(world))
    kept = User.objects.get(pk=number)
    assert (kept.name, kept.is_active) == ("Former member", False)
    (listed,) = owen.get(address(world)).context["erased"]
    assert (listed.reason, listed.reports) == (REASON, [naming])
    assert listed.record.by == world.person("owen")


@pytest.mark.parametrize(
    ("typed", "faults"),
    [
        ({"confirmation": "sam@example.org"}, {"confirmation": "This is not the address"}),
        (
            {"reason": "Tom Abara asked for it."},
            {"reason": "Give the reason without the person’s name"},
        ),
        ({"reason": ""}, {"reason": "Enter an answer to “Why are they erased?”"}),
    ],
    ids=["another address", "a reason that names them", "no reason"],
)
def test_nobody_is_erased_by_mistake_or_without_a_reason(world, owen, typed, faults):
    answer = owen.post(address(world, TOM), ANSWERS | typed)

    said = errors_said(answer)
    assert answer.status_code == 422
    assert {name: said[name][: len(fault)] for name, fault in faults.items()} == faults
    assert list(said) == list(faults)
    assert world.person("tom").email == TOM


def test_the_only_lead_is_not_erased(world, owen):
    page = owen.get(address(world, "leah@example.org"))
    answer = owen.post(
        address(world, "leah@example.org"), ANSWERS | {"confirmation": "leah@example.org"}
    )

    assert page.context["outlook"].alone == [world.abbot]
    assert b"Nobody else leads George Abbot" in page.content
    assert answer.status_code == 422
    assert world.person("leah").email == "leah@example.org"


@pytest.mark.parametrize("who", ["owen", "elsewhere", "nobody"])
def test_oneself_and_people_of_other_programmes_are_not_found(world, owen, who):
    other = Programme.objects.create(title="Another", alliances_funded=1)
    elsewhere = User.objects.create(email="elsewhere@example.org", name="Else Where")
    assign(user=elsewhere, role=Role.NATIONAL_TEAM, scope=other, by=None, starts_on=SINCE)

    page = owen.get(address(world, f"{who}@example.org"))

    assert errors_said(page) == {"email": "Nobody of this programme alone has that address"}


def test_whom_another_programme_erased_is_not_listed(world, owen, naming):
    other = Programme.objects.create(title="Another", alliances_funded=1)
    elsewhere = User.objects.create(email="elsewhere@example.org", name="Else Where")
    assign(user=elsewhere, role=Role.NATIONAL_TEAM, scope=other, by=None, starts_on=SINCE)
    erase_person(person=elsewhere, reason=REASON, by=None, named_in=[naming.pk])

    assert owen.get(address(world)).context["erased"] == []


def test_list_of_who_was_erased_takes_as_many_queries_for_three_as_for_one(world, owen, naming):
    def erased(name: str) -> None:
        erase_person(
            person=world.person(name), reason=REASON, by=world.person("owen"), named_in=[naming.pk]
        )

    erased("tom")
    one = queries_of(owen, address(world))
    erased("uma")
    erased("hana")

    assert (one, queries_of(owen, address(world))) == (one, one)
    assert AuditRecord.objects.filter(act="erased").count() == 3


def test_command_says_which_reports_still_name_them(world, naming, capsys):
    call_command("erase_person", TOM, reason=REASON)

    assert capsys.readouterr().out.splitlines() == [
        "Erased.",
        f"Still names them, to be withdrawn or made again: {naming}",
    ]
    with pytest.raises(CommandError, match="Nobody has that address"):
        call_command("erase_person", TOM, reason=REASON)
