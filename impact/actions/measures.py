from django.db import transaction
from django.db.models import Max

from alliances import audit
from alliances.models import User
from enquiries.actions import hold, log_entry, sent_before
from enquiries.models import Enquiry
from impact.models import Measure, Reading


@transaction.atomic
def add_measure(*, enquiry: Enquiry, by: User, baseline: dict | None, **fields) -> Measure:
    """A measure of the enquiry, with its baseline reading if that has been taken."""
    measure = log_entry(Measure, enquiry=enquiry, by=by, **fields)
    if baseline:
        add_reading(measure=measure, by=by, moment=Reading.Moment.BASELINE, **baseline)
    return measure


@transaction.atomic
def add_reading(*, measure: Measure, by: User, **fields) -> Reading:
    """The next dated value of a measure; ``fields`` fit exactly one kind of reading."""
    hold(measure)
    if reading := sent_before(Reading, fields.get("submission")):
        return reading
    last = measure.readings.aggregate(last=Max("position"))["last"] or 0
    reading = Reading(measure=measure, position=last + 1, logged_by=by, **fields)
    reading.full_clean()
    reading.save()
    audit.record("logged", reading, by=by)
    return reading
