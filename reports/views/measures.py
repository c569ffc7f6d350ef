"""One measure: what is known of it, drawn and in words."""

from dataclasses import asdict

from django.shortcuts import render
from django.views.decorators.http import require_safe

from alliances import access
from alliances.roles import Permission
from enquiries.delivery import Deliveries
from impact.amendments import amendments_of
from impact.conclusions import conclude
from impact.describing import results_of
from impact.matched.queries import results_behind
from impact.models import Measure
from impact.months import in_months
from impact.queries import fixed_on, measures_of
from impact.values import MeasureValues
from impact.wording import verdict
from reports.builders.measures import symbols_used
from reports.builders.one_measure import facts_of, readings_of
from reports.builders.pictures import pictures_of

NOTHING_FOUND = ("unchanged", "worse")


def _delivered(measure: Measure, values: MeasureValues) -> str:
    """Whether what was planned was done, and what that says where nothing became better."""
    told = Deliveries([measure.enquiry_id]).of(
        measure.enquiry_id, participation=measure.participation_id
    )
    return told.means(nothing_found=verdict(values) in NOTHING_FOUND)


@require_safe
def measure(request, pk):
    measures = Measure.objects.select_related(
        "enquiry__alliance__programme", "participation__school"
    ).prefetch_related("readings")
    found = access.load(measures, request.user, Permission.READ_ENQUIRY, pk=pk)
    allowed = access.permissions_over(request.user, found.enquiry.alliance)
    shown = measures_of(found.enquiry, exact=Permission.SEE_SMALL_NUMBERS in allowed)
    values = next(each for each in shown if each.id == pk)
    family = [each for each in shown if each.family == values.family and each.id != pk]
    fixed = fixed_on(found.enquiry)
    matched = results_behind(found, exact=Permission.HOLD_MATCHED in allowed)
    is_in_months = found.enquiry.alliance.programme.shows_months
    context = {
        "measure": found,
        "enquiry": found.enquiry,
        "may": {permission.name for permission in allowed},
        "conclusion": conclude(values, results_of(values), matched),
        "months": in_months(matched, is_attainment=found.is_attainment) if is_in_months else [],
        "delivery": _delivered(found, values),
        "facts": facts_of(values, found),
        "readings": readings_of(values, found),
        "charts": [asdict(chart) for chart in pictures_of([values, *family])],
        "family": family,
        "fixed_on": fixed,
        "amendments": amendments_of(found.enquiry, fixed).get(pk, []),
        "symbols": symbols_used([values, *family]),
    }
    return render(request, "reports/measure.html", context)
