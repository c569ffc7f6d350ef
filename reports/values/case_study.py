"""One alliance's enquiry, told from context to next steps."""

from dataclasses import dataclass, field

from reports.charts.values import Chart
from reports.values.parts import ClaimLine, EvidenceLine, MeasureTable, Pair


@dataclass(frozen=True)
class TrialNote:
    on: str
    strategy: str
    with_whom: str
    done: str
    experienced: str
    reflection: str
    recommendation: str


@dataclass(frozen=True)
class CycleAccount:
    label: str
    period: str
    phase: str
    tried: str
    refinements: str
    evidence: list[str]
    trials: list[TrialNote]


@dataclass(frozen=True)
class SchoolLine:
    name: str
    phase: str
    part: str
    notes: str


@dataclass(frozen=True)
class CaseStudy:
    """One alliance's enquiry from context to next steps."""

    service: str
    agency: str
    programme: str
    alliance: str
    other_names: list[str]
    title: str
    theme: str
    theme_title: str
    cohort: str
    lead_school: str
    area: str
    context: str
    school_count: str
    period: str
    focus: str
    question: str
    aims: list[str]
    strands: list[str]
    methods: list[str]
    partners: list[str]
    grants: list[str]
    schools: list[SchoolLine]
    duties: list[str]
    cycles: list[CycleAccount]
    charts: list[Chart]
    measures: list[MeasureTable]
    claims: list[Pair]
    alliance_impact: list[str]
    leadership: list[Pair]
    challenges: list[Pair]
    sharing: list[str]
    next_steps: list[str]
    quotations: list[Pair]
    lessons: list[str]
    key_messages: list[Pair]
    research_claims: list[Pair]
    interventions: list[str]
    sources: list[str]
    symbols: list[Pair]
    threshold: int
    stated: list[str] = field(default_factory=list)
    rests_on: list[ClaimLine] = field(default_factory=list)
    evidence: list[EvidenceLine] = field(default_factory=list)
    strength: list[Chart] = field(default_factory=list)
