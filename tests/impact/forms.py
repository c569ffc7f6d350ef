"""The forms of measures and readings as people fill them in."""

from uuid import uuid4

MEASURE = {
    "level": "pupil",
    "name": "Reading age",
    "instrument": "test",
    "better": "higher",
    "unit": "years",
    "population": "Year 8",
}
LIKERT = "Disagree\nNeither\nAgree"


def address(place, slug, record=None) -> str:
    """``place`` has the enquiry: the world, or a measure."""
    return f"/enquiries/{place.enquiry.pk}/forms/{slug}/{record.key if record else uuid4()}/"


def on(day: int, month: int = 5) -> dict:
    return {"held_on_day": str(day), "held_on_month": str(month), "held_on_year": "2026"}


def reading(measure, moment="outcome", given="number", **typed) -> dict:
    value = {"value": "7"} if given == "number" else {}
    return {"measure_id": measure.pk, "moment": moment, "given": given, **on(4), **value, **typed}


def said(client, url) -> dict:
    """What a form holds when it is opened, with what its writer saw."""
    form = client.get(url).context["form"]
    return {"seen": form.initial["seen"]}
