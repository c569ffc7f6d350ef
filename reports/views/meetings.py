"""The meetings of a cluster: planned, taken live, closed; and their minutes."""

from dataclasses import asdict, dataclass
from datetime import date

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alliances import access
from alliances.models import Cluster
from alliances.pages import form_page
from alliances.roles import Permission
from enquiries import actions
from enquiries.meetings.forms import MeetingForm
from enquiries.meetings.queries import (
    Chair,
    chairs_at,
    lacks_of,
    last_before,
    meetings_of,
    with_attendance,
)
from enquiries.models import Meeting
from reports import rendering
from reports.agenda import Item, agenda_of
from reports.builders import build_minutes
from reports.views.forms import pdf_or_page


def _cluster(request, permission: Permission, pk: int) -> Cluster:
    return access.load_of_cluster(Cluster.objects.all(), request.user, permission, pk=pk)


def _meeting(request, permission: Permission, pk: int) -> Meeting:
    meetings = with_attendance(Meeting.objects.all())
    return access.load_of_cluster(meetings, request.user, permission, pk=pk)


def _may_hold(request, cluster: Cluster) -> bool:
    held = access.clusters_around(request.user, Permission.HOLD_MEETINGS)
    return held.filter(pk=cluster.pk).exists()


@require_safe
def meetings(request, pk):
    cluster = _cluster(request, Permission.SEE_MEETINGS, pk)
    context = {
        "cluster": cluster,
        "meetings": meetings_of(cluster),
        "may_hold": _may_hold(request, cluster),
    }
    return render(request, "reports/meetings.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_new(request, pk):
    cluster = _cluster(request, Permission.HOLD_MEETINGS, pk)
    form = MeetingForm(request.POST or None, cluster=cluster)
    if form.is_valid():
        submission = form.cleaned_data["submission"]
        made = actions.plan_meeting(
            cluster=cluster, by=request.user, submission=submission, **form.wanted()
        )
        messages.success(request, "The meeting is planned.")
        return redirect("meeting", pk=made.pk)
    return form_page(request, form, back=reverse("meetings", args=[pk]), subject=cluster)


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_edit(request, pk):
    found = _meeting(request, Permission.HOLD_MEETINGS, pk)
    form = MeetingForm(request.POST or None, cluster=found.cluster, meeting=found)
    if form.is_valid():
        try:
            version = form.cleaned_data["version"] or 0
            actions.change_meeting(meeting=found, by=request.user, version=version, **form.wanted())
        except actions.ChangedMeanwhile:
            form.show_conflict(Meeting.objects.get(pk=pk))
        if not form.errors:
            messages.success(request, "The meeting has been saved.")
            return redirect("meeting", pk=pk)
    return form_page(request, form, back=reverse("meeting", args=[pk]), subject=found)


@dataclass(frozen=True)
class Seat:
    """An enquiry's place at a meeting as one person sees it.

    Only those who may read the enquiry itself see what it has logged, and open its part.
    """

    chair: Chair
    may_read: bool
    items: list[Item]


def _seats(request, chairs: list[Chair], since: date | None) -> list[Seat]:
    readable = access.alliances_for(request.user, Permission.READ_ENQUIRY)
    here = readable.filter(pk__in=[chair.alliance.pk for chair in chairs])
    may_read = set(here.values_list("pk", flat=True))
    read = [chair.enquiry for chair in chairs if chair.alliance.pk in may_read]
    agenda = agenda_of(read, since)
    return [
        Seat(chair, chair.alliance.pk in may_read, agenda.get(chair.enquiry.pk, []))
        for chair in chairs
    ]


@require_safe
def meeting(request, pk):
    """The page on which a meeting is taken: each alliance's part one tap away."""
    found = _meeting(request, Permission.SEE_MEETINGS, pk)
    chairs, since = chairs_at(found), last_before(found)
    context = {
        "meeting": found,
        "seats": _seats(request, chairs, since),
        "since": since,
        "may_hold": _may_hold(request, found.cluster),
        "lacks": lacks_of(found, chairs, timezone.localdate()),
    }
    return render(request, "reports/meeting.html", context)


@require_POST
def meeting_close(request, pk):
    found = _meeting(request, Permission.HOLD_MEETINGS, pk)
    try:
        actions.close_meeting(meeting=found, by=request.user, on=timezone.localdate())
    except actions.NotOver:
        messages.error(request, "Something is missing, so the meeting could not be closed.")
        return redirect("meeting", pk=pk)
    messages.success(request, "The meeting is closed.")
    return redirect("minutes", pk=pk)


@require_safe
def minutes(request, pk):
    found = _meeting(request, Permission.SEE_MEETINGS, pk)
    told = build_minutes(found)
    context = {
        "meeting": found,
        "minutes": told,
        "body": rendering.body_html("minutes", asdict(told)),
        "may_hold": _may_hold(request, found.cluster),
    }
    return render(request, "reports/minutes.html", context)


@require_safe
def minutes_pdf(request, pk):
    found = _meeting(request, Permission.SEE_MEETINGS, pk)
    return pdf_or_page(request, "minutes", build_minutes(found), reverse("minutes", args=[pk]))


@require_POST
def minutes_send(request, pk):
    """Tell those whom no e-mail has reached; of a meeting that is not over, nobody."""
    found = _meeting(request, Permission.HOLD_MEETINGS, pk)
    told = actions.send_minutes(meeting=found, by=request.user) if found.closed_at else 0
    messages.info(request, f"E-mails on their way: {told}.")
    return redirect("minutes", pk=pk)
