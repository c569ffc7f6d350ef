from reports.views.documents import (
    case_study_ask,
    national_ask,
    report,
    report_file,
    report_list,
    report_read,
    report_retry,
)
from reports.views.overview import (
    account,
    alliance,
    cluster,
    enquiry,
    home,
    measures,
    my_week,
    programme,
    timeline,
)

__all__ = [
    "account",
    "alliance",
    "case_study_ask",
    "cluster",
    "enquiry",
    "home",
    "measures",
    "my_week",
    "national_ask",
    "programme",
    "report",
    "report_file",
    "report_list",
    "report_read",
    "report_retry",
    "timeline",
]
