"""What programs are told, field by field. What a field means stands in content/api-fields.toml.

A field that nobody filled in is null, or an empty text; a figure that is not there says why by its
symbol, as in every table of ours.
"""

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict

from alliances.models import Route
from enquiries.models import Cycle as StoredCycle
from impact.models import Better, Level
from impact.models import Claim as StoredClaim
from impact.models import Measure as StoredMeasure
from impact.models import Reading as StoredReading
from impact.models.claims import Comparison
from impact.values import Symbol
from reports.models import Kind


class Shape(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Programme(Shape):
    id: int
    title: str
    country: str
    commissioner: str
    duration: str
    ended: str
    alliances_funded: int
    withheld_below: int
    fewest_schools: int


class Alliance(Shape):
    id: int
    programme: int
    key: str
    name: str
    theme: int | None
    cohort: int | None
    cluster: str
    region: str
    area: str
    lead_school: str
    context: str
    link: str


class School(Shape):
    id: int
    urn: int | None
    name: str
    town: str
    phase: str
    joined_on: date | None
    left_on: date | None


class Enquiry(Shape):
    id: int
    alliance: int
    route: Route
    title: str
    focus: str
    question: str


class Cycle(Shape):
    id: int
    label: str
    period: str
    phase: StoredCycle.Phase
    tried: str
    refinements: str
    evidence: list[str]


class Category(Shape):
    label: str
    value: float | None
    symbol: Symbol
    when: str


class Reading(Shape):
    id: int
    moment: StoredReading.Moment
    on: date | None
    when: str
    since: str
    value: float | None
    whole: int | None
    spread: float | None
    people: int | None
    words: str
    symbol: Symbol
    categories: list[Category]


class Measure(Shape):
    id: int
    level: Level
    name: str
    instrument: StoredMeasure.Instrument
    scale: str
    unit: str
    population: str
    group: str
    better: Better
    note: str
    target: float | None
    target_on: date | None
    criterion: str
    target_withheld: bool
    readings: list[Reading]


class Claim(Shape):
    id: int
    level: Level
    statement: str
    claimed: StoredClaim.Kind | Literal[""]
    comparison: Comparison
    group_size: int | None
    group_size_withheld: bool
    baseline: int | None
    result: int | None
    negative: bool
    unexpected: bool
    strength: str
    strength_rated: str
    strength_moderated: str
    strength_allowed: str
    signed_on: date | None
    printed: bool


class CaseStudy(Shape):
    id: int
    slug: str
    title: str
    alliance_name: str
    theme_title: str
    focus: str
    strength: str
    published_in: int
    page: str
    file: str


class Report(Shape):
    id: int
    kind: Kind
    subject: str
    programme: int
    alliance: int | None
    enquiry: int | None
    cluster: str
    version: int
    corrects: int | None
    correction: str
    asked_on: date
    finished_on: date | None
    fingerprint: str
    page: str
    data: str
