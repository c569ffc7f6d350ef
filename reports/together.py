"""What the figures of a programme say together: findings counted, never a mean of unlike measures.

Readers who may not see each alliance get no figure that rests on too few of them, and no sum from
which one could be worked out.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable
from dataclasses import dataclass

from alliances.content import words
from alliances.models import Programme
from enquiries.models import Enquiry
from impact.disclosure import is_small
from impact.findings import WHY
from impact.statistics import Verdict
from impact.strength import levels
from reports.builders.measures import LEVELS
from reports.digests import Counted, counted_of

WITHHELD = "[c]"
ALL, LEFT_OUT = "all", "left out"
VERDICTS = {
    Verdict.IMPROVED: "Improved",
    Verdict.UNCHANGED: "No change",
    Verdict.WORSE: "Worse",
    Verdict.UNTOLD: "Cannot be told",
}


@dataclass(frozen=True)
class Row:
    """A line of a table with its figures as they may be read."""

    title: str
    figures: list[str]


@dataclass(frozen=True)
class Together:
    """The tables of the page. ``left_out`` measures are background or tell who took part."""

    columns: list[str]
    by_level: list[Row]
    reasons: list[Row]
    by_strength: list[Row]
    left_out: str


class Tally:
    """Things counted by alliance, in the cells of a table."""

    def __init__(self) -> None:
        self.cells: dict[Hashable, Counter[int]] = defaultdict(Counter)

    def add(self, alliance: int, many: int, *keys: Hashable) -> None:
        for key in keys:
            self.cells[key][alliance] += many

    def shown(self, key: Hashable, least: int) -> str:
        """The count of a cell for one who is to see none of fewer alliances than ``least``."""
        alliances = self.cells.get(key, Counter())
        return WITHHELD if is_small(len(alliances), least) else str(alliances.total())

    def rows(self, titles: dict[str, str], least: int) -> list[Row]:
        """A line for each title, with its verdicts."""
        return [
            Row(title, [self.shown((row, verdict), least) for verdict in verdicts_for(least)])
            for row, title in titles.items()
        ]


def verdicts_for(least: int) -> dict[str, str]:
    """The columns; sums only for readers from whom nothing is withheld."""
    return VERDICTS if least else {**VERDICTS, ALL: "In all"}


def together(programme: Programme, *, exact: bool) -> Together:
    """A programme's findings; ``exact`` for who may see each alliance."""
    alliances = dict(
        Enquiry.objects.filter(alliance__programme=programme).values_list("pk", "alliance")
    )
    least = 0 if exact else programme.fewest_schools
    tally, strengths = Tally(), Tally()
    for enquiry, counted in counted_of(alliances).items():
        _add(tally, strengths, alliances[enquiry], counted)
    degrees = {code: level.title for code, level in reversed(levels().items())}
    return Together(
        columns=list(verdicts_for(least).values()),
        by_level=tally.rows(LEVELS if least else {**LEVELS, ALL: "In all"}, least),
        reasons=[] if least else _reasons(tally),
        by_strength=strengths.rows(degrees, least) if strengths.cells else [],
        left_out=tally.shown(LEFT_OUT, least),
    )


def _add(tally: Tally, strengths: Tally, alliance: int, counted: Counted) -> None:
    """Measures by whose change they show and why they cannot be told, claims by their strength."""
    for level, verdict, many in counted.by_level:
        tally.add(alliance, many, *_places(level, verdict))
    for why, many in counted.reasons:
        tally.add(alliance, many, why)
    if counted.left_out:
        tally.add(alliance, counted.left_out, LEFT_OUT)
    for code, verdict, many in counted.by_strength:
        strengths.add(alliance, many, *_places(code, verdict))


def _reasons(tally: Tally) -> list[Row]:
    """Why verdicts cannot be told, the most frequent first."""
    titles = words("impact", "conclusions")
    counts = {why: tally.cells[why].total() for why in WHY if why in tally.cells}
    ordered = sorted(counts, key=lambda why: -counts[why])
    return [Row(titles[why].title, [str(counts[why])]) for why in ordered]


def _places(row: str, verdict: str) -> list[tuple[str, str]]:
    """The cell of a finding and the three sums it stands in."""
    return [(row, verdict), (row, ALL), (ALL, verdict), (ALL, ALL)]
