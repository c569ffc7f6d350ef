"""Where alliances stand in brief: all of a country, from what is kept of each enquiry."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from alliances.models import Alliance, Assignment
from alliances.roles import Role
from enquiries.models import Enquiry
from reports.concerns import rules, weight_of
from reports.digests import Counted, counted_of
from reports.facts import Look, led, lost
from reports.momentum import LATELY
from reports.standings import Standing, standings_of
from reports.stood import Stood


@dataclass(frozen=True)
class Brief:
    """An enquiry by its number, with what is summed over many and what it weighs in their order.

    ``lately`` are the entries of the last weeks, ``points`` of the last questionnaire.
    """

    enquiry: int
    alliance: int
    cluster: int | None
    phase: str
    lately: int
    help_wanted: int
    points: tuple[int, ...]
    weight: int

    @property
    def agreed(self) -> int:
        return sum(self.points[:2])


def briefs_of(alliances: QuerySet[Alliance], today: date) -> list[Brief]:
    """The alliances' enquiries, those that most need attention first, then by name."""
    listed = Enquiry.objects.filter(alliance__in=alliances).order_by("alliance__name", "pk")
    rows = list(listed.values_list("pk", "alliance", "alliance__cluster"))
    counted = counted_of([pk for pk, *_ in rows])
    country = _Country({alliance for _, alliance, _ in rows}, today)
    found = [country.brief(row, counted[row[0]]) for row in rows]
    return sorted(found, key=lambda brief: -brief.weight)


def in_full(briefs: Iterable[Brief], today: date) -> list[Standing]:
    """Everything that is compared of some of them, in their order."""
    wanted = list(briefs)
    alliances = Alliance.objects.filter(pk__in={brief.alliance for brief in wanted})
    found = {standing.enquiry.pk: standing for standing in standings_of(alliances, today)}
    return [found[brief.enquiry] for brief in wanted]


class _Country:
    """What no enquiry's own records say."""

    def __init__(self, alliances: Collection[int], today: date):
        self.today, self.rules = today, rules()
        self.led, self.lost = set(led(alliances)), set(lost(alliances))
        facilitators = Assignment.objects.filter(role=Role.FACILITATOR)
        self.facilitators = set(facilitators.values_list("user", flat=True))

    def brief(self, row: tuple[int, int, int | None], counted: Counted) -> Brief:
        pk, alliance, cluster = row
        stood = Stood(**counted.stood)
        momentum = stood.momentum(self.facilitators, self.today)
        look = Look(
            is_led=alliance in self.led,
            has_lost=alliance in self.lost,
            last=momentum.last_at,
            help_wanted=stood.help_wanted,
            has_baseline=stood.has_baseline,
            deadline=stood.ends_on(),
            schools_left=stood.schools_left,
            unbacked=counted.claims - counted.backed,
            risks=stood.risks,
            call=stood.call,
            disagreed=sum(stood.points[-2:]),
        )
        return Brief(
            enquiry=pk,
            alliance=alliance,
            cluster=cluster,
            phase=stood.phase,
            lately=sum(momentum.weeks[-LATELY:]),
            help_wanted=stood.help_wanted,
            points=tuple(stood.points),
            weight=weight_of(self.rules, look.counts(self.today)),
        )
