"""Measures and readings as the site's own action saves them."""

from datetime import date
from uuid import uuid4

from enquiries.actions import save_sheet
from impact.models import Group, Measure, Reading


def _saved(model, enquiry, by, fields):
    place = {"enquiry": enquiry, "key": fields.pop("key", None) or uuid4()}
    return save_sheet(model, place=place, seen={}, wanted=fields, by=by)


def add_group(*, enquiry, by, **fields):
    return _saved(Group, enquiry, by, fields)


def add_measure(*, enquiry, by, baseline=None, group="", **fields):
    """``group`` is the name of one of the enquiry's groups, which is added if it is new."""
    if group:
        known = enquiry.groups.filter(name=group).first()
        fields["group"] = known or add_group(enquiry=enquiry, by=by, name=group)
    measure = _saved(Measure, enquiry, by, fields)
    if baseline:
        add_reading(measure=measure, by=by, moment="baseline", **baseline)
    return measure


def add_reading(*, measure, by, kind, **fields):
    """``kind`` is that of its value, or the symbol of why there is none."""
    wanted = {"measure_id": measure.pk, "given": kind, **fields}
    return _saved(Reading, measure.enquiry, by, wanted)


def measure_of_few(world, *, name: str, value: float) -> Measure:
    """A measure of Leah's whose baseline rests on three pupils, and its outcome of 52 on thirty."""
    leah = world.person("leah")
    measure = add_measure(
        enquiry=world.enquiry,
        by=leah,
        baseline={"kind": "number", "value": value, "n": 3, "held_on": date(2026, 1, 9)},
        level="pupil",
        name=name,
        instrument="test",
        population="Year 4",
    )
    add_reading(measure=measure, by=leah, moment="outcome", kind="number", value=52, n=30)
    return measure
