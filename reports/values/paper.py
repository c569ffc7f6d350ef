"""Forms, overviews, minutes and the pack of a new lead, as they stand on paper."""

from dataclasses import dataclass, field

from enquiries.sheets.movement import Movement
from reports.values.parts import Pair


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
    otherwise: str = ""


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
class VisitCell:
    """One element of the facilitator's guide, with what to ask and to record."""

    title: str
    text: str
    guidance: list[Guidance]


@dataclass(frozen=True)
class VisitOnPaper:
    """What a facilitator takes along to a school, with empty lines for what is heard there."""

    service: str
    agency: str
    title: str
    about: str
    cells: list[VisitCell]


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
