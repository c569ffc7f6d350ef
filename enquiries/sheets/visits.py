"""A facilitator's visit to a school: what the guide asks and records there in one phase."""

from dataclasses import dataclass

from django.shortcuts import get_object_or_404

from alliances.content import Item, words
from enquiries.models import Element, Participation
from enquiries.sheets.desk import Desk, desk_of


@dataclass(frozen=True)
class Visit:
    """A school of an enquiry, and the elements of a phase, each under the slug of its form."""

    desk: Desk
    participation: Participation
    cells: list[tuple[str, Item]]


def visit_of(request, pk: int, phase: str, school: int) -> Visit:
    """The visit at that address; only for those who may read the enquiry."""
    desk = desk_of(request, pk, f"guide-{phase}-{Element.DIAGNOSIS}")
    schools = desk.enquiry.participations.select_related("school")
    return Visit(desk, get_object_or_404(schools, pk=school), cells_of(phase))


def cells_of(phase: str) -> list[tuple[str, Item]]:
    """The elements of one phase of the guide."""
    guide = words("enquiries", "guide")
    codes = [f"{phase}-{element.value}" for element in Element]
    return [(f"guide-{code}", guide[code]) for code in codes]
