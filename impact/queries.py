"""Reads measures and claims as plain values. Reports never touch a queryset."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db import models
from django.db.models import Exists, Min, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from alliances.models import Programme
from enquiries.models import Enquiry, Trial
from impact.disclosure import Ledger, disclose
from impact.models import Category, Claim, Count, DataTest, ImpactPlan, Measure, Reading
from impact.values import MeasureValues, Symbol, Tally, Value, by_day


def measures_of(
    enquiry: Enquiry, *, exact: bool, ledger: Ledger | None = None
) -> list[MeasureValues]:
    """An enquiry's measures in their order; ``exact`` only for people of the alliance itself.

    With a ``ledger`` they are what a report tells, held against what reports told before.
    """
    measures = [_measure(measure) for measure in _with_values(enquiry.measures.all())]
    if exact:
        return measures
    return _disclosed(measures, enquiry.alliance.programme, enquiry.alliance_id, ledger)


def measures_across(
    programme: Programme,
    enquiries: Iterable[int] | None = None,
    *,
    ledger: Ledger | None = None,
    exact: Collection[int] = (),
) -> dict[int, list[MeasureValues]]:
    """Measures by enquiry, as they may leave their alliance; a fixed number of queries.

    Of all the programme's enquiries, or of those named; of ``exact`` ones for people of their
    alliance itself. With a ``ledger`` they are what a report tells.
    """
    measures: dict[int, list[MeasureValues]] = defaultdict(list)
    alliances: dict[int, int] = {}
    stored = Measure.objects.filter(enquiry__alliance__programme=programme)
    if enquiries is not None:
        stored = stored.filter(enquiry__in=enquiries)
    for measure in _with_values(stored.select_related("enquiry").order_by("enquiry", "position")):
        measures[measure.enquiry_id].append(_measure(measure))
        alliances[measure.enquiry_id] = measure.enquiry.alliance_id
    return {
        pk: found if pk in exact else _disclosed(found, programme, alliances[pk], ledger)
        for pk, found in measures.items()
    }


def _disclosed(
    measures: list[MeasureValues], programme: Programme, alliance: int, ledger: Ledger | None
) -> list[MeasureValues]:
    few = ledger.changed_by_few(measures) if ledger else frozenset()
    shown = disclose(measures, threshold=programme.small_number_threshold, few=few)
    if ledger:
        ledger.tell_measures(shown, alliance)
    return shown


def _with_values(measures: models.QuerySet[Measure]) -> models.QuerySet[Measure]:
    return measures.select_related("group__part_of").prefetch_related(
        "categories",
        "readings",
        Prefetch("readings__counts", Count.objects.select_related("category")),
    )


def with_measures(enquiries: models.QuerySet[Enquiry]) -> models.QuerySet[Enquiry]:
    """Adds ``measure_count`` and ``has_baseline``, whether any baseline was taken."""
    baseline = Reading.objects.filter(
        enquiry=OuterRef("pk"), moment=Reading.Moment.BASELINE, missing=""
    )
    standing = Measure.objects.filter(enquiry=OuterRef("pk")).order_by().values("enquiry")
    counted = Subquery(standing.annotate(many=models.Count("pk")).values("many"))
    return enquiries.annotate(measure_count=Coalesce(counted, 0), has_baseline=Exists(baseline))


def claims_of(enquiry: Enquiry) -> list[Claim]:
    """What the alliance and the programme state has changed, pupils first."""
    order = {"pupil": 0, "teacher": 1, "school": 2, "alliance": 3}
    return sorted(enquiry.claims.all(), key=lambda claim: (order[claim.level], claim.position))


def _measure(measure: Measure) -> MeasureValues:
    categories = {category.pk: category for category in measure.categories.all()}
    return MeasureValues(
        id=measure.pk,
        level=measure.level,
        name=measure.name,
        instrument=measure.instrument,
        scale=measure.scale,
        unit=measure.unit,
        population=measure.population,
        group=measure.group.name if measure.group else "",
        better=measure.better,
        note=measure.note,
        is_distribution=bool(categories),
        readings=by_day(
            _reading(reading, categories, measure) for reading in measure.readings.all()
        ),
        group_kind=measure.group.kind if measure.group else "",
        part_of=_holder(measure),
        target=None if measure.target is None else float(measure.target),
        target_on=measure.target_on,
        criterion=measure.criterion,
    )


def _holder(measure: Measure) -> str:
    """The name of the group that holds the measure's own group."""
    return measure.group.part_of.name if measure.group and measure.group.part_of else ""


def _reading(reading: Reading, categories: dict[int, Category], measure: Measure) -> Value:
    number = reading.numerator if reading.numerator is not None else reading.value
    return Value(
        moment=reading.moment,
        when=reading.dated,
        since=reading.since,
        value=None if number is None else float(number),
        of=reading.denominator,
        sd=None if reading.sd is None else float(reading.sd),
        n=reading.n,
        words=reading.text,
        symbol=Symbol(reading.missing),
        tallies=_tallies(reading, categories, measure),
        id=reading.pk,
        on=reading.held_on,
        is_weak=reading.is_weak,
    )


def _tallies(
    reading: Reading, categories: dict[int, Category], measure: Measure
) -> tuple[Tally, ...]:
    """The counts of a distribution; those of a reading that was one once do not count."""
    if reading.kind != Reading.Kind.DISTRIBUTION:
        return ()
    return tuple(_tally(c, categories[c.category_id], measure) for c in reading.counts.all())


def _tally(count: Count, category: Category, measure: Measure) -> Tally:
    category.measure = measure
    return Tally(
        label=category.label, value=float(count.value), when=count.when, note=category.note
    )


@dataclass(frozen=True)
class BaselineState:
    """How a measure stands with its baseline.

    ``on`` is the baseline's day where it has one; ``is_late`` if that is after the first trial.
    """

    measure: int
    name: str
    level: str
    is_taken: bool
    on: date | None
    is_late: bool


def first_trial_on(enquiry: Enquiry) -> date | None:
    """The day on which something was tried first."""
    return Trial.objects.filter(enquiry=enquiry).aggregate(first=Min("held_on"))["first"]


def fixed_on(enquiry: Enquiry) -> date | None:
    """The day from which baselines and success criteria stand; none before anything was tried."""
    first = first_trial_on(enquiry)
    return first if first and first <= timezone.localdate() else None


def comes_late(moment: str, on: date | None, fixed: date | None) -> bool:
    """Whether a new reading is a baseline that nobody can say was taken before all was fixed."""
    return fixed is not None and moment == Reading.Moment.BASELINE and (on is None or on > fixed)


def baseline_states(enquiry: Enquiry) -> list[BaselineState]:
    """Every measure of an enquiry with the state of its baseline, in two queries."""
    first = first_trial_on(enquiry)
    baseline = Q(
        readings__moment=Reading.Moment.BASELINE, readings__missing="", readings__withdrawn=""
    )
    measures = enquiry.measures.select_related("group").annotate(
        baselines=models.Count("readings", filter=baseline),
        taken_on=Min("readings__held_on", filter=baseline),
    )
    return [
        BaselineState(
            measure=m.pk,
            name=m.about,
            level=m.level,
            is_taken=m.baselines > 0,
            on=m.taken_on,
            is_late=bool(first and m.taken_on and m.taken_on > first),
        )
        for m in measures
    ]


def student_measures_without_baseline(enquiry: Enquiry) -> list[BaselineState]:
    """Measures about students whose baseline is missing or dated after the first trial."""
    return [
        state
        for state in baseline_states(enquiry)
        if state.level == "pupil" and (state.is_late or not state.is_taken)
    ]


def has_student_plan(enquiry: Enquiry) -> bool:
    """Whether impact on students is planned for, which no enquiry goes without."""
    plans = ImpactPlan.objects.filter(enquiry=enquiry)
    return plans.filter(level=ImpactPlan.At.STUDENT).exists()


@dataclass(frozen=True)
class DataSet:
    """A measure with the outcomes of its last tests: "pass" or "fail", empty if never tested."""

    measure: int
    name: str
    validity: str = ""
    triangulation: str = ""
    reliability: str = ""

    @property
    def is_tested(self) -> bool:
        return bool(self.validity and self.triangulation and self.reliability)

    @property
    def has_passed(self) -> bool:
        outcomes = {self.validity, self.triangulation, self.reliability}
        return outcomes == {DataTest.Outcome.PASS.value}


def data_sets(enquiry: Enquiry) -> list[DataSet]:
    """Every data set of an enquiry with its last tests, in two queries."""
    last = {
        test.measure_id: (test.is_valid, test.is_triangulated, test.is_reliable)
        for test in DataTest.objects.filter(enquiry=enquiry).order_by("pk")
    }
    measures = enquiry.measures.select_related("group")
    return [DataSet(m.pk, m.about, *last.get(m.pk, ())) for m in measures]


def untested_data_sets(enquiry: Enquiry) -> list[DataSet]:
    """Data sets that have not been through the three tests."""
    return [each for each in data_sets(enquiry) if not each.is_tested]
