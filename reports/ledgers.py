"""Reads what reports of a programme have told, for the next one to be held against."""

from django.db.models import QuerySet

from alliances.models import Programme
from impact.disclosure import Issue, Ledger
from reports.models import IssuedFigure, Report


def ledger_after(programme: Programme, told: QuerySet[IssuedFigure]) -> Ledger:
    """The rules of the programme, with those numbers of its reports that were told before."""
    before = told.filter(report__programme=programme)
    earlier = tuple(Issue(row.figure, frozenset(row.units), row.number) for row in before)
    return Ledger(programme.fewest_schools, programme.small_number_threshold, earlier)


def ledger_for(report: Report) -> Ledger:
    """What other reports of the programme have told; one at a time is held against them."""
    programme = Programme.objects.select_for_update(no_key=True).get(pk=report.programme_id)
    told = IssuedFigure.objects.exclude(report=report)
    if report.alliance_id:
        told = told.filter(units=[report.alliance_id])
    return ledger_after(programme, told)
