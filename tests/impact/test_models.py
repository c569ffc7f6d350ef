"""What the database itself refuses, each rule from both sides."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from impact.models import Category, Count, Group, Measure, Reading

EMPTY = {"value": None, "numerator": None, "denominator": None, "sd": None, "n": None}
SOUND = {
    "number": {"value": 7},
    "proportion": {"numerator": 14, "denominator": 22},
    "mean": {"value": 7, "sd": 2, "n": 30},
    "distribution": {},
    "text": {"text": "Calmer"},
    "missing": {"missing": "x"},
}


@pytest.fixture
def measure(world):
    return Measure.objects.create(
        enquiry=world.enquiry,
        position=900,
        level="pupil",
        name="Reading age",
        instrument="test",
        population="Year 8",
    )


def reading_of(measure, kind, position=900, moment="outcome", **fields):
    return Reading.objects.create(
        enquiry=measure.enquiry,
        measure=measure,
        position=position,
        moment=moment,
        kind=kind,
        **{**EMPTY, **fields},
    )


def refused(constraint, make):
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        make()
    return caught.value.__cause__.diag.constraint_name == constraint


def test_a_measure_with_two_baselines(measure):
    reading_of(measure, "number", moment="baseline", value=7)

    def another():
        reading_of(measure, "number", position=901, moment="baseline", value=8)

    assert refused("impact_reading_one_baseline", another)


@pytest.mark.parametrize("kind", SOUND)
def test_a_reading_of_each_kind(measure, kind):
    assert reading_of(measure, kind, **SOUND[kind]).kind == kind


@pytest.mark.parametrize(
    ("kind", "name"), [(kind, name) for kind, fields in SOUND.items() for name in fields]
)
def test_a_reading_without_what_its_kind_needs(measure, kind, name):
    blank = "" if name in ("text", "missing") else None
    fields = {**SOUND[kind], name: blank}

    assert refused("impact_reading_one_kind", lambda: reading_of(measure, kind, **fields))


@pytest.mark.parametrize(
    ("kind", "name", "value"),
    [
        (kind, name, value)
        for kind, fields in SOUND.items()
        for name, value in (
            ("value", 1),
            ("sd", 1),
            ("text", "More"),
            ("missing", "z"),
            ("numerator", 1),
            ("denominator", 30),
        )
        if name not in fields
    ],
)
def test_a_reading_with_what_another_kind_needs(measure, kind, name, value):
    fields = {**SOUND[kind], name: value}

    assert refused("impact_reading_one_kind", lambda: reading_of(measure, kind, **fields))


@pytest.mark.parametrize("kind", ["number", "proportion", "distribution", "text", "missing"])
def test_a_reading_may_say_how_many_people_stand_behind_it(measure, kind):
    assert reading_of(measure, kind, **SOUND[kind], n=0).n == 0


@pytest.mark.parametrize("numerator", [0, 22])
def test_a_part_up_to_the_whole(measure, numerator):
    reading = reading_of(measure, "proportion", numerator=numerator, denominator=22)

    assert reading.numerator == numerator


def test_a_part_larger_than_the_whole(measure):
    assert refused(
        "impact_reading_part_of_whole",
        lambda: reading_of(measure, "proportion", numerator=23, denominator=22),
    )


def test_a_spread_of_none(measure):
    assert reading_of(measure, "mean", value=7, sd=0, n=30).sd == 0


def test_a_spread_below_none(measure):
    assert refused(
        "impact_reading_spread", lambda: reading_of(measure, "mean", value=7, sd=-1, n=30)
    )


def test_two_readings_in_one_place(measure):
    reading_of(measure, "number", value=7)

    assert refused("impact_reading_position", lambda: reading_of(measure, "number", value=8))


@pytest.mark.parametrize(
    "changes",
    [{"name": "Other"}, {"population": "Year 9"}, {"group": "Boys"}, {"distribution": "d"}],
)
def test_a_measure_that_differs(measure, changes):
    measure.pk, measure.position, measure.key = None, 901, uuid4()
    if "group" in changes:
        changes = {
            "group": Group.objects.create(enquiry=measure.enquiry, position=900, name="Boys")
        }
    for name, value in changes.items():
        setattr(measure, name, value)

    measure.save()

    assert Measure.objects.filter(position__in=(900, 901)).count() == 2


def test_a_measure_twice(measure):
    measure.pk, measure.position, measure.key = None, 901, uuid4()

    assert refused("impact_measure_once", measure.save)


def name_twice(measure):
    Category.objects.create(measure=measure, position=2, name="Grade A")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_categories_and_counts_stand_once(measure):
    category = Category.objects.create(measure=measure, position=1, name="Grade A")
    reading = reading_of(measure, "distribution")
    Count.objects.create(reading=reading, category=category, value=3)

    again = Count(reading=reading, category=category, value=4)
    assert refused("impact_count_once", again.save)
    assert refused("impact_category_once", lambda: name_twice(measure))
    same_place = Category(measure=measure, position=1, name="Grade B")
    assert refused("impact_category_position", same_place.save)


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("Reading age: above", "above"),
        ("Reading age, above", "above"),
        ("Reading age", "Reading age"),
        ("Above", "Above"),
    ],
)
def test_label_of_a_category(measure, name, label):
    assert Category(measure=measure, name=name).label == label
