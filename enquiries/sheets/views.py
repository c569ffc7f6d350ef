"""The pages of every form of the method. Each form is declared; none has a view of its own."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms.utils import ErrorDict
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from alliances import access
from alliances.roles import Permission
from alliances.signed_out import NOT_TYPED
from enquiries import actions
from enquiries.coach import coach_of
from enquiries.dialogue.queries import dialogue_about
from enquiries.evidence.queries import evidence_of, limits
from enquiries.meetings.queries import meetings_with
from enquiries.models import Enquiry, Meeting, SheetRecord
from enquiries.progress import movements
from enquiries.sheets import Place
from enquiries.sheets.desk import Desk, cycles_of, desk_of
from enquiries.sheets.grids import GUIDE
from enquiries.sheets.movement import movement_of
from enquiries.sheets.overview import overview_of
from enquiries.sheets.queries import (
    draft_at,
    drafts_of,
    guide_grid,
    hidden_fields,
    records_of,
    states,
    withdrawn_of,
)
from enquiries.sheets.visits import visit_of

QUESTION = "question"  # the form that the coach stands beside


@require_safe
def index(request, pk):
    enquiries = Enquiry.objects.select_related("alliance")
    enquiry = access.load(enquiries, request.user, Permission.READ_ENQUIRY, pk=pk)
    cycles = cycles_of(request, enquiry)
    context = {"enquiry": enquiry, "cycles": cycles, "states": states(enquiry, cycles.shown)}
    return render(request, "enquiries/sheets.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request, pk, slug):
    """The form itself, if there is one of it; else the list of its records or schools."""
    desk = desk_of(request, pk, slug)
    if desk.sheet.place is Place.ONCE:
        return _fill(request, desk, desk.place(participation=None))
    if desk.lacks_cycle:
        return _without_cycle(request, desk)
    context = {
        "enquiry": desk.enquiry,
        "sheet": desk.sheet,
        "cycles": desk.cycles,
        "may_write": desk.may_write,
    }
    records = records_of(desk.sheet, desk.enquiry, desk.cycle)
    if desk.sheet.place is Place.SCHOOL:
        context["schools"] = _by_school(desk, records)
        return render(request, "enquiries/sheet_schools.html", context)
    if desk.sheet.place is Place.MEETING:
        context["meetings"] = _by_meeting(desk, records)
        return render(request, "enquiries/sheet_meetings.html", context)
    hidden = hidden_fields(desk.sheet, desk.allowed)
    context |= {
        "records": records,
        "drafts": drafts_of(desk.sheet, desk.enquiry, request.user) if desk.may_write else [],
        "withdrawn": withdrawn_of(desk.sheet, desk.enquiry, desk.cycle),
        "movement": movement_of(desk.sheet, records, hidden),
    }
    return render(request, "enquiries/sheet_records.html", context)


def _by_school(desk: Desk, records: list[SheetRecord]) -> list[dict]:
    """Each school of the enquiry with its record, if it has one."""
    filled = {record.participation_id: record for record in records}
    taking_part = desk.enquiry.participations.select_related("school")
    return [{"participation": p, "record": filled.get(p.pk)} for p in taking_part]


def _by_meeting(desk: Desk, records: list[SheetRecord]) -> list[dict]:
    """Each meeting of the alliance's cluster, the latest first, with its record if it has one."""
    filled = {record.meeting_id: record for record in records}
    meetings = meetings_with(desk.enquiry)
    return [{"meeting": meeting, "record": filled.get(meeting.pk)} for meeting in meetings]


@require_safe
def new(request, pk, slug):
    desk = desk_of(request, pk, slug)
    if desk.sheet.place is not Place.MANY:
        raise Http404
    url = reverse("sheet-record", args=[pk, slug, uuid4()])
    return redirect(f"{url}?{request.GET.urlencode()}" if request.GET else url)


@require_http_methods(["GET", "HEAD", "POST"])
def record(request, pk, slug, key: UUID):
    desk = desk_of(request, pk, slug)
    found = desk.sheet.model.everything.filter(key=key).first()
    is_own = found is None or (found.enquiry_id == pk and desk.sheet.holds(found))
    if desk.sheet.place is not Place.MANY or not is_own:
        raise Http404
    if found is None:
        return _fill(request, desk, desk.place(key=key, **desk.sheet.begins))
    if not desk.may_read:
        raise PermissionDenied
    return _fill(request, desk.with_record(found), {"enquiry": desk.enquiry, "key": key})


@require_http_methods(["GET", "HEAD", "POST"])
def of_school(request, pk, slug, school):
    desk = desk_of(request, pk, slug)
    participation = get_object_or_404(desk.enquiry.participations, pk=school)
    if desk.sheet.place is not Place.SCHOOL:
        raise Http404
    return _fill(request, desk, desk.place(participation=participation))


@require_http_methods(["GET", "HEAD", "POST"])
def of_meeting(request, pk, slug, meeting):
    """An alliance's part of a meeting, reached from the meeting and leading back to it."""
    desk = desk_of(request, pk, slug)
    held = get_object_or_404(meetings_with(desk.enquiry), pk=meeting)
    if desk.sheet.place is not Place.MEETING:
        raise Http404
    place = {"enquiry": desk.enquiry, "meeting": held}
    if not desk.sheet.model.objects.filter(**place).exists():
        place |= {"cycle": desk.cycle, "held_on": held.held_on}
    return _fill(request, desk, place, meeting=held)


def _fill(request, desk: Desk, place: dict, meeting: Meeting | None = None):
    """Show one record, and take what is sent."""
    if desk.lacks_cycle:
        return _without_cycle(request, desk)
    found = desk.sheet.model.everything.filter(**place).first()
    if request.method == "POST":
        return _take(request, desk, place, found, meeting)
    if found and found.withdrawn:
        messages.info(request, "This was withdrawn. It can be brought back.")
        return redirect("sheet-history", desk.enquiry.pk, desk.sheet.slug, found.key)
    return _show(request, desk, found, _opened(request, desk, found), meeting=meeting)


def _without_cycle(request, desk: Desk):
    """What a form of a cycle shows before there is one: the way to start it."""
    may_start = Permission.WRITE_ENQUIRY in desk.allowed
    context = {"enquiry": desk.enquiry, "sheet": desk.sheet, "may_start": may_start}
    return render(request, "enquiries/sheet_without_cycle.html", context)


def _take(request, desk: Desk, place: dict, found: SheetRecord | None, meeting: Meeting | None):
    """What somebody sends: a draft to be kept, or a form to be saved."""
    if not desk.may_write:
        raise PermissionDenied
    if "draft" in request.POST:
        return _keep(request, desk)
    if found and found.withdrawn:
        return _keep_beside(request, desk, found)
    form = desk.form(found, request.POST)
    if form.is_valid() and (saved := _saved(request, desk, place, form)):
        messages.success(request, f"{desk.sheet.title}: saved.")
        return redirect(_after(desk, saved, meeting))
    return _show(request, desk, found, form, meeting=meeting, status=422)


def _after(desk: Desk, saved: SheetRecord, meeting: Meeting | None) -> str:
    """The page that a saved form leads to: its own, else the one it was reached from."""
    if meeting:
        return reverse("meeting", args=[meeting.pk])
    if desk.sheet.page:
        return reverse(desk.sheet.page, args=[saved.page])
    knows_cycles = desk.sheet.home != "enquiry" or not desk.cycles.is_earlier
    home = desk.sheet.home if knows_cycles else "sheets"
    return reverse(home, args=[desk.enquiry.pk]) + desk.cycles.query


def _opened(request, desk: Desk, found: SheetRecord | None):
    """The form as it was left: with what was typed and not saved, else as it is stored."""
    draft = draft_at(desk.address(request.path), request.user)
    if draft is None:
        form = desk.form(found)
        if found is None:
            form.begin_with(request.GET)
        return form
    typed = QueryDict(mutable=True)
    for name, values in draft.typed.items():
        typed.setlist(name, values)
    form = desk.form(found, typed)
    form._errors = ErrorDict()
    form.draft = draft
    return form


def _keep_typed(request, desk: Desk) -> None:
    left_out = {"draft", *NOT_TYPED}
    typed = {name: values for name, values in request.POST.lists() if name not in left_out}
    address = desk.address(request.path)
    actions.keep_draft(enquiry=desk.enquiry, address=address, typed=typed, by=request.user)


def _keep_beside(request, desk: Desk, found: SheetRecord):
    """What somebody typed into a record that was withdrawn meanwhile: not saved, and not lost."""
    _keep_typed(request, desk)
    problem = (
        "Somebody withdrew this meanwhile. Your words are kept as a draft: bring it back first."
    )
    messages.info(request, problem)
    return redirect("sheet-history", desk.enquiry.pk, desk.sheet.slug, found.key)


def _keep(request, desk: Desk):
    _keep_typed(request, desk)
    if request.POST["draft"] == "quietly":
        return HttpResponse(status=204)
    messages.success(request, "Your draft is kept. Nobody else sees it until you save.")
    return redirect(desk.address(request.path))


def _saved(request, desk: Desk, place: dict, form) -> SheetRecord | None:
    """The record, if the form could be saved; else it tells what others changed meanwhile."""
    try:
        saved = actions.save_sheet(
            desk.sheet.model,
            place=place,
            seen=form.seen_values(),
            wanted=form.wanted(),
            by=request.user,
        )
    except actions.ChangedByOthers as others:
        form.show_conflicts(others.stored)
        return None
    except actions.Withdrawn:
        form.add_error(None, "Somebody withdrew this meanwhile: bring it back first")
        return None
    except actions.DoesNotFit:
        form.look_again()
        return None
    actions.drop_draft(address=desk.address(request.path), by=request.user)
    return saved


def _show(request, desk: Desk, found: SheetRecord | None, form, *, meeting, status: int = 200):
    context = {
        "enquiry": desk.enquiry,
        "sheet": desk.sheet,
        "cycles": desk.cycles,
        "address": desk.address(request.path),
        "record": found,
        "meeting": meeting,
        "form": form,
        "may_write": desk.may_write,
        "may_withdraw": desk.may_write and desk.sheet.place is Place.MANY,
        "dialogue": dialogue_about(desk.sheet, found, desk.allowed) if found else None,
        "may_comment": Permission.COMMENT in desk.allowed,
        "may_agree": Permission.AGREE_JUDGEMENT in desk.allowed,
        "evidence": found and evidence_of(found, desk.allowed),
        "limits": limits(),
    }
    if desk.sheet.slug == QUESTION:
        context["coach"] = coach_of(desk.enquiry, request.user)
        context["may_change_question"] = Permission.WRITE_ENQUIRY in desk.allowed
    return render(request, "enquiries/sheet.html", context, status=status)


@require_safe
def guide(request, pk):
    """Every school by element for the three phases, with what is filled in."""
    desk = desk_of(request, pk, GUIDE[0].slug)
    context = {
        "enquiry": desk.enquiry,
        "cycles": desk.cycles,
        "phases": guide_grid(desk.enquiry, desk.cycle),
    }
    return render(request, "enquiries/guide.html", context)


@require_safe
def visit(request, pk, phase, school):
    """What to ask, weigh and record at one school in a phase, on one page to print."""
    found = visit_of(request, pk, phase, school)
    context = {
        "enquiry": found.desk.enquiry,
        "cycles": found.desk.cycles,
        "phase": phase,
        "participation": found.participation,
        "cells": found.cells,
    }
    return render(request, "enquiries/visit.html", context)


@require_safe
def progress(request, pk):
    """What the alliance answered to each questionnaire, time after time."""
    enquiries = Enquiry.objects.select_related("alliance")
    enquiry = access.load(enquiries, request.user, Permission.READ_ENQUIRY, pk=pk)
    context = {"enquiry": enquiry, "movements": movements(enquiry)}
    return render(request, "enquiries/questionnaires.html", context)


@require_safe
def overview(request, pk):
    enquiries = Enquiry.objects.select_related("alliance")
    enquiry = access.load(enquiries, request.user, Permission.READ_ENQUIRY, pk=pk)
    cycles = cycles_of(request, enquiry)
    overview = overview_of(enquiry, cycles.shown)
    context = {"enquiry": enquiry, "cycles": cycles, "overview": overview}
    return render(request, "enquiries/overview.html", context)
