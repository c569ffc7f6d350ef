"""What somebody sees of the programmes: asked in one way by single answers, lists and exports."""

from django.db.models import Q, QuerySet

from alliances import access
from alliances.models import Alliance, Membership, Programme, User
from alliances.roles import Permission
from enquiries.models import Enquiry
from reports import queries
from reports.models import Report

P = Permission
ALLIANCES = Alliance.objects.select_related("theme", "cohort", "cluster")
ENQUIRIES = Enquiry.objects.select_related("alliance__programme", "listing")
OF_SCHOOLS = (P.READ_ENQUIRY, P.MANAGE_SCHOOLS)


def programmes(user: User) -> QuerySet[Programme]:
    """Those the person sees, and those of the alliances they see: all of it is public."""
    own = access.alliances_for(user, P.SEE_ALLIANCE)
    seen = access.programmes_for(user, P.SEE_PROGRAMME)
    return Programme.objects.filter(Q(pk__in=own.values("programme")) | Q(pk__in=seen.values("pk")))


def alliances(user: User) -> QuerySet[Alliance]:
    return access.within(ALLIANCES, user, P.SEE_ALLIANCE)


def schools(user: User) -> QuerySet[Membership]:
    """Schools that are or were in an alliance, of those whose schools the person may see."""
    return access.within(Membership.objects.select_related("school"), user, *OF_SCHOOLS)


def enquiries(user: User) -> QuerySet[Enquiry]:
    return access.within(ENQUIRIES, user, P.SEE_ALLIANCE)


def readable(user: User) -> QuerySet[Enquiry]:
    """Those whose work the person may read."""
    return access.within(ENQUIRIES, user, P.READ_ENQUIRY)


def exact(user: User) -> QuerySet[Enquiry]:
    """Those of which the person sees figures that rest on few pupils too."""
    return access.within(Enquiry.objects, user, P.SEE_SMALL_NUMBERS)


def reports(user: User) -> QuerySet[Report]:
    """Finished ones that the person may open."""
    return queries.reports_for(user).filter(status=Report.Status.READY)
