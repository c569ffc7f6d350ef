"""Templates to fill in, and what becomes of those that are sent."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.text import slugify
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alliances import access
from alliances.history import opens
from alliances.pages import form_page
from alliances.roles import Permission
from enquiries.models import Enquiry
from impact import actions
from impact.models import Measure, Upload
from impact.queries import measures_of
from impact.spreadsheets.downloads import csv_of_measures, what_it_is, xlsx_of_measures
from impact.spreadsheets.forms import LeadsForm, UploadForm
from impact.spreadsheets.queries import label_of, subjects_of, uploads_of
from impact.spreadsheets.templates import csv_template, xlsx_template
from impact.spreadsheets.writing import CSV, XLSX

FORMATS = {"xlsx": (xlsx_template, XLSX), "csv": (csv_template, CSV)}
MEASURES = {"xlsx": (xlsx_of_measures, XLSX), "csv": (csv_of_measures, CSV)}
FAULTS_SHOWN = 200


def _enquiry(request, pk, permission=Permission.WRITE_ENQUIRY) -> Enquiry:
    return access.load(Enquiry.objects.select_related("alliance"), request.user, permission, pk=pk)


def _measure(request, pk) -> Measure:
    measures = Measure.objects.select_related("enquiry__alliance")
    return access.load(measures, request.user, Permission.WRITE_ENQUIRY, pk=pk)


@require_safe
def template_of_measure(request, pk, form):
    measure = _measure(request, pk)
    return _template(subjects_of(measure.enquiry, measure), form, name=f"readings {measure}")


@require_safe
def template_of_enquiry(request, pk, form):
    enquiry = _enquiry(request, pk)
    return _template(subjects_of(enquiry), form, name=f"readings {enquiry.alliance}")


def _template(subjects, form, *, name) -> HttpResponse:
    if not subjects:
        raise Http404
    make, content_type = FORMATS[form]
    return download(make(subjects), content_type, f"{slugify(name)[:60]}.{form}")


def download(content: bytes, content_type: str, name: str) -> HttpResponse:
    """A file to be saved, never to be opened in place nor kept by what stands between."""
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    patch_cache_control(response, private=True, no_store=True)
    return response


@require_safe
def measures_file(request, pk, form):
    """An enquiry's measures; exact for those who may see small numbers, disclosed for others."""
    enquiries = Enquiry.objects.select_related("alliance__programme", "listing")
    enquiry = access.load(enquiries, request.user, Permission.READ_ENQUIRY, pk=pk)
    allowed = access.permissions_over(request.user, enquiry.alliance)
    exact = Permission.SEE_SMALL_NUMBERS in allowed
    opens(enquiry.alliance_id)
    about = what_it_is(
        alliance=enquiry.alliance.name,
        enquiry=str(enquiry),
        today=timezone.localdate(),
        withheld_below=0 if exact else enquiry.alliance.programme.small_number_threshold,
    )
    make, content_type = MEASURES[form]
    name = f"{slugify(f'measures {enquiry.alliance}')[:60]}.{form}"
    return download(make(measures_of(enquiry, exact=exact), about), content_type, name)


@require_http_methods(["GET", "HEAD", "POST"])
def upload_of_measure(request, pk):
    measure = _measure(request, pk)
    return _upload_new(request, measure.enquiry, measure)


@require_http_methods(["GET", "HEAD", "POST"])
def upload_of_enquiry(request, pk):
    return _upload_new(request, _enquiry(request, pk), None)


def _upload_new(request, enquiry, measure):
    form = UploadForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        upload = actions.send_upload(
            enquiry=enquiry,
            measure=measure,
            kind=Upload.Kind.READINGS,
            by=request.user,
            **form.described(),
        )
        return redirect("upload", pk=upload.pk)
    sent = uploads_of(enquiry)
    if Permission.SEE_SMALL_NUMBERS not in access.permissions_over(request.user, enquiry.alliance):
        sent = sent.filter(sent_by=request.user)
    name, place = ("measure", measure) if measure else ("measures", enquiry)
    return form_page(
        request,
        form,
        back=reverse(name, args=[place.pk]),
        template="impact/upload_new.html",
        subject=label_of(measure) if measure else enquiry,
        templates=_templates(enquiry, measure),
        sent=sent[:5],
    )


def _templates(enquiry, measure) -> list[dict]:
    """Where the templates are: of one measure, or of all where there are any."""
    if measure is None and not enquiry.measures.exists():
        return []
    name, pk = ("measure", measure.pk) if measure else ("enquiry", enquiry.pk)
    return templates_at(f"template-of-{name}", pk)


def templates_at(name: str, pk: int) -> list[dict]:
    """Links to a template in each of its formats, by the name of its address."""
    return [
        {"text": text, "url": reverse(name, args=[pk, form])}
        for text, form in [("Excel workbook (XLSX)", "xlsx"), ("CSV file", "csv")]
    ]


def _upload(request, pk) -> Upload:
    """A spreadsheet that was sent, for whoever sent it or may see small numbers.

    One of matched scores is only for those who hold them, one of alliances for those who place
    them.
    """
    related = ("enquiry__alliance", "programme", "measure", "sent_by", "confirmed_by")
    matched = ("matched_set__measure", "matched_set__participation__school")
    uploads = Upload.objects.without_content().select_related(*related, *matched)
    if of_alliances := uploads.filter(pk=pk, kind=Upload.Kind.ALLIANCES).first():
        programme = of_alliances.programme_id
        access.load_programme(request.user, Permission.PLACE_ALLIANCES, pk=programme)
        return of_alliances
    found = access.load(uploads, request.user, Permission.WRITE_ENQUIRY, pk=pk)
    if found.kind == Upload.Kind.MATCHED:
        access.load(uploads, request.user, Permission.HOLD_MATCHED, pk=pk)
    elif found.sent_by != request.user:
        access.load(uploads, request.user, Permission.SEE_SMALL_NUMBERS, pk=pk)
    return found


@never_cache
@require_safe
def upload(request, pk):
    found = _upload(request, pk)
    context = {
        "upload": found,
        "subject": found.matched_set or (found.measure and label_of(found.measure)) or found.place,
        "back": _home_of(found),
        "faults": found.faults[:FAULTS_SHOWN],
        "more_faults": max(len(found.faults) - FAULTS_SHOWN, 0),
        "again": _again(found),
        "leads": LeadsForm(),
    }
    return render(request, f"impact/uploads/{found.kind}.html", context)


def _home_of(upload: Upload) -> str:
    """Where what the file holds is shown once it is saved."""
    match upload.kind:
        case Upload.Kind.ALLIANCES:
            return reverse("programme-alliances", args=[upload.programme_id])
        case Upload.Kind.MATCHED:
            return reverse("matched-set", args=[upload.matched_set_id])
        case _:
            return reverse("measures", args=[upload.enquiry_id])


def _again(upload: Upload) -> str:
    """Where a corrected file is sent."""
    if upload.kind == Upload.Kind.ALLIANCES:
        return reverse("bring-in", args=[upload.programme_id])
    if upload.matched_set_id:
        return reverse("matched-upload", args=[upload.matched_set_id])
    if upload.measure_id:
        return reverse("upload-of-measure", args=[upload.measure_id])
    return reverse("upload-of-enquiry", args=[upload.enquiry_id])


@require_POST
def upload_confirm(request, pk):
    found, leads = _upload(request, pk), LeadsForm(request.POST)
    invites = leads.is_valid() and leads.cleaned_data["invites"]
    actions.confirm_upload(upload=found, by=request.user, invites=invites)
    return redirect("upload", pk=pk)


@require_POST
def upload_drop(request, pk):
    found = _upload(request, pk)
    actions.drop_upload(upload=found, by=request.user)
    messages.success(request, "The file is deleted. Nothing of it was saved.")
    return redirect(_home_of(found))
