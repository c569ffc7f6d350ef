"""The pages of evidence: what there is, attaching, looking at, downloading and removing it."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from alliances import access
from alliances.history import opens
from alliances.pages import form_page
from alliances.roles import Permission
from enquiries import actions
from enquiries.evidence.contents import MIME_TYPES
from enquiries.evidence.forms import EvidenceForm
from enquiries.evidence.queries import attached_to_forms, evidence_in, limits
from enquiries.models import Enquiry, Evidence, EvidenceFile
from enquiries.sheets import sheet_called
from enquiries.sheets.desk import Desk, desk_of
from enquiries.sheets.queries import private_fields


@require_safe
def evidence(request, pk):
    """Everything attached in an enquiry, and what has been removed."""
    enquiries = Enquiry.objects.select_related("alliance")
    enquiry = access.load(enquiries, request.user, Permission.READ_ENQUIRY, pk=pk)
    allowed = access.permissions_over(request.user, enquiry.alliance)
    found = attached_to_forms(evidence_in(enquiry, allowed))
    context = {
        "enquiry": enquiry,
        "kept": [each for each in found if not each.evidence.removed_at],
        "removed": [each for each in found if each.evidence.removed_at],
    }
    return render(request, "enquiries/evidence.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def attach(request, pk, slug, key: UUID):
    desk = desk_of(request, pk, slug)
    record = desk.record(key)
    if not desk.may_write:
        raise PermissionDenied
    form = EvidenceForm(
        request.POST or None, request.FILES or None, may_be_private=_may_be_private(desk)
    )
    if form.is_valid() and _attached(request, desk, key, form):
        messages.success(request, "The file is attached.")
        return redirect(desk.sheet.url_of(record))
    back = desk.sheet.url_of(record)
    return form_page(request, form, back=back, subject=desk.sheet.title)


def _may_be_private(desk: Desk) -> bool:
    """Whether the form has what stays with facilitators, and this is one of them."""
    kept_from_others = private_fields(desk.sheet)
    return bool(kept_from_others) and Permission.SEE_JUDGEMENT in desk.allowed


def _attached(request, desk: Desk, record: UUID, form: EvidenceForm) -> bool:
    """Whether the file could be stored; else the form says why not."""
    try:
        actions.attach_evidence(
            enquiry=desk.enquiry,
            sheet=desk.sheet.slug,
            record=record,
            file=form.cleaned_data["file"],
            by=request.user,
            **form.described(),
        )
    except actions.TooManyFiles:
        form.add_error(
            "file", f"This form has {limits()['most']} files already. Remove one that matters less"
        )
    except actions.TooMuch:
        form.add_error(
            "file",
            f"This enquiry holds {limits()['total']} of files, which is all it may. Remove one, "
            "or choose a smaller file",
        )
    except actions.NoRoom:
        form.add_error(
            "file", "There is no room for the file now. Nothing was stored. Try again tomorrow"
        )
    return not form.errors


def _evidence(request, key: UUID, permission=Permission.READ_ENQUIRY) -> Evidence:
    """Evidence that has not been removed, for those who may open its form.

    A private one is only for those who see judgements.
    """
    kept = Evidence.objects.filter(removed_at=None).select_related("enquiry__alliance")
    found = access.load(kept, request.user, permission, key=key)
    needed = {sheet_called(found.sheet).read} - {Permission.READ_ENQUIRY}
    if found.is_private:
        needed.add(Permission.SEE_JUDGEMENT)
    for each in needed:
        access.load(kept, request.user, each, key=key)
    return found


@require_safe
def download(request, key: UUID):
    found = _evidence(request, key)
    opens(found.enquiry.alliance_id)
    response = _file(request, found, "content", MIME_TYPES[found.kind])
    response["Content-Disposition"] = content_disposition_header(True, found.download_name)
    return response


@require_safe
def thumbnail(request, key: UUID):
    found = _evidence(request, key)
    if not found.is_photo:
        raise Http404
    return _file(request, found, "thumbnail", "image/jpeg")


def _file(request, evidence: Evidence, part: str, mime_type: str) -> HttpResponse:
    """The file, unless the browser has it; asked anew each time, for a role may have ended."""
    etag = f'"{evidence.sha256}-{part}"'
    response = get_conditional_response(request, etag=etag)
    if response is None:
        file = get_object_or_404(EvidenceFile.objects.only(part), evidence=evidence)
        response = HttpResponse(bytes(getattr(file, part)), content_type=mime_type)
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def remove(request, key: UUID):
    found = _evidence(request, key)
    desk = desk_of(request, found.enquiry_id, found.sheet)
    if not desk.may_write:
        raise PermissionDenied
    back = desk.sheet.url_of(desk.record(found.record, or_withdrawn=True))
    if request.method == "POST":
        actions.remove_evidence(evidence=found, by=request.user)
        messages.success(request, "The file is deleted. Its history says that you removed it.")
        return redirect(back)
    context = {"enquiry": desk.enquiry, "evidence": found, "back": back}
    return render(request, "enquiries/evidence_remove.html", context)
