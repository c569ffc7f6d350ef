"""What a report says, as plain values: frozen as JSON, and all that a template is given."""

from dataclasses import dataclass, field

from enquiries.sheets.movement import Movement
from reports.charts.values import Chart


@dataclass(frozen=True)
class MeasureLine:
    """A row of a table of measures; figures are ready to print, ``verdict`` may be empty.

    ``categories`` are rows of a distribution: label, a figure for each of ``moments``, note.
    """

    id: int
    name: str
    who: str
    how: str
    baseline: str
    baseline_when: str
    outcome: str
    outcome_when: str
    change: str
    n: str
    verdict: str
    words: str
    categories: list[list[str]] = field(default_factory=list)
    moments: list[str] = field(default_factory=list)
    readings: list[str] = field(default_factory=list)
    mark: str = ""


@dataclass(frozen=True)
class MeasureTable:
    """The measures of one level (pupils, teachers, schools, alliance)."""

    level: str
    title: str
    lines: list[MeasureLine]


@dataclass(frozen=True)
class Pair:
    """Two things said together: a challenge and its response, a behaviour and a reflection."""

    first: str
    second: str


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
class ClaimLine:
    """A claim in the list of what claims rest on; ``marks`` name its evidence, as [M2] does.

    Without any, nothing is linked. ``state`` says where it is printed or who signed it off.
    """

    mark: str
    statement: str
    marks: list[str]
    strength: str
    state: str


@dataclass(frozen=True)
class EvidenceLine:
    """A piece of evidence under its mark; ``note`` says what is to be known of its quality."""

    mark: str
    kind: str
    text: str
    note: str


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


@dataclass(frozen=True)
class AllianceLine:
    """A row of the national table."""

    name: str
    theme: str
    cohort: str
    region: str
    cluster: str
    title: str
    focus: str
    question: str
    phase: str
    measures: int
    baselines: int
    messages: list[str]


@dataclass(frozen=True)
class Example:
    """A stated impact with the alliance that states it and where it is printed.

    ``mark`` names it within its alliance's enquiry; ``evidence`` says what stands behind it.
    """

    alliance: str
    statement: str
    figure: str
    source: str
    mark: str = ""
    evidence: str = ""


@dataclass(frozen=True)
class LevelOfImpact:
    level: str
    title: str
    examples: list[Example]


@dataclass(frozen=True)
class AreaOfFocus:
    area: str
    projects: int
    examples: list[Pair]


@dataclass(frozen=True)
class Message:
    """A key message and the alliances cited for it."""

    code: str
    number: int
    title: str
    text: str
    level: str
    alliances: list[str]


@dataclass(frozen=True)
class National:
    """A report across a selection of a programme's alliances."""

    service: str
    agency: str
    programme: str
    commissioner: str
    country: str
    about: str
    figures: list[Pair]
    purposes: list[str]
    cohorts: list[Pair]
    events: list[Pair]
    alliances: list[AllianceLine]
    charts: list[Chart]
    levels: list[LevelOfImpact]
    areas: list[AreaOfFocus]
    messages: list[Message]
    behaviours: list[Pair]
    reflections: list[Pair]
    challenges: list[Pair]
    facts: list[Pair]
    publications: list[Pair]
    symbols: list[Pair]
    threshold: int


@dataclass(frozen=True)
class Asked:
    """A question of a form on paper. ``answer`` is empty where there is none yet.

    ``room`` is what a blank one leaves for it: lines, line, date or options.
    """

    label: str
    hint: str
    answer: str
    room: str
    options: list[str]


@dataclass(frozen=True)
class AskedTable:
    """Questions in a table; a row begins with what it is about. Blank ones have empty cells."""

    headings: list[str]
    rows: list[list[str]]


@dataclass(frozen=True)
class Guidance:
    """What stands beside a form's questions; without lines, ``otherwise`` says so."""

    title: str
    lines: list[str]
    otherwise: str


@dataclass(frozen=True)
class ProfileLine:
    """A strand with the titles of its levels then and now, each empty where it was not judged."""

    strand: str
    dimension: str
    then: str
    now: str
    is_priority: bool


@dataclass(frozen=True)
class Profile:
    """An alliance's maturity on one day or two; without an earlier one ``then`` is empty.

    ``steps`` are all levels from the first to the last; ``sentence`` is what the picture says.
    """

    then: str
    now: str
    steps: list[str]
    lines: list[ProfileLine]
    sentence: str


@dataclass(frozen=True)
class AttachedOnPaper:
    """A file attached to a form; ``photo`` is the key of one that has a thumbnail, else empty."""

    caption: str
    about: str
    photo: str


@dataclass(frozen=True)
class FormOnPaper:
    """A form of the method, blank or filled, as far as its reader may see it.

    ``about`` says whose it is; of a blank form, what has to be written in. ``grid`` holds what has
    been placed on the form's grid up to this record; that of a blank form is empty. ``agreed``
    are words of the facilitator that the alliance has agreed to.
    """

    service: str
    agency: str
    code: str
    title: str
    intro: str
    filling: str
    is_blank: bool
    about: list[Pair]
    guidance: list[Guidance]
    note: str
    above: list[Asked]
    grid: Movement | None
    table: AskedTable | None
    below: list[Asked]
    evidence: list[AttachedOnPaper]
    agreed: list[Pair]
    profile: Profile | None = None


@dataclass(frozen=True)
class OverviewOnPaper:
    """A group's cycle on one sheet (F31); a row for each school, its name first."""

    service: str
    agency: str
    title: str
    about: str
    group: list[Pair]
    table: AskedTable


@dataclass(frozen=True)
class PartOfMinutes:
    """What a meeting heard from one alliance; ``corrected`` says when after its end, if it was."""

    alliance: str
    answers: list[Pair]
    corrected: str


@dataclass(frozen=True)
class Minutes:
    """The minutes of a cluster's meeting (F24); ``state`` says whether it has been closed."""

    service: str
    agency: str
    title: str
    state: str
    about: list[Pair]
    parts: list[PartOfMinutes]


@dataclass(frozen=True)
class HandoverPart:
    """One thing a new lead needs to know: pairs, a table, lines or links; else ``otherwise``.

    A link is its text and its address.
    """

    title: str
    pairs: list[Pair] = field(default_factory=list)
    table: AskedTable | None = None
    lines: list[str] = field(default_factory=list)
    links: list[Pair] = field(default_factory=list)
    otherwise: str = ""


@dataclass(frozen=True)
class Handover:
    """Everything that brings a new lead up to date, as it stood on the day in ``about``."""

    service: str
    agency: str
    title: str
    about: str
    parts: list[HandoverPart]
