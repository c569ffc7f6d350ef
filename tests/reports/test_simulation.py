"""A country is drawn from the real programme, and its bulk makes what the actions make."""

from dataclasses import replace
from datetime import date
from itertools import islice
from random import Random

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from alliances import actions
from alliances.actions import Joining
from alliances.models import Membership, Programme, RegisteredSchool
from enquiries.actions import join_enquiry, save_sheet
from enquiries.models import Revision, Trial
from impact.models import Claim
from reports.management.commands.simulate import known_alliances, register
from reports.simulation.country import Site, TooMany, draw
from reports.simulation.making import Making, Ways
from tests.reports.told import Tables, differing
from tests.world import DEMO, enquiry_docs, programme_doc

ALLIANCES, SCHOOLS, YEARS = 6, 50, 1
NAMES = ("Ann Bell", "Carl Drew")
REAL = ("georgeabbot", "jurassic", "centralbeds", "affinity")


@pytest.fixture
def registered(world, tmp_path):
    with (DEMO / "register.csv").open() as whole:
        (tmp_path / "register.csv").write_text("".join(islice(whole, 81)))
    call_command("import_register", tmp_path / "register.csv", verbosity=0)


def drawn(seed: int = 1, *, schools: int = SCHOOLS):
    return draw(
        programme_doc(*REAL),
        list(enquiry_docs("george-abbot", "central-bedfordshire", "jurassic-coast").values()),
        known_alliances(Programme.objects.get()),
        register(),
        alliances=ALLIANCES,
        schools=schools,
        years=YEARS,
        chance=Random(seed),
    )


def join_schools_one_by_one(joinings, *, by):
    return [
        actions.join_school(
            alliance=each.alliance,
            urn=each.urn,
            name=each.name,
            phase=each.phase,
            joined_on=each.joined_on,
            how_joined=each.how_joined,
            by=by,
        )
        for each in joinings
    ]


def join_enquiries_one_by_one(joinings, *, by):
    return [
        join_enquiry(
            enquiry=enquiry,
            urn=each.urn,
            name=each.name,
            phase=each.phase,
            joined_on=each.joined_on,
            how_joined=each.how_joined,
            by=by,
        )
        for enquiry, each in joinings
    ]


def save_one_by_one(filled):
    return [
        save_sheet(each.model, place=each.place, seen={}, wanted=each.wanted, by=each.by)
        for each in filled
    ]


ONE_BY_ONE = Ways(join_schools_one_by_one, join_enquiries_one_by_one, save_one_by_one)


def made(ways: Ways) -> dict:
    """What every table says once the country has been made, which is then taken back."""
    with transaction.atomic():
        Making(
            programme=Programme.objects.get(),
            names=NAMES,
            began=date(2025, 11, 1),
            today=date(2026, 11, 1),
            chance=Random(2),
            tell=lambda _: None,
            ways=ways,
        ).make(drawn())
        said = Tables().said()
        transaction.set_rollback(True)
    return said


@pytest.mark.usefixtures("registered")
def test_bulk_makes_the_rows_that_the_actions_make():
    in_bulk, one_by_one = made(Ways()), made(ONE_BY_ONE)

    assert differing(in_bulk, one_by_one) == {}
    assert in_bulk["alliances.Membership"].total() == SCHOOLS + Membership.objects.count()
    assert in_bulk["alliances.Change"].total() > in_bulk["alliances.AuditRecord"].total()
    for model in (Trial, Claim, Revision):
        assert in_bulk[model._meta.label].total() > model._base_manager.count() + ALLIANCES


@pytest.mark.usefixtures("registered")
def test_same_seed_draws_the_same_country():
    assert drawn(7) == drawn(7)
    assert drawn(7) != drawn(8)


@pytest.mark.usefixtures("registered")
def test_every_school_is_drawn_once():
    country = drawn()

    urns = [site.urn for place in country.neighbourhoods for site in place.sites]
    assert (len(country.neighbourhoods), len(urns), len(set(urns))) == (ALLIANCES, SCHOOLS, SCHOOLS)


@pytest.mark.usefixtures("registered")
def test_real_alliances_come_first_and_keep_their_project():
    country = drawn()

    titles = {p.key: p.project.project.title for p in country.neighbourhoods if p.is_told}
    own = enquiry_docs("george-abbot", "central-bedfordshire")
    assert [place.key for place in country.neighbourhoods][: len(REAL)] == [
        each.key for each in known_alliances(Programme.objects.get())
    ]
    assert titles == {
        "georgeabbot": own["george-abbot"].project.title,
        "centralbeds": own["central-bedfordshire"].project.title,
    }


@pytest.mark.usefixtures("registered")
@pytest.mark.parametrize("schools", [ALLIANCES, 81])
def test_a_country_without_enough_schools_is_not_drawn(schools):
    with pytest.raises(TooMany):
        drawn(schools=schools)


def test_an_alliance_called_as_another_gets_its_town(world):
    sites = [Site(number, "St Mary’s", "Leeds", "") for number in range(40)]
    country = draw(
        programme_doc(*REAL),
        list(enquiry_docs("jurassic-coast").values()),
        [],
        sites,
        alliances=3,
        schools=30,
        years=YEARS,
        chance=Random(1),
    )

    assert [place.name for place in country.neighbourhoods] == [
        "St Mary’s Teaching School Alliance",
        "St Mary’s Teaching School Alliance, Leeds",
        "St Mary’s Teaching School Alliance, Leeds 2",
    ]


def test_schools_that_join_at_once_join_as_one_by_one(world):
    joining = Joining(world.abbot, 100_001, "New", "primary", date(2026, 1, 5), "chose")
    again = replace(joining, name="Another name")
    elsewhere = replace(joining, alliance=world.bedfordshire)
    known = actions.join_school(
        alliance=world.abbot, urn=100_002, name="Known", phase="upper", by=None
    )
    member = replace(joining, urn=known.urn, name="Known by now")
    joinings = [joining, again, elsewhere, member]

    def said(join) -> dict:
        with transaction.atomic():
            join(joinings, by=world.person("leah"))
            found = Tables().said()
            transaction.set_rollback(True)
        return found

    in_bulk, one_by_one = said(actions.join_schools), said(join_schools_one_by_one)
    assert differing(in_bulk, one_by_one) == {}


def test_a_database_with_other_people_is_left_alone(world):
    with pytest.raises(CommandError, match="people are here who are not of the demonstration"):
        call_command("simulate", alliances=1, schools=1)

    assert not RegisteredSchool.objects.exists()
