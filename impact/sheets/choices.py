"""Choices that the forms of impact share."""

from alliances.content import words
from impact.models import ImpactPlan


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
