"""A cluster's term in one summary, from its meetings, calls and logs; nobody is named.

What a facilitator keeps to themselves has no part in it: no judgement of the guide or of a grid is
read here.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import TypeVar

from django.conf import settings
from django.db.models import Q
from django.utils.formats import date_format

from alliances.content import words
from alliances.models import Cluster
from enquiries.instruments import help_items
from enquiries.models import (
    Answer,
    Challenge,
    CheckInCall,
    HelpRequest,
    LeadershipEntry,
    LoggedRecord,
    Meeting,
    MeetingPart,
    SheetRecord,
    Trial,
)
from reports.values import ClusterSummary, Met, Pair, Pattern

Record = TypeVar("Record", bound=SheetRecord)
# What questionnaires ask on the way, and hear in words: the focus or question, interim findings.
SAID = ("pq-implementation-words-1", "pq-innovation-words-1")
SHARED_BY = 2


def build_cluster_summary(
    cluster: Cluster, *, about: str, since: date, until: date
) -> ClusterSummary:
    """What was said and logged from one day to another, both included."""
    term = _Term(cluster, since, until)
    return ClusterSummary(
        service=settings.SERVICE_NAME,
        agency=settings.AGENCY_NAME,
        programme=cluster.programme.title,
        cluster=cluster.name,
        title=f"{cluster.name}: {about[:1].lower()}{about[1:]}",
        about=about,
        period=f"{_day(since)} to {_day(until)}",
        alliances=[alliance.name for alliance in cluster.alliances.order_by("name")],
        meetings=[
            Pair(_day(meeting.held_on), "; ".join(map(str, meeting.alliances_present.all())))
            for meeting in term.meetings
        ],
        progress=_by_alliance(term.progress()),
        shown=_by_alliance(term.shown()),
        successes=_by_alliance(term.successes()),
        challenges=sorted(term.challenges(), key=lambda met: met.alliance),
        leadership=_by_alliance((e, _learnt(e)) for e in term.leadership),
        advice=_by_alliance((part, part.advice) for part in term.parts),
        help=_by_alliance(term.help()),
        next_foci=_by_alliance(term.next_foci()),
        patterns=term.patterns(),
        next_dates=term.next_dates(),
    )


def _day(day: date) -> str:
    return date_format(day, "j F Y")


def _alliance(record: SheetRecord) -> str:
    return record.enquiry.alliance.name


def _learnt(entry: LeadershipEntry) -> str:
    return f"{entry}: {entry.reflection}" if str(entry) else entry.reflection


def _by_alliance(said: Iterator[tuple[SheetRecord, str]]) -> list[Pair]:
    """What was said under the names of alliances, in their order; nothing empty."""
    pairs = [Pair(_alliance(record), text) for record, text in said if text]
    return sorted(pairs, key=lambda pair: pair.first)


class _Term:
    """Everything of a cluster's alliances that belongs to a term, read once."""

    def __init__(self, cluster: Cluster, since: date, until: date):
        self.cluster, self.since, self.until = cluster, since, until
        held = cluster.meetings.filter(held_on__range=(since, until)).order_by("held_on")
        self.meetings: list[Meeting] = list(held.prefetch_related("alliances_present__alliance"))
        self.parts: list[MeetingPart] = list(
            MeetingPart.objects.filter(meeting__in=self.meetings)
            .select_related("enquiry__alliance")
            .order_by("meeting__held_on", "pk")
        )
        self.calls = self._records(CheckInCall, Q(held_on__range=(since, until)))
        self.trials = self._records(Trial, Q(held_on__range=(since, until)))
        self.leadership = self._logged(LeadershipEntry)
        self.met = self._logged(Challenge)
        self.asked = self._logged(HelpRequest)
        said = Answer.objects.filter(
            response__enquiry__alliance__cluster=cluster,
            response__saved_at__date__range=(since, until),
            response__withdrawn="",
        )
        self.said = list(said.select_related("response__enquiry__alliance").order_by("pk"))

    def _records(self, model: type[Record], when: Q) -> list[Record]:
        found = model.objects.filter(when, enquiry__alliance__cluster=self.cluster)
        return list(found.select_related("enquiry__alliance"))

    def _logged(self, model: type[LoggedRecord]) -> list[LoggedRecord]:
        """What people logged; what is printed bears the day of its import."""
        days = (self.since, self.until)
        logged = Q(held_on=None, logged_at__date__range=days) | Q(held_on__range=days)
        return self._records(model, logged & Q(logged_by__isnull=False))

    def progress(self) -> Iterator[tuple[SheetRecord, str]]:
        status = words("enquiries", "call-status")
        yield from ((part, part.update) for part in self.parts)
        for call in self.calls:
            if call.status:
                yield call, f"{status[call.status].title} at the call of {_day(call.held_on)}"
        yield from ((said.response, said.value) for said in self.said if said.item in SAID)

    def shown(self) -> Iterator[tuple[SheetRecord, str]]:
        yield from ((part, part.evidence_shown) for part in self.parts)
        yield from ((entry, entry.evidence) for entry in self.leadership)
        tried: dict[str, list[Trial]] = defaultdict(list)
        for trial in self.trials:
            tried[_alliance(trial)].append(trial)
        for trials in tried.values():
            noun = "trial" if len(trials) == 1 else "trials"
            yield trials[0], f"{len(trials)} {noun} noted"

    def successes(self) -> Iterator[tuple[SheetRecord, str]]:
        yield from ((part, part.successes) for part in self.parts)
        yield from ((entry, entry.went_well) for entry in self.leadership)

    def challenges(self) -> Iterator[Met]:
        for part in self.parts:
            if part.challenges:
                yield Met(_alliance(part), part.challenges, "")
        for entry in self.leadership:
            if entry.problems:
                yield Met(_alliance(entry), entry.problems, entry.decisions)
        for met in self.met:
            yield Met(_alliance(met), met.challenge, met.response)
        for call in self.calls:
            if call.actions:
                yield Met(_alliance(call), call.discussion, call.actions)

    def help(self) -> Iterator[tuple[SheetRecord, str]]:
        yield from ((part, part.issue) for part in self.parts)
        yield from ((asked, asked.text) for asked in self.asked)
        needs = set(help_items())
        yield from ((said.response, said.value) for said in self.said if said.item in needs)

    def next_foci(self) -> Iterator[tuple[SheetRecord, str]]:
        decisions = words("enquiries", "decisions")
        for part in self.parts:
            chosen = decisions[part.decision].title if part.decision else ""
            yield part, ": ".join(filter(None, [chosen, part.next_focus]))

    def patterns(self) -> list[Pattern]:
        """Kinds of challenge, and leadership behaviours, that several alliances met or drew on."""
        challenges = ((met.kind, met) for met in self.met if met.kind)
        behaviours = ((code, e) for e in self.leadership for code in e.behaviours)
        return [
            *_shared("Challenge", "challenges", challenges),
            *_shared("Leadership", "behaviours", behaviours),
        ]

    def next_dates(self) -> list[Pair]:
        if not self.meetings:
            return []
        last = self.meetings[-1]
        dates = {"Next meeting": last.next_meeting, "Next call": last.next_call}
        known = [(day, name) for name, day in dates.items() if day]
        return [Pair(name, _day(day)) for day, name in sorted(known)]


def _shared(kind: str, content: str, found: Iterator[tuple[str, SheetRecord]]) -> list[Pattern]:
    """The codes that several alliances have, those of most alliances first."""
    alliances: dict[str, set[str]] = defaultdict(set)
    for code, record in found:
        alliances[code].add(_alliance(record))
    titles = words("enquiries", content)
    patterns = [
        Pattern(kind, titles[code].title, sorted(names))
        for code, names in alliances.items()
        if len(names) >= SHARED_BY
    ]
    return sorted(patterns, key=lambda pattern: (-len(pattern.alliances), pattern.title))
