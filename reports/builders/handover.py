"""What a new lead needs to know of an alliance, drawn from what is there; nothing is typed for it.

Nothing that a facilitator keeps to themselves is read, whoever asks.
"""

from collections.abc import Callable
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst

from alliances.queries import people_of, supporters_of
from enquiries.models import Cycle, Enquiry, Meeting, Risk, SheetRecord
from enquiries.queries import current_cycle
from enquiries.schools.queries import Taking, schools_of
from enquiries.sheets import Sheet, sheet_called
from enquiries.sheets.queries import hidden_fields, records_of
from impact.models import ImpactPlan
from impact.queries import measures_of
from impact.values import Value
from impact.wording import figure
from reports.due import Due, of_enquiry
from reports.values import AskedTable, Handover, HandoverPart, Pair

LAST_ENTRIES = 5
NOT_NAMED = "Nobody named"
AGREEMENTS = ("partnership", "norms")
PLACES = {
    "enquiry": "The enquiry, and what was logged last",
    "sheets": "Forms of the method",
    "schools": "Schools in and out",
    "measures": "Measures and readings",
    "timeline": "Timeline",
    "maturity": "Maturity profile",
    "toolkit": "Intervention toolkit",
    "account": "Everything logged so far",
}


def build_handover(enquiry: Enquiry, *, exact: bool, absolute: Callable[[str], str]) -> Handover:
    """The pack as it stands today, with small numbers too if ``exact``.

    ``absolute`` makes an address of a path.
    """
    alliance, cycle = enquiry.alliance, current_cycle(enquiry)
    return Handover(
        service=settings.SERVICE_NAME,
        agency=settings.AGENCY_NAME,
        title="Handover pack",
        about=f"{alliance.name}, {_day(timezone.localdate())}",
        parts=[
            HandoverPart("The enquiry", pairs=_enquiry(enquiry, cycle)),
            _people(enquiry),
            _schools(enquiry),
            _due(enquiry),
            _dates(enquiry, cycle),
            _help(enquiry),
            _risks(enquiry),
            _leadership(enquiry),
            *(_agreement(enquiry, slug) for slug in AGREEMENTS),
            _measures(enquiry, exact=exact),
            HandoverPart(
                "Where things are",
                links=[
                    Pair(title, absolute(reverse(name, args=[enquiry.pk])))
                    for name, title in PLACES.items()
                ],
            ),
        ],
    )


def _enquiry(enquiry: Enquiry, cycle: Cycle | None) -> list[Pair]:
    alliance = enquiry.alliance
    status = alliance.designations.last()
    facts = {
        "Title": enquiry.title,
        "Question": enquiry.shared_question,
        "Focus": enquiry.shared_focus,
        "Cycle": f"{cycle.label}: {cycle.get_phase_display().lower()}" if cycle else "None yet",
        "Theme": str(alliance.theme or alliance.theme_note),
        "Cluster": str(alliance.cluster or ""),
        "Designation": str(status or ""),
    }
    return [Pair(name, text) for name, text in facts.items() if text]


def _people(enquiry: Enquiry) -> HandoverPart:
    held = [*people_of(enquiry.alliance), *supporters_of(enquiry.alliance)]
    rows = [
        [str(each.user), each.get_role_display(), str(each.scope), _day(each.starts_on)]
        for each in held
        if each.user.is_active
    ]
    return _table("People and roles", ["Name", "Role", "Where", "Since"], rows, "Nobody yet.")


def _schools(enquiry: Enquiry) -> HandoverPart:
    headings = ["School", "Part", "Lead", "Successor", "Joined or left"]
    rows = [_school(taking) for taking in schools_of(enquiry)]
    return _table("Schools in and out", headings, rows, "No school takes part yet.")


def _school(taking: Taking) -> list[str]:
    school, membership, record = taking.participation, taking.membership, taking.record
    joined, left = (membership.joined_on, membership.left_on) if membership else (None, None)
    replaced = membership.replaced_by if membership else ""
    told = [
        f"Joined {_day(joined)}" if joined else "",
        f"Left {_day(left)}: {membership.reason_left}" if membership and left else "",
        f"Replaced by {replaced}" if replaced else "",
    ]
    return [
        str(school.school),
        school.get_part_display(),
        record.lead if record else NOT_NAMED,
        (record.successor if record else "") or NOT_NAMED,
        ". ".join(filter(None, told)) or "Dates not known",
    ]


def _due(enquiry: Enquiry) -> HandoverPart:
    lines = [_in_words(due) for due in of_enquiry(enquiry, timezone.localdate())]
    return HandoverPart("What is due", lines=lines, otherwise="Nothing.")


def _in_words(due: Due) -> str:
    return f"{due.text}, by {date_format(due.by)}" if due.by else due.text


def _dates(enquiry: Enquiry, cycle: Cycle | None) -> HandoverPart:
    today = timezone.localdate()
    plans = ImpactPlan.objects.filter(enquiry=enquiry)
    found = [
        *([(cycle.deadline, "Deadline of the next gate")] if cycle and cycle.deadline else []),
        *((plan.milestone_on, f"Milestone: {plan.success_measure}") for plan in plans),
    ]
    found += _meetings(enquiry)
    pairs = [Pair(_day(day), text) for day, text in sorted(found) if day >= today]
    return HandoverPart("Dates to come", pairs=pairs, otherwise="No date is set.")


def _meetings(enquiry: Enquiry) -> list[tuple[date, str]]:
    """When the cluster meets, and what the last meeting that was held set down for later."""
    meetings = list(Meeting.objects.filter(cluster=enquiry.alliance.cluster_id))
    found = [
        (meeting.held_on, f"Cluster meeting, {meeting.place}")
        for meeting in meetings
        if not meeting.closed_at
    ]
    planned, today = {meeting.held_on for meeting in meetings}, timezone.localdate()
    for last in [meeting for meeting in meetings if meeting.held_on <= today][:1]:
        if last.next_meeting and last.next_meeting not in planned:
            found.append((last.next_meeting, "Next cluster meeting"))
        if last.next_call:
            found.append((last.next_call, "Next check-in call"))
    return found


def _measures(enquiry: Enquiry, *, exact: bool) -> HandoverPart:
    rows = [
        [
            ", ".join(filter(None, [measure.name, measure.population, measure.group])),
            _reading(measure.at("baseline"), measure.unit) or "No baseline yet",
            _reading(_last(measure.readings), measure.unit) or "None yet",
        ]
        for measure in measures_of(enquiry, exact=exact)
    ]
    headings = ["What is measured", "Baseline", "Last reading"]
    return _table("Baselines and last readings", headings, rows, "Nothing is measured yet.")


def _last(readings: tuple[Value, ...]) -> Value | None:
    """The last reading after the baseline."""
    later = [reading for reading in readings if reading.moment != "baseline"]
    return later[-1] if later else None


def _reading(value: Value | None, unit: str) -> str:
    if value is None:
        return ""
    shown = figure(value, unit) or value.words or "Counted by category"
    return f"{shown} ({value.when})" if value.when else shown


def _help(enquiry: Enquiry) -> HandoverPart:
    asked = enquiry.help_requests.filter(answered_at=None).order_by("logged_at")
    pairs = [Pair(_day(timezone.localdate(each.logged_at)), each.text) for each in asked]
    return HandoverPart("Help asked for", pairs=pairs, otherwise="No request is open.")


def _risks(enquiry: Enquiry) -> HandoverPart:
    rows = [
        [
            risk.about,
            f"{risk.get_likelihood_display()} likelihood, {risk.effect} effect",
            risk.response,
            risk.succession or "None yet",
        ]
        for risk in Risk.objects.filter(enquiry=enquiry).order_by("-held_on", "-pk")
    ]
    headings = ["Risk", "How serious", "Response", "Succession plan"]
    return _table("Risks and succession", headings, rows, "The register is empty.")


def _leadership(enquiry: Enquiry) -> HandoverPart:
    entries = enquiry.leadership_log.order_by("-logged_at", "-position")[:LAST_ENTRIES]
    pairs = [Pair(capfirst(str(entry)), entry.reflection) for entry in entries]
    return HandoverPart("Latest leadership learning", pairs=pairs, otherwise="No entry yet.")


def _agreement(enquiry: Enquiry, slug: str) -> HandoverPart:
    sheet = sheet_called(slug)
    records = records_of(sheet, enquiry, None) if sheet else []
    pairs = _answers(sheet, records[0]) if sheet and records else []
    return HandoverPart(sheet.title if sheet else slug, pairs=pairs, otherwise="Not agreed yet.")


def _answers(sheet: Sheet, record: SheetRecord) -> list[Pair]:
    """What a form was answered with, without what its facilitator keeps."""
    hidden = hidden_fields(sheet, set())
    form = sheet.form(instance=record, sheet=sheet, enquiry=record.enquiry, hidden=hidden)
    return [Pair(a["label"], a["text"]) for a in form.answers() if a["text"]]


def _table(title: str, headings: list[str], rows: list[list[str]], otherwise: str) -> HandoverPart:
    return HandoverPart(
        title, table=AskedTable(headings, rows) if rows else None, otherwise=otherwise
    )


def _day(day) -> str:
    return date_format(day, "j F Y")
