"""The exact shape of the two files. An unknown key or a wrong type is a fault, never a guess."""

from typing import Annotated, Literal

from pydantic import Field, StrictBool, StrictInt

from impact.exchange.fields import (
    Count,
    Date,
    Label,
    Lines,
    Number,
    Short,
    Small,
    Str,
    Strict,
    Text,
)
from impact.exchange.sources import Cited, Sourced

LevelCode = Literal["pupil", "teacher", "school", "alliance"]
Phase = Literal["unknown", "nursery", "primary", "secondary", "special", "lower", "middle", "upper"]
InstrumentCode = Literal[
    "test",
    "teacher assessment",
    "questionnaire",
    "interview",
    "lesson observation",
    "attendance",
    "other",
]


# ---- one alliance's enquiry ----------------------------------------------------------------


class Printed(Strict):
    """Anything the file places in its printed document; null if it was logged on the site."""

    source_lines: Lines | None


class AllianceDoc(Printed):
    name: Short
    short_name: Annotated[Str, Field(max_length=100)]
    lead_school: Annotated[Str, Field(max_length=200)]
    region_or_area: Str
    context_summary: Str
    phases: list[Phase]
    n_schools_in_alliance: Count | None


class FundingDoc(Printed):
    amount_gbp: Count
    purpose: Text


class ProjectDoc(Printed):
    theme: Annotated[StrictInt, Field(ge=1, le=3)] | None
    title: Annotated[Str, Field(min_length=1, max_length=300)]
    focus: Text
    research_question: Text | None
    aims: list[Text]
    start: Date | None
    end: Date | None
    cohort: Annotated[StrictInt, Field(ge=1, le=3)] | None
    maturity_strands: list[Label]
    enquiry_methods: list[Short]
    partners: list[Short]
    funding: list[FundingDoc]


class SchoolDoc(Printed):
    name: Short
    phase: Phase
    role: Literal["lead", "participant", "left"]
    notes: Str


class DutyDoc(Printed):
    role: Text


class CycleDoc(Printed):
    order: Annotated[StrictInt, Field(ge=1)]
    label: Short
    period: Annotated[Str, Field(max_length=200)]
    what_was_tried: Text
    refinements: Str
    evidence_collected: list[Text]


class MeasureDoc(Printed):
    level: LevelCode
    name: Annotated[Str, Field(min_length=1, max_length=300)]
    instrument: InstrumentCode
    scale: Short | None
    population: Annotated[Str, Field(min_length=1, max_length=300)]
    group: Label | None
    n: Count | None
    baseline: Number | None
    baseline_date: Label | None
    outcome: Number | None
    outcome_date: Label | None
    unit: Annotated[Str, Field(min_length=1, max_length=50)] | None
    change: Number | None
    text_result: Text | None
    distribution: Label | None = None


class LeadershipDoc(Printed):
    skill_or_behaviour: Annotated[Str, Field(min_length=1, max_length=400)]
    reflection: Text


class ChallengeDoc(Printed):
    challenge: Text
    response: Str


class TextDoc(Printed):
    text: Text


class QuoteDoc(Printed):
    text: Text
    attribution: Short
    reported: StrictBool


class HeadingDoc(Printed):
    heading: Text
    level: Count


class TableDoc(Printed):
    title: Text
    columns: list[Text]
    n_rows: Count | None


class EnquiryDoc(Strict):
    """One file of demo/enquiries."""

    alliance: AllianceDoc
    project: ProjectDoc
    schools: list[SchoolDoc]
    people_roles: list[DutyDoc]
    cycles: list[CycleDoc]
    measures: list[MeasureDoc]
    leadership_learning: list[LeadershipDoc]
    challenges: list[ChallengeDoc]
    alliance_impact: list[TextDoc]
    dissemination: list[TextDoc]
    next_steps: list[TextDoc]
    quotes: list[QuoteDoc]
    document_outline: list[HeadingDoc]
    tables_and_figures: list[TableDoc]


# ---- the programme -------------------------------------------------------------------------


class Stated(Cited):
    value: Text
    note: Text | None = None


class Named(Stated):
    value: Short


class Labelled(Stated):
    value: Label


class Ended(Stated):
    value: Date


class Counted(Sourced):
    value: Count
    unit: Text


class ThemeCount(Sourced):
    theme: Annotated[StrictInt, Field(ge=1, le=3)] | Literal["1+2"]
    count: Count


class TeamDoc(Sourced):
    themes: list[StrictInt]
    partners: list[Text] = []
    leads_named: list[Text] = []
    member_role_title: Text | None = None
    note: Text | None = None


class TeamNames(Sourced):
    value: list[Text]


class CohortDoc(Sourced):
    cohort: Annotated[Small, Field(ge=1)]
    joined: Short
    theme3_invited: Date
    theme3_kick_start_workshop: Date
    typical_attenders: Short


class ClusterDoc(Sourced):
    theme: StrictInt | None = None
    themes: list[StrictInt] = []
    name: Text
    count: Count | None
    members_min: Count | None = None
    members_max: Count | None = None
    composition: Text | None = None
    grouping_reason: Text | None = None
    face_to_face: Text
    check_in_calls: Text | None = None
    facilitated_by: Text


class EventDoc(Sourced):
    name: Short
    count: Count | None = None
    date: Label
    content: Text | None = None


class PublicationDoc(Sourced):
    title: Text
    author: Text
    published: Text
    reference: Text | None = None
    isbn: Text | None = None
    licence: Text | None = None


class ContextFact(Cited):
    fact: Text
    value: Annotated[Str, Field(min_length=1, max_length=50)] | Count
    unit: Label | None = None


class Strand(Sourced):
    n: Count
    name: Text


class NumberedFact(Cited):
    value: Text
    number: Number | None = None
    unit: Label | None = None


class ProgrammeHead(Strict):
    title: Named
    country: Labelled
    commissioner: Named
    duration: Labelled
    ended: Ended
    alliances_funded: Counted
    theme_split_rule: Stated
    alliances_by_theme: list[ThemeCount]
    origin: Stated
    purpose: list[Stated]
    national_teams: list[TeamDoc]
    themes_1_2_extra_team_names: TeamNames
    cohorts: list[CohortDoc]
    cohort_notes: list[Stated]
    clusters: list[ClusterDoc]
    national_events: list[EventDoc]
    reports: list[PublicationDoc]
    context_facts: list[ContextFact]
    big_six: list[Strand]
    funding_facts: list[NumberedFact]
    project_size_facts: list[NumberedFact]


class ExampleValue(Strict):
    measure: Text
    value: Number
    unit: Text | None = None


class ExampleDoc(Cited):
    intervention: Text
    impact: Text
    values: list[ExampleValue]
    likely_alliance: Text | None
    match_basis: Text | None


class AreaDoc(Sourced):
    area: Label
    projects: Small
    examples: list[ExampleDoc]


class ReportedImpact(Cited):
    level: LevelCode
    statement: Text
    value: Number | None
    unit: Annotated[Str, Field(min_length=1, max_length=50)] | None


class LessonDoc(Cited):
    statement: Text


class ListedAlliance(Sourced):
    key: Annotated[Str, Field(pattern=r"^[a-z0-9-]{1,60}$")]
    name: Short
    aliases: list[Short]
    theme: Annotated[StrictInt, Field(ge=1, le=3)] | None
    theme_basis: Text | None
    theme_hint: Text | None
    cohort: Annotated[StrictInt, Field(ge=1, le=3)] | None
    cohort_hint: Text | None
    lead_school: Short | None
    lead_school_role: Text | None
    region: Label | None
    region_hint: Text | None
    project_focus: Text
    research_question: Text | None
    enquiry_methods: list[Text]
    scale: Text | None
    reported_impact: list[ReportedImpact]
    lessons: list[LessonDoc]
    key_messages_cited: list[Annotated[StrictInt, Field(ge=1, le=13)]]
    key_messages_note: Text | None
    research_claims: list[Text]
    maturity_strands: list[Label]
    hei_partner: Text | None
    other_partner: Text | None
    outputs: list[Text]
    link: Annotated[Str, Field(pattern=r"^https?://", max_length=300)] | None
    source_conflict: Text | None


class OtherPartnership(Sourced):
    name: Text
    kind: Text
    in_programme: StrictBool
    facts: Text
    hei_partner: Text | None = None


class RelatedProject(Sourced):
    name: Text
    facts: list[NumberedFact]


class Meta(Strict):
    compiled_from: list[Text]
    wording: Text
    note: Text


class ProgrammeDoc(Strict):
    """The file demo/programme.json."""

    meta: Meta
    programme: ProgrammeHead
    impact_examples_table1: list[AreaDoc]
    alliances: list[ListedAlliance]
    other_partnerships: list[OtherPartnership]
    related_projects: list[RelatedProject]
