"""What is kept of each enquiry's counts is what would be counted now, or is not used."""

import json
from dataclasses import asdict

import pytest
from django.utils import timezone

from alliances import actions as places
from enquiries.actions import withdraw
from impact.claims.queries import claims_by_enquiry, stated
from impact.models import Measure
from reports import actions
from reports.digests import count, counted_of, out_of_date
from reports.standings import standings_of
from reports.together import together
from tests.claims import claimed, measured


def plain(counted) -> dict:
    return {pk: json.loads(json.dumps(asdict(each))) for pk, each in counted.items()}


def enquiries(world) -> list[int]:
    return [world.enquiry.pk, world.other_enquiry.pk]


def anew(world) -> dict:
    return count(enquiries(world), claims_by_enquiry(enquiries(world)))


@pytest.fixture
def kept(world):
    """A claim with its evidence, and all that is counted kept."""
    measure = measured(world)
    claim = claimed(world, **{"evidence.measure": [measure.pk]}, result_id=None)
    actions.keep_counts()
    return claim


def test_what_is_kept_is_what_would_be_counted(world, kept):
    found = plain(counted_of(enquiries(world)))

    assert found == plain(anew(world))
    assert found[world.enquiry.pk]["by_strength"] == [["evidence-limited", "improved", 1]]
    assert out_of_date() == []


def test_nothing_is_counted_twice(world, kept):
    assert actions.keep_counts() == 0


def act_measure(world, claim):
    measured(world, before=4)


def act_withdrawn_measure(world, claim):
    measure = Measure.objects.get(pk=stated(claim).pieces[0].id)
    withdraw(record=measure, reason="Counted wrongly", by=world.person("leah"))


def act_threshold(world, claim):
    places.set_figures(
        programme=world.programme,
        by=world.person("owen"),
        small_number_threshold=30,
        small_number_reason="",
        fewest_schools=3,
        shows_months=False,
    )


ACTS = [act_measure, act_withdrawn_measure, act_threshold]


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__)
def test_what_has_changed_since_is_counted_anew(world, kept, act):
    before = plain(counted_of(enquiries(world)))

    act(world, kept)

    found = plain(counted_of(enquiries(world)))
    assert found == plain(anew(world))
    assert found != before
    assert world.abbot.pk in out_of_date()
    actions.keep_counts()
    assert out_of_date() == []
    assert plain(counted_of(enquiries(world))) == found


def test_pages_say_the_same_of_what_is_kept(world):
    measured(world)
    claimed(world)
    alliances, today = world.programme.alliances.all(), timezone.localdate()
    before = together(world.programme, exact=True), standings_of(alliances, today)

    actions.keep_counts()

    assert (together(world.programme, exact=True), standings_of(alliances, today)) == before


@pytest.mark.parametrize("many", [1, 2])
def test_queries_of_what_is_kept(world, kept, many, django_assert_num_queries):
    with django_assert_num_queries(1):
        counted_of(enquiries(world)[:many])


def test_an_enquiry_without_anything_counts_nothing(world):
    bare = world.programme.alliances.get(key="affinity").enquiries.get()

    (found,) = counted_of([bare.pk]).values()

    assert (found.by_level, found.by_strength, found.left_out) == ([], [], 0)
