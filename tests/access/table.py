"""Every address that is tried, beside those of the account pages."""

from tests.access.of_alliances import PAGES as OF_ALLIANCES
from tests.access.of_enquiries import PAGES as OF_ENQUIRIES
from tests.access.of_impact import PAGES as OF_IMPACT
from tests.access.of_reports import PAGES as OF_REPORTS

PAGES = [*OF_ALLIANCES, *OF_ENQUIRIES, *OF_IMPACT, *OF_REPORTS]
