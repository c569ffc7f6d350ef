"""What a cluster of alliances did in a term, for the cluster itself."""

from dataclasses import dataclass

from reports.values.parts import Pair


@dataclass(frozen=True)
class Met:
    """A challenge that an alliance met, and what it did about it."""

    alliance: str
    challenge: str
    action: str


@dataclass(frozen=True)
class Pattern:
    """Something that several alliances share, and which they are."""

    kind: str
    title: str
    alliances: list[str]


@dataclass(frozen=True)
class ClusterSummary:
    """A term of a cluster. Pairs are an alliance and what it said, one for each time it did.

    ``shown`` is evidence, ``meetings`` are days with those who came; ``patterns`` are shared by
    two alliances or more.
    """

    service: str
    agency: str
    programme: str
    cluster: str
    title: str
    about: str
    period: str
    alliances: list[str]
    meetings: list[Pair]
    progress: list[Pair]
    shown: list[Pair]
    successes: list[Pair]
    challenges: list[Met]
    leadership: list[Pair]
    advice: list[Pair]
    help: list[Pair]
    next_foci: list[Pair]
    patterns: list[Pattern]
    next_dates: list[Pair]
