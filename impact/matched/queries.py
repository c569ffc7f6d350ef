"""Which matched scores there are, and what they say to whom."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, QuerySet

from alliances.models import Programme
from enquiries.models import Enquiry, Ethics
from impact.matched.evidence import Matched
from impact.matched.figures import Figures, figures_of, outside
from impact.models import MatchedSet, Measure
from impact.statistics import Result, Study, Unsaid, study_of

# How long before its scores are deleted a school is told.
WARNED_BEFORE = timedelta(weeks=4)


def sets_of(enquiry: Enquiry) -> QuerySet[MatchedSet]:
    """An enquiry's sets, the latest first, with how many people each holds."""
    related = ("measure", "participation__school", "begun_by", "deleted_by")
    return enquiry.matched_sets.select_related(*related).annotate(people=Count("rows"))


def sets_behind(evidence: Matched) -> QuerySet[MatchedSet]:
    """The sets that say how strong evidence is, the latest first."""
    found = MatchedSet.objects.filter(pk__in=evidence.sets)
    return found.select_related("measure", "participation__school")


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


@dataclass(frozen=True)
class Effect:
    """What one set found against its comparison group, fit to leave its alliance."""

    alliance: int
    is_attainment: bool
    study: Study


def effects_across(programme: Programme) -> list[Effect]:
    """The effects of a programme's matched scores that can be weighed; three queries."""
    related = ("measure", "enquiry__alliance__programme")
    sets = MatchedSet.objects.kept().filter(
        enquiry__alliance__programme=programme, measure__withdrawn=""
    )
    found = []
    for each in sets.select_related(*related).prefetch_related("rows").order_by("pk"):
        figures = shown_figures(each, exact=False)
        for result in figures.results[:1] if figures and figures.has_comparison else ():
            alliance = each.enquiry.alliance
            study = study_of(
                alliance.name, result, instrument=each.instrument.strip(), phase=each.phase
            )
            if isinstance(study, Study):
                found.append(Effect(alliance.pk, each.measure.is_attainment, study))
    return found


def has_ethics(enquiry: Enquiry) -> bool:
    """Whether the ethics checklist is complete, which comes before any data of single people."""
    return Ethics.objects.filter(enquiry=enquiry, right_to_withdraw=True).exists()


def running_out(sets: QuerySet[MatchedSet], today: date) -> QuerySet[MatchedSet]:
    """Those that will be deleted within four weeks, the first to go first."""
    soon = sets.kept().filter(retain_until__lte=today + WARNED_BEFORE)
    return soon.order_by("retain_until", "pk")
