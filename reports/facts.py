"""What is read of enquiries to say where they stand; as many queries for a hundred as for one."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from alliances.content import words
from alliances.models import Assignment, Designation
from alliances.roles import Role
from enquiries.instruments import scale
from enquiries.models import CheckInCall, Cycle, Enquiry, Response, Risk
from enquiries.queries import with_whereabouts
from impact.models import DataTest
from impact.queries import with_measures

OFF_TRACK, AT_RISK = "off-track", "at-risk"
HIGH = "high"
BAR = 100


@dataclass(frozen=True)
class Voice:
    """What the last questionnaire said: how many statements at each point of the scale."""

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
    """The last check-in call: the code of its status, empty where none was set."""

    status: str
    on: date

    @property
    def words(self) -> str:
        return words("enquiries", "call-status")[self.status].title if self.status else ""


@dataclass(frozen=True)
class Look:
    """What the rules of attention ask of an enquiry; ``call`` is the code of its last status."""

    is_led: bool
    has_lost: bool
    last: datetime | None
    help_wanted: int
    has_baseline: bool
    deadline: date | None
    schools_left: int
    unbacked: int
    risks: int
    call: str
    disagreed: int

    def counts(self, today: date) -> dict[str, int]:
        """Each rule's number by its code, on a day."""
        return {
            "look-help": self.help_wanted,
            "look-off-track": int(self.call == OFF_TRACK),
            "look-at-risk": int(self.call == AT_RISK),
            "look-lead": int(not self.is_led),
            "look-designation": int(self.has_lost),
            "look-quiet": (today - timezone.localdate(self.last)).days if self.last else 0,
            "look-never": int(self.last is None),
            "look-baseline": int(not self.has_baseline),
            "look-deadline": (today - self.deadline).days if self.deadline else 0,
            "look-schools": self.schools_left,
            "look-claims": self.unbacked,
            "look-risks": self.risks,
            "look-disagrees": self.disagreed,
        }


def looked_at(enquiries: Collection[int]) -> QuerySet[Enquiry]:
    """These enquiries as they are laid side by side, each with its ``deadline``, in one query."""
    cycles = Cycle.objects.filter(enquiry=OuterRef("pk")).order_by("-position")
    found = with_measures(with_whereabouts(Enquiry.objects.filter(pk__in=enquiries)))
    return found.defer("document").annotate(deadline=Subquery(cycles.values("deadline")[:1]))


def voices_of(enquiries: list[int]) -> dict[int, Voice]:
    points = [code for code, _ in scale()]
    last = Response.objects.filter(enquiry__in=enquiries).order_by("enquiry_id", "-pk")
    found = {}
    for response in last.distinct("enquiry_id").prefetch_related("answers"):
        chosen = Counter(answer.value for answer in response.answers.all())
        found[response.enquiry_id] = Voice(
            timezone.localdate(response.saved_at),
            tuple(chosen[point] for point in points),
        )
    return found


def high_risks(enquiries: list[int]) -> Iterable[int]:
    high = Risk.objects.filter(enquiry__in=enquiries, likelihood=HIGH, effect=HIGH)
    return high.values_list("enquiry", flat=True)


def calls_of(enquiries: list[int]) -> dict[int, Call]:
    last = CheckInCall.objects.filter(enquiry__in=enquiries)
    return {
        call.enquiry_id: Call(call.status, call.held_on)
        for call in last.order_by("enquiry_id", "-held_on", "-pk").distinct("enquiry_id")
    }


def tests_of(enquiries: list[int]) -> tuple[Counter, Counter]:
    """How many data sets of each enquiry were tested, and how many passed all three tests."""
    last = DataTest.objects.filter(enquiry__in=enquiries).order_by("measure_id", "-pk")
    tested, passed = Counter[int](), Counter[int]()
    for test in last.distinct("measure_id"):
        tested[test.enquiry_id] += 1
        outcomes = {test.is_valid, test.is_triangulated, test.is_reliable}
        passed[test.enquiry_id] += outcomes == {DataTest.Outcome.PASS.value}
    return tested, passed


def led(alliances: set[int]) -> Iterable[int]:
    held = Assignment.objects.current().filter(role=Role.PROJECT_LEAD, user__is_active=True)
    return held.filter(alliance__in=alliances).values_list("alliance", flat=True)


def lost(alliances: set[int]) -> list[int]:
    """Those whose last step was the loss of their designation."""
    latest_first = Designation.objects.order_by("alliance_id", "-since", "-pk")
    steps = latest_first.filter(alliance__in=alliances).distinct("alliance_id")
    return [step.alliance_id for step in steps if step.status == Designation.Status.LOST]
