"""Many readings at once: how a spreadsheet of them is read, hindered and saved."""

from collections.abc import Callable

from django.db.models import Max
from django.utils import timezone
from django.utils.formats import date_format

from alliances.models import User
from impact.models import Count, Reading, Upload
from impact.spreadsheets.clashes import clashes
from impact.spreadsheets.faults import Fault, Found
from impact.spreadsheets.layout import Entered
from impact.spreadsheets.queries import subjects_of
from impact.spreadsheets.readings import read_readings

AT_ONCE = 1000


def read(upload: Upload, told: Callable[[int], None]) -> Found:
    """What the file holds, for the measure it was sent for or for all of the enquiry."""
    subjects = subjects_of(upload.enquiry, upload.measure)
    today = timezone.localdate()
    return read_readings(bytes(upload.content), subjects, today=today, told=told)


def hindrances(upload: Upload, rows: tuple[Entered, ...]) -> tuple[Fault, ...]:
    """What has come since the file was read and does not go with it."""
    return tuple(clashes(rows, subjects_of(upload.enquiry, upload.measure)))


def save(upload: Upload, rows: tuple[Entered, ...]) -> None:
    """The readings in their order, after those their measures have; the enquiry is held."""
    measures = upload.enquiry.measures.annotate(last=Max("readings__position"))
    last = {pk: position or 0 for pk, position in measures.values_list("pk", "last")}
    readings, counts = [], []
    for each in rows:
        last[each.measure] += 1
        reading = _reading(each, position=last[each.measure], by=upload.confirmed_by)
        readings.append(reading)
        counts += [
            Count(reading=reading, category_id=category, value=value)
            for category, value in each.counts.items()
        ]
    Reading.objects.bulk_create(readings, batch_size=AT_ONCE)
    Count.objects.bulk_create(counts, batch_size=AT_ONCE)


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
