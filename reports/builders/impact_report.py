"""The impact report of an enquiry, interim and final (F32), from the forms that feed it."""

from typing import Any, TypeVar

from django.db.models import Q
from django.utils.formats import date_format

from alliances.content import words
from alliances.forms import wording_of
from enquiries.models import (
    ClaimReflection,
    Cycle,
    Enquiry,
    Ethics,
    ImpactTracking,
    LeadershipEntry,
    Question,
    ReportingReview,
    Response,
    SheetRecord,
    Synthesis,
)
from enquiries.sheets.logs import PASSAGES
from impact.disclosure import Ledger
from impact.models import Claim, DataTest, ImpactPlan
from impact.values import Symbol
from reports.builders.answers import answers_of
from reports.builders.case_study import build_case_study
from reports.values import (
    Answered,
    AnswersTo,
    CaseStudy,
    DataSetLine,
    ImpactReport,
    MeasuredLine,
    MeasureLine,
    PlanLine,
    Relation,
)

Record = TypeVar("Record", bound=SheetRecord)
NOT_COLLECTED = f"[{Symbol.NOT_COLLECTED}]"


def build_impact_report(
    enquiry: Enquiry, *, is_final: bool, ledger: Ledger | None = None
) -> ImpactReport:
    """What has been logged, in the order of an impact report; nobody is named.

    Small numbers are withheld as they are in a case study.
    """
    study = build_case_study(enquiry, ledger=ledger)
    question = _last(Question, enquiry)
    said = _last(Response, enquiry, instrument="progress-impact")
    return ImpactReport(
        **vars(study) if is_final else vars(study) | {"leadership": [], "quotations": []},
        is_final=is_final,
        reasons=answers_of("question", question, but=["tests", "success_criteria"]),
        success_criteria=question.success_criteria.splitlines() if question else [],
        relations=[_relation(each) for each in ClaimReflection.objects.filter(enquiry=enquiry)],
        plans=_plans(enquiry),
        measured=_measured(study),
        syntheses=_syntheses(enquiry),
        tested=_tested(enquiry, study),
        ethics=answers_of("ethics", _last(Ethics, enquiry), but=["owner"]),
        findings=_said(said, "pq-impact-words-1"),
        tracked=_tracked(enquiry),
        unexpected=_unexpected(enquiry, study),
        leadership_answers=_leadership(enquiry) if is_final else [],
        sharing_plans=_said(said, "pq-impact-words-2"),
        learned=_said(said, "pq-impact-words-3"),
        review=answers_of("review", _last(ReportingReview, enquiry)),
    )


def _last(model: type[Record], enquiry: Enquiry, **having: Any) -> Record | None:
    """The form as it was filled in last, if it was."""
    return model.objects.filter(enquiry=enquiry, **having).order_by("pk").last()


def _said(response: Response | None, item: str) -> str:
    return response.value_of(f"answer.{item}") if response else ""


def _relation(reflection: ClaimReflection) -> Relation:
    claim = words("enquiries", "claims")[reflection.claim]
    return Relation(
        claim=f"{claim.title}: {claim.text}",
        relevance=reflection.get_relevance_display(),
        shapes_focus=reflection.shapes_focus,
        on=date_format(reflection.held_on or reflection.saved_at, "j F Y"),
    )


# ---- how it is measured --------------------------------------------------------------------


def _plans(enquiry: Enquiry) -> list[PlanLine]:
    """How many were to be asked is left out: of a small group it could be counted back."""
    types, ways = words("impact", "data-types"), words("impact", "collection")
    plans = ImpactPlan.objects.filter(enquiry=enquiry).select_related("participation__school")
    return [
        PlanLine(
            level=plan.get_level_display(),
            where=str(plan.participation.school) if plan.participation else "The whole alliance",
            respondents=plan.respondents,
            success=plan.success_measure,
            milestone=date_format(plan.milestone_on, "j F Y"),
            data=f"{types[plan.data_type].title}: {ways[plan.collection].title.lower()}",
        )
        for plan in plans
    ]


def _measured(study: CaseStudy) -> list[MeasuredLine]:
    return [
        MeasuredLine(
            level=table.title,
            measures=len(table.lines),
            baselines=sum(_is_taken(line, line.baseline, 1) for line in table.lines),
            outcomes=sum(_is_taken(line, line.outcome or line.words, -2) for line in table.lines),
        )
        for table in study.measures
    ]


def _is_taken(line: MeasureLine, figure: str, column: int) -> bool:
    """Whether there is a figure, or a count in the column of its distribution."""
    return figure not in ("", NOT_COLLECTED) or any(row[column] for row in line.categories)


def _tested(enquiry: Enquiry, study: CaseStudy) -> list[DataSetLine]:
    """The last tests of every data set that was put to them."""
    marks = {line.id: line.mark for table in study.measures for line in table.lines}
    tests = DataTest.objects.filter(enquiry=enquiry, measure__withdrawn="").order_by("pk")
    last = {test.measure_id: test for test in tests.select_related("measure__group")}
    return [
        DataSetLine(
            mark=marks[pk],
            name=test.measure.about,
            validity=_outcome(test.get_is_valid_display(), test.validity),
            triangulation=_outcome(test.get_is_triangulated_display(), test.triangulation),
            reliability=_outcome(test.get_is_reliable_display(), test.reliability),
        )
        for pk, test in sorted(last.items(), key=lambda item: item[1].measure.position)
    ]


def _outcome(outcome: str, reason: str) -> str:
    return f"{outcome}: {reason}"


# ---- what was done and learnt --------------------------------------------------------------


def _syntheses(enquiry: Enquiry) -> list[Answered]:
    found = Synthesis.objects.filter(enquiry=enquiry).select_related("cycle", "enquiry")
    ordered = found.order_by("cycle__position", "pk")
    return [Answered(_of_cycle(each.cycle), answers_of("synthesis", each)) for each in ordered]


def _of_cycle(cycle: Cycle | None) -> str:
    return f"What the group made of it: {cycle.label}" if cycle else "What the group made of it"


def _tracked(enquiry: Enquiry) -> list[Answered]:
    found = ImpactTracking.objects.filter(enquiry=enquiry).select_related("enquiry")
    return [
        Answered(f"A change of practice that was followed ({number})", answers_of("tracking", each))
        for number, each in enumerate(found, 1)
    ]


def _unexpected(enquiry: Enquiry, study: CaseStudy) -> list[str]:
    """The claims that nobody looked for, and those that found nothing or the worse."""
    flagged = Claim.objects.filter(
        Q(is_unexpected=True) | Q(is_negative=True), enquiry=enquiry
    ).values_list("position", flat=True)
    marks = {f"C{position}" for position in flagged}
    told = (line for line in study.rests_on if line.mark in marks)
    return [f"{line.statement} [{line.mark}]" for line in told]


def _leadership(enquiry: Enquiry) -> list[AnswersTo]:
    """The questions of the leadership log that are not told elsewhere, with all their answers."""
    asked = wording_of("enquiries", "leadership")["fields"]
    entries = list(LeadershipEntry.objects.filter(enquiry=enquiry))
    answers = {
        name: [getattr(entry, name) for entry in entries if getattr(entry, name)]
        for name in PASSAGES
        if name != "reflection"
    }
    return [AnswersTo(asked[name]["label"], told) for name, told in answers.items() if told]
