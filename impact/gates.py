"""The gates between the phases of a cycle: what is there, what is missing, and where to mend it."""

from dataclasses import dataclass

from django.urls import reverse

from alliances.content import words
from alliances.models import Route
from enquiries.models import (
    Cycle,
    Ethics,
    ImpactOverview,
    MeetingOverview,
    MeetingPart,
    MethodChoice,
    Question,
    Synthesis,
)
from enquiries.queries import enough_have_tried
from impact.claims.queries import Stated, judged_claims
from impact.queries import (
    has_student_plan,
    student_measures_without_baseline,
    untested_data_sets,
)


@dataclass(frozen=True)
class Condition:
    """One thing a gate asks for, whether it is there, and the page where it is put right."""

    text: str
    is_met: bool
    url: str


@dataclass(frozen=True)
class Gate:
    """The way out of a cycle's present phase; a cycle that has ended has none."""

    leaves: Cycle.Phase
    enters: Cycle.Phase
    conditions: list[Condition]

    @property
    def missing(self) -> list[str]:
        """The words of what is not there yet."""
        return [condition.text for condition in self.conditions if not condition.is_met]


NEXT = {
    Cycle.Phase.IMPLEMENTATION: Cycle.Phase.INNOVATION,
    Cycle.Phase.INNOVATION: Cycle.Phase.IMPACT,
    Cycle.Phase.IMPACT: Cycle.Phase.ENDED,
}


def gate_of(cycle: Cycle, judged: list[Stated] | None = None) -> Gate | None:
    """The gate a cycle stands before; None once it has ended.

    ``judged`` are the ``judged_claims`` of its enquiry, where they have been read already.
    """
    match phase := Cycle.Phase(cycle.phase):
        case Cycle.Phase.IMPLEMENTATION:
            conditions = _implementation(cycle)
        case Cycle.Phase.INNOVATION:
            conditions = _innovation(cycle)
        case Cycle.Phase.IMPACT:
            claims = judged_claims(cycle.enquiry) if judged is None else judged
            conditions = _impact(cycle, claims)
        case _:
            return None
    return Gate(phase, NEXT[phase], conditions)


def _implementation(cycle: Cycle) -> list[Condition]:
    enquiry = cycle.enquiry
    question = Question.objects.filter(enquiry=enquiry).first()
    tests = set(words("enquiries", "question-tests"))
    ethics = Ethics.objects.filter(enquiry=enquiry, right_to_withdraw=True)
    has_pupil_measure = enquiry.measures.filter(level="pupil").exists()
    return [
        Condition(
            "The collective question of enquiry is stated",
            bool(enquiry.question),
            reverse("enquiry-edit", args=[enquiry.pk]),
        ),
        Condition(
            "The question passes its six tests",
            question is not None and set(question.tests) == tests,
            _sheet(cycle, "question"),
        ),
        Condition(
            "A method is chosen, with the reason why it suits",
            MethodChoice.objects.filter(enquiry=enquiry, cycle=cycle).exists(),
            _sheet(cycle, "method"),
        ),
        Condition(
            "Impact on students is planned for",
            has_student_plan(enquiry),
            _sheet(cycle, "impact-plan"),
        ),
        Condition(
            "Something about pupils is measured",
            has_pupil_measure,
            reverse("sheet-new", args=[enquiry.pk, "measure"]),
        ),
        Condition(
            "Every measure about pupils has a baseline dated before the first trial",
            has_pupil_measure and not student_measures_without_baseline(enquiry),
            reverse("measures", args=[enquiry.pk]),
        ),
        Condition("The ethics checklist is complete", ethics.exists(), _sheet(cycle, "ethics")),
    ]


def _innovation(cycle: Cycle) -> list[Condition]:
    here = {"enquiry": cycle.enquiry, "cycle": cycle}
    return [
        Condition(
            "At least two people have noted their trials",
            enough_have_tried(cycle),
            reverse("sheet-new", args=[cycle.enquiry_id, "trial"]),
        ),
        Condition(
            "A group overview with its next steps is kept",
            MeetingOverview.objects.filter(**here).exists(),
            _sheet(cycle, "meeting-overview"),
        ),
        Condition(
            "The trials are drawn together in a synthesis",
            Synthesis.objects.filter(**here).exists(),
            _sheet(cycle, "synthesis"),
        ),
    ]


def _impact(cycle: Cycle, claims: list[Stated]) -> list[Condition]:
    own = [each for each in claims if each.claim.cycle_id == cycle.pk]
    overview = ImpactOverview.objects.filter(enquiry=cycle.enquiry, cycle=cycle)
    return [
        Condition(
            "The outcomes of each school are written down",
            overview.exists(),
            _sheet(cycle, "impact-overview"),
        ),
        Condition(
            "Every data set has been tested for validity, triangulation and reliability",
            not untested_data_sets(cycle.enquiry),
            _sheet(cycle, "data-test"),
        ),
        Condition(
            "Every claim of this cycle has evidence behind it",
            all(each.has_evidence for each in own),
            reverse("claims", args=[cycle.enquiry_id]),
        ),
        *_agreed_with_the_cluster(cycle),
    ]


def _agreed_with_the_cluster(cycle: Cycle) -> list[Condition]:
    """What an enquiry on the cluster route needs of its cluster's meeting to close a cycle."""
    enquiry = cycle.enquiry
    if enquiry.route != Route.CLUSTER or enquiry.alliance.cluster_id is None:
        return []
    agreed = MeetingPart.objects.filter(enquiry=enquiry, cycle=cycle).exclude(next_focus="")
    text = "The cluster has agreed the next cycle’s focus at its meeting"
    return [Condition(text, agreed.exists(), _sheet(cycle, "cluster-meeting"))]


def _sheet(cycle: Cycle, slug: str) -> str:
    return reverse("sheet", args=[cycle.enquiry_id, slug])
