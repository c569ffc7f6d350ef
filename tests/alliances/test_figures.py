"""From how many pupils and schools on figures are shown: who sets it, and what is refused."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from alliances import actions
from alliances.models import Programme
from tests.alliances.test_signing_in import errors

USUAL = {
    "small_number_threshold": 6,
    "small_number_reason": "",
    "fewest_schools": 3,
    "shows_months": False,
}


def held(programme) -> dict:
    return Programme.objects.filter(pk=programme.pk).values(*USUAL).get()


def typed(**answers) -> dict:
    return {name: str(value) for name, value in (USUAL | answers).items()}


def test_six_pupils_three_schools_and_no_months_are_usual(world):
    assert held(world.programme) == USUAL


def test_setting_figures_is_on_record(world, acts):
    changed = {
        "small_number_threshold": 4,
        "small_number_reason": "Agreed",
        "fewest_schools": 5,
        "shows_months": True,
    }

    actions.set_figures(programme=world.programme, by=world.person("owen"), **changed)

    said = ("set figures", "Owen Pryce", "alliances.programme", world.programme.pk, changed)
    assert held(world.programme) == changed
    assert acts() == [said]


def test_reason_is_kept_only_while_the_threshold_is_low(world):
    owen = world.person("owen")
    low = USUAL | {"small_number_threshold": 5, "small_number_reason": "Agreed with schools"}
    actions.set_figures(programme=world.programme, by=owen, **low)

    again = low | {"small_number_threshold": 6}
    actions.set_figures(programme=world.programme, by=owen, **again)

    assert held(world.programme) == USUAL


def test_low_threshold_without_a_reason_is_refused(world):
    low = USUAL | {"small_number_threshold": 5}

    with pytest.raises(actions.ReasonMissing):
        actions.set_figures(programme=world.programme, by=world.person("owen"), **low)

    assert held(world.programme) == USUAL


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"small_number_threshold": 2, "small_number_reason": "x"}, "programme_threshold"),
        ({"small_number_threshold": 51}, "programme_threshold"),
        ({"small_number_threshold": 5}, "programme_low_threshold_has_reason"),
        ({"fewest_schools": 2}, "programme_fewest_schools"),
        ({"fewest_schools": 21}, "programme_fewest_schools"),
    ],
)
def test_database_refuses(world, fields, constraint):
    with transaction.atomic(), pytest.raises(IntegrityError, match=constraint):
        Programme.objects.filter(pk=world.programme.pk).update(**fields)


def test_figures_are_set_on_their_page_and_shown(world, as_person):
    owen, url = as_person("owen"), reverse("figures-set", args=[world.programme.pk])
    answers = typed(
        small_number_threshold=5,
        small_number_reason="Schools agreed",
        fewest_schools=4,
        shows_months="on",
    )

    page = owen.post(url, answers, follow=True)

    assert page.redirect_chain == [(reverse("figures", args=[world.programme.pk]), 302)]
    assert [row["value"] for row in page.context["rows"]] == [5, "Schools agreed", 4, "Yes"]
    assert page.context["most_withheld"] == 4


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"small_number_threshold": 5}, ["Say why fewer than 6 pupils are enough"]),
        (
            {"small_number_threshold": 2, "small_number_reason": "x"},
            ["Fewest pupils a figure may speak of must be 3 or more"],
        ),
        (
            {"fewest_schools": 2},
            ["Fewest schools a figure about several may rest on must be 3 or more"],
        ),
    ],
)
def test_faults_are_told_and_nothing_is_saved(world, as_person, answers, said):
    url = reverse("figures-set", args=[world.programme.pk])

    page = as_person("owen").post(url, typed(**answers))

    assert (page.status_code, *errors(page)) == (422, said, said)
    assert held(world.programme) == USUAL


def test_only_who_may_change_them_is_led_there(world, as_person):
    url = reverse("figures", args=[world.programme.pk])

    shown = {name: as_person(name).get(url).context["may_set"] for name in ("owen", "nadia")}

    assert shown == {"owen": True, "nadia": False}
