"""What spreadsheets are about: measures to fill in, and which readings they have."""

from django.db.models import QuerySet

from enquiries.models import Enquiry
from impact.models import Measure, Upload
from impact.spreadsheets.layout import Kind, Moment, Subject


def subjects_of(enquiry: Enquiry, measure: Measure | None = None) -> list[Subject]:
    """An enquiry's measures, or one of them, with what they have; in three queries."""
    measures = enquiry.measures.select_related("group").prefetch_related("categories", "readings")
    if measure:
        measures = measures.filter(pk=measure.pk)
    return [_subject(each) for each in measures]


def _subject(measure: Measure) -> Subject:
    taken = [reading for reading in measure.readings.all() if reading.kind != Kind.MISSING]
    return Subject(
        id=measure.pk,
        label=label_of(measure),
        unit=measure.unit,
        categories={category.name: category.pk for category in measure.categories.all()},
        taken=tuple((r.moment, r.held_on, r.kind == Kind.TEXT) for r in taken),
        has_baseline=any(reading.moment == Moment.BASELINE for reading in taken),
    )


def label_of(measure: Measure) -> str:
    """A measure told apart from every other of its enquiry."""
    return ", ".join(filter(None, [measure.about, measure.distribution]))


def uploads_of(enquiry: Enquiry) -> QuerySet[Upload]:
    """What was sent for an enquiry, the latest first, without the bytes."""
    return enquiry.uploads.without_content().select_related("measure", "sent_by")
