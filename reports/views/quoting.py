"""Where words still stand that whoever said them has taken back."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from alliances import access
from alliances.roles import Permission
from enquiries.models import Enquiry, Quotation
from reports.quoting import carriers


@require_safe
def quoted(request, pk):
    """Of one enquiry, for those who write in it."""
    enquiries = Enquiry.objects.select_related("alliance__programme")
    enquiry = access.load(enquiries, request.user, Permission.READ_ENQUIRY, pk=pk)
    own = Quotation.everything.filter(enquiry=enquiry)
    found = carriers(enquiry.alliance.programme, own, request.user)
    return render(
        request, "reports/quoted.html", {"about": enquiry, "enquiry": enquiry, "carriers": found}
    )


@require_safe
def programme_quoted(request, pk):
    """Of all enquiries of a programme, for those who issue its reports."""
    programme = access.load_programme(request.user, Permission.EDIT_REPORTS, pk=pk)
    everybodys = Quotation.everything.filter(enquiry__alliance__programme=programme)
    found = carriers(programme, everybodys, request.user)
    return render(
        request,
        "reports/quoted.html",
        {"about": programme, "programme": programme, "carriers": found},
    )
