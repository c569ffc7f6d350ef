"""The minutes of a cluster's meeting: who came, what each alliance brought, what was agreed."""

from datetime import date

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format

from enquiries.meetings.queries import Chair, chairs_at
from enquiries.models import Meeting
from enquiries.sheets.meetings import PART
from reports.values import Minutes, Pair, PartOfMinutes


def build_minutes(meeting: Meeting) -> Minutes:
    """The minutes as they stand now; ``meeting`` carries who came."""
    return Minutes(
        service=settings.SERVICE_NAME,
        agency=settings.AGENCY_NAME,
        title=f"Minutes of {meeting}",
        state=_state(meeting),
        about=_about(meeting),
        parts=[_part(meeting, chair) for chair in chairs_at(meeting) if chair.part],
    )


def _state(meeting: Meeting) -> str:
    if meeting.closed_at is None:
        return "The meeting has not been closed: these minutes may still change."
    return f"Closed by {meeting.closed_by} on {_day(timezone.localdate(meeting.closed_at))}."


def _about(meeting: Meeting) -> list[Pair]:
    facts = {
        "Cluster": meeting.cluster.name,
        "Date": _day(meeting.held_on),
        "Place": meeting.place,
        "Alliances present": "; ".join(map(str, meeting.alliances_present.all())),
        "People present": "; ".join(map(str, meeting.people_present.all())),
        "Next meeting": _day(meeting.next_meeting),
        "Next call": _day(meeting.next_call),
    }
    return [Pair(name, text or "Not written down") for name, text in facts.items()]


def _part(meeting: Meeting, chair: Chair) -> PartOfMinutes:
    part = chair.part
    form = PART.form(instance=part, sheet=PART, enquiry=chair.enquiry)
    is_later = meeting.closed_at and part.saved_at > meeting.closed_at
    saved = _day(timezone.localdate(part.saved_at))
    return PartOfMinutes(
        alliance=chair.alliance.name,
        answers=[Pair(a["label"], a["text"]) for a in form.answers() if a["text"]],
        corrected=f"Changed after the meeting, on {saved}, by {part.saved_by}." if is_later else "",
    )


def _day(day: date | None) -> str:
    return date_format(day, "j F Y") if day else ""
