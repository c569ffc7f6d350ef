"""A programme cluster by cluster: phases, momentum, help, questionnaires, challenges, maturity.

For readers who may not see each alliance, figures that rest on fewer alliances than the programme
says, or leave out so few, are withheld.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from alliances.content import words
from alliances.models import Alliance, Cluster, Programme
from enquiries.models import Challenge, Cycle, MaturityReview
from impact.disclosure import is_small
from impact.values import Symbol
from reports.briefs import Brief, briefs_of
from reports.momentum import LATELY

WITHHELD = f"[{Symbol.SUPPRESSED}]"
COLUMNS = (
    "Alliances",
    *(phase.label for phase in Cycle.Phase),
    f"Entries in {LATELY} weeks",
    "Ask for help",
    "Statements agreed with",
)


@dataclass(frozen=True)
class Line:
    """A cluster, or all of them, with its figures as they may be read, one for each column."""

    cluster: Cluster | None
    figures: list[str]


@dataclass(frozen=True)
class Tally:
    """How many alliances name one thing, as it may be read."""

    title: str
    count: str


@dataclass(frozen=True)
class Across:
    """Everything the page compares; ``is_cut`` if something is withheld."""

    lines: list[Line]
    challenges: list[Tally]
    maturity: list[Tally]

    @property
    def is_cut(self) -> bool:
        shown = [line.figures for line in self.lines]
        shown.append([tally.count for tally in (*self.challenges, *self.maturity)])
        return any(WITHHELD in figures for figures in shown)


def across_clusters(programme: Programme, today: date, *, exact: bool) -> Across:
    """The clusters of a programme by name, then all; ``exact`` for who may see each alliance."""
    clusters = list(programme.clusters.all())
    members = Alliance.objects.filter(cluster__in=clusters)
    by_cluster: dict[int | None, list[Brief]] = defaultdict(list)
    briefs = briefs_of(members, today)
    for brief in briefs:
        by_cluster[brief.cluster].append(brief)
    sizes = {cluster.pk: _size(by_cluster[cluster.pk]) for cluster in clusters}
    answers = {cluster.pk: _size(_answered(by_cluster[cluster.pk])) for cluster in clusters}
    fewest = 0 if exact else programme.fewest_schools
    withheld = _too_small(sizes, fewest)
    unsaid = _too_small(answers, fewest, withheld)
    lines = [
        Line(c, _figures(by_cluster[c.pk], c.pk in withheld, c.pk in unsaid)) for c in clusters
    ]
    too_few, too_quiet = (is_small(_size(found), fewest) for found in (briefs, _answered(briefs)))
    counted = {brief.alliance for brief in briefs}
    everything = Line(None, _figures(briefs, too_few, too_quiet))
    return Across([*lines, everything], _challenges(counted, fewest), _maturity(counted, fewest))


def _size(briefs: list[Brief]) -> int:
    """How many alliances the figures rest on."""
    return len({brief.alliance for brief in briefs})


def _answered(briefs: list[Brief]) -> list[Brief]:
    """Those that have answered a questionnaire."""
    return [brief for brief in briefs if brief.points]


def _too_small(sizes: dict[int, int], fewest: int, withheld: Iterable[int] = ()) -> set[int]:
    """Clusters to be withheld, with one more where the total would give them away.

    Those that are ``withheld`` already are among them.
    """
    small = {*withheld, *(pk for pk, size in sizes.items() if is_small(size, fewest))}
    rest = sorted((size, pk) for pk, size in sizes.items() if size >= fewest and pk not in small)
    if rest and is_small(sum(sizes[pk] for pk in small), fewest):
        small.add(rest[0][1])
    return small


def _figures(briefs: list[Brief], is_withheld: bool, is_unsaid: bool) -> list[str]:
    if is_withheld:
        return [str(_size(briefs)), *[WITHHELD] * (len(COLUMNS) - 1)]
    phases = [brief.phase for brief in briefs]
    return [
        str(_size(briefs)),
        *(str(phases.count(phase.value)) for phase in Cycle.Phase),
        str(sum(brief.lately for brief in briefs)),
        str(sum(bool(brief.help_wanted) for brief in briefs)),
        WITHHELD if is_unsaid else _agreed(briefs),
    ]


def _agreed(briefs: list[Brief]) -> str:
    """Statements agreed with, of all that were answered; it rests on those that answered."""
    total = sum(sum(brief.points) for brief in briefs)
    return f"{sum(brief.agreed for brief in briefs)} of {total}" if total else "Not answered"


def _challenges(members: set[int], fewest: int) -> list[Tally]:
    """How many alliances log a challenge of each group."""
    found = Challenge.objects.filter(enquiry__alliance__in=members).exclude(kind="")
    rows = found.values_list("kind", "enquiry__alliance").order_by().distinct()
    titles = {item.code: item.title for item in words("enquiries", "challenges").values()}
    return _tallies(rows, titles, members, fewest)


def _maturity(members: set[int], fewest: int) -> list[Tally]:
    """How many alliances place a strand at each level in their last self-evaluation."""
    last = MaturityReview.objects.filter(enquiry__alliance__in=members)
    rows = [
        (level, alliance)
        for alliance, cells in last.order_by("enquiry_id", "-held_on", "-pk")
        .distinct("enquiry_id")
        .values_list("enquiry__alliance", "cells")
        for name, level in cells.items()
        if name.startswith("level.")
    ]
    titles = {item.code: item.title for item in words("enquiries", "maturity-levels").values()}
    return _tallies(rows, titles, members, fewest)


def _tallies(
    rows: Iterable[tuple[str, int]], titles: dict[str, str], members: set[int], fewest: int
) -> list[Tally]:
    """How many of the members each code is named by; not where it could tell of a few."""
    alliances: dict[str, set[int]] = defaultdict(set)
    for code, alliance in rows:
        alliances[code].add(alliance)
    counts = {code: len(alliances[code]) for code in titles}
    return [
        Tally(
            titles[code],
            WITHHELD
            if is_small(count, fewest) or is_small(len(members) - count, fewest)
            else str(count),
        )
        for code, count in counts.items()
    ]
