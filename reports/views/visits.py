"""The paper that a facilitator takes along to a school."""

from django.urls import reverse
from django.views.decorators.http import require_safe

from enquiries.sheets.visits import visit_of
from reports.builders.visit import build_visit
from reports.views.forms import pdf_or_page


@require_safe
def visit_pdf(request, pk, phase, school):
    """Made anew each time and kept nowhere; it holds no more than its page."""
    visit = visit_of(request, pk, phase, school)
    page = reverse("visit", args=[pk, phase, school]) + visit.desk.cycles.query
    return pdf_or_page(request, "visit", build_visit(visit.participation, phase), page)
