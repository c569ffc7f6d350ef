"""Which matched scores there are, and what they say to whom."""

from datetime import date, timedelta

from django.db.models import Count, QuerySet

from enquiries.models import Enquiry, Ethics
from impact.matched.figures import Figures, figures_of, outside
from impact.models import MatchedSet, Measure
from impact.statistics import Result, Unsaid

# How long before its scores are deleted a school is told.
WARNED_BEFORE = timedelta(weeks=4)


def sets_of(enquiry: Enquiry) -> QuerySet[MatchedSet]:
    """An enquiry's sets, the latest first, with how many people each holds."""
    related = ("measure", "participation__school", "begun_by", "deleted_by")
    return enquiry.matched_sets.select_related(*related).annotate(people=Count("rows"))


def shown_figures(matched_set: MatchedSet, *, exact: bool) -> Figures | None:
    """A set's figures; ``exact`` only for those who hold it. None where it has no rows."""
    rows = list(matched_set.rows.all())
    if not rows:
        return None
    figures = figures_of(rows, matched_set.measure.better)
    if exact:
        return figures
    return outside(figures, matched_set.enquiry.alliance.programme.small_number_threshold)


def results_behind(measure: Measure, *, exact: bool) -> list[Result | Unsaid]:
    """What the matched scores of a measure say, set by set; ``exact`` as for their figures."""
    related = ("measure", "enquiry__alliance__programme")
    sets = measure.matched_sets.kept().select_related(*related).prefetch_related("rows")
    figures = [shown_figures(each, exact=exact) for each in sets]
    return [result for each in figures if each for result in each.results]


def has_ethics(enquiry: Enquiry) -> bool:
    """Whether the ethics checklist is complete, which comes before any data of single people."""
    return Ethics.objects.filter(enquiry=enquiry, right_to_withdraw=True).exists()


def running_out(sets: QuerySet[MatchedSet], today: date) -> QuerySet[MatchedSet]:
    """Those that will be deleted within four weeks, the first to go first."""
    soon = sets.kept().filter(retain_until__lte=today + WARNED_BEFORE)
    return soon.order_by("retain_until", "pk")
