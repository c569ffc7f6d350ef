"""Reads the schools of an enquiry: who takes part, since when, and who left and why."""

from collections import defaultdict
from dataclasses import dataclass

from alliances.models import Membership, RegisterChange
from enquiries.models import Enquiry, Participation, SchoolRecord


@dataclass(frozen=True)
class Taking:
    """A school in an enquiry with its membership and its record, where there are any.

    ``moves`` are what the national register has said of it since.
    """

    participation: Participation
    membership: Membership | None
    record: SchoolRecord | None
    moves: list[RegisterChange]

    @property
    def has_left(self) -> bool:
        return self.participation.part == Participation.Part.LEFT


def schools_of(enquiry: Enquiry) -> list[Taking]:
    """Every school that takes or took part, in four queries; its latest membership counts."""
    memberships = Membership.objects.filter(alliance=enquiry.alliance_id)
    latest = {membership.school_id: membership for membership in memberships}
    records = {r.participation_id: r for r in SchoolRecord.objects.filter(enquiry=enquiry)}
    moves = defaultdict(list)
    told = RegisterChange.objects.filter(school__memberships__alliance=enquiry.alliance_id)
    for move in told.select_related("reading").distinct():
        moves[move.school_id].append(move)
    return [
        Taking(each, latest.get(each.school_id), records.get(each.pk), moves[each.school_id])
        for each in enquiry.participations.select_related("school")
    ]
