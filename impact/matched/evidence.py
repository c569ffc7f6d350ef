"""What matched scores say of the strength of evidence, whatever was said of them by hand."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Avg, Count, Max, Q, StdDev

from impact.matched.reading import Arm
from impact.models import MatchedRow
from impact.models.claims import Comparison, weakest
from impact.statistics import Result, Summary, hedges_g_of_summaries

# How far apart in standard deviations two groups may have begun and still be called matched.
ALIKE = 0.25
FEWEST_COMPARED = 2


@dataclass(frozen=True)
class Matched:
    """What the sets of a measure show: with whom those were compared who took part.

    ``people`` took part and have both scores; ``lost`` per cent of those with a score before have
    none after, in the group that lost most, None where nobody has one. ``sets`` are their keys.
    """

    comparison: Comparison
    people: int
    lost: float | None
    sets: tuple[int, ...]


@dataclass(frozen=True)
class _Group:
    """Those of a set who took part, or those who did not: ``before`` is of those with both."""

    both: int
    began: int
    before: Summary | None


@dataclass(frozen=True)
class _Set:
    pk: int
    measure: int
    school: int
    groups: dict[str, _Group]
    version: int

    @property
    def people(self) -> int:
        took_part = self.groups.get(Arm.INTERVENTION)
        return took_part.both if took_part else 0

    @property
    def lost(self) -> list[float]:
        began = [group for group in self.groups.values() if group.began]
        return [100 * (group.began - group.both) / group.began for group in began]

    @property
    def comparison(self) -> Comparison:
        """Matched where both groups began alike, whoever was to be in them."""
        groups = [self.groups.get(arm) for arm in (Arm.INTERVENTION, Arm.COMPARISON)]
        starts = [group.before for group in groups if group and group.before]
        if len(starts) < len(groups) or min(start.n for start in starts) < FEWEST_COMPARED:
            return Comparison.NONE
        apart = hedges_g_of_summaries(*starts)
        if isinstance(apart, Result):
            is_alike = abs(apart.estimate) <= ALIKE
        else:
            is_alike = starts[0].mean == starts[1].mean
        return Comparison.MATCHED if is_alike else Comparison.SIMILAR


class MatchedEvidence:
    """The matched scores of some enquiries that are still kept, counted; one query."""

    def __init__(self, enquiries: Collection[int]):
        self.sets = _sets(enquiries)

    def of(self, measures: Collection[int], school: int | None) -> Matched | None:
        """The weakest that the sets of these measures show; of one school only, where one is given.

        Schools are added up; of several sets of one school the one with the fewest people counts,
        for the same people may be in all of them, and so does the measure with the fewest.
        """
        sets = [
            each for each in self.sets if each.measure in measures and school in (None, each.school)
        ]
        if not sets:
            return None
        return Matched(
            comparison=Comparison(weakest(each.comparison for each in sets)),
            people=_people(sets),
            lost=max((lost for each in sets for lost in each.lost), default=None),
            sets=tuple(sorted(each.pk for each in sets)),
        )

    def versions(self, measure: int) -> list[tuple[int, int]]:
        """The sets of a measure, each with a number that changes with its scores."""
        return sorted((each.pk, each.version) for each in self.sets if each.measure == measure)


def _people(sets: Iterable[_Set]) -> int:
    fewest: dict[int, dict[int, int]] = defaultdict(dict)
    for each in sets:
        by_school = fewest[each.measure]
        by_school[each.school] = min(each.people, by_school.get(each.school, each.people))
    return min(sum(by_school.values()) for by_school in fewest.values())


def _sets(enquiries: Collection[int]) -> list[_Set]:
    has_both = Q(before__isnull=False, after__isnull=False)
    of_a_set = ("matched_set", "matched_set__measure", "matched_set__participation")
    rows = (
        MatchedRow.objects.filter(matched_set__enquiry__in=enquiries)
        .order_by()
        .values(*of_a_set, "arm")
        .annotate(
            both=Count("pk", filter=has_both),
            began=Count("before"),
            mean=Avg("before", filter=has_both),
            sd=StdDev("before", sample=True, filter=has_both),
            version=Max("pk"),
        )
    )
    found: dict[tuple[int, int, int], list[dict]] = defaultdict(list)
    for row in rows:
        pk, measure, school = (row[name] for name in of_a_set)
        found[pk, measure, school].append(row)
    return [
        _Set(*place, {row["arm"]: _group(row) for row in arms}, max(row["version"] for row in arms))
        for place, arms in found.items()
    ]


def _group(row: dict) -> _Group:
    sd = None if row["sd"] is None else float(row["sd"])
    before = Summary(float(row["mean"]), sd, row["both"]) if row["both"] else None
    return _Group(row["both"], row["began"], before)
