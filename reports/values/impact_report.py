"""Where one alliance's enquiry stands on the way, or what it came to in the end."""

from dataclasses import dataclass

from reports.values.case_study import CaseStudy
from reports.values.parts import Pair


@dataclass(frozen=True)
class Relation:
    """How a claim of research bears on the focus, as the alliance sees it on a day."""

    claim: str
    relevance: str
    shapes_focus: str
    on: str


@dataclass(frozen=True)
class PlanLine:
    """How impact is to be judged at one level; ``data`` says which, and how they are collected."""

    level: str
    where: str
    respondents: str
    success: str
    milestone: str
    data: str


@dataclass(frozen=True)
class MeasuredLine:
    """How many measures a level has, and how many with a baseline and an outcome."""

    level: str
    measures: int
    baselines: int
    outcomes: int


@dataclass(frozen=True)
class DataSetLine:
    """A data set, with the outcome and the reasons of each of its three tests."""

    mark: str
    name: str
    validity: str
    triangulation: str
    reliability: str


@dataclass(frozen=True)
class Answered:
    """A filled form under its own heading: each question with its answer."""

    title: str
    answers: list[Pair]


@dataclass(frozen=True)
class AnswersTo:
    """Everything that was answered to one question, the oldest first."""

    question: str
    answers: list[str]


@dataclass(frozen=True, kw_only=True)
class ImpactReport(CaseStudy):
    """What a case study tells, with how the question, the data and the claims came about.

    ``leadership_answers`` are in the final one alone, as is everything of its section.
    """

    is_final: bool
    reasons: list[Pair]
    success_criteria: list[str]
    relations: list[Relation]
    plans: list[PlanLine]
    measured: list[MeasuredLine]
    syntheses: list[Answered]
    tested: list[DataSetLine]
    ethics: list[Pair]
    findings: str
    tracked: list[Answered]
    unexpected: list[str]
    leadership_answers: list[AnswersTo]
    sharing_plans: str
    learned: str
    review: list[Pair]
