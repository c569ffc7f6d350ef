"""What was changed after it had been fixed: visible, with who did it and why."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from alliances.forms import wording_of
from enquiries.models import Enquiry, Revision
from impact.models import Reading
from impact.sheets.measures import FIXED

BASELINE = Reading.Moment.BASELINE.value


@dataclass(frozen=True)
class Amendment:
    """``what`` was changed, without its values, which stay in the history of the form."""

    measure: int
    what: str
    at: datetime
    by: str
    why: str


def amendments_of(enquiry: Enquiry, since: date | None) -> dict[int, list[Amendment]]:
    """By measure, what was changed of it and of its baseline from a day on; two queries."""
    if since is None:
        return {}
    measure_of = dict(Reading.everything.filter(enquiry=enquiry).values_list("pk", "measure"))
    baselines = Reading.everything.filter(enquiry=enquiry, moment=BASELINE).values("pk")
    was_baseline = Q(record__in=baselines) | Q(changes__moment__contains=BASELINE)
    of_these = Q(sheet="measure") | Q(was_baseline, sheet="reading")
    saves = Revision.objects.filter(of_these, enquiry=enquiry, at__date__gte=since)
    found = defaultdict(list)
    for save in saves.select_related("by").order_by("at", "pk"):
        is_measure = save.sheet == "measure"
        pk = save.record if is_measure else measure_of[save.record]
        what = _fixed(save) if is_measure else _of_baseline(save)
        if what:
            why = _why(save)
            found[pk].append(Amendment(pk, what, save.at, str(save.by), why))
    return dict(found)


def _fixed(save: Revision) -> str:
    """The fixed answers that a save of a measure replaced; none in its first save."""
    labels = wording_of("impact", "measure")["fields"]
    if save.changes.get("name", ["-"])[0] == "":
        return ""
    return "; ".join(labels[name]["label"] for name in FIXED if name in save.changes)


def _of_baseline(save: Revision) -> str:
    if "withdrawn" in save.changes:
        return "Baseline withdrawn" if save.changes["withdrawn"][1] else "Baseline brought back"
    return "Baseline added" if save.changes.get("moment", ["-"])[0] == "" else "Baseline changed"


def _why(save: Revision) -> str:
    return (save.changes.get("withdrawn") or save.changes.get("because") or ["", ""])[1]
