from dataclasses import dataclass, field

from reports.values.national import Message, National
from reports.values.parts import Pair


@dataclass(frozen=True)
class PassageTold:
    """A passage of an edition: its editors' words, and the part drawn after them, if any."""

    part: str
    heading: str
    words: str


@dataclass(frozen=True)
class FindingTold:
    """A published finding, and how many of those who were asked affirmed it."""

    text: str
    yes: str
    partly: str
    no: str


@dataclass(frozen=True)
class KnownChallenge:
    """A challenge of the whole programme: what was met and what helped, as it was published.

    ``logged`` are challenges of its kind that alliances logged, with what they did.
    """

    title: str
    met: str
    done: str
    logged: list[Pair]


@dataclass(frozen=True)
class Edited(National):
    """A national report as its editors arranged it."""

    title: str = ""
    label: str = ""
    theme: str = ""
    question: str = ""
    passages: list[PassageTold] = field(default_factory=list)
    findings: list[FindingTold] = field(default_factory=list)
    research: list[Pair] = field(default_factory=list)
    studies: list[str] = field(default_factory=list)
    cross_cutting: list[Message] = field(default_factory=list)
    national_challenges: list[KnownChallenge] = field(default_factory=list)
    strategic_questions: list[str] = field(default_factory=list)
