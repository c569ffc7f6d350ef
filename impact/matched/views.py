"""Matched scores: what there is, a new set, its spreadsheet, its figures, and its end."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_safe

from alliances import access
from alliances.history import opens
from alliances.pages import form_page
from alliances.roles import Permission
from enquiries.models import Enquiry
from impact import actions
from impact.conclusions import sentence_of
from impact.matched.forms import ExtensionForm, MatchedSetForm
from impact.matched.queries import has_ethics, sets_of, shown_figures
from impact.matched.template import csv_template, xlsx_template
from impact.models import MatchedSet, Upload
from impact.spreadsheets.forms import MatchedUploadForm
from impact.spreadsheets.queries import label_of
from impact.spreadsheets.views import download, templates_at
from impact.spreadsheets.writing import CSV, XLSX

FORMATS = {"xlsx": (xlsx_template, XLSX), "csv": (csv_template, CSV)}


def _enquiry(request, pk, permission) -> Enquiry:
    return access.load(Enquiry.objects.select_related("alliance"), request.user, permission, pk=pk)


def _set(request, pk, permission=Permission.HOLD_MATCHED) -> MatchedSet:
    related = ("enquiry__alliance__programme", "measure", "participation__school", "begun_by")
    sets = MatchedSet.objects.select_related(*related, "deleted_by")
    return access.load(sets, request.user, permission, pk=pk)


def _kept(request, pk) -> MatchedSet:
    """A set that has not been deleted; 404 once it is."""
    found = _set(request, pk)
    if found.gone_at:
        raise Http404
    return found


@require_safe
def matched_sets(request, pk):
    enquiry = _enquiry(request, pk, Permission.READ_ENQUIRY)
    allowed = access.permissions_over(request.user, enquiry.alliance)
    context = {
        "enquiry": enquiry,
        "sets": sets_of(enquiry),
        "may_hold": Permission.HOLD_MATCHED in allowed,
        "has_ethics": has_ethics(enquiry),
        "has_measures": enquiry.measures.exists(),
    }
    return render(request, "impact/matched_sets.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def matched_new(request, pk):
    enquiry = _enquiry(request, pk, Permission.HOLD_MATCHED)
    back = reverse("matched-sets", args=[pk])
    if not (has_ethics(enquiry) and enquiry.measures.exists()):
        return redirect(back)
    form = MatchedSetForm(request.POST or None, enquiry=enquiry)
    if form.is_valid():
        begun = actions.begin_matched(enquiry=enquiry, by=request.user, **form.cleaned_data)
        return redirect("matched-upload", pk=begun.pk)
    return form_page(request, form, back=back, subject=enquiry)


@require_safe
def matched_set(request, pk):
    found = _set(request, pk, Permission.READ_ENQUIRY)
    opens(found.enquiry.alliance_id)
    allowed = access.permissions_over(request.user, found.enquiry.alliance)
    may_hold = Permission.HOLD_MATCHED in allowed
    figures = shown_figures(found, exact=may_hold)
    context = {
        "matched": found,
        "figures": figures,
        "sentences": [sentence_of(result) for result in figures.results] if figures else [],
        "facts": _facts(found),
        "may_hold": may_hold,
        "uploads": found.uploads.without_content()[:5] if may_hold else [],
    }
    return render(request, "impact/matched_set.html", context)


def _facts(found: MatchedSet) -> list[dict]:
    """What a set's page says of it, without what is not there any more."""
    facts = (
        ("Measure", label_of(found.measure)),
        ("Test or questionnaire", found.instrument),
        ("Phase", found.get_phase_display()),
        ("Before", date_format(found.before_on, "j F Y")),
        ("After", date_format(found.after_on, "j F Y")),
        ("Consent", found.consent),
        ("Kept until", date_format(found.retain_until, "j F Y")),
        ("Kept for longer because", found.extended_because),
        ("Begun by", str(found.begun_by)),
    )
    return [{"key": key, "value": value} for key, value in facts if value]


@require_safe
def matched_template(request, pk, form):
    found = _set(request, pk)
    make, content_type = FORMATS[form]
    return download(make(found), content_type, f"{slugify(f'scores {found.measure}')[:60]}.{form}")


@require_http_methods(["GET", "HEAD", "POST"])
def matched_upload(request, pk):
    found = _kept(request, pk)
    form = MatchedUploadForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        upload = actions.send_upload(
            enquiry=found.enquiry,
            matched_set=found,
            kind=Upload.Kind.MATCHED,
            by=request.user,
            **form.described(),
        )
        return redirect("upload", pk=upload.pk)
    return form_page(
        request,
        form,
        back=reverse("matched-set", args=[pk]),
        template="impact/upload_new.html",
        subject=found,
        templates=templates_at("matched-template", pk),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def matched_extend(request, pk):
    found = _kept(request, pk)
    form = ExtensionForm(
        request.POST or None, matched_set=found, initial={"retain_until": found.retain_until}
    )
    if form.is_valid():
        actions.extend_matched(matched_set=found, by=request.user, **form.cleaned_data)
        messages.success(request, "The new date has been saved.")
        return redirect("matched-set", pk=pk)
    return form_page(request, form, back=reverse("matched-set", args=[pk]), subject=found)


@require_http_methods(["GET", "HEAD", "POST"])
def matched_delete(request, pk):
    found = _kept(request, pk)
    if request.method == "POST":
        actions.delete_matched(matched_set=found, by=request.user)
        messages.success(request, "The scores are deleted for good.")
        return redirect("matched-sets", pk=found.enquiry_id)
    context = {"matched": found, "people": found.rows.count()}
    return render(request, "impact/matched_delete.html", context)
