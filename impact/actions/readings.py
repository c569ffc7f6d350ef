"""Many readings at once: how a spreadsheet of them is read, hindered and saved."""

from collections.abc import Callable

from django.utils import timezone

from enquiries.actions import next_position
from enquiries.models import Revision
from enquiries.sheets.forms import plain
from impact.models import Count, Reading, Upload
from impact.spreadsheets.clashes import clashes
from impact.spreadsheets.faults import Fault, Found
from impact.spreadsheets.layout import Entered
from impact.spreadsheets.queries import subjects_of
from impact.spreadsheets.readings import read_readings

AT_ONCE = 1000
# Why a baseline came when it did, where it came after the first trial.
FROM_A_SPREADSHEET = "It was taken from a spreadsheet."


def read(upload: Upload, told: Callable[[int], None]) -> Found:
    """What the file holds, for the measure it was sent for or for all of the enquiry."""
    subjects = subjects_of(upload.enquiry, upload.measure)
    today = timezone.localdate()
    return read_readings(bytes(upload.content), subjects, today=today, told=told)


def hindrances(upload: Upload, rows: tuple[Entered, ...]) -> tuple[Fault, ...]:
    """What has come since the file was read and does not go with it."""
    return tuple(clashes(rows, subjects_of(upload.enquiry, upload.measure)))


def save(upload: Upload, rows: tuple[Entered, ...]) -> None:
    """The readings in their order, after those the enquiry has; it is held."""
    readings, counts = [], []
    for position, each in enumerate(rows, next_position(Reading, upload.enquiry)):
        reading = _reading(each, upload=upload, position=position)
        readings.append(reading)
        counts += [
            Count(reading=reading, category_id=category, value=value)
            for category, value in each.counts.items()
        ]
    Reading.objects.bulk_create(readings, batch_size=AT_ONCE)
    Count.objects.bulk_create(counts, batch_size=AT_ONCE)
    saves = [_first_save(reading) for reading in readings]
    Revision.objects.bulk_create(saves, batch_size=AT_ONCE)


def _first_save(reading: Reading) -> Revision:
    asked = (
        "moment",
        "given",
        "is_weak",
        "value",
        "numerator",
        "denominator",
        "sd",
        "n",
        "text",
        "because",
    )
    given = {name: plain(reading.value_of(name)) for name in asked}
    return Revision(
        enquiry=reading.enquiry,
        sheet="reading",
        record=reading.pk,
        by=reading.saved_by,
        changes={name: [type(value)(), value] for name, value in given.items() if value},
    )


def _reading(entered: Entered, *, upload: Upload, position: int) -> Reading:
    return Reading(
        enquiry=upload.enquiry,
        measure_id=entered.measure,
        position=position,
        moment=entered.moment,
        held_on=entered.on,
        kind=entered.kind,
        value=entered.value,
        numerator=entered.numerator,
        denominator=entered.denominator,
        sd=entered.sd,
        n=entered.n,
        text=entered.text,
        missing=entered.missing,
        is_weak=entered.is_weak,
        because=FROM_A_SPREADSHEET if entered.moment == Reading.Moment.BASELINE else "",
        logged_by=upload.confirmed_by,
        saved_by=upload.confirmed_by,
    )
