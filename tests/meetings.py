"""A meeting of the South, as the tests of several apps need one."""

from datetime import date
from uuid import UUID

from django.urls import reverse

from enquiries.actions import plan_meeting, save_sheet
from enquiries.models import Cycle, Enquiry, Meeting, MeetingPart
from tests.world import World

HELD_ON = date(2026, 3, 3)
WHOLE = {
    "update": "Pairs plan together.",
    "decision": "same-intervention",
    "next_focus": "Pairs across schools.",
}


def planned(world: World, *people: str, **fields) -> Meeting:
    """A meeting to which George Abbot comes with these people, and nobody else."""
    wanted = {"held_on": HELD_ON, "place": "Guildford", "alliances": [world.abbot]} | fields
    cluster = wanted.pop("cluster", world.south)
    here = [world.person(name) for name in people or ("leah", "faye")]
    return plan_meeting(cluster=cluster, by=world.person("faye"), people=here, **wanted)


def heard(
    world: World,
    meeting: Meeting,
    by: str = "faye",
    enquiry: Enquiry | None = None,
    cycle: Cycle | None = None,
    **answers: str,
) -> MeetingPart:
    """What the meeting heard, from George Abbot unless another enquiry is named: all it needs."""
    place = {"enquiry": enquiry or world.enquiry, "meeting": meeting}
    place |= {"cycle": cycle} if cycle else {}
    return save_sheet(
        MeetingPart, place=place, seen={}, wanted=WHOLE | answers, by=world.person(by)
    )


def planned_once(world: World) -> Meeting:
    """The same meeting however often it is asked for."""
    return planned(world, submission=UUID(int=1))


def part_url(world: World, meeting: Meeting) -> str:
    return reverse("sheet-of-meeting", args=[world.enquiry.pk, "cluster-meeting", meeting.pk])
