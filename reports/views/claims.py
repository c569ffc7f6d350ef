"""The claims of an enquiry, side by side and drawn."""

from dataclasses import asdict

from django.shortcuts import render
from django.views.decorators.http import require_safe

from alliances import access
from alliances.roles import Permission
from enquiries.models import Enquiry
from impact.claims.queries import claims_with_evidence
from reports.builders.pictures import strength_chart


@require_safe
def claims(request, pk):
    """Every claim of an enquiry with the kinds of evidence it rests on, and how strong that is."""
    enquiries = Enquiry.objects.select_related("alliance")
    enquiry = access.load(enquiries, request.user, Permission.READ_ENQUIRY, pk=pk)
    allowed = access.permissions_over(request.user, enquiry.alliance)
    stated = claims_with_evidence([enquiry.pk])
    drawn = strength_chart(stated)
    context = {
        "enquiry": enquiry,
        "stated": stated,
        "strength": drawn and asdict(drawn),
        "may": {permission.name for permission in allowed},
        "has_cycle": enquiry.cycles.exists(),
    }
    return render(request, "reports/claims.html", context)
