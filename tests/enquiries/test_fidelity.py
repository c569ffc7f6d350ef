"""How a school delivered what was planned, and what that says of a result."""

import pytest
from django.db import IntegrityError, transaction

from enquiries.actions import save_sheet
from enquiries.delivery import Deliveries, Delivery
from enquiries.models import Fidelity
from enquiries.sheets.overview import overview_of
from tests.claims import measured
from tests.pages import errors_said, labels, queries_of

TYPED = {
    "delivered": "partly",
    "dose_unit": "lessons",
    "dose_planned": "12",
    "dose_delivered": "7.5",
    "pupils_reached": "50",
    "pupils_meant": "60",
    "teachers_reached": "3",
    "teachers_meant": "3",
    "adaptations": "Shorter, since the hall was needed.",
    "seen": "{}",
}


@pytest.fixture
def leah(as_person):
    return as_person("leah")


@pytest.fixture
def schools(world):
    return list(world.enquiry.participations.all())


def address(world, school) -> str:
    return f"/enquiries/{world.enquiry.pk}/forms/fidelity/schools/{school.pk}/"


def noted(world, school, delivered: str, cycle=None) -> Fidelity:
    place = {"enquiry": world.enquiry, "cycle": cycle or world.cycle, "participation": school}
    wanted = {"delivered": delivered}
    return save_sheet(Fidelity, place=place, seen={}, wanted=wanted, by=world.person("leah"))


def test_form_asks_for_delivery_dose_reach_and_what_was_adapted(world, leah, schools):
    assert labels(leah.get(address(world, schools[0]))) == [
        "Was it delivered as planned?",
        "What the dose is counted in (optional)",
        "Dose planned (optional)",
        "Dose delivered (optional)",
        "Pupils reached (optional)",
        "Pupils it was meant for (optional)",
        "Teachers reached (optional)",
        "Teachers it was meant for (optional)",
        "What was adapted, and why (optional)",
    ]


def test_what_is_typed_is_kept_for_the_school_and_the_cycle(world, leah, schools):
    response = leah.post(address(world, schools[0]), TYPED)

    kept = Fidelity.objects.get()
    assert response.status_code == 302
    assert (kept.participation, kept.cycle) == (schools[0], world.cycle)
    answers = {name: str(getattr(kept, name)) for name in TYPED if name != "seen"}
    expected = {**TYPED, "dose_planned": "12.0"}
    assert answers == {name: expected[name] for name in answers}


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"delivered": ""}, {"delivered": "Select an answer to “Was it delivered as planned?”"}),
        ({"dose_unit": ""}, {"dose_unit": "Say what the dose is counted in"}),
        ({"pupils_reached": "61"}, {"pupils_reached": "Enter 60 or fewer"}),
        ({"teachers_meant": ""}, {"teachers_meant": "Say how many were to be reached"}),
        ({"adaptations": ""}, {"adaptations": "Say what was done differently"}),
    ],
)
def test_what_does_not_go_together_is_refused(world, leah, schools, wrong, said):
    response = leah.post(address(world, schools[0]), {**TYPED, **wrong})

    assert (response.status_code, errors_said(response)) == (422, said)


def test_none_reached_is_not_the_same_as_not_said(world, leah, schools):
    leah.post(address(world, schools[0]), {**TYPED, "pupils_reached": "0", "teachers_reached": ""})

    kept = Fidelity.objects.get()
    assert (kept.pupils_reached, kept.teachers_reached) == (0, None)


def test_database_refuses_more_reached_than_meant(world, schools):
    kept = noted(world, schools[0], "yes")
    kept.pupils_reached, kept.pupils_meant = 3, 2

    with pytest.raises(IntegrityError), transaction.atomic():
        kept.save()


@pytest.mark.parametrize(
    ("delivery", "code"),
    [
        (Delivery(), "delivery-unknown"),
        (Delivery(as_planned=2), "delivery-done"),
        (Delivery(as_planned=2, not_at_all=1), "delivery-partly"),
        (Delivery(partly=1), "delivery-partly"),
        (Delivery(otherwise=1, not_at_all=1), "delivery-not-done"),
    ],
)
def test_what_delivery_comes_to(delivery, code):
    assert delivery.code == code


def test_what_did_not_work_is_told_from_what_was_not_done():
    done, not_done = Delivery(as_planned=1), Delivery(not_at_all=1)

    assert done.means(nothing_found=True) == "It was done as planned, so it did not work here."
    assert not_done.means(nothing_found=True) == (
        "It was not done as planned anywhere, so the result does not show that it does not work."
    )
    assert done.means(nothing_found=False) == "It was done as planned."


def test_delivery_is_told_of_a_cycle_and_of_a_school(world, schools):
    first = world.enquiry.cycles.first()
    noted(world, schools[0], "yes")
    noted(world, schools[1], "not-at-all")
    noted(world, schools[1], "partly", cycle=first)
    told = Deliveries([world.enquiry.pk])

    assert told.of(world.enquiry.pk) == Delivery(as_planned=1, partly=1, not_at_all=1)
    assert told.of(world.enquiry.pk, cycle=world.cycle.pk) == Delivery(as_planned=1, not_at_all=1)
    one = told.of(world.enquiry.pk, cycle=world.cycle.pk, participation=schools[1].pk)
    assert one == Delivery(not_at_all=1)
    assert told.of(world.enquiry.pk).counted == (
        "Schools noted: 1 as planned, 1 in part, 1 not at all."
    )
    assert told.of(world.other_enquiry.pk) == Delivery()


def test_overviews_of_impact_show_it(world, leah, schools):
    noted(world, schools[0], "not-at-all")

    page = leah.get(f"/enquiries/{world.enquiry.pk}/forms/impact-overview/").content.decode()
    lines = overview_of(world.enquiry, world.cycle).schools

    assert f"<li>{schools[0].school}: not at all</li>" in page
    cells = [cell.text for line in lines for cell in line.cells if cell.name == "Delivered"]
    assert cells == ["Not at all", *[""] * (len(schools) - 1)]


@pytest.mark.parametrize(
    ("result", "said"),
    [
        (5, "It was not done as planned anywhere, so it did not bring the result about."),
        (
            3,
            (
                "It was not done as planned anywhere, so the result does not show that it does not "
                "work."
            ),
        ),
    ],
)
def test_page_of_a_measure_says_whether_it_did_not_work_or_was_not_done(
    world, leah, schools, result, said
):
    noted(world, schools[0], "not-at-all")
    measure = measured(world, result=result)

    response = leah.get(f"/measures/{measure.pk}/")

    assert response.context["delivery"] == said
    assert said in " ".join(response.content.decode().split())


@pytest.mark.parametrize("records", [1, 3])
def test_pages_that_show_it_ask_the_same_whatever_there_is(world, leah, schools, records):
    for school in schools[:records]:
        noted(world, school, "yes")
    forms = f"/enquiries/{world.enquiry.pk}/forms"
    leah.get("/")

    assert queries_of(leah, f"{forms}/fidelity/") == 6
    assert queries_of(leah, f"{forms}/impact-overview/") == 9
