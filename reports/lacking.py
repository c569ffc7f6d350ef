"""What the records of an enquiry alone say it lacks: kept with its counts.

What depends on the day or on who asks is worked out where it is read (`reports/due.py`).
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime
from enum import StrEnum

from django.db.models import Max
from django.urls import reverse

from enquiries.models import Cycle, Enquiry, Response
from enquiries.queries import current_cycle, last_leadership
from enquiries.sheets import sheet_called
from impact.claims.queries import Stated, judged_claims
from impact.gates import gate_of
from impact.models import Reading


class Kind(StrEnum):
    """Kinds of what is due, by their codes in content/weekly.toml, where each has its title."""

    HELP = "due-help"
    DRAFT = "due-draft"
    AGREE = "due-agree"
    CHANGE = "due-change"
    FINDING = "due-finding"
    GATE = "due-gate"
    BASELINE = "due-baseline"
    CLAIM = "due-claim"
    QUESTIONNAIRE = "due-questionnaire"
    TRIAL = "due-trial"
    LEADERSHIP = "due-leadership"
    MEETING = "due-meeting"
    MATCHED = "due-matched"
    CASE_STUDY = "due-case-study"


@dataclass(frozen=True)
class Lack:
    """One thing that is not there: of which kind, what, the words of its link, where, by when."""

    kind: str
    text: str
    action: str
    url: str
    by: str = ""


@dataclass(frozen=True)
class Lacking:
    """As JSON keeps it: days and moments are texts, empty where there is none.

    ``missing`` are the fields of each Lack. ``tried_on`` is the day of the last trial of the cycle
    under way, ``logged_at`` when a person last logged leadership; both empty without a cycle.
    """

    missing: list[dict[str, str]]
    is_in_cycle: bool
    tried_on: str = ""
    logged_at: str = ""

    @property
    def lacks(self) -> list[Lack]:
        return [Lack(**each) for each in self.missing]

    @property
    def last_trial(self) -> date | None:
        return date.fromisoformat(self.tried_on) if self.tried_on else None

    @property
    def last_log(self) -> datetime | None:
        return datetime.fromisoformat(self.logged_at) if self.logged_at else None


def lacking_of(enquiry: Enquiry) -> Lacking:
    """Read anew from all records of one enquiry, in some thirty queries."""
    cycle = current_cycle(enquiry)
    missing = [asdict(lack) for lack in _missing(enquiry, cycle)]
    if cycle is None:
        return Lacking(missing, is_in_cycle=False)
    tried_on = cycle.trials.aggregate(last=Max("held_on"))["last"]
    logged_at = last_leadership(enquiry)
    return Lacking(
        missing,
        is_in_cycle=True,
        tried_on=tried_on.isoformat() if tried_on else "",
        logged_at=logged_at.isoformat() if logged_at else "",
    )


def _missing(enquiry: Enquiry, cycle: Cycle | None) -> Iterator[Lack]:
    if cycle is None:
        start = reverse("cycle-new", args=[enquiry.pk])
        yield Lack(Kind.GATE, "Start a cycle", "Start one", start)
        return
    judged = judged_claims(enquiry)
    yield from _of_the_gate(cycle, judged)
    yield from _baselines(enquiry, cycle)
    yield from _claims(enquiry, judged)
    yield from _questionnaire(enquiry, cycle)


def _of_the_gate(cycle: Cycle, judged: list[Stated]) -> Iterator[Lack]:
    """What the next gate asks for and is not there."""
    gate = gate_of(cycle, judged)
    by = cycle.deadline.isoformat() if cycle.deadline else ""
    for condition in gate.conditions if gate else []:
        if not condition.is_met:
            # It is worded as it will be once it is met.
            text = f"For the next gate: {condition.text}"
            yield Lack(Kind.GATE, text, "Do it", condition.url, by)


def _baselines(enquiry: Enquiry, cycle: Cycle) -> Iterator[Lack]:
    """Measures of which nothing was read yet; the first gate asks for those about pupils itself."""
    read = Reading.objects.filter(enquiry=enquiry)
    unread = enquiry.measures.exclude(pk__in=read.values("measure"))
    if cycle.phase == Cycle.Phase.IMPLEMENTATION:
        unread = unread.exclude(level="pupil")
    match list(unread.values_list("pk", flat=True)):
        case []:
            return
        case [only]:
            text = "A measure has no baseline yet"
            form = reverse("sheet-new", args=[enquiry.pk, "reading"])
            url = f"{form}?measure={only}&moment=baseline"
        case several:
            text = f"{len(several)} measures have no baseline yet"
            url = reverse("measures", args=[enquiry.pk])
    yield Lack(Kind.BASELINE, text, "Add it", url)


def _claims(enquiry: Enquiry, judged: list[Stated]) -> Iterator[Lack]:
    """Claims of cycles that are being judged, until they are signed off."""
    if waiting := [each for each in judged if not each.is_signed]:
        url = waiting[0].url if len(waiting) == 1 else reverse("claims", args=[enquiry.pk])
        yield Lack(Kind.CLAIM, "Sign off what you claim to have changed", "Read it", url)


def _questionnaire(enquiry: Enquiry, cycle: Cycle) -> Iterator[Lack]:
    """The questionnaire of the cycle's phase, until it is answered in that phase."""
    sheet = sheet_called(f"progress-{cycle.phase}")
    if sheet is None:
        return
    passed = cycle.passages.filter(entered=cycle.phase).last()
    entered = passed.passed_at if passed else cycle.logged_at
    answered = Response.objects.filter(cycle=cycle, **sheet.fixed, saved_at__gte=entered)
    if not answered.exists():
        url = reverse("sheet-new", args=[enquiry.pk, sheet.slug])
        phase = cycle.get_phase_display().lower()
        text = f"Answer the progress questionnaire of the {phase} phase"
        yield Lack(Kind.QUESTIONNAIRE, text, "Answer", url)
