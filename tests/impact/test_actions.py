"""Measures and readings as people add them."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from alliances.models import AuditRecord
from enquiries.models import Challenge
from impact.actions import add_measure, add_reading
from impact.models import Measure, Reading
from tests.world import log

FIELDS = {"level": "pupil", "instrument": "test", "population": "Year 8"}
NUMBER = {"kind": "number", "value": 7, "on": date(2026, 5, 5), "when": "5 May 2026"}


def test_a_measure_with_its_baseline(world):
    leah = world.person("leah")
    last = world.enquiry.measures.last().position

    measure = add_measure(enquiry=world.enquiry, by=leah, baseline=NUMBER, name="Age", **FIELDS)

    reading = measure.readings.get()
    assert (measure.position, measure.logged_by, measure.source_lines) == (last + 1, leah, None)
    assert (reading.position, reading.moment, reading.value) == (1, "baseline", 7)
    assert (reading.logged_by, reading.on) == (leah, date(2026, 5, 5))
    told = AuditRecord.objects.order_by("-pk")[:2]
    assert [(r.act, r.subject_type, r.subject_id, r.by) for r in told] == [
        ("logged", "impact.reading", reading.pk, leah),
        ("logged", "impact.measure", measure.pk, leah),
    ]


def test_a_measure_whose_baseline_was_not_taken(world):
    measure = add_measure(
        enquiry=world.enquiry, by=world.person("leah"), baseline=None, name="Age", **FIELDS
    )

    assert measure.readings.count() == 0


def test_readings_follow_one_another(world):
    leah = world.person("leah")
    measure = add_measure(enquiry=world.enquiry, by=leah, baseline=NUMBER, name="Age", **FIELDS)

    add_reading(measure=measure, by=leah, moment="interim", **NUMBER)
    add_reading(measure=measure, by=leah, moment="outcome", kind="text", text="Calmer")

    assert list(measure.readings.values_list("position", "moment")) == [
        (1, "baseline"),
        (2, "interim"),
        (3, "outcome"),
    ]


def test_a_reading_that_fits_no_kind_leaves_nothing_behind(world):
    leah = world.person("leah")
    before = Measure.objects.count(), AuditRecord.objects.count()

    with pytest.raises(ValidationError):
        add_measure(
            enquiry=world.enquiry, by=leah, baseline={"kind": "number"}, name="Age", **FIELDS
        )

    assert (Measure.objects.count(), AuditRecord.objects.count()) == before


def test_a_form_sent_twice_makes_one_measure_and_one_reading(world):
    leah = world.person("leah")
    sent = {
        "enquiry": world.enquiry,
        "by": leah,
        "baseline": {**NUMBER, "submission": uuid4()},
        "submission": uuid4(),
        "name": "Age",
        **FIELDS,
    }

    first, second = add_measure(**sent), add_measure(**sent)

    assert (first, first.readings.count()) == (second, 1)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", [Challenge, Measure, Reading])
def test_people_who_add_at_the_same_moment_take_different_places(world, kind):
    leah = world.person("leah")
    enquiry = world.enquiry
    measure = enquiry.measures.first()
    known = set(kind.objects.values_list("pk", flat=True))
    start = Barrier(4)

    def add(number):
        start.wait()
        try:
            if kind is Reading:
                return add_reading(measure=measure, by=leah, moment="interim", **NUMBER).position
            if kind is Measure:
                fields = {"name": f"Age {number}", "baseline": None, **FIELDS}
                return add_measure(enquiry=enquiry, by=leah, **fields).position
            return log(kind, enquiry=enquiry, by=leah, challenge=str(number)).position
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        places = sorted(pool.map(add, range(4)))

    assert places == list(range(places[0], places[0] + 4))
    assert kind.objects.exclude(pk__in=known).count() == 4


@pytest.mark.django_db(transaction=True)
def test_a_form_sent_twice_at_the_same_moment_makes_one(world):
    leah, enquiry, submission = world.person("leah"), world.enquiry, uuid4()
    start = Barrier(2)

    def add(_):
        start.wait()
        try:
            fields = {"baseline": None, "submission": submission, "name": "Age", **FIELDS}
            return add_measure(enquiry=enquiry, by=leah, **fields).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert len(set(pool.map(add, range(2)))) == 1
