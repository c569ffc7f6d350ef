"""Places on a drawn grid: pointed at, kept, moved from day to day, and seen by the right people."""

import re
import uuid
from datetime import UTC, date, datetime
from html import unescape
from itertools import combinations
from math import hypot

import pytest
import time_machine

from enquiries.actions import save_sheet, start_cycle
from enquiries.models import CollaborationPlacing, InnovationPlacing
from enquiries.sheets.movement import CELL, LEFT, TOP, innovations_of, movement_of
from enquiries.sheets.placings import COLLABORATION, INNOVATION

DAY = {"held_on_day": "3", "held_on_month": "3", "held_on_year": "2026"}
AN_AIM = {**DAY, "moment": "intended", "place": "far,major", "seen": "{}"}
FORMS = {"collaboration": "faye", "innovation": "leah"}
STEPS = {
    "innovation": [("near", "between", "far"), ("minor", "between", "major")],
    "collaboration": [("high", "medium", "low"), ("low", "medium", "high")],
}


def address(world, slug: str, *parts) -> str:
    tail = "".join(f"{part}/" for part in parts)
    return f"/enquiries/{world.enquiry.pk}/forms/{slug}/{tail}"


def place_change(world, on: date, moment: str, distance: str, extent: str, **place):
    place = {"enquiry": world.enquiry, "cycle": world.cycle, "key": uuid.uuid4(), **place}
    wanted = {"held_on": on, "moment": moment, "distance": distance, "extent": extent}
    leah = world.person("leah")
    return save_sheet(InnovationPlacing, place=place, seen={}, wanted=wanted, by=leah)


def place_group(world, on: date, skill: str = "low", degree: str = "high"):
    place = {"enquiry": world.enquiry, "key": uuid.uuid4()}
    wanted = {"held_on": on, "skill": skill, "participation_degree": degree, "next_steps": "Meet"}
    faye = world.person("faye")
    return save_sheet(CollaborationPlacing, place=place, seen={}, wanted=wanted, by=faye)


def labels_of_places(response) -> list[str]:
    """What a screen reader says of each place, in the order of the page."""
    found = re.findall(r'placing__label"[^>]*>(.*?)</label>', response.content.decode(), re.DOTALL)
    return [unescape(" ".join(re.sub(r"<[^>]+>", "", text).split())) for text in found]


# ---- the grid on the page ------------------------------------------------------------------


def test_every_place_says_both_scales_in_words(world, as_person):
    response = as_person("leah").get(address(world, "innovation", uuid.uuid4()))

    down, across = "Distance from existing practice", "Extent of change"
    assert labels_of_places(response) == [
        f"{down}: near existing practice. {across}: minor. Incremental innovation",
        f"{down}: near existing practice. {across}: in between.",
        f"{down}: near existing practice. {across}: major.",
        f"{down}: in between. {across}: minor.",
        f"{down}: in between. {across}: in between.",
        f"{down}: in between. {across}: major.",
        f"{down}: far from existing practice. {across}: minor.",
        f"{down}: far from existing practice. {across}: in between.",
        f"{down}: far from existing practice. {across}: major. Radical innovation",
    ]


@pytest.mark.parametrize("slug", FORMS)
def test_places_stand_row_by_row_from_the_top(world, as_person, slug):
    response = as_person(FORMS[slug]).get(address(world, slug, uuid.uuid4()))

    values = re.findall(r'name="place"[^>]*value="([^"]+)"', response.content.decode())
    down, across = STEPS[slug]
    assert values == [f"{row},{column}" for row in down for column in across]


def test_place_pointed_at_answers_both_questions(world, as_person):
    response = as_person("leah").post(address(world, "innovation", uuid.uuid4()), AN_AIM)

    saved = InnovationPlacing.objects.get()
    assert response.status_code == 302
    assert (saved.held_on, saved.moment) == (date(2026, 3, 3), "intended")
    assert (saved.distance, saved.extent) == ("far", "major")


def test_saved_place_is_the_one_that_is_checked(world, as_person):
    client, url = as_person("leah"), address(world, "innovation", uuid.uuid4())
    client.post(url, AN_AIM)

    html = client.get(url).content.decode()

    assert re.findall(r'value="([^"]+)" checked', html) == ["far,major"]


@time_machine.travel(datetime(2026, 5, 4, 12, tzinfo=UTC), tick=False)
def test_new_placing_is_offered_today(world, as_person):
    form = as_person("leah").get(address(world, "innovation", uuid.uuid4())).context["form"]

    assert form["held_on"].value() == date(2026, 5, 4)


@pytest.mark.parametrize(
    ("sent", "errors"),
    [
        ({"place": None}, {"distance": ["Select a place on the grid"]}),
        ({"place": ""}, {"distance": ["Select a place on the grid"]}),
        ({"place": "far"}, {"distance": ["Select a place on the grid"]}),
        ({"held_on_year": "2126"}, {"held_on": ["Date must be today or in the past"]}),
    ],
)
def test_placing_that_lacks_something_is_sent_back(world, as_person, sent, errors):
    data = {name: value for name, value in {**AN_AIM, **sent}.items() if value is not None}

    response = as_person("leah").post(address(world, "innovation", uuid.uuid4()), data)

    assert response.status_code == 422
    assert response.context["form"].errors == errors


@pytest.mark.parametrize("place", ["far,nowhere", "nowhere,major", "<b>,major"])
def test_place_that_is_not_on_the_grid_is_refused(world, as_person, place):
    url = address(world, "innovation", uuid.uuid4())

    response = as_person("leah").post(url, {**AN_AIM, "place": place})

    assert response.status_code == 422
    assert InnovationPlacing.objects.count() == 0


def test_draft_keeps_the_place(world, as_person):
    client, url = as_person("leah"), address(world, "innovation", uuid.uuid4())

    client.post(url, {**AN_AIM, "draft": "quietly"})

    assert client.get(url).context["form"].pointed_at == "far,major"


def test_two_people_pointing_at_different_places_second_sees_both_and_chooses(world, as_person):
    leah, sam = as_person("leah"), as_person("sam")
    url = address(world, "innovation", uuid.uuid4())
    leah.post(url, AN_AIM)
    seen = sam.get(url).context["form"].initial["seen"]
    leah.post(url, {**AN_AIM, "place": "near,major", "seen": seen})

    refused = sam.post(url, {**AN_AIM, "place": "between,major", "seen": seen})
    form = refused.context["form"]
    again = {**AN_AIM, "place": form.pointed_at, "seen": form["seen"].value()}
    accepted = sam.post(url, again)

    assert (refused.status_code, accepted.status_code) == (422, 302)
    assert form.grid_errors == ["Somebody else changed this meanwhile to: “Near existing practice”"]
    assert InnovationPlacing.objects.get().distance == "between"


# ---- how the places moved ------------------------------------------------------------------


def test_movement_tells_each_placing_in_the_order_of_its_day(world):
    place_change(world, date(2026, 5, 4), "actual", "near", "between")
    place_change(world, date(2026, 3, 3), "intended", "far", "major")

    movement = innovations_of(world.enquiry, world.cycle)

    assert [(s.number, s.on, s.kind, s.down, s.across) for s in movement.spots] == [
        (1, "3 March 2026", "Intended", "Far from existing practice", "Major"),
        (2, "4 May 2026", "As it turned out", "Near existing practice", "In between"),
    ]
    assert movement.sentences[0] == (
        "3 March 2026, intended: distance from existing practice: far from existing practice; "
        "extent of change: major"
    )
    assert [mark["is_aim"] for mark in movement.drawing["marks"]] == [True, False]
    assert [arrow["is_aim"] for arrow in movement.drawing["arrows"]] == [False]


def test_placing_saved_without_its_day_stands_at_the_day_it_was_saved(world):
    with time_machine.travel(datetime(2026, 4, 1, 12, tzinfo=UTC), tick=False):
        place_change(world, None, "actual", "near", "minor")

    assert [s.on for s in innovations_of(world.enquiry, world.cycle).spots] == ["1 April 2026"]


def test_movement_is_that_of_its_cycle(world):
    place_change(world, date(2026, 3, 3), "intended", "far", "major")
    later = start_cycle(enquiry=world.enquiry, by=world.person("leah"), label="Next", tried="It")

    assert innovations_of(world.enquiry, later).spots == []


@pytest.mark.parametrize("slug", FORMS)
def test_discs_stand_in_the_cell_of_their_place(world, slug):
    """High skill is at the top as in any graph; near practice is, as the method has it."""
    if slug == "innovation":
        record, sheet = place_change(world, date(2026, 3, 3), "actual", "far", "minor"), INNOVATION
    else:
        record, sheet = place_group(world, date(2026, 3, 3), "high", "high"), COLLABORATION

    mark = movement_of(sheet, [record], frozenset()).drawing["marks"][0]

    cell = ((mark["x"] - LEFT) // CELL[0], (mark["y"] - TOP) // CELL[1])
    assert cell == {"innovation": (0, 2), "collaboration": (2, 0)}[slug]


@pytest.mark.parametrize("number", [1, 2, 5, 12, 30])
def test_discs_of_one_place_never_overlap_nor_leave_it(world, number):
    for day in range(1, number + 1):
        place_change(world, date(2026, 3, day), "actual", "between", "between")

    marks = innovations_of(world.enquiry, world.cycle).drawing["marks"]

    outside = [m for m in marks if not (LEFT + CELL[0] < m["x"] - m["radius"])]
    outside += [m for m in marks if m["x"] + m["radius"] > LEFT + 2 * CELL[0]]
    assert outside == []
    assert [
        (a["number"], b["number"])
        for a, b in combinations(marks, 2)
        if hypot(a["x"] - b["x"], a["y"] - b["y"]) < a["radius"] + b["radius"]
    ] == []


def test_way_back_is_drawn_beside_the_way_there(world):
    for day, distance in enumerate(["near", "far", "near"], 1):
        place_change(world, date(2026, 3, day), "actual", distance, "minor")

    there, back = innovations_of(world.enquiry, world.cycle).drawing["arrows"]

    assert there["bend_x"] < LEFT + CELL[0] / 2 < back["bend_x"]


def test_drawing_says_in_words_what_it_shows(world, as_person):
    place_change(world, date(2026, 3, 3), "intended", "far", "major")

    html = as_person("leah").get(address(world, "innovation")).content.decode()

    told = re.search(r"<desc[^>]*>(.*?)</desc>", html)[1]
    assert told.strip() == (
        "1: 3 March 2026, intended: distance from existing practice: far from existing practice; "
        "extent of change: major."
    )


def test_overview_shows_how_the_innovation_moved(world, as_person):
    place_change(world, date(2026, 3, 3), "intended", "far", "major")
    place_group(world, date(2026, 3, 3))

    response = as_person("faye").get(f"/enquiries/{world.enquiry.pk}/overview/")

    html = response.content.decode()
    assert re.findall(r'<title id="([a-z-]+)-title">', html) == ["innovation"]
    assert response.context["overview"].group[-1].text.startswith("3 March 2026, intended")


# ---- who sees it ---------------------------------------------------------------------------


@pytest.mark.parametrize("person", ["leah", "sam", "tom", "owen"])
def test_place_of_the_group_is_the_facilitators_alone(world, as_person, person):
    record = place_group(world, date(2026, 3, 3))
    own = address(world, "collaboration", record.key)
    pages = [address(world, "collaboration"), own, f"{own}print/", f"{own}history/"]

    client = as_person(person)

    for url in pages:
        html = client.get(url).content.decode()
        assert re.findall(r"<svg|Low|High|name=\"place\"|ollaborative skill", html) == [], url


def test_facilitator_sees_where_the_group_moved(world, as_person):
    place_group(world, date(2026, 3, 3))
    place_group(world, date(2026, 5, 4), "high", "high")

    movement = as_person("faye").get(address(world, "collaboration")).context["movement"]

    assert [(s.on, s.kind, s.down, s.across) for s in movement.spots] == [
        ("3 March 2026", "", "Low", "High"),
        ("4 May 2026", "", "High", "High"),
    ]


@pytest.mark.parametrize("slug", FORMS)
@pytest.mark.parametrize("records", [1, 3])
def test_list_asks_the_same_whatever_its_records(
    world, as_person, slug, records, django_assert_num_queries
):
    for day in range(1, records + 1):
        on = date(2026, 3, day)
        if slug == "innovation":
            place_change(world, on, "actual", "far", "minor")
        else:
            place_group(world, on)
    client = as_person(FORMS[slug])

    # Who has seen a judgement is put down.
    with django_assert_num_queries({"innovation": 7, "collaboration": 8}[slug]):
        response = client.get(address(world, slug))

    assert len(response.context["movement"].spots) == records


# ---- on paper ------------------------------------------------------------------------------


def test_printed_placing_shows_the_way_to_it_and_not_beyond(world, as_person):
    days = [date(2026, 3, 3), date(2026, 4, 3), date(2026, 5, 3)]
    records = [place_change(world, on, "actual", "far", "minor") for on in days]

    html = as_person("leah").get(f"{address(world, 'innovation', records[1].key)}print/")

    numbers = re.findall(r'<th scope="row">(\d: [^<]+)</th>', html.content.decode())
    assert numbers == ["1: 3 March 2026", "2: 3 April 2026"]


def test_blank_form_has_an_empty_grid_to_put_a_cross_on(world, as_person):
    html = as_person("leah").get("/forms/innovation/blank/").content.decode()

    assert html.count("<rect") == 9
    assert html.count("<circle") == 0
    assert re.findall(r"<h2>(.*?)</h2>", html) == [
        "Date",
        "Which placing is this?",
        "Where does the change lie?",
    ]
