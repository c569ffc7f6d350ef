"""Schools that join an enquiry or leave it; nothing that they logged goes with them."""

from datetime import date

from django.db import transaction
from django.db.models import Max

from alliances.actions import join_school, leave_school
from alliances.models import Membership, User
from enquiries.actions.entries import hold
from enquiries.models import Enquiry, Participation


@transaction.atomic
def join_enquiry(
    *,
    enquiry: Enquiry,
    name: str,
    phase: str,
    urn: int | None,
    by: User,
    joined_on: date | None = None,
    how_joined: str = "",
    part: Participation.Part = Participation.Part.PARTICIPANT,
) -> Participation:
    """A school joins the alliance and takes part; one that had left takes part again."""
    hold(enquiry)
    school = join_school(
        alliance=enquiry.alliance,
        name=name,
        phase=phase,
        urn=urn,
        joined_on=joined_on,
        how_joined=how_joined,
        by=by,
    )
    last = enquiry.participations.aggregate(last=Max("position"))["last"] or 0
    participation, _ = Participation.objects.get_or_create(
        enquiry=enquiry,
        school=school,
        defaults={"position": last + 1, "part": part},
    )
    if participation.part == Participation.Part.LEFT:
        participation.part = part
        participation.save(update_fields=["part"])
    return participation


@transaction.atomic
def leave_enquiry(
    *, participation: Participation, on: date, reason: str, replaced_by: str, by: User
) -> Participation:
    """A school leaves the alliance, and with it the enquiry, for a reason; done twice, once."""
    enquiry = participation.enquiry
    hold(enquiry)
    members = Membership.objects.filter(alliance=enquiry.alliance, school=participation.school)
    for membership in members.filter(left_on=None):
        leave_school(membership=membership, on=on, reason=reason, replaced_by=replaced_by, by=by)
    participation.part = Participation.Part.LEFT
    participation.save(update_fields=["part"])
    return participation
