"""The kinds of report that can be made: what each is about, who asks for it, what builds it."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from alliances import access
from alliances.content import words
from alliances.models import User
from alliances.roles import Permission
from enquiries.models import Enquiry
from impact.disclosure import Ledger
from reports.builders import (
    build_case_study,
    build_cluster_summary,
    build_edition,
    build_impact_report,
    build_national,
    build_overview,
    build_poster,
    build_told_case_study,
)
from reports.manuscript.standing import signed_draft
from reports.models import ABOUT, Edition, Kind, Report


@dataclass(frozen=True)
class Made:
    """A kind of report; ``build`` gives its content as plain values.

    ``ask`` is the permission over its alliance, cluster or programme that it takes to have one
    made: first, again, or corrected. ``part`` gives in words what of an enquiry it tells, where
    that is not all. ``papers`` are the codes of those that it is printed on beside its own.
    """

    kind: Kind
    ask: Permission
    build: Callable[[Report, Ledger], Any]
    part: Callable[[Enquiry], str] = lambda _enquiry: ""
    papers: tuple[str, ...] = ()

    @property
    def about(self) -> str:
        """What it is, for those who wonder whether to ask for it."""
        return words("reports", "kinds")[self.kind].text


def _case_study(report: Report, ledger: Ledger):
    """In the alliance's words, once it has signed them off; else the account of what is logged."""
    if draft := signed_draft(report.enquiry):
        return build_told_case_study(draft, ledger=ledger)
    return build_case_study(report.enquiry, ledger=ledger)


def _impact_report(report: Report, ledger: Ledger):
    is_final = report.kind == Kind.FINAL
    return build_impact_report(report.enquiry, is_final=is_final, ledger=ledger)


def _poster(report: Report, ledger: Ledger):
    return build_poster(report.enquiry, ledger=ledger)


def _cycle_now(enquiry: Enquiry) -> str:
    cycle = enquiry.cycles.last()
    return cycle.label if cycle else ""


def _overview(report: Report, _ledger: Ledger):
    cycle = report.enquiry.cycles.filter(label=report.about).last()
    return build_overview(report.enquiry, cycle)


def _cluster_summary(report: Report, _ledger: Ledger):
    days = {"since": report.since, "until": report.until}
    return build_cluster_summary(report.cluster, about=report.about, **days)


def _edition(report: Report, ledger: Ledger):
    subject = {"kind": report.kind, "programme": report.programme, "theme": report.theme}
    return build_edition(Edition.objects.get(**subject), ledger=ledger)


def _national(report: Report, ledger: Ledger):
    return build_national(report.programme, report.selected, report.about, ledger=ledger)


KINDS = {
    made.kind: made
    for made in (
        Made(Kind.CASE_STUDY, Permission.ASK_CASE_STUDY, _case_study),
        Made(Kind.INTERIM, Permission.ASK_CASE_STUDY, _impact_report),
        Made(Kind.FINAL, Permission.ASK_CASE_STUDY, _impact_report),
        Made(Kind.POSTER, Permission.ASK_CASE_STUDY, _poster, papers=("a3", "booklet")),
        Made(Kind.OVERVIEW, Permission.READ_ENQUIRY, _overview, part=_cycle_now),
        Made(Kind.CLUSTER, Permission.SEE_CLUSTER, _cluster_summary),
        Made(Kind.THEME, Permission.EDIT_REPORTS, _edition),
        Made(Kind.OVERARCHING, Permission.EDIT_REPORTS, _edition),
        Made(Kind.NATIONAL, Permission.ASK_NATIONAL_REPORT, _national),
    )
}


def of_an_enquiry(allowed: Collection[Permission]) -> list[Made]:
    """The kinds in which one enquiry is told of to whoever has these permissions, in order."""
    return [
        made for made in KINDS.values() if made.kind in ABOUT["enquiry"] and made.ask in allowed
    ]


def opened_with(permission: Permission) -> list[Kind]:
    """The kinds on enquiries that this permission opens."""
    return [made.kind for made in of_an_enquiry({permission})]


def may_have_made(user: User, report: Report) -> bool:
    """Whether the person may have the report made again or corrected, as it would read now."""
    ask = KINDS[Kind(report.kind)].ask
    if report.alliance:
        return ask in access.permissions_over(user, report.alliance)
    if report.cluster:
        return access.clusters_for(user, ask).filter(pk=report.cluster.pk).exists()
    return ask in access.permissions_in(user, report.programme)
