"""The past of a record: its saves, what they replaced, and whether it still counts."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alliances import access
from alliances.pages import form_page, offer_undo
from alliances.roles import Permission
from enquiries import actions
from enquiries.evidence.queries import evidence_in
from enquiries.forms import WithdrawalForm
from enquiries.models import Revision, SheetRecord
from enquiries.sheets import Place
from enquiries.sheets.desk import Desk, desk_of
from enquiries.sheets.queries import hidden_fields, newest_save, saves_of, sheet_of

NOT_AS_THEY_WERE = "The earlier words do not go with what stands there now"


@require_safe
def history(request, pk, slug, key: UUID):
    desk = desk_of(request, pk, slug)
    found = desk.record(key, or_withdrawn=True)
    context = {
        "enquiry": desk.enquiry,
        "sheet": desk.sheet,
        "cycles": desk.with_record(found).cycles,
        "record": found,
        "saves": saves_of(found, desk.form(found)),
        "newest": newest_save(found),
        "evidence": evidence_in(desk.enquiry, desk.allowed, record=key),
        "may_write": desk.may_write,
    }
    return render(request, "enquiries/sheet_history.html", context)


@require_POST
def restore(request, pk):
    revision = access.load(Revision.objects.all(), request.user, Permission.READ_ENQUIRY, pk=pk)
    sheet = sheet_of(revision)
    if sheet is None:
        raise Http404
    desk = desk_of(request, revision.enquiry_id, sheet.slug)
    if not (desk.may_write and desk.may_read):
        raise PermissionDenied
    keep = hidden_fields(desk.sheet, desk.allowed) | {"withdrawn"}
    record = sheet.model.everything.get(pk=revision.record)
    back = redirect("sheet-history", revision.enquiry_id, sheet.slug, record.key)
    answers = actions.replaced(revision, sheet.model, keep)
    if problems := desk.with_record(record).hindrances(record, answers):
        messages.info(request, f"{NOT_AS_THEY_WERE}: {'; '.join(problems)}")
        return back
    try:
        actions.restore(
            revision=revision,
            model=sheet.model,
            keep=keep,
            newest=_newest(request),
            by=request.user,
        )
    except actions.Withdrawn:
        messages.info(request, "This was withdrawn. Bring it back first.")
    except actions.SavedMeanwhile:
        messages.info(request, "Somebody has changed these answers meanwhile. Look again first.")
    except actions.DoesNotFit:
        messages.info(request, f"{NOT_AS_THEY_WERE}.")
    else:
        messages.success(request, "The earlier words are back.")
    return back


def _newest(request) -> int:
    """The last save on the page of history that a person had before them."""
    sent = request.POST.get("newest", "")
    return int(sent) if sent.isdecimal() else 0


def _to_be_withdrawn(request, pk: int, slug: str, key: UUID) -> tuple[Desk, SheetRecord]:
    """A record of a form that is filled in again and again, for those who may write it."""
    desk = desk_of(request, pk, slug)
    found = desk.record(key, or_withdrawn=True)
    if desk.sheet.place is not Place.MANY:
        raise Http404
    if not desk.may_write:
        raise PermissionDenied
    return desk.with_record(found), found


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request, pk, slug, key: UUID):
    desk, found = _to_be_withdrawn(request, pk, slug, key)
    form = WithdrawalForm(request.POST or None)
    if form.is_valid():
        actions.withdraw(record=found, by=request.user, **form.cleaned_data)
        told = f"{desk.sheet.title}: withdrawn. It can be brought back."
        offer_undo(request, told, reverse("sheet-bring-back", args=[pk, slug, key]))
        return redirect(reverse("sheet", args=[pk, slug]) + desk.cycles.query)
    return form_page(
        request, form, back=desk.sheet.url_of(found), subject=found.about or desk.sheet.title
    )


@require_POST
def bring_back(request, pk, slug, key: UUID):
    desk, found = _to_be_withdrawn(request, pk, slug, key)
    try:
        actions.bring_back(record=found, by=request.user)
    except actions.DoesNotFit:
        messages.info(request, "This cannot be brought back: there is another like it meanwhile.")
        return redirect("sheet-history", pk, slug, key)
    messages.success(request, f"{desk.sheet.title}: brought back.")
    return redirect(desk.sheet.url_of(found))
