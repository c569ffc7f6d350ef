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
        categories=_categories(measure),
        taken=tuple((r.moment, r.held_on, r.kind == Kind.TEXT) for r in taken),
        has_baseline=any(reading.moment == Moment.BASELINE for reading in taken),
    )


def _categories(measure: Measure) -> dict[str, int]:
    """The answers or grades by what tells them apart, as short as that can be."""
    found = list(measure.categories.all())
    for category in found:
        category.measure = measure
    short = {category.label: category.pk for category in found}
    return short if len(short) == len(found) else {c.name: c.pk for c in found}


def label_of(measure: Measure) -> str:
    """A measure told apart from every other of its enquiry."""
    return ", ".join(filter(None, [measure.about, measure.distribution]))


def uploads_of(enquiry: Enquiry) -> QuerySet[Upload]:
    """What was sent for an enquiry, the latest first, without the bytes."""
    return enquiry.uploads.without_content().select_related("measure", "sent_by")
