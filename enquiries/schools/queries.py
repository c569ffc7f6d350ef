"""Reads the schools of an enquiry: who takes part, since when, and who left and why."""

from dataclasses import dataclass

from alliances.models import Membership
from enquiries.models import Enquiry, Participation, SchoolRecord


@dataclass(frozen=True)
class Taking:
    """A school in an enquiry with its membership and its record, where there are any."""

    participation: Participation
    membership: Membership | None
    record: SchoolRecord | None

    @property
    def has_left(self) -> bool:
        return self.participation.part == Participation.Part.LEFT


def schools_of(enquiry: Enquiry) -> list[Taking]:
    """Every school that takes or took part, in three queries; its latest membership counts."""
    memberships = Membership.objects.filter(alliance=enquiry.alliance_id)
    latest = {membership.school_id: membership for membership in memberships}
    records = {r.participation_id: r for r in SchoolRecord.objects.filter(enquiry=enquiry)}
    return [
        Taking(each, latest.get(each.school_id), records.get(each.pk))
        for each in enquiry.participations.select_related("school")
    ]
