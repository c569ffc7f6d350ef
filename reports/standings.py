"""Where alliances stand, side by side; as many queries for a hundred as for one."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from alliances.content import words
from alliances.models import Alliance, Assignment, Designation
from alliances.roles import Role
from enquiries.instruments import scale
from enquiries.models import CheckInCall, Cycle, Enquiry, Meeting, Response, Risk
from impact.claims.queries import Stated, claims_with_evidence
from impact.models import DataTest
from reports.concerns import Worry, worry_about
from reports.momentum import Momentum, momentum_of
from reports.queries import overview

OFF_TRACK, AT_RISK = "off-track", "at-risk"
HIGH = "high"
PHASES = (Cycle.Phase.IMPLEMENTATION, Cycle.Phase.INNOVATION, Cycle.Phase.IMPACT)
STEP, BAR = 34, 100


@dataclass(frozen=True)
class Voice:
    """What the last questionnaire said: how many statements at each point of the scale."""

    title: str
    on: date
    points: tuple[int, ...]

    @property
    def agreed(self) -> int:
        return sum(self.points[:2])

    @property
    def disagreed(self) -> int:
        return sum(self.points[-2:])

    @property
    def parts(self) -> list[dict]:
        """The bar's parts, a tenth of a per cent exact, in the order of the scale."""
        total, x, found = sum(self.points) or 1, 0.0, []
        for place, count in enumerate(self.points, 1):
            width = round(BAR * count / total, 1)
            found.append({"place": place, "x": round(x, 1), "width": width})
            x += width
        return [part for part in found if part["width"]]


@dataclass(frozen=True)
class Call:
    """The last check-in call: its status as a code and in words."""

    status: str
    words: str
    on: date


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
    cycles = Cycle.objects.filter(enquiry=OuterRef("pk")).order_by("-position")
    enquiries = list(overview(alliances).annotate(deadline=Subquery(cycles.values("deadline")[:1])))
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
        self.claimed = _claimed(pks)
        self.voices = _voices(pks)
        self.risks = Counter(_high_risks(pks))
        self.calls = _calls(pks)
        self.led = set(_led(alliances))
        self.lost = set(_lost(alliances))
        self.dates = _dates(clusters, today)


def _standing(enquiry: Enquiry, facts: _Facts, today: date) -> Standing:
    call, voice = facts.calls.get(enquiry.pk), facts.voices.get(enquiry.pk)
    momentum, risks = facts.momentum[enquiry.pk], facts.risks[enquiry.pk]
    last, deadline = momentum.last_at, enquiry.deadline
    claimed = facts.claimed[enquiry.pk]
    counts = {
        "look-help": enquiry.help_wanted,
        "look-off-track": int(call is not None and call.status == OFF_TRACK),
        "look-at-risk": int(call is not None and call.status == AT_RISK),
        "look-lead": int(enquiry.alliance_id not in facts.led),
        "look-designation": int(enquiry.alliance_id in facts.lost),
        "look-quiet": (today - timezone.localdate(last)).days if last else 0,
        "look-never": int(last is None),
        "look-baseline": int(not enquiry.has_baseline),
        "look-deadline": (today - deadline).days if deadline else 0,
        "look-schools": enquiry.schools_left,
        "look-claims": claimed.claims - claimed.backed,
        "look-risks": risks,
        "look-disagrees": voice.disagreed if voice else 0,
    }
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
        worry=worry_about(counts),
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


def _claimed(enquiries: list[int]) -> dict[int, Claimed]:
    own: dict[int, list[Stated]] = {pk: [] for pk in enquiries}
    for stated in claims_with_evidence(enquiries, saved_by__isnull=False):
        own[stated.claim.enquiry_id].append(stated)
    return {pk: _summed(claims) for pk, claims in own.items()}


def _summed(claims: list[Stated]) -> Claimed:
    rated = [each.degree for each in claims if each.degree and each.has_evidence]
    best = max(rated, key=lambda degree: degree.number, default=None)
    return Claimed(
        claims=len(claims),
        backed=sum(each.has_evidence for each in claims),
        signed=sum(each.is_signed for each in claims),
        strongest=best.title if best else "",
    )


def _voices(enquiries: list[int]) -> dict[int, Voice]:
    titles, points = words("enquiries", "instruments"), [code for code, _ in scale()]
    last = Response.objects.filter(enquiry__in=enquiries).order_by("enquiry_id", "-pk")
    found = {}
    for response in last.distinct("enquiry_id").prefetch_related("answers"):
        chosen = Counter(answer.value for answer in response.answers.all())
        found[response.enquiry_id] = Voice(
            titles[response.instrument].title,
            timezone.localdate(response.saved_at),
            tuple(chosen[point] for point in points),
        )
    return found


def _high_risks(enquiries: list[int]) -> Iterable[int]:
    high = Risk.objects.filter(enquiry__in=enquiries, likelihood=HIGH, effect=HIGH)
    return high.values_list("enquiry", flat=True)


def _calls(enquiries: list[int]) -> dict[int, Call]:
    titles = words("enquiries", "call-status")
    last = CheckInCall.objects.filter(enquiry__in=enquiries)
    return {
        call.enquiry_id: Call(call.status, titles[call.status].title, call.held_on)
        for call in last.order_by("enquiry_id", "-held_on", "-pk").distinct("enquiry_id")
    }


def _led(alliances: set[int]) -> Iterable[int]:
    held = Assignment.objects.current().filter(role=Role.PROJECT_LEAD, user__is_active=True)
    return held.filter(alliance__in=alliances).values_list("alliance", flat=True)


def _lost(alliances: set[int]) -> list[int]:
    """Those whose last step was the loss of their designation."""
    latest_first = Designation.objects.order_by("alliance_id", "-since", "-pk")
    steps = latest_first.filter(alliance__in=alliances).distinct("alliance_id")
    return [step.alliance_id for step in steps if step.status == Designation.Status.LOST]


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
