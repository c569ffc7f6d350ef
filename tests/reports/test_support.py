"""What support staff see and what they never see; and how the national team lends the role."""

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from alliances import references
from alliances.actions import (
    NotLent,
    accept_invitation,
    assign,
    found_alliance,
    invite,
    invite_again,
    note_breakage,
    record_programme,
    register_person,
)
from alliances.history import doing
from alliances.models import Assignment, Invitation, Read
from alliances.roles import Role
from reports import actions as reports
from reports.models import Report
from tests.access.sent import A_LOAN, IN_A_MONTH
from tests.pages import errors_said, queries_of, text
from tests.support import lend
from tests.world import SINCE


@pytest.fixture
def desk(world, as_person):
    """Zoe gives support: her browser."""
    lend(world, "zoe")
    return as_person("zoe")


def said(response) -> list[str]:
    """The messages that the next page shows."""
    return [str(message) for message in get_messages(response.wsgi_request)]


def look_up(desk, world, asked: str):
    """What the desk finds, each kind by its words."""
    address = reverse("support", args=[world.programme.pk])
    found = desk.get(address, {"q": asked}).context["found"]
    return {kind: [str(each) for each in rows] for kind, rows in vars(found).items() if rows}


def test_desk_finds_people_invitations_and_alliances(desk, world):
    invite(email="tomasz@example.org", role=Role.TEACHER, scope=world.abbot_school, by=None)

    assert look_up(desk, world, "tom") == {
        "people": ["Tom Abara"],
        "invitations": ["tomasz@example.org, Teacher taking part"],
    }
    assert look_up(desk, world, "LEAH@example") == {"people": ["Leah Marsh"]}
    assert look_up(desk, world, "george abbot") == {"alliances": [str(world.abbot)]}
    assert look_up(desk, world, "nobody at all") == {}
    assert look_up(desk, world, "") == {}


def test_desk_finds_a_report_by_the_number_that_its_reader_quotes(desk, world):
    report = reports.ask_for_case_study(enquiry=world.enquiry, by=world.person("leah"))
    Report.objects.filter(pk=report.pk).update(status="failed", problem="Something went wrong.")

    found = desk.get(reverse("support", args=[world.programme.pk]), {"q": report.pk})

    assert [each.pk for each in found.context["found"].reports] == [report.pk]
    assert "Failed Something went wrong." in text(found)


@pytest.mark.parametrize("asked", ["9" * 18, "9" * 300, "²", "%", "\\"])
def test_desk_finds_nothing_for_what_is_no_number(asked, desk, world):
    assert look_up(desk, world, asked) == {}


def test_person_without_a_role_is_found(desk, world):
    """Who was invited under another address rings just because nothing opens."""
    assert world.person("sid").assignments.exists()

    assert look_up(desk, world, "zoe") == {"people": ["Zoe Hart"]}


def test_page_of_a_person_says_how_they_sign_in_and_what_they_hold(desk, world):
    pat = world.person("pat")

    page = text(desk.get(reverse("support-person", args=[pat.pk])))

    assert "pat@example.org Confirmed" in page
    assert "Last signed in Never Signed in now Nowhere Second step None set up" in page
    assert "Project lead George Abbot Teaching School Alliance 5 January 2026" in page


def test_suspended_person_is_said_to_be(desk, world):
    page = text(desk.get(reverse("support-person", args=[world.person("sid").pk])))

    assert "Account Suspended" in page


def planted(world) -> list[str]:
    """Words of the alliance: what its enquiry, its entries and its request for help say."""
    trial = world.cycle.trials.get()
    return [
        world.enquiry.title,
        world.enquiry.focus,
        trial.strategy,
        trial.reflection,
        world.help_request.text,
    ]


def test_no_page_of_support_says_what_an_alliance_has_written(desk, world):
    leah = world.person("leah")
    report = reports.ask_for_case_study(enquiry=world.enquiry, by=leah)
    pages = [
        desk.get(reverse("support-alliance", args=[world.abbot.pk])),
        desk.get(reverse("support-person", args=[leah.pk])),
        desk.get(reverse("support", args=[world.programme.pk]), {"q": report.pk}),
    ]

    assert [page.status_code for page in pages] == [200, 200, 200]
    said = [words for words in planted(world) if words]
    assert [words for words in said for page in pages if words in text(page)] == []
    assert len(said) >= 4


def test_support_opens_no_page_of_an_alliance(desk, world):
    """Not even with an opening: that is for the national team."""
    pages = {
        name: desk.get(reverse(name, args=[pk])).status_code
        for name, pk in (
            ("alliance", world.abbot.pk),
            ("people", world.abbot.pk),
            ("enquiry", world.enquiry.pk),
            ("alliance-open", world.abbot.pk),
            ("programme", world.programme.pk),
        )
    }

    assert pages == dict.fromkeys(pages, 404)


@pytest.fixture
def elsewhere(world):
    """A person and an alliance of another programme."""
    programme = record_programme(
        title="Another programme",
        country="Wales",
        commissioner="Somebody",
        duration="2 years",
        ended="2015",
        alliances_funded=1,
        by=None,
    )
    alliance = found_alliance(programme=programme, key="far", name="Far Away Alliance", by=None)
    person = register_person(email="far@example.org", name="Far Away", password=None, by=None)
    lead = {"role": Role.PROJECT_LEAD, "scope": alliance}
    assign(user=person, **lead, by=None, starts_on=SINCE)
    return person, alliance


def test_people_of_another_programme_are_not_found(desk, world, elsewhere):
    person, alliance = elsewhere

    assert look_up(desk, world, "Far Away") == {}
    assert desk.get(reverse("support-person", args=[person.pk])).status_code == 404
    assert desk.get(reverse("support-alliance", args=[alliance.pk])).status_code == 404


def test_role_is_over_on_its_day(world, as_person):
    held = lend(world, "zoe")
    address = reverse("support", args=[world.programme.pk])
    before = as_person("zoe").get(address).status_code

    Assignment.objects.filter(pk=held.pk).update(ends_on=timezone.localdate())

    assert (before, as_person("zoe").get(address).status_code) == (200, 404)


def test_home_of_support_leads_to_the_desk(desk, world):
    home = desk.get(reverse("home")).context["home"]

    assert [(each.url_name, each.pk) for each in home.places] == [("support", world.programme.pk)]


def test_second_step_is_compulsory(desk, world, settings):
    settings.SECOND_FACTOR_ROLES = ["support"]

    response = desk.get(reverse("support", args=[world.programme.pk]))

    assert (response.status_code, response.url) == (302, reverse("mfa_index"))


def test_reference_of_an_error_page_finds_what_broke(desk, world):
    with references.doing() as reference, doing(by=lambda: None, page=lambda: "GET enquiry 3"):
        note_breakage(KeyError("words of an alliance"), by=world.person("leah"))

    page = desk.get(reverse("support", args=[world.programme.pk]), {"q": reference.lower()})

    assert [str(each) for each in page.context["found"].breakages] == [
        f"{reference}: builtins.KeyError"
    ]
    assert "GET enquiry 3" in text(page)
    assert "words of an alliance" not in text(page)


def test_reference_of_somebody_elsewhere_finds_nothing(desk, world, elsewhere):
    person, _ = elsewhere
    with references.doing() as reference:
        note_breakage(KeyError("x"), by=person)

    assert look_up(desk, world, reference) == {}


# Looks are put down


def test_every_look_is_put_down_and_the_national_team_reads_it(desk, world, as_person):
    leah = world.person("leah")
    desk.get(reverse("support", args=[world.programme.pk]))
    desk.get(reverse("support", args=[world.programme.pk]), {"q": "leah"})
    desk.get(reverse("support-person", args=[leah.pk]))
    desk.get(reverse("support-alliance", args=[world.abbot.pk]))

    address = reverse("programme-support", args=[world.programme.pk])
    looks = as_person("owen").get(address).context["looks"]

    assert [(str(look.by), what) for look, what in looks] == [
        ("Zoe Hart", str(world.abbot)),
        ("Zoe Hart", "Leah Marsh"),
        ("Zoe Hart", "A search"),
    ]


def looks_of(world, as_person) -> list[str]:
    """What the national team reads that was looked at, the latest first."""
    page = as_person("owen").get(reverse("programme-support", args=[world.programme.pk]))
    return [what for _, what in page.context["looks"]]


def test_question_about_a_second_step_is_a_look_at_its_person(desk, world, as_person):
    desk.get(reverse("support-second-step", args=[world.person("leah").pk]))

    assert looks_of(world, as_person) == ["Leah Marsh"]


def test_form_that_is_sent_back_is_a_look_too(desk, world, as_person):
    """Else the pages could be read one after another without a trace."""
    kept = invited_by_leah(world)

    sent = desk.post(reverse("support-invitation", args=[kept.pk]), {"email": "no address"})
    desk.post(reverse("support-second-step", args=[world.person("leah").pk]), {"reason": ""})

    assert sent.status_code == 422
    assert looks_of(world, as_person) == ["Leah Marsh", str(kept)]


def test_looks_about_another_programme_are_not_listed(desk, world, elsewhere, as_person):
    """One who gives support in both is read in each for what they did there."""
    person, alliance = elsewhere
    lend(world, "zoe", scope=alliance.programme)
    invited = invite(email="x@example.org", role=Role.PROJECT_LEAD, scope=alliance, by=None)
    desk.get(reverse("support", args=[alliance.programme_id]), {"q": "far"})
    desk.get(reverse("support-person", args=[person.pk]))
    desk.get(reverse("support-alliance", args=[alliance.pk]))
    desk.get(reverse("support-invitation", args=[invited.pk]))
    desk.get(reverse("support-person", args=[world.person("leah").pk]))

    assert looks_of(world, as_person) == ["Leah Marsh"]


def test_look_at_somebody_of_both_programmes_or_of_none_is_listed(
    desk, world, elsewhere, as_person
):
    _, alliance = elsewhere
    assign(
        user=world.person("tom"),
        role=Role.HEI_PARTNER,
        scope=alliance,
        by=None,
        starts_on=SINCE,
    )
    newcomer = register_person(email="new@example.org", name="New Comer", password=None, by=None)
    desk.get(reverse("support-person", args=[world.person("tom").pk]))
    desk.get(reverse("support-person", args=[newcomer.pk]))

    assert looks_of(world, as_person) == ["New Comer", "Tom Abara"]


def test_look_at_what_is_gone_stays_listed(desk, world, as_person):
    kept = invited_by_leah(world)
    desk.get(reverse("support-invitation", args=[kept.pk]))

    Invitation.objects.filter(pk=kept.pk).delete()

    assert looks_of(world, as_person) == ["Somebody or something that is gone"]


def test_desk_tells_people_apart_by_their_roles_alone(desk, world):
    page = desk.get(reverse("support", args=[world.programme.pk]), {"q": "leah"})

    assert f"Leah Marsh Project lead {world.abbot}" in text(page)
    assert [words for words in ("leah@example.org", "igned in") if words in text(page)] == []


def test_desk_tells_no_role_of_another_programme(desk, world, elsewhere):
    _, alliance = elsewhere
    assign(
        user=world.person("tom"),
        role=Role.HEI_PARTNER,
        scope=alliance,
        by=None,
        starts_on=SINCE,
    )

    page = desk.get(reverse("support", args=[world.programme.pk]), {"q": "tom"})

    [tom] = page.context["found"].people
    assert [held.scope for held in tom.roles_now] == [world.abbot_school]


def test_look_at_an_alliance_is_told_to_its_lead(desk, world):
    desk.get(reverse("support-alliance", args=[world.abbot.pk]))

    looked = Read.objects.get(alliance=world.abbot)

    assert (looked.by, looked.page) == (
        world.person("zoe"),
        f"GET support-alliance {world.abbot.pk}",
    )


# Lending the role


def test_national_team_invites_and_the_role_ends_by_itself(world, as_person):
    owen = as_person("owen")

    owen.post(
        reverse("support-give", args=[world.programme.pk]), {"email": "zoe@example.org", **A_LOAN}
    )
    kept = Invitation.objects.get(role=Role.SUPPORT)
    held = accept_invitation(invitation=kept, user=world.person("zoe"))

    assert (kept.ends_on, kept.invited_by) == (IN_A_MONTH, world.person("owen"))
    assert (held.role, held.scope, held.ends_on) == (Role.SUPPORT, world.programme, IN_A_MONTH)


@pytest.mark.parametrize("days", [0, -1, 366])
def test_role_is_lent_for_a_day_at_least_and_a_year_at_most(days, world, as_person):
    day = timezone.localdate() + timedelta(days=days)
    wanted = {f"ends_on_{part}": getattr(day, part) for part in ("day", "month", "year")}
    sent = {"email": "a@example.org", **wanted}

    response = as_person("owen").post(reverse("support-give", args=[world.programme.pk]), sent)

    assert (response.status_code, errors_said(response)) == (
        422,
        {"ends_on": "The day it ends must be after today and within a year"},
    )
    assert not Invitation.objects.filter(role=Role.SUPPORT).exists()


@pytest.mark.parametrize(
    ("role", "days"), [(Role.SUPPORT, None), (Role.SUPPORT, 0), (Role.SUPPORT, 366), (Role.NCTL, 9)]
)
def test_only_what_is_lent_has_a_last_day_and_it_must(role, days, world):
    today = timezone.localdate()
    until = None if days is None else today + timedelta(days=days)

    with pytest.raises(NotLent):
        assign(
            user=world.person("zoe"),
            role=role,
            scope=world.programme,
            by=None,
            starts_on=today,
            ends_on=until,
        )


def test_invitation_lasts_no_longer_than_what_it_lends(world):
    tomorrow = timezone.localdate() + timedelta(days=1)

    kept = invite(
        email="zoe@example.org", role=Role.SUPPORT, scope=world.programme, by=None, ends_on=tomorrow
    )

    assert timezone.localtime(kept.expires_at).date() == tomorrow
    assert timezone.localtime(kept.expires_at).hour == 0


def test_national_team_ends_the_role_and_withdraws_an_invitation(world, as_person):
    held, programme = lend(world, "zoe"), world.programme
    kept = invite(
        email="sol@example.org", role=Role.SUPPORT, scope=programme, by=None, ends_on=IN_A_MONTH
    )
    owen = as_person("owen")

    owen.post(reverse("support-end", args=[programme.pk, held.pk]))
    owen.post(reverse("support-withdraw", args=[programme.pk, kept.pk]))

    page = owen.get(reverse("programme-support", args=[programme.pk]))
    assert (page.context["staff"], page.context["invitations"]) == ([], [])
    held.refresh_from_db()
    assert held.ends_on == timezone.localdate()


def test_whoever_holds_the_role_is_not_asked_again(world, as_person):
    """Accepted, it would change nothing, and the new day would be lost."""
    held = lend(world, "zoe")
    sent = {"email": "ZOE@example.org", **A_LOAN}

    response = as_person("owen").post(reverse("support-give", args=[world.programme.pk]), sent)

    until = date_format(held.ends_on)
    assert (response.status_code, errors_said(response)) == (
        422,
        {"email": f"Zoe Hart is support staff until {until}. End that first"},
    )
    assert not Invitation.objects.filter(role=Role.SUPPORT).exists()


def test_only_support_is_ended_here(world, as_person):
    nadias = world.person("nadia").assignments.get()

    response = as_person("owen").post(reverse("support-end", args=[world.programme.pk, nadias.pk]))

    assert response.status_code == 404


# Queries


@pytest.fixture(params=[1, 3])
def rows(request, world):
    """As many invitations, reports, roles and looks."""
    leah = world.person("leah")
    for n in range(request.param):
        invite(email=f"leah{n}@example.org", role=Role.TEACHER, scope=world.abbot_school, by=leah)
        Read.objects.create(by=world.person("zoe"), page=f"GET support-person {leah.pk}")
        report = reports.ask_for_case_study(enquiry=world.enquiry, by=leah)
        Report.objects.filter(pk=report.pk).update(status="cancelled")
    return request.param


def test_queries_of_the_desk(rows, desk, world):
    address = reverse("support", args=[world.programme.pk])

    assert queries_of(desk, f"{address}?q=leah") == 12


def test_desk_says_what_waits(desk, world):
    invite(email="a@example.org", role=Role.TEACHER, scope=world.abbot_school, by=None)
    reports.ask_for_case_study(enquiry=world.enquiry, by=world.person("leah"))

    page = desk.get(reverse("support", args=[world.programme.pk]))

    queues = {each["label"]: each["value"] for each in page.context["queues"]}
    assert queues == {
        "e-mails wait": 1,
        "reports wait or are being made": 1,
        "spreadsheets wait": 0,
    }


def test_queries_of_the_empty_desk(rows, desk, world):
    assert queries_of(desk, reverse("support", args=[world.programme.pk])) == 6


def test_queries_of_a_person(rows, desk, world):
    address = reverse("support-person", args=[world.person("leah").pk])

    assert queries_of(desk, address) == 13


def test_queries_of_an_alliance(rows, desk, world):
    assert queries_of(desk, reverse("support-alliance", args=[world.abbot.pk])) == 9


def test_queries_of_lending(rows, desk, world, as_person):
    address = reverse("programme-support", args=[world.programme.pk])

    assert queries_of(as_person("owen"), address) == 9


# What support sets going, from its pages


def test_failed_report_is_made_again(desk, world):
    report = reports.ask_for_case_study(enquiry=world.enquiry, by=world.person("leah"))
    Report.objects.filter(pk=report.pk).update(status="failed", problem="Something went wrong.")

    response = desk.post(reverse("support-report", args=[report.pk]))

    assert said(response) == [f"Report {report.pk} is being made again."]
    report.refresh_from_db()
    assert (report.status, report.asked_by) == ("queued", world.person("leah"))
    assert response.url == f"{reverse('support', args=[world.programme.pk])}?q={report.pk}"


@pytest.mark.parametrize("status", ["queued", "cancelled"])
def test_report_that_did_not_fail_is_left(status, desk, world):
    report = reports.ask_for_case_study(enquiry=world.enquiry, by=world.person("leah"))
    Report.objects.filter(pk=report.pk).update(status=status)

    response = desk.post(reverse("support-report", args=[report.pk]))

    assert said(response) == [f"Report {report.pk} is not made again: its state stands below."]
    report.refresh_from_db()
    assert report.status == status


def test_report_asked_for_anew_meanwhile_is_named(desk, world):
    leah = world.person("leah")
    report = reports.ask_for_case_study(enquiry=world.enquiry, by=leah)
    Report.objects.filter(pk=report.pk).update(status="failed", problem="Something went wrong.")
    anew = reports.ask_for_case_study(enquiry=world.enquiry, by=leah)

    response = desk.post(reverse("support-report", args=[report.pk]))

    assert said(response) == [f"It was asked for anew meanwhile: report {anew.pk} is made."]
    assert response.url == f"{reverse('support', args=[world.programme.pk])}?q={anew.pk}"


@pytest.mark.parametrize(
    ("address", "sent"),
    [
        ("support-invitation", {"email": "b@example.org"}),
        ("support-invitation", {"email": ""}),
        ("support-invitation-again", {}),
    ],
)
def test_invitation_accepted_meanwhile_is_told_at_the_desk(address, sent, desk, world):
    kept = invited_by_leah(world)
    newcomer = register_person(email=kept.email, name="Tamo", password=None, by=None)
    accept_invitation(invitation=kept, user=newcomer)

    response = desk.post(reverse(address, args=[kept.pk]), sent)

    assert said(response) == ["This invitation has been accepted or withdrawn meanwhile."]
    assert response.url == reverse("support", args=[world.programme.pk])


def invited_by_leah(world) -> Invitation:
    leah = world.person("leah")
    return invite(email="tamo@example.org", role=Role.TEACHER, scope=world.abbot_school, by=leah)


def test_invitation_that_is_not_for_support_says_whom_to_ask(desk, world):
    owen = world.person("owen")
    kept = invite(email="a@example.org", role=Role.PROJECT_LEAD, scope=world.abbot, by=owen)
    address = reverse("support-invitation", args=[kept.pk])
    said = "Ask whoever invited them to withdraw it and invite the right address"

    pages = [desk.get(address), desk.post(address, {"email": "b@example.org"})]

    assert [(page.status_code, text(page).count(said)) for page in pages] == [(200, 1), (422, 2)]


def test_wrong_address_is_told_beside_the_question(desk, world):
    kept = invited_by_leah(world)
    address = reverse("support-invitation", args=[kept.pk])

    response = desk.post(address, {"email": "zoe@example.org"})

    assert (response.status_code, errors_said(response)) == (
        422,
        {"email": "Ask whoever invited them to withdraw it and invite the right address"},
    )


@pytest.mark.parametrize("number", [1, 3])
def test_queries_of_an_invitation(number, desk, world):
    kept = invited_by_leah(world)
    for _ in range(number):
        invite_again(invitation=kept, by=world.person("leah"))

    assert queries_of(desk, reverse("support-invitation", args=[kept.pk])) == 8
