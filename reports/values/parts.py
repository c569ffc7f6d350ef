"""What several kinds of report are put together from."""

from dataclasses import dataclass, field


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
class ClaimLine:
    """A claim in the list of what claims rest on; ``marks`` name its evidence, as [M2] does.

    Without any, nothing is linked. ``state`` says where it is printed or who signed it off.
    ``claim`` is its number on the site.
    """

    mark: str
    statement: str
    marks: list[str]
    strength: str
    state: str
    claim: int = 0


@dataclass(frozen=True)
class EvidenceLine:
    """A piece of evidence under its mark; ``note`` says what is to be known of its quality."""

    mark: str
    kind: str
    text: str
    note: str
