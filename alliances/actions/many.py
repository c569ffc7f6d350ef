"""What is done one by one elsewhere, for thousands at once and with the same rows in the end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from alliances import audit
from alliances.models import Alliance, Membership, School, User

AT_ONCE = 1000


@dataclass(frozen=True)
class Joining:
    """A school of the register that joins an alliance on a day."""

    alliance: Alliance
    urn: int
    name: str
    phase: str
    joined_on: date
    how_joined: str


@transaction.atomic
def join_schools(joinings: Sequence[Joining], *, by: User | None) -> list[School]:
    """The school of each joining, in their order: what ``join_school`` does for one."""
    urns = {joining.urn: joining for joining in joinings}
    known = School.objects.in_bulk(urns, field_name="urn")
    new = [School(urn=j.urn, name=j.name, phase=j.phase) for j in urns.values()]
    new = [school for school in new if school.urn not in known]
    schools = known | {s.urn: s for s in School.objects.bulk_create(new, AT_ONCE)}
    alliances = {joining.alliance.pk for joining in joinings}
    open_ones = Membership.objects.filter(alliance__in=alliances, left_on=None)
    there = set(open_ones.values_list("alliance", "school"))
    members = {
        (joining.alliance.pk, schools[joining.urn].pk): Membership(
            alliance=joining.alliance,
            school=schools[joining.urn],
            joined_on=joining.joined_on,
            how_joined=joining.how_joined,
        )
        for joining in reversed(joinings)
    }
    joined = [each for place, each in reversed(members.items()) if place not in there]
    audit.record_each("joined", Membership.objects.bulk_create(joined, AT_ONCE), by=by)
    return [schools[joining.urn] for joining in joinings]
