"""Many readings at once: how a spreadsheet of them is read, hindered and saved."""

from collections.abc import Callable
from decimal import Decimal

from django.utils import timezone

from alliances.forms import wording_of
from enquiries.actions import next_position
from enquiries.models import Revision
from enquiries.sheets.forms import plain
from impact.models import Count, Reading, Upload
from impact.queries import comes_late, fixed_on
from impact.sheets.measures import ReadingForm
from impact.spreadsheets.clashes import clashes
from impact.spreadsheets.faults import Fault, Found
from impact.spreadsheets.layout import Entered
from impact.spreadsheets.queries import subjects_of
from impact.spreadsheets.readings import read_readings

AT_ONCE = 1000
# What is told of a reading by hand, but for the counts of its measure.
ASKED = [name for name in ReadingForm.base_fields if name != "seen"]


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
    readings, counts, saves = [], [], []
    fixed = fixed_on(upload.enquiry)
    for position, each in enumerate(rows, next_position(Reading, upload.enquiry)):
        is_late = comes_late(each.moment, each.on, fixed)
        reading = _reading(each, upload=upload, position=position, is_late=is_late)
        readings.append(reading)
        saves.append(_first_save(reading, each.counts))
        counts += [
            Count(reading=reading, category_id=category, value=value)
            for category, value in each.counts.items()
        ]
    Reading.objects.bulk_create(readings, batch_size=AT_ONCE)
    Count.objects.bulk_create(counts, batch_size=AT_ONCE)
    for save, reading in zip(saves, readings, strict=True):
        save.record = reading.pk
    Revision.objects.bulk_create(saves, batch_size=AT_ONCE)


def _first_save(reading: Reading, counts: dict[int, Decimal]) -> Revision:
    """The save of a reading that is not stored yet, with all that one by hand would tell."""
    told = {name: plain(reading.value_of(name)) for name in ASKED}
    told |= {f"count.{category}": plain(value) for category, value in counts.items()}
    return Revision(
        enquiry=reading.enquiry,
        sheet="reading",
        by=reading.saved_by,
        changes={name: [type(value)(), value] for name, value in told.items() if value},
    )


def _reading(entered: Entered, *, upload: Upload, position: int, is_late: bool) -> Reading:
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
        because=wording_of(*ReadingForm.wording)["reasons"]["spreadsheet"] if is_late else "",
        logged_by=upload.confirmed_by,
        saved_by=upload.confirmed_by,
    )
