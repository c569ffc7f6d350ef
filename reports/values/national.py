"""A report across the alliances of a programme."""

from dataclasses import dataclass, field

from reports.charts.values import Chart
from reports.values.parts import MeasureTable, Pair


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

    ``mark`` leads to what it rests on. In reports frozen before 2026-11-23 it names the claim
    within its alliance's enquiry, and ``evidence`` says what stands behind it.
    """

    alliance: str
    statement: str
    figure: str
    source: str
    mark: str = ""
    evidence: str = ""


@dataclass(frozen=True)
class Figure(Pair):
    """A number and what it counts; ``of`` is the part of the report that shows each one counted."""

    of: str = ""


@dataclass(frozen=True)
class StatementLine:
    """What a stated impact rests on. ``mark`` names it in the report, ``own_mark`` in its enquiry.

    ``people`` says between which numbers those lie who stand behind it, never how many they are.
    ``claim`` is its number on the site. Of one that ``is_bare`` nothing is recorded but the
    printed words.
    """

    mark: str
    alliance: str
    own_mark: str
    kind: str
    people: str
    strength: str
    state: str
    evidence: str
    claim: int
    is_bare: bool = False


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
    """A key message, the alliances cited for it, and what was chosen to show it.

    An example is its words and whose it is, a quotation its words and who said them.
    """

    code: str
    number: int
    title: str
    text: str
    level: str
    alliances: list[str]
    examples: list[Pair] = field(default_factory=list)
    quotations: list[Pair] = field(default_factory=list)


@dataclass(frozen=True)
class Turn:
    """A cycle of an enquiry, in short."""

    label: str
    period: str
    tried: str
    refinements: str


@dataclass(frozen=True)
class AllianceAccount:
    """What one alliance did and measured, as a section of a report across alliances."""

    id: int
    alliance: str
    title: str
    place: str
    question: str
    focus: str
    turns: list[Turn]
    charts: list[Chart]
    measures: list[MeasureTable]
    lessons: list[str]
    next_steps: list[str]


@dataclass(frozen=True)
class National:
    """A report across a selection of a programme's alliances."""

    service: str
    agency: str
    programme: str
    commissioner: str
    country: str
    about: str
    figures: list[Figure]
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
    rests_on: list[StatementLine] = field(default_factory=list)
    accounts: list[AllianceAccount] = field(default_factory=list)
