"""What the figures of a programme say together: findings counted, never a mean of unlike measures.

Readers who may not see each alliance get no figure that rests on too few of them, and no sum from
which one could be worked out.
"""

from collections import defaultdict
from collections.abc import Hashable
from dataclasses import dataclass

from alliances.content import words
from alliances.models import Programme
from enquiries.models import Enquiry
from impact.claims.queries import claims_with_evidence
from impact.disclosure import is_small
from impact.findings import WHY, finding_of
from impact.queries import measures_across
from impact.statistics import Verdict
from impact.strength import levels
from reports.builders.measures import LEVELS

WITHHELD = "[c]"
ALL = "all"
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
        self.cells: dict[Hashable, list[int]] = defaultdict(list)

    def add(self, alliance: int, *keys: Hashable) -> None:
        for key in keys:
            self.cells[key].append(alliance)

    def shown(self, key: Hashable, least: int) -> str:
        """The count of a cell for one who is to see none of fewer alliances than ``least``."""
        alliances = self.cells.get(key, [])
        return WITHHELD if is_small(len(set(alliances)), least) else str(len(alliances))

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
    found = {
        measure.id: (alliances[enquiry], finding_of(measure))
        for enquiry, measures in measures_across(programme).items()
        for measure in measures
    }
    tally = Tally()
    for alliance, finding in found.values():
        places = ["left out"]
        if finding is not None:
            places = [*_places(finding.level, finding.verdict), finding.why]
        tally.add(alliance, *places)
    verdicts = {pk: finding.verdict for pk, (_, finding) in found.items() if finding}
    return Together(
        columns=list(verdicts_for(least).values()),
        by_level=tally.rows(LEVELS if least else {**LEVELS, ALL: "In all"}, least),
        reasons=[] if least else _reasons(tally),
        by_strength=_by_strength(alliances, verdicts, least),
        left_out=tally.shown("left out", least),
    )


def _reasons(tally: Tally) -> list[Row]:
    """Why verdicts cannot be told, the most frequent first."""
    titles = words("impact", "conclusions")
    counts = {why: len(tally.cells[why]) for why in WHY if why in tally.cells}
    ordered = sorted(counts, key=lambda why: -counts[why])
    return [Row(titles[why].title, [str(counts[why])]) for why in ordered]


def _by_strength(alliances: dict[int, int], verdicts: dict[int, Verdict], least: int) -> list[Row]:
    """Claims that rest on evidence, by its strength and by which way their measure went."""
    tally = Tally()
    for stated in claims_with_evidence(alliances):
        if stated.has_evidence:
            degree = stated.degree or stated.strength.level
            measures = [piece.id for piece in stated.pieces if piece.kind == "measure"]
            went = {verdicts[pk] for pk in measures if pk in verdicts}
            verdict = went.pop() if len(went) == 1 else Verdict.UNTOLD
            tally.add(alliances[stated.claim.enquiry_id], *_places(degree.code, verdict))
    titles = {code: level.title for code, level in reversed(levels().items())}
    return tally.rows(titles, least) if tally.cells else []


def _places(row: str, verdict: Verdict) -> list[tuple[str, str]]:
    """The cell of a finding and the three sums it stands in."""
    return [(row, verdict), (row, ALL), (ALL, verdict), (ALL, ALL)]
