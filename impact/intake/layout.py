"""What the spreadsheet of alliances looks like: its headings, and what one row gives."""

from dataclasses import dataclass

from alliances.content import words
from alliances.models import Cohort, Theme

CODES = tuple(words("impact", "intake"))
ALLIANCE, LEAD_SCHOOL, COHORT, THEME, REGION, CLUSTER, LEAD_NAME, LEAD_EMAIL, PARTNERS = CODES
HEADINGS = {code: item.title for code, item in words("impact", "intake").items()}
EXPLAINED = {code: item.text for code, item in words("impact", "intake").items()}


@dataclass(frozen=True)
class Line:
    """An alliance as a row gives it. What is empty is left as it is; ``partners`` are URNs."""

    row: int
    name: str
    lead_school: int | None
    cohort: Cohort | None
    theme: Theme | None
    region: str
    cluster: str
    lead_name: str
    lead_email: str
    partners: tuple[int, ...]

    @property
    def schools(self) -> dict[int, str]:
        """Every URN with the column it stands in, the lead school first."""
        named = {self.lead_school: LEAD_SCHOOL} if self.lead_school else {}
        return named | {urn: PARTNERS for urn in self.partners if urn != self.lead_school}
