"""A measure has one baseline, however many people write one down, and when."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from enquiries.actions import withdraw
from enquiries.models import Enquiry
from impact.models import Reading
from tests.at_once import wait_until_both_wait
from tests.impact.forms import address, reading
from tests.measuring import add_reading
from tests.pages import errors_said

pytestmark = pytest.mark.usefixtures("on_a_day_in_may")


def sent(client, measure, **typed) -> dict:
    """What is said next to the questions of a baseline that is sent; nothing where it is saved.

    On a connection of this thread's own, where it is sent from one.
    """
    try:
        response = client.post(address(measure, "reading"), reading(measure, "baseline", **typed))
        return {} if response.status_code == 302 else errors_said(response)
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_of_two_baselines_at_once_the_second_is_told_next_to_the_question(
    world, as_person, untried, measure
):
    leah, sam = as_person("leah"), as_person("sam")

    with ThreadPoolExecutor(2) as threads:
        with transaction.atomic():
            Enquiry.objects.select_for_update().get(pk=world.enquiry.pk)
            both = [threads.submit(sent, person, measure) for person in (leah, sam)]
            wait_until_both_wait()
        outcomes = sorted((each.result(timeout=20) for each in both), key=len)

    problem = "This measure has its baseline, of 4 May 2026"
    assert outcomes == [{}, {"moment": problem}]
    assert Reading.objects.filter(measure=measure, moment="baseline").count() == 1


def test_baseline_that_is_withdrawn_makes_room_for_another_and_stays_away(
    world, as_person, untried, measure
):
    leah, by = as_person("leah"), world.person("leah")
    first = add_reading(measure=measure, by=by, moment="baseline", kind="number", value=7)
    withdraw(record=first, reason="Another test.", by=by)
    leah.post(address(measure, "reading"), reading(measure, "baseline"))

    leah.post(f"{address(measure, 'reading', first)}bring-back/")

    standing = Reading.objects.filter(measure=measure, moment="baseline")
    assert [found.pk == first.pk for found in standing] == [False]


def test_baseline_that_was_not_collected_leaves_room_for_one_that_was(as_person, untried, measure):
    leah = as_person("leah")
    leah.post(address(measure, "reading"), reading(measure, "baseline", given="x"))

    leah.post(address(measure, "reading"), reading(measure, "baseline"))

    kinds = measure.readings.filter(moment="baseline").values_list("kind", flat=True)
    assert sorted(kinds) == ["missing", "number"]
