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
    mark: str = ""


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
class Photo:
    """A photo under its mark; ``jpeg`` are its bytes in base 64."""

    mark: str
    caption: str
    jpeg: str


@dataclass(frozen=True)
class ToldSection:
    """A section in its writers' words, and what they chose to show after them.

    Where they end with a mark, as [Q2], the texts of ``claims``, ``entries`` and voices lead to it.
    ``tables`` names those of the whole account that stand here: schools, cycles, challenges.
    """

    key: str
    title: str
    paragraphs: list[str]
    charts: list[Chart]
    measures: list[MeasureTable]
    claims: list[str]
    trials: list[TrialNote]
    entries: list[Pair]
    quotations: list[Pair]
    photos: list[Photo]
    tables: list[str]

    @property
    def is_told(self) -> bool:
        """Whether there is anything to read in it."""
        shown = (self.measures, self.claims, self.trials, self.entries, self.quotations)
        return any((self.paragraphs, *shown, self.photos, self.tables))


@dataclass(frozen=True)
class CaseStudy:
    """One alliance's enquiry from context to next steps.

    Where it is ``told`` in its writers' words, it holds nothing that they neither show nor cite.
    """

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
    summary: list[str] = field(default_factory=list)
    phases: list[str] = field(default_factory=list)
    told: list[ToldSection] = field(default_factory=list)
