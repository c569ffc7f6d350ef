"""Pages that list schools or records ask the same of the database for one and for three."""

from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from enquiries.actions import save_sheet
from enquiries.models import (
    GuideCell,
    ImpactOverview,
    MeetingOverview,
    Participation,
    SchoolPriority,
    SheetRecord,
    Synthesis,
)


def save(world, model: type[SheetRecord], wanted: dict, **place) -> SheetRecord:
    place = {"enquiry": world.enquiry, **place}
    return save_sheet(model, place=place, seen={}, wanted=wanted, by=world.person("leah"))


@pytest.fixture
def grown(world, request):
    """An enquiry with so many schools, each with its forms, and as many meetings and syntheses."""
    number = request.param
    schools = list(world.enquiry.participations.all()[:number])
    Participation.objects.exclude(pk__in=[school.pk for school in schools]).delete()
    for school in schools:
        here = {"participation": school}
        save(world, SchoolPriority, {"priority": "Writing"}, cycle=None, **here)
        cell = {"cycle": world.cycle, "phase": "implementation", "element": "data"}
        save(world, GuideCell, {"agreement": "Two visits"}, **cell, **here)
    for n in range(number):
        here = {"cycle": world.cycle, "key": UUID(int=n + 1)}
        save(world, MeetingOverview, {"working_well": "The pairs"}, **here)
        save(world, Synthesis, {"next_move": "refine"}, cycle=world.cycle, key=UUID(int=n + 9))
    outcomes = {f"student.{school.pk}": "They ask more" for school in schools}
    save(world, ImpactOverview, outcomes, cycle=world.cycle)
    return world


COUNTS = {
    "sheets": 5,
    "sheet priority": 6,
    "sheet meeting-overview": 7,
    "sheet synthesis": 7,
    "sheet impact-overview": 14,
    "guide": 6,
    "overview": 13,
    "timeline": 7,
    "enquiry": 32,
    "measures": 9,
    "sheet-history": 11,
    "gate": 9,
    "visit": 6,
}


def address_of(world, page: str) -> str:
    name, _, slug = page.partition(" ")
    args = [world.enquiry.pk, *filter(None, [slug])]
    if name == "sheet-history":
        args += ["impact-overview", ImpactOverview.objects.get().key]
    if name == "visit":
        args += ["implementation", world.enquiry.participations.first().pk]
    return reverse(name, args=[world.cycle.pk] if name == "gate" else args)


@pytest.mark.parametrize("grown", [1, 3], indirect=True)
def test_pages_ask_the_same_whatever_their_rows(grown, as_person):
    leah, found = as_person("leah"), {}

    for page in COUNTS:
        with CaptureQueriesContext(connection) as queries:
            assert leah.get(address_of(grown, page)).status_code == 200
        found[page] = len(queries)

    assert found == COUNTS
