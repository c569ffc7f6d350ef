"""Where alliances stand in brief: all of a country, from what is kept of each enquiry."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from alliances.models import Alliance
from enquiries.models import Enquiry
from reports.concerns import Concern, rules, weight_of, worry_about
from reports.digests import where_stood
from reports.standings import Around, Standing, standings_of
from reports.stood import Stood


@dataclass(frozen=True)
class Brief:
    """An enquiry by its number, with what is summed over many and what it weighs in their order.

    ``lately`` are the entries of the last weeks, ``points`` of the last questionnaire; ``counts``
    is what the rules of attention are held against.
    """

    enquiry: int
    alliance: int
    name: str
    cluster: int | None
    phase: str
    lately: int
    help_wanted: int
    points: tuple[int, ...]
    counts: dict[str, int]
    weight: int

    @property
    def agreed(self) -> int:
        return sum(self.points[:2])

    @property
    def reasons(self) -> list[str]:
        """Why to look at it, in words."""
        return worry_about(self.counts).reasons


def briefs_of(alliances: QuerySet[Alliance], today: date) -> list[Brief]:
    """The alliances' enquiries, those that most need attention first, then by name."""
    if alliances.query.is_empty():
        return []
    listed = Enquiry.objects.filter(alliance__in=alliances).order_by("alliance__name", "pk")
    rows = list(listed.values_list("pk", "alliance", "alliance__name", "alliance__cluster"))
    stood = where_stood([pk for pk, *_ in rows], today)
    around, known = Around({alliance for _, alliance, _, _ in rows}, today), rules()
    found = [_brief(row, stood[row[0]], around, known) for row in rows]
    return sorted(found, key=lambda brief: -brief.weight)


def in_full(briefs: Iterable[Brief], today: date) -> list[Standing]:
    """Everything that is compared of some of them, in their order."""
    wanted = list(briefs)
    alliances = Alliance.objects.filter(pk__in={brief.alliance for brief in wanted})
    found = {standing.enquiry.pk: standing for standing in standings_of(alliances, today)}
    return [found[brief.enquiry] for brief in wanted]


def _brief(
    row: tuple[int, int, str, int | None], stood: Stood, around: Around, known: list[Concern]
) -> Brief:
    pk, alliance, name, cluster = row
    lately = stood.lately(around.facilitators, around.today)
    counts = around.look(alliance, stood, lately.last_at).counts(around.today)
    return Brief(
        enquiry=pk,
        alliance=alliance,
        name=name,
        cluster=cluster,
        phase=stood.phase,
        lately=lately.entries,
        help_wanted=stood.help_wanted,
        points=tuple(stood.points),
        counts=counts,
        weight=weight_of(known, counts),
    )
