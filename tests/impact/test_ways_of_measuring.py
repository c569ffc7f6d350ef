"""Ways to measure impact, compared on a grid of two halves each way (F40)."""

import uuid

import pytest

from impact.models import MethodPlacing
from tests.enquiries.test_activities import THIRD_OF_MARCH
from tests.enquiries.test_sheets import address

FEEDBACK = {**THIRD_OF_MARCH, "method": "Pupil feedback", "place": "high,high"}
SURVEY = {**THIRD_OF_MARCH, "method": "Staff survey", "place": "low,high"}


def place(client, world, said: dict):
    return client.post(address(world, "way-of-measuring", uuid.uuid4()), {"seen": "{}", **said})


def test_way_is_placed_by_pointing_at_the_grid(world, as_person):
    response = place(as_person("leah"), world, FEEDBACK)

    saved = MethodPlacing.objects.get()
    assert response.status_code == 302
    assert (saved.about, saved.effectiveness, saved.ease) == ("Pupil feedback", "high", "high")


@pytest.mark.parametrize(
    ("left_out", "at_fault"), [("method", "method"), ("place", "effectiveness")]
)
def test_way_without_name_or_place_is_refused(world, as_person, left_out, at_fault):
    response = place(as_person("leah"), world, {**FEEDBACK, left_out: ""})

    assert list(response.context["form"].errors) == [at_fault]
    assert MethodPlacing.objects.count() == 0


def test_ways_stand_side_by_side_without_arrows(world, as_person):
    faye = as_person("faye")
    for said in (FEEDBACK, SURVEY):
        place(faye, world, said)

    movement = faye.get(address(world, "way-of-measuring")).context["movement"]

    assert [spot.name for spot in movement.spots] == ["Pupil feedback", "Staff survey"]
    assert movement.drawing["arrows"] == []
    assert [len(movement.drawing[side]) for side in ("rows", "columns")] == [2, 2]
    assert movement.sentences[1] == (
        "Staff survey, 3 March 2026: how effective it is: low; how easy it is to use: high"
    )
