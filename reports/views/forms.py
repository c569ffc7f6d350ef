"""Forms of the method to print, blank or filled, as pages and as PDF."""

from dataclasses import asdict

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from alliances import access
from alliances.roles import Permission
from enquiries.evidence.queries import thumbnails_of
from enquiries.models import Enquiry
from enquiries.sheets import Sheet, catalogue, sheet_called
from enquiries.sheets.desk import cycles_of
from reports import rendering
from reports.builders import build_blank_form, build_filled_form, build_overview, title_on_paper
from reports.values import FormOnPaper


def _sheet(slug: str) -> Sheet:
    sheet = sheet_called(slug)
    if sheet is None:
        raise Http404
    return sheet


def _enquiry(request, pk) -> Enquiry:
    enquiries = Enquiry.objects.select_related("alliance__theme")
    return access.load(enquiries, request.user, Permission.READ_ENQUIRY, pk=pk)


def _filled(request, pk, slug, key) -> FormOnPaper:
    """A record as this person may see it; only under the address of its own form."""
    enquiry, sheet = _enquiry(request, pk), _sheet(slug)
    records = sheet.model.objects.select_related("saved_by", "cycle", "participation__school")
    record = get_object_or_404(records, enquiry=enquiry, key=key, **sheet.fixed)
    record.enquiry = enquiry
    allowed = access.permissions_over(request.user, enquiry.alliance)
    if sheet.read not in allowed:
        raise PermissionDenied
    return build_filled_form(sheet, record, allowed)


@require_safe
def forms_to_print(request):
    """Every form of the method, to be printed blank."""
    forms = [(sheet, title_on_paper(sheet)) for sheet in catalogue()]
    return render(request, "reports/forms_to_print.html", {"forms": forms})


@require_safe
def form_blank(request, slug):
    form = build_blank_form(_sheet(slug))
    return _page(request, form, reverse("form-blank-pdf", args=[slug]))


@require_safe
def form_blank_pdf(request, slug):
    form = build_blank_form(_sheet(slug))
    return pdf_or_page(request, "form", form, reverse("form-blank", args=[slug]))


@require_safe
def form_print(request, pk, slug, key):
    form = _filled(request, pk, slug, key)
    return _page(request, form, reverse("form-print-pdf", args=[pk, slug, key]))


@require_safe
def form_print_pdf(request, pk, slug, key):
    form = _filled(request, pk, slug, key)
    back = reverse("form-print", args=[pk, slug, key])
    pictures = thumbnails_of([each.photo for each in form.evidence if each.photo])
    return pdf_or_page(request, "form", form, back, pictures)


@require_safe
def overview_pdf(request, pk):
    enquiry = _enquiry(request, pk)
    cycles = cycles_of(request, enquiry)
    overview = build_overview(enquiry, cycles.shown)
    page = reverse("overview", args=[pk]) + cycles.query
    return pdf_or_page(request, "overview", overview, page)


def _page(request, form: FormOnPaper, pdf_url: str):
    body = rendering.body_html("form", asdict(form))
    return render(request, "reports/form_print.html", {"paper": form, "body": body, "pdf": pdf_url})


def pdf_or_page(request, kind: str, values, page: str, pictures: dict[str, bytes] | None = None):
    """The PDF; where none can be made, the page that can be printed instead."""
    try:
        pdf = rendering.render_checked_pdf(kind, asdict(values), pictures)
    except rendering.PdfUnavailable as problem:
        messages.info(request, str(problem))
        return redirect(page)
    response = HttpResponse(pdf.content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{slugify(values.title)}.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
