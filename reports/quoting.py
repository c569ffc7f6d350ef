"""Which issued reports still carry a quotation whose consent was taken back.

Reports are frozen: without consent the words stand in no later one, and a correction of an earlier
one leaves them out. What somebody typed into a text by hand is not found here.
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from alliances import access
from alliances.models import Programme, User
from alliances.roles import Permission
from enquiries.models import Quotation, Revision
from reports.kinds import KINDS
from reports.models import Kind, Report
from reports.queries import reports_for

AT_ONCE = 20  # reports whose frozen text is held in memory


class Way(StrEnum):
    """How the words are taken out of a report, by this reader."""

    CORRECT = "correct"
    DESK = "desk"
    OTHERS = "others"


@dataclass(frozen=True)
class Carrier:
    """A report with those of the quotations that stand in it; whether its reader may open it."""

    report: Report
    quotations: list[Quotation]
    is_open: bool
    way: Way


def taken_back(quotations: QuerySet[Quotation]) -> list[Quotation]:
    """Those that might be published once and may not now: not agreed to any more, or withdrawn."""
    saves = Revision.objects.filter(sheet=Quotation._meta.model_name)
    given = Q(changes__consent__0=Quotation.Consent.GIVEN) | Q(changes__withdrawn__0="")
    once = Q(pk__in=saves.filter(given).values("record")) | Q(source_lines__isnull=False)
    now = Quotation.AGREED & Q(withdrawn="")
    return list(quotations.filter(once).exclude(now).select_related("enquiry__alliance"))


def carriers(programme: Programme, quotations: QuerySet[Quotation], user: User) -> list[Carrier]:
    """The latest issues in which any of them stands, as its reader may deal with them."""
    found = taken_back(quotations)
    if not found:
        return []
    words = _words_of(found)
    told = {
        report: own
        for report, text in _latest(programme)
        if (own := [each for each in found if _is_in(report, text, each, words[each.pk])])
    }
    numbers = [report.pk for report in told]
    open_to = set(reports_for(user).filter(pk__in=numbers).values_list("pk", flat=True))
    allowed = access.permissions_in(user, programme)
    if len(own := {each.enquiry.alliance for each in found}) == 1:
        allowed |= access.permissions_over(user, *own)
    return [
        Carrier(report, own, report.pk in open_to, _way(report, allowed))
        for report, own in told.items()
    ]


def _latest(programme: Programme) -> Iterator[tuple[Report, str]]:
    """Finished reports that no finished one corrects, the newest first, with their frozen text."""
    ready = Report.objects.filter(programme=programme, status=Report.Status.READY)
    corrected = ready.filter(corrects__isnull=False).values("corrects")
    latest = ready.exclude(pk__in=corrected).annotate(told=Cast("data", TextField()))
    subjects = ("alliance", "enquiry", "cluster", "theme", "programme", "publication")
    whole = latest.select_related(*subjects).defer("data", "enquiry__document")
    for report in whole.iterator(AT_ONCE):
        yield report, report.told


def _words_of(found: list[Quotation]) -> dict[int, set[str]]:
    """By number: what each says and said before it was changed, as JSON writes it."""
    words: dict[int, set[str]] = defaultdict(set)
    saves = Revision.objects.filter(sheet=Quotation._meta.model_name, changes__has_key="text")
    numbers = [each.pk for each in found]
    earlier = saves.filter(record__in=numbers).values_list("record", "changes__text")
    texts = [(each.pk, [each.text]) for each in found] + list(earlier)
    for number, said in texts:
        words[number] |= {json.dumps(each, ensure_ascii=False)[1:-1] for each in said if each}
    return words


def _is_in(report: Report, text: str, quotation: Quotation, words: set[str]) -> bool:
    is_of_another = report.alliance_id not in (None, quotation.enquiry.alliance_id)
    return not is_of_another and any(each in text for each in words)


def _way(report: Report, allowed: set) -> Way:
    has_desk = hasattr(report, "publication")
    if has_desk and Permission.SELECT_CASE_STUDIES in allowed:
        return Way.DESK
    if KINDS[Kind(report.kind)].ask not in allowed:
        return Way.OTHERS
    return Way.DESK if has_desk else Way.CORRECT
