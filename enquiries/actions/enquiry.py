from django.db import transaction

from alliances import audit
from alliances.actions import join_school
from alliances.models import Alliance, Route, User
from enquiries.models import Enquiry, Listing, Participation


@transaction.atomic
def open_enquiry(*, alliance: Alliance, by: User | None) -> Enquiry:
    """A new enquiry on the route of the alliance's theme; without one on Connect to Learn."""
    route = alliance.theme.route if alliance.theme else Route.C2L
    enquiry = Enquiry.objects.create(alliance=alliance, route=route)
    audit.record("opened", enquiry, by=by)
    return enquiry


class TitleTaken(Exception):
    """The alliance has an enquiry of that title."""


@transaction.atomic
def begin_enquiry(*, alliance: Alliance, by: User | None, **fields) -> Enquiry:
    """Another enquiry of the alliance, described; of the same title sent twice there is one."""
    Alliance.objects.select_for_update().get(pk=alliance.pk)
    if alliance.enquiries.filter(title__iexact=fields["title"]).exists():
        raise TitleTaken
    enquiry = open_enquiry(alliance=alliance, by=by)
    return describe_enquiry(enquiry=enquiry, by=by, version=enquiry.version, **fields)


class ChangedMeanwhile(Exception):
    """Somebody else saved it after this person had opened it."""


@transaction.atomic
def describe_enquiry(*, enquiry: Enquiry, by: User | None, version: int, **fields) -> Enquiry:
    """What the alliance says it sets out to learn; ``version`` is the one the writer had seen."""
    seen = Enquiry.objects.filter(pk=enquiry.pk, version=version)
    if not seen.update(version=version + 1, **fields):
        raise ChangedMeanwhile
    audit.record("described", enquiry, by=by)
    enquiry.refresh_from_db()
    return enquiry


@transaction.atomic
def list_enquiry(*, enquiry: Enquiry, **fields) -> Listing:
    """What the programme's reports say of the enquiry."""
    listing, _ = Listing.objects.update_or_create(enquiry=enquiry, defaults=fields)
    return listing


@transaction.atomic
def record_participations(*, enquiry: Enquiry, rows: list[dict], by: User | None) -> None:
    """Rows of name, phase, part, notes, source_lines; a new school joins the alliance."""
    for position, row in enumerate(rows, 1):
        school = join_school(
            alliance=enquiry.alliance, name=row.pop("name"), phase=row.pop("phase"), by=by
        )
        Participation.objects.create(enquiry=enquiry, position=position, school=school, **row)
