"""What somebody may do ends with their role, their place or their account: at the next request."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from alliances import actions
from alliances.roles import Role
from tests.world import SINCE


@pytest.fixture
def enquiry_page(world):
    return reverse("enquiry", args=[world.enquiry.pk])


def test_role_that_is_ended_opens_nothing_at_the_next_request(world, as_person, enquiry_page):
    tom, role = as_person("tom"), world.person("tom").assignments.get()
    before = tom.get(enquiry_page).status_code

    actions.end_assignment(assignment=role, by=world.person("leah"), on=timezone.localdate())

    assert (before, tom.get(enquiry_page).status_code) == (200, 404)


def test_leaving_takes_effect_at_once(world, as_person, enquiry_page):
    tom, role = as_person("tom"), world.person("tom").assignments.get()

    tom.post(reverse("assignment-end", args=[role.pk]))

    assert tom.get(enquiry_page).status_code == 404


def test_role_ends_on_its_date_under_a_running_session(world, as_person, enquiry_page):
    today = timezone.localdate()
    held = actions.assign(
        user=world.person("zoe"),
        role=Role.TEACHER,
        scope=world.abbot_school,
        by=None,
        starts_on=SINCE,
    )
    actions.end_assignment(assignment=held, by=None, on=today + timedelta(days=2))
    zoe, found = as_person("zoe"), []

    for days in (0, 1, 2):
        with time_machine.travel(timezone.now() + timedelta(days=days)):
            found.append(zoe.get(enquiry_page).status_code)

    assert found == [200, 200, 404]


def test_facilitator_whose_role_ends_leaves_cluster_and_alliances(world, as_person, enquiry_page):
    faye, role = as_person("faye"), world.person("faye").assignments.get()
    pages = [enquiry_page, reverse("cluster", args=[world.south.pk])]
    before = [faye.get(page).status_code for page in pages]

    actions.end_assignment(assignment=role, by=None, on=timezone.localdate())

    assert (before, [faye.get(page).status_code for page in pages]) == ([200, 200], [404, 404])


def test_suspension_ends_a_running_session(world, as_person, enquiry_page):
    leah = as_person("leah")
    before = leah.get(enquiry_page).status_code

    actions.suspend(user=world.person("leah"), by=world.person("owen"))

    after = leah.get(enquiry_page)
    assert (before, after.status_code) == (200, 302)
    assert after.url == f"{reverse('account_login')}?next={enquiry_page}"


def test_opening_is_over_with_its_time_under_a_running_session(world, as_person, enquiry_page):
    actions.open_alliance(
        alliance=world.abbot, reason="A head rang us.", days=2, by=world.person("owen")
    )
    owen, found = as_person("owen"), []

    for hours in (1, 47, 49):
        with time_machine.travel(timezone.now() + timedelta(hours=hours)):
            found.append(owen.get(enquiry_page).status_code)

    assert found == [200, 200, 403]
