"""What a new lead needs to know, on one page and as one PDF."""

from dataclasses import asdict

from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from alliances import access
from alliances.roles import Permission
from enquiries.models import Enquiry
from reports import rendering
from reports.builders.handover import build_handover
from reports.values import Handover
from reports.views.forms import pdf_or_page


def _pack(request, pk) -> tuple[Enquiry, Handover]:
    enquiries = Enquiry.objects.select_related(
        "alliance__theme", "alliance__cluster", "alliance__programme", "listing"
    )
    enquiry = access.load(enquiries, request.user, Permission.READ_ENQUIRY, pk=pk)
    allowed = access.permissions_over(request.user, enquiry.alliance)
    exact = Permission.SEE_SMALL_NUMBERS in allowed
    return enquiry, build_handover(enquiry, exact=exact, absolute=request.build_absolute_uri)


@require_safe
def handover(request, pk):
    enquiry, pack = _pack(request, pk)
    body = rendering.body_html("handover", asdict(pack))
    context = {"enquiry": enquiry, "title": pack.title, "body": body}
    return render(request, "reports/handover.html", context)


@require_safe
def handover_pdf(request, pk):
    _, pack = _pack(request, pk)
    return pdf_or_page(request, "handover", pack, reverse("handover", args=[pk]))
