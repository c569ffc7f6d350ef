"""The addresses for programs. Each asks the same questions of access as the page beside it."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import quote_etag

from alliances import access
from alliances.history import opens
from alliances.models import Alliance
from alliances.roles import Permission
from enquiries.models import Enquiry
from impact.claims.queries import claims_with_evidence
from impact.queries import measures_of
from reports import formats
from reports.api import seen, telling
from reports.api.door import with_token
from reports.api.paging import number_given, rows_asked_for, told_asked_for
from reports.api.sending import send, send_part
from reports.manuscript.library import Wanted, find

P = Permission


@with_token
def programmes(request):
    rows, later = rows_asked_for(request, seen.programmes(request.user))
    return send_part(map(telling.programme, rows), later)


@with_token
def programme(request, pk):
    return send(telling.programme(get_object_or_404(seen.programmes(request.user), pk=pk)))


@with_token
def alliances(request):
    found = seen.alliances(request.user)
    if (programme := number_given(request, "programme")) is not None:
        found = found.filter(programme=programme)
    rows, later = rows_asked_for(request, found)
    return send_part(map(telling.alliance, rows), later)


@with_token
def alliance(request, pk):
    return send(telling.alliance(access.load(seen.ALLIANCES, request.user, P.SEE_ALLIANCE, pk=pk)))


@with_token
def schools(request, pk):
    """Every school that is or was in the alliance."""
    found = access.load(Alliance.objects, request.user, *seen.OF_SCHOOLS, pk=pk)
    rows, later = rows_asked_for(request, found.memberships.select_related("school"))
    return send_part(map(telling.school, rows), later)


@with_token
def enquiries(request):
    found = seen.enquiries(request.user)
    if (alliance := number_given(request, "alliance")) is not None:
        found = found.filter(alliance=alliance)
    rows, later = rows_asked_for(request, found)
    return send_part(map(telling.enquiry, rows), later)


@with_token
def enquiry(request, pk):
    return send(telling.enquiry(access.load(seen.ENQUIRIES, request.user, P.SEE_ALLIANCE, pk=pk)))


def _readable(request, pk: int) -> Enquiry:
    """An enquiry whose work the person may read; that they do is put down."""
    found = access.load(seen.ENQUIRIES, request.user, P.READ_ENQUIRY, pk=pk)
    opens(found.alliance_id)
    return found


def _withheld_below(request, enquiry: Enquiry) -> int:
    """Figures on fewer pupils are withheld from the person; 0 where they may see them all."""
    allowed = access.permissions_over(request.user, enquiry.alliance)
    exact = P.SEE_SMALL_NUMBERS in allowed
    return 0 if exact else enquiry.alliance.programme.small_number_threshold


@with_token
def cycles(request, pk):
    rows, later = rows_asked_for(request, _readable(request, pk).cycles)
    return send_part(map(telling.cycle, rows), later)


@with_token
def measures(request, pk):
    """As the page of measures shows them to the same person."""
    found = _readable(request, pk)
    below = _withheld_below(request, found)
    part, later = told_asked_for(request, measures_of(found, exact=not below))
    return send_part(map(telling.measure, part), later, withheld_below=below)


@with_token
def claims(request, pk):
    found = _readable(request, pk)
    below = _withheld_below(request, found)
    told = (telling.claim(each, withheld_below=below) for each in claims_with_evidence([found.pk]))
    part, later = told_asked_for(request, list(told))
    return send_part(part, later, withheld_below=below)


@with_token
def case_studies(request):
    """The latest version of everything that is published, for anybody."""
    rows, later = rows_asked_for(request, find(Wanted()))
    return send_part(telling.case_studies(rows), later)


@with_token
def case_study(_request, slug):
    (told,) = telling.case_studies([get_object_or_404(find(Wanted()), slug=slug)])
    return send(told)


@with_token
def reports(request):
    rows, later = rows_asked_for(request, seen.reports(request.user))
    return send_part(map(telling.report, rows), later)


@with_token
def report(request, pk):
    return send(telling.report(get_object_or_404(seen.reports(request.user), pk=pk)))


@with_token
def report_data(request, pk):
    """The frozen data: what was told then went through the ledger of issued figures."""
    found = get_object_or_404(seen.reports(request.user), pk=pk)
    opens(found.alliance_id)
    as_data = formats.offered(found)["json"]
    mark = quote_etag(formats.fingerprint_of(found, as_data))
    content = formats.file_of(found, as_data)
    return HttpResponse(content, content_type=as_data.content_type, headers={"ETag": mark})
