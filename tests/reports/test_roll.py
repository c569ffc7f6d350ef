"""The list of a programme's alliances, and what is done to many of them at once."""

import pytest
from django.urls import reverse
from django.utils import timezone

from alliances import actions
from alliances.models import Alliance, Invitation, Mail
from alliances.roles import Role
from reports.queries import AllianceFilter
from reports.roll.queries import RollFilter, roll_of
from tests.pages import queries_of, text


def url(world, name: str, **query) -> str:
    return reverse(name, args=[world.programme.pk], query=query)


def keys(found) -> set[str]:
    return {alliance.key for alliance in found}


@pytest.fixture
def leads(world):
    """Leah and Ravi lead; somebody is named for Jurassic, somebody invited to Affinity."""
    jurassic = world.programme.alliances.get(key="jurassic")
    affinity = world.programme.alliances.get(key="affinity")
    actions.name_lead(alliance=jurassic, name="Ada Byrne", email="ada@example.org", by=None)
    actions.invite(email="bo@example.org", role=Role.PROJECT_LEAD, scope=affinity, by=None)
    return world


# The list


@pytest.mark.parametrize(
    ("lead", "expected"),
    [
        ("", {"georgeabbot", "centralbeds", "jurassic", "affinity"}),
        ("leads", {"georgeabbot", "centralbeds"}),
        ("invited", {"affinity"}),
        ("named", {"jurassic"}),
        ("nobody", set()),
    ],
)
def test_list_is_narrowed_by_how_far_the_lead_is(leads, lead, expected):
    assert keys(roll_of(leads.programme, RollFilter(AllianceFilter(), lead=lead))) == expected


def test_quiet_are_those_that_logged_nothing_for_four_weeks(world):
    found = roll_of(world.programme, RollFilter(AllianceFilter(), is_quiet=True))

    assert keys(found) == {"centralbeds", "jurassic", "affinity"}


def test_list_shows_the_alliances_that_fit_its_filters(world, as_person):
    response = as_person("owen").get(url(world, "programme-alliances", cluster=world.south.pk))

    listed = [row["alliance"] for row in response.context["rows"]]
    assert keys(listed) == {"georgeabbot", "jurassic"}
    assert {row["lead"] for row in response.context["rows"]} == {"Has a lead", "Nobody named"}


def test_list_asks_the_same_whatever_its_rows(world, as_person):
    owen = as_person("owen")
    asked = [queries_of(owen, url(world, "programme-alliances", text="George Abbot"))]
    asked.append(queries_of(owen, url(world, "programme-alliances")))

    assert asked == [11, 11]


def test_page_of_the_chosen_asks_the_same_whatever_their_number(leads, as_person):
    owen, pks = as_person("owen"), [str(pk) for pk in Alliance.objects.values_list("pk", flat=True)]
    asked = [
        queries_of(owen, url(leads, "alliances-chosen", alliance=pks[:number])) for number in (1, 3)
    ]

    assert asked == [8, 8]


# What is chosen


@pytest.mark.parametrize("query", [{}, {"alliance": "x"}, {"alliance": "9" * 30}])
@pytest.mark.parametrize("name", ["alliances-chosen", "alliances-place"])
def test_nothing_chosen_leads_back_to_the_list_with_its_filters(world, as_person, query, name):
    owen = as_person("owen")
    send = owen.get if name == "alliances-chosen" else owen.post

    answer = send(url(world, name, cohort="1", page="2", **query))

    assert answer.url == url(world, "programme-alliances", cohort="1", page="2")


def test_everything_chosen_is_what_fits_the_filters(world, as_person):
    query = {"everything": "yes", "cluster": world.midlands.pk}

    page = as_person("owen").get(url(world, "alliances-chosen", **query))

    assert keys(page.context["chosen"]) == {"centralbeds", "affinity"}


# Moving


def test_chosen_alliances_are_moved_and_the_list_is_as_it_was(world, as_person):
    pks = [world.abbot.pk, world.bedfordshire.pk]
    target = url(world, "alliances-place", alliance=pks, cohort="1", page="2")

    answer = as_person("owen").post(target, {"cluster": world.midlands.pk})

    assert answer.url == url(world, "programme-alliances", cohort="1", page="2")
    assert keys(world.midlands.alliances.all()) == {"georgeabbot", "centralbeds", "affinity"}
    assert keys(world.south.alliances.all()) == {"jurassic"}


def test_moving_needs_a_place(world, as_person):
    target = url(world, "alliances-place", alliance=[world.abbot.pk])

    answer = as_person("owen").post(target, {})

    assert answer.status_code == 422
    assert "Select a theme, a cohort or a cluster" in text(answer)


def test_place_of_another_programme_is_none(world, as_person):
    other = actions.record_programme(
        title="Another", country="Wales", commissioner="-", duration="-", ended="2015",
        alliances_funded=1, by=None,
    )  # fmt: skip
    far = actions.record_cluster(programme=other, name="Far", alliances=[], by=None)
    foreign = actions.found_alliance(programme=other, key="far", name="Far", by=None)
    target = url(world, "alliances-place", alliance=[foreign.pk, world.abbot.pk])
    owen = as_person("owen")

    refused = owen.post(target, {"cluster": far.pk})
    owen.post(target, {"cluster": world.midlands.pk})

    foreign.refresh_from_db()
    assert refused.status_code == 422
    assert [foreign.cluster, far.alliances.count()] == [None, 0]


# Inviting


def test_leads_not_invited_yet_are_invited_once(leads, as_person):
    owen, target = as_person("owen"), url(leads, "alliances-invite", everything="yes")
    before = Mail.objects.count()

    first = owen.post(target)
    again = owen.post(target)

    assert [first.status_code, again.status_code] == [302, 422]
    assert Mail.objects.count() == before + 1
    assert Invitation.objects.get(email="ada@example.org").name == "Ada Byrne"
    assert "Nobody waits for an invitation" in text(again)


def test_open_invitations_are_sent_again(leads, as_person):
    before = Mail.objects.count()
    sent_at = Invitation.objects.get(email="bo@example.org").sent_at

    answer = as_person("owen").post(url(leads, "alliances-invite-again", everything="yes"))

    assert answer.status_code == 302
    assert Invitation.objects.get(email="bo@example.org").sent_at > sent_at
    assert Mail.objects.count() == before + 1


def test_one_that_cannot_be_invited_keeps_all_others_from_it(leads):
    jurassic = Alliance.objects.get(key="jurassic")

    with pytest.raises(actions.NothingDone) as problem:
        actions.invite_leads(
            programme=leads.programme, alliances=[jurassic, leads.abbot], by=leads.person("owen")
        )

    told = f"{leads.abbot}: nobody waits for an invitation any more"
    assert problem.value.faults == [told]
    assert not Invitation.objects.filter(email="ada@example.org").exists()


def test_invitation_accepted_meanwhile_keeps_all_others_from_being_sent_again(leads):
    invitation = Invitation.objects.get(email="bo@example.org")
    Invitation.objects.filter(pk=invitation.pk).update(
        accepted_at=timezone.now(), accepted_by=leads.person("zoe")
    )

    with pytest.raises(actions.NothingDone) as problem:
        actions.invite_leads_again(
            programme=leads.programme, invitations=[invitation], by=leads.person("owen")
        )

    told = f"{invitation.alliance}: the invitation is accepted or withdrawn"
    assert problem.value.faults == [told]
