"""What is due, from whom and by when: every rule, in one place.

My week and the weekly e-mail say the same because both read `due_from`; the page of an enquiry
and its handover read `of_enquiry`, as `due_from` does. The texts quote nothing that anybody wrote:
they go into e-mails.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.timezone import localdate

from alliances import access
from alliances.models import User
from alliances.roles import Permission
from alliances.terms import calendar_of
from enquiries.dialogue.queries import about_what_stands
from enquiries.findings.queries import findings_waiting_for
from enquiries.models import Draft, Enquiry, HelpRequest, Judgement, Meeting, Thread
from enquiries.sheets import Sheet, sheet_called
from impact.matched.queries import running_out
from impact.models import MatchedSet
from reports.digests import kept_lacks, kept_stood
from reports.lacking import Kind, Lack, Lacking, lacking_of
from reports.manuscript.standing import TURN, State, standings_of
from reports.models import EditorialStep

QUIET_DAYS = 42
# How long before a meeting people are told of it.
COMING = timedelta(days=14)
USUAL_MINUTES = 5


# Who is asked: those with this permission over the alliance. A draft is asked of its writer, a
# meeting also of those who hold it, a case study of whoever has to take the next step.
ASKED_OF = {
    Kind.HELP: Permission.ANSWER_HELP,
    Kind.AGREE: Permission.AGREE_JUDGEMENT,
    Kind.CHANGE: Permission.WRITE_ENQUIRY,
    Kind.FINDING: Permission.AFFIRM_FINDINGS,
    Kind.GATE: Permission.WRITE_GROUP_FORMS,
    Kind.BASELINE: Permission.WRITE_ENQUIRY,
    Kind.CLAIM: Permission.SIGN_CLAIMS,
    Kind.QUESTIONNAIRE: Permission.REPORT_PROGRESS,
    Kind.TRIAL: Permission.WRITE_ENQUIRY,
    Kind.LEADERSHIP: Permission.REPORT_PROGRESS,
    Kind.MEETING: Permission.REPORT_PROGRESS,
    Kind.MATCHED: Permission.HOLD_MATCHED,
}


@dataclass(frozen=True)
class Due:
    """One thing to do: of which kind, for whom, what, where, and by when if anybody said.

    ``alliance`` is the name of the alliance or cluster it is for, ``enquiry`` the title of the
    enquiry where somebody writes in several of the alliance: for pages, not for e-mails.
    """

    kind: Kind
    alliance: str
    text: str
    action: str
    url: str
    by: date | None = None
    enquiry: str = ""

    @property
    def minutes(self) -> int:
        """How long the page behind the address takes, by the form it shows."""
        sheet = _sheet_at(self.url)
        return sheet.minutes if sheet else USUAL_MINUTES


def _sheet_at(address: str) -> Sheet | None:
    """The form that an address shows; None where it shows another page."""
    slug = re.search(r"/forms/([\w-]+)/", address)
    return sheet_called(slug[1]) if slug else None


def due_from(user: User, today: date) -> list[Due]:
    """Everything due from a person: what others wait for, their own drafts, enquiries, meetings."""
    return [
        *_help(user),
        *_drafts(user),
        *_judgements(user),
        *_changes(user),
        *_findings(user),
        *_of_enquiries(user, today),
        *_meetings_to_hold(user, today),
        *_meetings_to_prepare(user, today),
        *_matched(user, today),
        *_case_studies(user),
    ]


def _help(user: User) -> Iterator[Due]:
    asked = HelpRequest.objects.filter(answered_at=None).select_related("enquiry__alliance")
    for request in access.within(asked, user, ASKED_OF[Kind.HELP]):
        url = reverse("help-answer", args=[request.pk])
        yield Due(
            Kind.HELP, request.enquiry.alliance.name, "Answer a request for help", "Answer", url
        )


def _drafts(user: User) -> Iterator[Due]:
    kept = Draft.objects.filter(by=user).select_related("enquiry__alliance")
    for draft in access.within(kept, user, Permission.READ_ENQUIRY):
        sheet = _sheet_at(draft.address)
        text = f"Finish the form you began{f': {sheet.title}' if sheet else ''}"
        yield Due(Kind.DRAFT, draft.enquiry.alliance.name, text, "Finish", draft.address)


def _judgements(user: User) -> Iterator[Due]:
    shared = Judgement.objects.filter(agreed_at=None).select_related("enquiry__alliance")
    for judgement in about_what_stands(access.within(shared, user, ASKED_OF[Kind.AGREE])):
        text = f"Read what your facilitator shared: {sheet_called(judgement.sheet).title}"
        url = reverse("judgement-agree", args=[judgement.pk])
        yield Due(Kind.AGREE, judgement.enquiry.alliance.name, text, "Read it", url)


def _changes(user: User) -> Iterator[Due]:
    asked = Thread.objects.filter(asks_change=True, resolved_at=None)
    asked = asked.exclude(opened_by=user).select_related("enquiry__alliance")
    for thread in about_what_stands(access.within(asked, user, ASKED_OF[Kind.CHANGE])):
        text = f"A change is asked for: {sheet_called(thread.sheet).title}"
        url = reverse("thread", args=[thread.pk])
        yield Due(Kind.CHANGE, thread.enquiry.alliance.name, text, "Read it", url)


def _findings(user: User) -> Iterator[Due]:
    for finding in findings_waiting_for(user).select_related("programme"):
        text = "Say whether a finding of the programme is so"
        url = reverse("verdict", args=[finding.pk])
        yield Due(Kind.FINDING, finding.programme.title, text, "Answer", url)


def _of_enquiries(user: User, today: date) -> Iterator[Due]:
    """What the enquiries a person writes in lack, of that which they are asked for."""
    written = access.within(Enquiry.objects.all(), user, Permission.WRITE_ENQUIRY)
    mine = list(written.select_related("alliance").order_by("alliance__name", "pk"))
    kept = kept_lacks([enquiry.pk for enquiry in mine])
    number = Counter(enquiry.alliance_id for enquiry in mine)
    for enquiry in mine:
        may = access.permissions_over(user, enquiry.alliance)
        title = enquiry.title if number[enquiry.alliance_id] > 1 else ""
        for due in _all_of(enquiry, today, kept):
            if ASKED_OF[due.kind] in may:
                yield replace(due, enquiry=title)


def of_enquiry(enquiry: Enquiry, today: date) -> list[Due]:
    """What an enquiry lacks, whoever is asked: what its next gate and the season ask for."""
    return _all_of(enquiry, today, kept_lacks([enquiry.pk]))


def _all_of(enquiry: Enquiry, today: date, kept: Mapping[int, Lacking]) -> list[Due]:
    """It is read anew where nothing that still holds is ``kept``."""
    found = kept.get(enquiry.pk) or lacking_of(enquiry)
    due = [_of_lack(enquiry, lack) for lack in found.lacks]
    if not found.is_in_cycle:
        return due
    return [*due, *_of_the_season(enquiry, found, today)]


def _of_lack(enquiry: Enquiry, lack: Lack) -> Due:
    by = date.fromisoformat(lack.by) if lack.by else None
    return Due(Kind(lack.kind), enquiry.alliance.name, lack.text, lack.action, lack.url, by)


def _meetings_to_hold(user: User, today: date) -> Iterator[Due]:
    """Whoever holds a meeting is asked to, and to close it once its day has passed."""
    clusters = access.clusters_for(user, Permission.HOLD_MEETINGS)
    for meeting in _open_meetings(today).filter(cluster__in=clusters):
        has_passed = meeting.held_on < today
        text = "Close the cluster meeting" if has_passed else "Hold the cluster meeting"
        yield _of_meeting(meeting, text, "Close" if has_passed else "Open")


def _meetings_to_prepare(user: User, today: date) -> Iterator[Due]:
    """Whoever leads an alliance is told of the meeting its cluster has before it."""
    alliances = access.alliances_for(user, ASKED_OF[Kind.MEETING])
    clusters = alliances.filter(cluster__isnull=False).values("cluster")
    for meeting in _open_meetings(today).filter(cluster__in=clusters, held_on__gte=today):
        yield _of_meeting(meeting, "Prepare for the cluster meeting", "Open")


def _open_meetings(today: date) -> QuerySet[Meeting]:
    coming = Meeting.objects.filter(closed_at=None, held_on__lte=today + COMING)
    return coming.select_related("cluster").order_by("held_on", "pk")


def _of_meeting(meeting: Meeting, text: str, action: str) -> Due:
    url = reverse("meeting", args=[meeting.pk])
    return Due(Kind.MEETING, meeting.cluster.name, text, action, url, by=meeting.held_on)


def _matched(user: User, today: date) -> Iterator[Due]:
    """Whoever holds matched scores is told four weeks before they are deleted."""
    held = access.within(MatchedSet.objects.all(), user, ASKED_OF[Kind.MATCHED])
    for found in running_out(held, today).select_related("enquiry__alliance"):
        url = reverse("matched-set", args=[found.pk])
        text = "Matched scores will be deleted for good unless they are still needed"
        name = found.enquiry.alliance.name
        yield Due(Kind.MATCHED, name, text, "Look at them", url, by=found.retain_until)


def _case_studies(user: User) -> Iterator[Due]:
    """Whoever has to take the next step of a case study, once it has been sent for critique."""
    begun = Enquiry.objects.filter(pk__in=EditorialStep.objects.values("enquiry"))
    seen = access.within(begun, user, Permission.SEE_ALLIANCE).select_related("alliance")
    listed = list(seen.defer("document").order_by("alliance__name", "pk"))
    states = _states_of(listed)
    theirs = {
        turn: set(access.alliances_for(user, turn).values_list("pk", flat=True))
        for turn in {TURN.get(state) for state in states.values()} - {None}
    }
    for enquiry in listed:
        state = states[enquiry.pk]
        if enquiry.alliance_id in theirs.get(TURN.get(state), ()):
            url = reverse("case-study", args=[enquiry.pk])
            text = f"A case study waits for you: {state.label.lower()}"
            yield Due(Kind.CASE_STUDY, enquiry.alliance.name, text, "Open it", url)


def _states_of(enquiries: list[Enquiry]) -> dict[int, State]:
    """Where the case study of each stands, as kept where that still holds."""
    kept = kept_stood([enquiry.pk for enquiry in enquiries])
    found = {pk: State(stood.case_study) for pk, stood in kept.items()}
    rest = [enquiry for enquiry in enquiries if enquiry.pk not in found]
    return found | {standing.enquiry.pk: standing.state for standing in standings_of(rest)}


def _of_the_season(enquiry: Enquiry, found: Lacking, today: date) -> list[Due]:
    """What the time of the year asks for while a cycle is under way."""
    due = []
    tried, logged = found.last_trial, found.last_log
    if tried is None or (today - tried).days > QUIET_DAYS:
        text = f"No trial in the last {QUIET_DAYS} days"
        url = reverse("sheet-new", args=[enquiry.pk, "trial"])
        due.append(Due(Kind.TRIAL, enquiry.alliance.name, text, "Log a trial", url))
    began = calendar_of(enquiry.alliance.programme_id).term_start(today)
    if logged is None or localdate(logged) < began:
        url = reverse("sheet-new", args=[enquiry.pk, "leadership"])
        text = "No leadership entry this term"
        due.append(Due(Kind.LEADERSHIP, enquiry.alliance.name, text, "Write one", url))
    return due
