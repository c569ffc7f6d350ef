"""The table of roles, and what it comes to for each person of the cast."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from alliances import access, actions
from alliances.models import Alliance, Assignment, Cluster, Membership, Programme, User
from alliances.roles import RULES, Permission, Role, Scope, roles_granting
from tests.access.cast import (
    ALLOWED,
    FACILITATOR,
    HEADTEACHER,
    LEAD,
    NATIONAL_TEAM,
    NCTL,
    ON_OPENING,
    PARTNER,
    SCHOOL_LEAD,
    SUPPORT,
    TEACHER,
    gather,
)
from tests.world import SINCE

P = Permission


@pytest.fixture
def gathered(world):
    """The world with those whom tests/access adds to its cast."""
    gather(world)
    return world


@pytest.mark.parametrize("name", ALLOWED)
def test_permissions_over_an_alliance(name, gathered):
    person = gathered.person(name)

    found = tuple(
        access.permissions_over(person, alliance)
        for alliance in (gathered.abbot, gathered.bedfordshire)
    )

    assert found == ALLOWED[name]


@pytest.mark.parametrize("name", ALLOWED)
def test_alliances_for_a_permission_agree_with_the_permissions_over_each(name, gathered):
    """Two ways to the same answer: one permission over all alliances, all permissions over one."""
    person = gathered.person(name)
    everywhere = list(Alliance.objects.all())

    for permission in Permission:
        found = set(access.alliances_for(person, permission))
        expected = {a for a in everywhere if permission in access.permissions_over(person, a)}

        assert found == expected, permission


def test_whoever_is_signed_out_may_nothing(world):
    nobody = AnonymousUser()

    assert access.permissions_over(nobody, world.abbot) == set()
    assert access.seen_with(nobody, *Permission) == []


@pytest.mark.parametrize("name", ALLOWED)
def test_alliances_that_are_seen_come_with_what_is_held_over_each(name, gathered):
    """Whether the roles came with the person or are asked for."""
    person = gathered.person(name)
    expected = {
        alliance: access.permissions_over(person, alliance)
        for alliance in access.alliances_for(person, P.SEE_ALLIANCE)
    }

    for reader in (person, User.objects.with_roles().get(pk=person.pk)):
        seen = access.seen_with(reader, *Permission)
        assert {alliance: alliance.held for alliance in seen} == expected
        assert {each: access.permissions_over(reader, each) for each in expected} == expected


@pytest.mark.parametrize(
    ("name", "clusters", "programmes"),
    [
        ("faye", {"South"}, 0),
        ("marcus", {"Midlands"}, 0),
        ("owen", {"South", "Midlands"}, 1),
        ("nadia", set(), 1),
        ("leah", set(), 0),
        ("pat", set(), 0),
    ],
)
def test_clusters_and_programmes(name, clusters, programmes, world):
    person = world.person(name)

    seen = access.clusters_for(person, P.SEE_CLUSTER)

    assert {cluster.name for cluster in seen} == clusters
    assert access.programmes_for(person, P.SEE_PROGRAMME).count() == programmes


def test_two_roles_add_up(world):
    """A headteacher who also teaches in the enquiry may do what either may."""
    hana = world.person("hana")
    actions.assign(user=hana, role=Role.TEACHER, scope=world.abbot_school, by=None, starts_on=SINCE)

    assert access.permissions_over(hana, world.abbot) == HEADTEACHER | TEACHER


def test_alliance_outside_any_cluster_is_not_a_facilitators(world):
    alliance = actions.found_alliance(programme=world.programme, key="new", name="New", by=None)

    assert access.permissions_over(world.person("faye"), alliance) == set()


def test_school_in_two_alliances_opens_both(world):
    Membership.objects.create(alliance=world.bedfordshire, school=world.abbot_school)

    tom = world.person("tom")

    assert access.permissions_over(tom, world.bedfordshire) == TEACHER
    assert set(access.alliances_for(tom, P.WRITE_ENQUIRY)) == {world.abbot, world.bedfordshire}


def test_programme_role_does_not_reach_another_programme(world):
    other = actions.record_programme(
        title="Other",
        country="Wales",
        commissioner="Somebody",
        duration="2 years",
        ended="2015",
        alliances_funded=1,
        by=None,
    )
    foreign = actions.found_alliance(programme=other, key="x", name="Foreign", by=None)
    actions.record_cluster(programme=other, name="Far", alliances=[foreign], by=None)

    owen = world.person("owen")

    assert access.permissions_over(owen, Alliance.objects.get(pk=foreign.pk)) == set()
    assert access.clusters_for(owen, P.SEE_CLUSTER).filter(programme=other).count() == 0
    assert set(access.programmes_for(owen, P.SEE_PROGRAMME)) == {world.programme}


# The table of roles

ROLES = {
    Role.PROJECT_LEAD: (Scope.ALLIANCE, LEAD),
    Role.HEADTEACHER: (Scope.SCHOOL, HEADTEACHER),
    Role.SCHOOL_LEAD: (Scope.SCHOOL, SCHOOL_LEAD),
    Role.TEACHER: (Scope.SCHOOL, TEACHER),
    Role.FACILITATOR: (Scope.CLUSTER, FACILITATOR),
    Role.NATIONAL_TEAM: (Scope.PROGRAMME, NATIONAL_TEAM),
    Role.NCTL: (Scope.PROGRAMME, NCTL),
    Role.HEI_PARTNER: (Scope.ALLIANCE, PARTNER),
    Role.SUPPORT: (Scope.PROGRAMME, SUPPORT),
}


def test_every_role_has_a_rule():
    assert {role: (rule.scope, rule.standing) for role, rule in RULES.items()} == ROLES


def test_only_the_national_team_opens_alliances():
    waiting = {role: rule.on_opening for role, rule in RULES.items() if rule.on_opening}

    assert waiting == {Role.NATIONAL_TEAM: ON_OPENING}


def test_scopes_are_the_fields_of_an_assignment():
    models = {Programme, Cluster, Alliance}
    fields = {scope: Assignment._meta.get_field(scope) for scope in Scope}

    assert models < {field.related_model for field in fields.values()}
    assert all(field.null for field in fields.values())


@pytest.mark.parametrize(
    ("permission", "roles"),
    [
        (P.SEE_SMALL_NUMBERS, [Role.PROJECT_LEAD, Role.SCHOOL_LEAD]),
        (P.HOLD_MATCHED, [Role.PROJECT_LEAD, Role.SCHOOL_LEAD]),
        (P.REPORT_PROGRESS, [Role.PROJECT_LEAD]),
        (P.MANAGE_PEOPLE, [Role.PROJECT_LEAD, Role.NATIONAL_TEAM]),
        (P.ANSWER_HELP, [Role.FACILITATOR]),
        (P.ASK_NATIONAL_REPORT, [Role.NATIONAL_TEAM, Role.NCTL]),
    ],
)
def test_roles_granting(permission, roles):
    assert roles_granting(permission) == roles


def test_every_permission_is_granted_to_somebody():
    assert [permission for permission in Permission if not roles_granting(permission)] == []


def test_whoever_comes_in_is_known_by_the_roles_they_hold(world):
    ended = actions.assign(
        user=world.person("faye"),
        role=Role.PROJECT_LEAD,
        scope=world.abbot,
        by=None,
        starts_on=SINCE,
    )
    actions.end_assignment(assignment=ended, by=None, on=timezone.localdate())

    faye = User.objects.with_roles().get(pk=world.person("faye").pk)
    nobody = User.objects.with_roles().get(pk=world.person("zoe").pk)

    here = {"alliance": None, "cluster": world.south.pk, "programme": None, "school": None}
    assert faye.held_now == [{"role": "facilitator", **here}]
    assert nobody.held_now == []


@pytest.mark.parametrize("permission", Permission)
def test_known_roles_lead_to_the_same_as_asking_for_them(world, permission):
    gather(world)
    for asked in User.objects.all():
        come_in = User.objects.with_roles().get(pk=asked.pk)
        for found in (access.alliances_for, access.clusters_for, access.programmes_for):
            assert set(found(come_in, permission)) == set(found(asked, permission))
