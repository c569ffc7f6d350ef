"""The kinds of report that can be made: what each is about, who asks for it, what builds it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from alliances.content import words
from alliances.roles import Permission
from impact.disclosure import Ledger
from reports.builders import (
    build_case_study,
    build_edition,
    build_impact_report,
    build_national,
    build_told_case_study,
)
from reports.manuscript.standing import signed_draft
from reports.models import ABOUT, Edition, Kind, Report


@dataclass(frozen=True)
class Made:
    """A kind of report; ``build`` gives its content as plain values.

    ``ask`` is the permission over its alliance, cluster or programme that it takes to ask for one
    and to open it.
    """

    kind: Kind
    ask: Permission
    build: Callable[[Report, Ledger], Any]

    @property
    def about(self) -> str:
        """What it is, for those who wonder whether to ask for it."""
        return words("reports", "kinds")[self.kind].text


def _case_study(report: Report, ledger: Ledger):
    """In the alliance's words, once it has signed them off; else the account of what is logged."""
    enquiry = report.alliance.enquiries.first()
    if draft := signed_draft(enquiry):
        return build_told_case_study(draft, ledger=ledger)
    return build_case_study(enquiry, ledger=ledger)


def _impact_report(report: Report, ledger: Ledger):
    is_final = report.kind == Kind.FINAL
    return build_impact_report(report.alliance.enquiries.first(), is_final=is_final, ledger=ledger)


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
        Made(Kind.THEME, Permission.ASK_NATIONAL_REPORT, _edition),
        Made(Kind.OVERARCHING, Permission.ASK_NATIONAL_REPORT, _edition),
        Made(Kind.NATIONAL, Permission.ASK_NATIONAL_REPORT, _national),
    )
}


def of_an_alliance() -> list[Made]:
    """The kinds that one alliance is told of in, in their order."""
    return [made for made in KINDS.values() if made.kind in ABOUT["alliance"]]
