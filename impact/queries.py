"""Reads measures and claims as plain values. Reports never touch a queryset."""

from django.conf import settings
from django.db.models import Exists, OuterRef, Prefetch, Q

from enquiries.models import Cycle, Enquiry
from impact.disclosure import disclose
from impact.models import Category, Claim, Count, Measure, Reading
from impact.values import MeasureValues, Symbol, Tally, Value


def measures_of(enquiry: Enquiry, *, exact: bool) -> list[MeasureValues]:
    """An enquiry's measures in their order; ``exact`` only for people of the alliance itself."""
    stored = enquiry.measures.prefetch_related(
        "categories",
        "readings",
        Prefetch("readings__counts", Count.objects.select_related("category")),
    )
    measures = [_measure(measure) for measure in stored]
    return measures if exact else disclose(measures, threshold=settings.SMALL_NUMBER_THRESHOLD)


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
        group=measure.group,
        better=measure.better,
        note=measure.note,
        is_distribution=bool(categories),
        readings=tuple(
            _reading(reading, categories, measure) for reading in measure.readings.all()
        ),
    )


def _reading(reading: Reading, categories: dict[int, Category], measure: Measure) -> Value:
    number = reading.numerator if reading.numerator is not None else reading.value
    return Value(
        moment=reading.moment,
        when=reading.when,
        since=reading.since,
        value=None if number is None else float(number),
        of=reading.denominator,
        sd=None if reading.sd is None else float(reading.sd),
        n=reading.n,
        words=reading.text,
        symbol=Symbol(reading.missing),
        tallies=tuple(_tally(c, categories[c.category_id], measure) for c in reading.counts.all()),
    )


def _tally(count: Count, category: Category, measure: Measure) -> Tally:
    category.measure = measure
    return Tally(
        label=category.label, value=float(count.value), when=count.when, note=category.note
    )


def pupil_measures_without_timely_baseline(cycle: Cycle) -> list[Measure]:
    """Measures about pupils that have no baseline, or one dated after the cycle's first trial.

    A baseline whose date is only printed in words counts as timely: nothing says otherwise.
    """
    first = cycle.trials.order_by("held_on").values_list("held_on", flat=True).first()
    taken = Reading.objects.filter(
        measure=OuterRef("pk"), moment=Reading.Moment.BASELINE, missing=""
    )
    if first:
        taken = taken.filter(Q(on=None) | Q(on__lte=first))
    return list(cycle.enquiry.measures.filter(level="pupil").exclude(Exists(taken)))
