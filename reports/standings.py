"""Where alliances stand, side by side; as many queries for a hundred as for one."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from alliances.models import Alliance
from enquiries.models import Cycle, Enquiry, Meeting
from impact.models import DataTest
from impact.strength import levels
from reports.concerns import Worry, worry_about
from reports.digests import Counted, counted_of
from reports.facts import (
    Call,
    Look,
    Voice,
    calls_of,
    high_risks,
    led,
    looked_at,
    lost,
    voices_of,
)
from reports.momentum import Momentum, momentum_of

PHASES = (Cycle.Phase.IMPLEMENTATION, Cycle.Phase.INNOVATION, Cycle.Phase.IMPACT)
STEP = 34


@dataclass(frozen=True)
class Coming:
    """The next date that concerns an alliance."""

    on: date
    what: str


@dataclass(frozen=True)
class Claimed:
    """What an alliance itself claims: how much of it has evidence, and how strong the best is."""

    claims: int
    backed: int
    signed: int
    strongest: str

    @property
    def sentence(self) -> str:
        if not self.claims:
            return "Nothing claimed yet"
        counted = "1 claim" if self.claims == 1 else f"{self.claims} claims"
        best = f", at best {self.strongest.lower()}" if self.strongest else ""
        return f"{counted}, {self.backed} with evidence{best}; {self.signed} signed off"


@dataclass(frozen=True)
class Standing:
    """Everything a facilitator compares of one enquiry, and why to look at it."""

    enquiry: Enquiry
    momentum: Momentum
    tested: int
    passed: int
    claimed: Claimed
    voice: Voice | None
    risks: int
    call: Call | None
    coming: Coming | None
    worry: Worry

    @property
    def steps(self) -> list[dict]:
        """The three phases as steps of a drawing, those reached marked."""
        order = [*PHASES, Cycle.Phase.ENDED]
        at = order.index(self.enquiry.phase) if self.enquiry.phase else -1
        return [{"x": place * STEP, "is_reached": place <= at} for place in range(len(PHASES))]


def standings_of(alliances: QuerySet[Alliance], today: date) -> list[Standing]:
    """The alliances' enquiries, those that most need attention first, then by name."""
    enquiries = list(looked_at(alliances))
    facts = _Facts(enquiries, today)
    found = [_standing(enquiry, facts, today) for enquiry in enquiries]
    return sorted(found, key=lambda s: (-s.worry.weight, s.enquiry.alliance.name))


class _Facts:
    """What is read of all of them at once."""

    def __init__(self, enquiries: list[Enquiry], today: date):
        pks = [enquiry.pk for enquiry in enquiries]
        alliances = {enquiry.alliance_id for enquiry in enquiries}
        clusters = {enquiry.alliance.cluster_id for enquiry in enquiries}
        self.momentum = momentum_of(pks, today)
        self.tested, self.passed = _tests(pks)
        self.claimed = {pk: _claimed(each) for pk, each in counted_of(pks).items()}
        self.voices = voices_of(pks)
        self.risks = Counter(high_risks(pks))
        self.calls = calls_of(pks)
        self.led = set(led(alliances))
        self.lost = set(lost(alliances))
        self.dates = _dates(clusters, today)


def _standing(enquiry: Enquiry, facts: _Facts, today: date) -> Standing:
    call, voice = facts.calls.get(enquiry.pk), facts.voices.get(enquiry.pk)
    momentum, risks = facts.momentum[enquiry.pk], facts.risks[enquiry.pk]
    claimed = facts.claimed[enquiry.pk]
    look = Look(
        is_led=enquiry.alliance_id in facts.led,
        has_lost=enquiry.alliance_id in facts.lost,
        last=momentum.last_at,
        help_wanted=enquiry.help_wanted,
        has_baseline=enquiry.has_baseline,
        deadline=enquiry.deadline,
        schools_left=enquiry.schools_left,
        unbacked=claimed.claims - claimed.backed,
        risks=risks,
        call=call.status if call else "",
        disagreed=voice.disagreed if voice else 0,
    )
    return Standing(
        enquiry=enquiry,
        momentum=momentum,
        tested=facts.tested[enquiry.pk],
        passed=facts.passed[enquiry.pk],
        claimed=claimed,
        voice=voice,
        risks=risks,
        call=call,
        coming=_next(enquiry, facts.dates[enquiry.alliance.cluster_id], today),
        worry=worry_about(look.counts(today)),
    )


def _next(enquiry: Enquiry, dates: list[Coming], today: date) -> Coming | None:
    gate = enquiry.deadline
    own = [Coming(gate, "deadline of the gate")] if gate and gate >= today else []
    return min([*dates, *own], key=lambda coming: coming.on, default=None)


# ---- what is read --------------------------------------------------------------------------


def _tests(enquiries: list[int]) -> tuple[Counter, Counter]:
    """How many data sets of each enquiry were tested, and how many passed all three tests."""
    last = DataTest.objects.filter(enquiry__in=enquiries).order_by("measure_id", "-pk")
    tested, passed = Counter[int](), Counter[int]()
    for test in last.distinct("measure_id"):
        tested[test.enquiry_id] += 1
        outcomes = {test.is_valid, test.is_triangulated, test.is_reliable}
        passed[test.enquiry_id] += outcomes == {DataTest.Outcome.PASS.value}
    return tested, passed


def _claimed(counted: Counted) -> Claimed:
    return Claimed(
        claims=counted.claims,
        backed=counted.backed,
        signed=counted.signed,
        strongest=levels()[counted.strongest].title if counted.strongest else "",
    )


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
