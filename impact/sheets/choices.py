"""Choices that the forms of impact share."""

from django import forms

from alliances.content import words
from impact.models import ImpactPlan


def _number(value) -> int | None:
    return int(value) if value else None


def one_of_them(*, required: bool) -> forms.TypedChoiceField:
    """A choice among rows of the enquiry; the form lists them once it knows which enquiry."""
    return forms.TypedChoiceField(coerce=_number, empty_value=None, required=required)


def data_types() -> list[tuple]:
    """Every data type under the level it speaks of."""
    listed = words("impact", "data-types").values()
    return [
        ("", "Select one"),
        *(
            (at.label, [(item.code, item.title) for item in listed if item.extra["level"] == at])
            for at in ImpactPlan.At
        ),
    ]
