"""What changes the term calendar of a programme."""

from collections.abc import Sequence

from django.db import transaction

from alliances import audit
from alliances.models import HalfTerm, Programme, User
from alliances.terms import Span, calendar_of, faults


class TermsOverlap(Exception):
    """The half terms are not in order, or run into each other or the years beside."""


@transaction.atomic
def set_terms(*, programme: Programme, school_year: int, spans: Sequence[Span], by: User) -> None:
    """The dates of all six half terms of a school year, one after the other."""
    Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)
    if any(faults(school_year, spans, calendar_of(programme))):
        raise TermsOverlap
    programme.half_terms.filter(school_year=school_year).delete()
    HalfTerm.objects.bulk_create(
        HalfTerm(
            programme=programme,
            school_year=school_year,
            code=span.code,
            starts_on=span.starts_on,
            ends_on=span.ends_on,
        )
        for span in spans
    )
    audit.record("set terms", programme, by=by, school_year=school_year)
