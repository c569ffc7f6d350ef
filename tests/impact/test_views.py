"""The pages on which measures and readings are added."""

import re

import pytest
import time_machine

from impact.models import Measure, Reading
from tests.pages import errors_said, keys

MEASURE = {
    "level": "pupil",
    "name": "Reading age",
    "instrument": "test",
    "better": "higher",
    "unit": "years",
    "population": "Year 8",
}
ON = {"on_day": "4", "on_month": "5", "on_year": "2026"}
KINDS = {
    "number": ({"value": "7.5", "n": "30"}, {"value": 7.5, "n": 30}),
    "proportion": (
        {"numerator": "14", "denominator": "22"},
        {"numerator": 14, "denominator": 22},
    ),
    "mean": ({"value": "7", "sd": "2", "n": "30"}, {"value": 7, "sd": 2, "n": 30}),
    "text": ({"text": "Calmer"}, {"text": "Calmer"}),
}

pytestmark = pytest.mark.usefixtures("on_a_day_in_may")


@pytest.fixture
def on_a_day_in_may():
    with time_machine.travel("2026-05-05 12:00", tick=False):
        yield


@pytest.fixture
def leah(as_person):
    return as_person("leah")


def new_measure(world):
    return f"/enquiries/{world.enquiry.pk}/measures/new/"


def new_reading(world):
    return f"/measures/{world.enquiry.measures.first().pk}/readings/new/"


def baseline(**typed):
    return {f"baseline-{name}": value for name, value in typed.items()}


def test_the_page_of_a_new_measure(world, leah):
    response = leah.get(new_measure(world))

    titles = re.findall(r"<h[12][^>]*>(.*?)</h[12]>", response.content.decode())
    assert response.status_code == 200
    assert titles[:2] == ["Add a measure", "Baseline"]
    assert set(keys(response)) == {"submission", "baseline-submission"}


def test_a_measure_whose_baseline_was_not_taken(world, leah):
    response = leah.post(new_measure(world), {**MEASURE, **baseline(kind="none")})

    measure = world.enquiry.measures.last()
    assert response.url == f"/enquiries/{world.enquiry.pk}/"
    assert (measure.name, measure.better, measure.readings.count()) == ("Reading age", "higher", 0)


@pytest.mark.parametrize("kind", KINDS)
def test_a_measure_with_a_baseline_of_each_kind(world, leah, kind):
    typed, stored = KINDS[kind]

    leah.post(new_measure(world), {**MEASURE, **baseline(kind=kind, **ON, **typed)})

    reading = world.enquiry.measures.last().readings.get()
    assert (reading.moment, reading.kind, reading.when) == ("baseline", kind, "4 May 2026")
    assert {name: getattr(reading, name) for name in stored} == stored


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("moment", ["baseline", "interim", "outcome"])
def test_a_reading_of_each_kind(world, leah, kind, moment):
    typed, stored = KINDS[kind]
    world.enquiry.measures.first().readings.all().delete()

    response = leah.post(new_reading(world), {"moment": moment, "kind": kind, **ON, **typed})

    reading = world.enquiry.measures.first().readings.last()
    assert response.url == f"/enquiries/{world.enquiry.pk}/"
    assert (reading.moment, reading.kind, reading.logged_by.name) == (moment, kind, "Leah Marsh")
    assert {name: getattr(reading, name) for name in stored} == stored


def test_a_second_baseline_is_refused(world, leah):
    typed, _ = KINDS["number"]
    before = Reading.objects.count()

    leah.post(new_reading(world), {"moment": "baseline", "kind": "number", **ON, **typed})

    assert Reading.objects.count() == before


def test_a_reading_that_was_not_collected(world, leah):
    leah.post(new_reading(world), {"moment": "outcome", "kind": "x"})

    reading = world.enquiry.measures.first().readings.last()
    assert (reading.kind, reading.missing, reading.on) == ("missing", "x", None)


def test_a_faulty_measure_says_so_by_its_fields_and_keeps_what_was_typed(world, leah):
    typed = {**MEASURE, "name": "", "population": "Years 7 & 8"}
    wrong = baseline(kind="number", value="seven", **{**ON, "on_day": "6"})
    before = Measure.objects.count()

    response = leah.post(new_measure(world), {**typed, **wrong})

    html = response.content.decode()
    assert response.status_code == 422
    assert errors_said(response) == {
        "name": "Enter what is measured",
        "baseline-value": "Number or mean must be a number",
        "baseline-on": "Date must be today or in the past",
    }
    assert re.findall(r'name="baseline-value"[^>]*value="([^"]*)"', html) == ["seven"]
    assert 'value="Years 7 &amp; 8"' in html
    assert Measure.objects.count() == before


def test_a_faulty_baseline_alone_answers_422(world, leah):
    response = leah.post(new_measure(world), {**MEASURE, **baseline(kind="text")})

    assert response.status_code == 422
    assert errors_said(response) == {
        "baseline-text": "Enter result in words",
        "baseline-on": "Enter the date of this reading",
    }


def test_a_faulty_reading_says_so_by_its_fields(world, leah):
    response = leah.post(
        new_reading(world),
        {"kind": "proportion", "numerator": "23", "denominator": "22", **ON},
    )

    assert response.status_code == 422
    assert errors_said(response) == {
        "moment": "Select an answer to “Which moment is it?”",
        "numerator": "Enter 22 or fewer",
    }


def test_a_measure_sent_twice_is_added_once(world, leah):
    sent = {
        **MEASURE,
        **baseline(kind="number", value="7", **ON),
        **keys(leah.get(new_measure(world))),
    }
    before = Measure.objects.count(), Reading.objects.count()

    first, second = (leah.post(new_measure(world), sent) for _ in range(2))

    assert (first.status_code, first.url) == (second.status_code, second.url)
    assert second.status_code == 302
    assert (Measure.objects.count(), Reading.objects.count()) == (before[0] + 1, before[1] + 1)


def test_a_reading_sent_twice_is_added_once(world, leah):
    page = new_reading(world)
    sent = {"moment": "outcome", "kind": "number", "value": "7", **ON, **keys(leah.get(page))}
    before = Reading.objects.count()

    first, second = (leah.post(page, sent) for _ in range(2))

    assert (first.status_code, first.url) == (second.status_code, second.url)
    assert (second.status_code, Reading.objects.count()) == (302, before + 1)


def test_the_same_page_filled_again_adds_again(world, leah):
    page, before = new_reading(world), Reading.objects.count()
    sent = {"moment": "interim", "kind": "number", "value": "7", **ON}

    for _ in range(2):
        leah.post(page, {**sent, **keys(leah.get(page))})

    assert Reading.objects.count() == before + 2


def test_a_faulty_form_keeps_its_key(world, leah):
    page = new_reading(world)
    key = keys(leah.get(page))

    assert keys(leah.post(page, {"kind": "number", **key})) == key


def test_a_new_measure_asks_few_questions_of_the_database(world, leah, django_assert_num_queries):
    leah.get(new_measure(world))

    with django_assert_num_queries(3):
        leah.get(new_measure(world))
