"""Where alliances stand, side by side; as many queries for a hundred as for one."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from alliances.models import Alliance, Assignment
from alliances.roles import Role
from enquiries.models import Cycle, Enquiry, Meeting
from impact.strength import levels
from reports.concerns import Worry, worry_about
from reports.digests import weeks_kept, where_stood
from reports.facts import Call, Look, Voice, led, lost
from reports.momentum import Momentum, momentum
from reports.stood import Claimed, Stood

PHASES = (Cycle.Phase.IMPLEMENTATION, Cycle.Phase.INNOVATION, Cycle.Phase.IMPACT)
STEP = 34


@dataclass(frozen=True)
class Coming:
    """The next date that concerns an alliance."""

    on: date
    what: str


@dataclass(frozen=True)
class Standing:
    """Everything a facilitator compares of one enquiry, and why to look at it."""

    enquiry: Enquiry
    stood: Stood
    momentum: Momentum
    coming: Coming | None
    worry: Worry

    @property
    def voice(self) -> Voice | None:
        return self.stood.voice

    @property
    def call(self) -> Call | None:
        return self.stood.last_call

    @property
    def claimed(self) -> str:
        """What the alliance claims, in a sentence."""
        claimed = Claimed(**self.stood.claimed)
        if not claimed.claims:
            return "Nothing claimed yet"
        counted = "1 claim" if claimed.claims == 1 else f"{claimed.claims} claims"
        degree = levels().get(claimed.strongest)
        best = f", at best {degree.title.lower()}" if degree else ""
        return f"{counted}, {claimed.backed} with evidence{best}; {claimed.signed} signed off"

    @property
    def steps(self) -> list[dict]:
        """The three phases as steps of a drawing, those reached marked."""
        order = [*PHASES, Cycle.Phase.ENDED]
        at = order.index(self.stood.phase) if self.stood.phase else -1
        return [{"x": place * STEP, "is_reached": place <= at} for place in range(len(PHASES))]


class Around:
    """What no enquiry's own records say: who leads, who facilitates, what was lost."""

    def __init__(self, alliances: Collection[int], today: date):
        self.today = today
        self.led, self.lost = set(led(alliances)), set(lost(alliances))
        facilitators = Assignment.objects.filter(role=Role.FACILITATOR)
        self.facilitators = set(facilitators.values_list("user", flat=True))

    def look(self, alliance: int, stood: Stood, last_at: datetime | None) -> Look:
        """What the rules of attention ask."""
        return Look(
            is_led=alliance in self.led,
            has_lost=alliance in self.lost,
            last=last_at,
            help_wanted=stood.help_wanted,
            has_baseline=stood.has_baseline,
            deadline=stood.ends_on,
            schools_left=stood.schools_left,
            unbacked=stood.claimed["claims"] - stood.claimed["backed"],
            risks=stood.risks,
            call=stood.call,
            disagreed=sum(stood.points[-2:]),
        )


def standings_of(alliances: QuerySet[Alliance], today: date) -> list[Standing]:
    """The alliances' enquiries, those that most need attention first, then by name."""
    listed = Enquiry.objects.filter(alliance__in=alliances).select_related("alliance__cluster")
    enquiries = list(listed.defer("document").order_by("alliance__name", "pk"))
    facts = _Facts(enquiries, today)
    found = [facts.standing(enquiry) for enquiry in enquiries]
    return sorted(found, key=lambda standing: -standing.worry.weight)


class _Facts:
    """What is read of all of them at once."""

    def __init__(self, enquiries: list[Enquiry], today: date):
        pks = [enquiry.pk for enquiry in enquiries]
        self.today, self.stood, self.weeks = today, where_stood(pks, today), weeks_kept(pks, today)
        self.around = Around({enquiry.alliance_id for enquiry in enquiries}, today)
        self.dates = _dates({enquiry.alliance.cluster_id for enquiry in enquiries}, today)

    def standing(self, enquiry: Enquiry) -> Standing:
        stood, facilitators = self.stood[enquiry.pk], self.around.facilitators
        last_at = stood.lately(facilitators, self.today).last_at
        logged = [
            (date.fromisoformat(monday), entries)
            for writer, monday, entries in self.weeks[enquiry.pk]
            if writer not in facilitators
        ]
        look = self.around.look(enquiry.alliance_id, stood, last_at)
        return Standing(
            enquiry=enquiry,
            stood=stood,
            momentum=momentum(logged, last_at, self.today),
            coming=_next(stood.ends_on, self.dates[enquiry.alliance.cluster_id], self.today),
            worry=worry_about(look.counts(self.today)),
        )


def _next(gate: date | None, dates: list[Coming], today: date) -> Coming | None:
    own = [Coming(gate, "deadline of the gate")] if gate and gate >= today else []
    return min([*dates, *own], key=lambda coming: coming.on, default=None)


def _dates(clusters: set[int | None], today: date) -> dict[int | None, list[Coming]]:
    """What each cluster has before it: its planned meeting, and what it agreed at its last."""
    found: dict[int | None, list[Coming]] = defaultdict(list)
    for meeting in Meeting.objects.filter(cluster__in=clusters - {None}):
        for on, what in (
            (None if meeting.closed_at else meeting.held_on, "cluster meeting"),
            (meeting.next_meeting, "cluster meeting"),
            (meeting.next_call, "check-in call"),
        ):
            if on and on >= today:
                found[meeting.cluster_id].append(Coming(on, what))
    return found
