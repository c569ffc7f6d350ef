"""Erases a person with the reports in sight that go on naming them."""

from django.db import transaction

from alliances.actions import erase_person
from alliances.models import User
from reports.erasing.queries import naming
from reports.models import Report


@transaction.atomic
def erase(*, person: User, reason: str, by: User | None) -> list[Report]:
    """The reports, frozen as they were issued, that are to be withdrawn or made again.

    They are named beside the reason in the record of the act; ``by`` is None for a command.
    """
    reports = naming(person)
    erase_person(person=person, reason=reason, by=by, named_in=[report.pk for report in reports])
    return reports
