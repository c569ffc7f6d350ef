"""Keeps that a page broke, for whoever is asked about its reference."""

from django.db import transaction

from alliances import history, references
from alliances.models import Breakage, User


@transaction.atomic
def note_breakage(error: BaseException, *, by: User | None) -> Breakage:
    """The page at hand broke; of the error its class alone."""
    kind = type(error)
    return Breakage.objects.create(
        reference=references.current(),
        page=history.page_now(),
        error=f"{kind.__module__}.{kind.__qualname__}"[:200],
        person=by,
    )
