"""Effects found with one instrument in one phase, pooled; others are not."""

import pytest
from django.urls import reverse

from enquiries.actions import withdraw
from impact.models import MatchedSet
from reports.pooled import pooled_effects
from tests.impact.matching import scores_saved
from tests.impact.sheets import a_measure
from tests.impact.test_matched import ARMS, both_arms


def compared(world, **fields) -> MatchedSet:
    """Scores of twelve pupils and twelve others, of a measure of their own."""
    measure = a_measure(world, name=f"Reading {MatchedSet.objects.count()}", better="higher")
    return scores_saved(world, *both_arms(12), headings=ARMS, measure=measure, **fields)


def test_effects_of_one_instrument_and_phase_are_pooled(world):
    compared(world)
    compared(world)
    compared(world, instrument="PiRA", phase="primary")

    (found,) = pooled_effects(world.programme, least=0)

    assert found.title == "NGRT form A, 2025, secondary"
    assert [row.label for row in found.chart.rows] == [world.enquiry.alliance.name] * 2 + [
        "Together"
    ]
    assert [row.texts[2] for row in found.chart.rows] == ["50%", "50%", ""]
    assert found.says[1] == "0% of the variation between them is more than chance would give."
    assert found.months == []


@pytest.mark.parametrize("other", [{"instrument": "PiRA"}, {"phase": "primary"}])
def test_unlike_effects_are_not_pooled(world, other):
    compared(world)
    compared(world, **other)

    assert pooled_effects(world.programme, least=0) == []


def test_effect_of_a_withdrawn_measure_is_not_pooled(world):
    compared(world)
    measure = compared(world).measure
    withdraw(record=measure, reason="Twice.", by=world.person("leah"))

    assert pooled_effects(world.programme, least=0) == []


def test_effects_of_too_few_alliances_are_withheld(world):
    compared(world)
    compared(world)

    assert pooled_effects(world.programme, least=3) == []
    assert [each.chart for each in pooled_effects(world.programme, least=1)] == [None]


@pytest.mark.parametrize("rows", [both_arms(12)[:12], both_arms(5)])
def test_scores_without_a_comparison_or_of_a_few_are_not_pooled(world, rows):
    compared(world)
    scores_saved(world, *rows, headings=ARMS, measure=a_measure(world, name="Spelling"))

    assert pooled_effects(world.programme, least=0) == []


def test_page_draws_what_is_pooled(world, as_person):
    compared(world)
    compared(world)
    page = as_person("owen").get(reverse("programme-together", args=[world.programme.pk]))

    assert [each["title"] for each in page.context["pooled"]] == ["NGRT form A, 2025, secondary"]
    assert "Together" in page.content.decode()


@pytest.mark.parametrize("sets", [1, 3])
def test_queries_do_not_grow_with_the_sets(world, django_assert_num_queries, sets):
    for _ in range(sets):
        compared(world)

    with django_assert_num_queries(2):
        pooled_effects(world.programme, least=0)
