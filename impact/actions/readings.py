"""Many readings at once, in the transaction of whoever calls."""

from collections.abc import Iterable

from django.db.models import Max
from django.utils.formats import date_format

from alliances.models import User
from enquiries.models import Enquiry
from impact.models import Count, Reading
from impact.spreadsheets.layout import Entered

AT_ONCE = 1000


def save_readings(*, enquiry: Enquiry, entered: Iterable[Entered], by: User) -> list[Reading]:
    """The readings in their order after those their measures have; the enquiry is held.

    They have been checked: against one another, and against what the measures hold.
    """
    last = dict(enquiry.measures.annotate(last=Max("readings__position")).values_list("pk", "last"))
    readings, counts = [], []
    for each in entered:
        last[each.measure] = (last[each.measure] or 0) + 1
        reading = _reading(each, position=last[each.measure], by=by)
        readings.append(reading)
        counts += [
            Count(reading=reading, category_id=category, value=value)
            for category, value in each.counts.items()
        ]
    Reading.objects.bulk_create(readings, batch_size=AT_ONCE)
    Count.objects.bulk_create(counts, batch_size=AT_ONCE)
    return readings


def _reading(entered: Entered, *, position: int, by: User) -> Reading:
    return Reading(
        measure_id=entered.measure,
        position=position,
        moment=entered.moment,
        on=entered.on,
        when=date_format(entered.on, "j F Y") if entered.on else "",
        kind=entered.kind,
        value=entered.value,
        numerator=entered.numerator,
        denominator=entered.denominator,
        sd=entered.sd,
        n=entered.n,
        text=entered.text,
        missing=entered.missing,
        logged_by=by,
    )
