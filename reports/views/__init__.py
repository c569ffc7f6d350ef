from reports.views.documents import (
    case_study_ask,
    national_ask,
    report,
    report_file,
    report_list,
    report_read,
    report_retry,
)
from reports.views.forms import (
    form_blank,
    form_blank_pdf,
    form_print,
    form_print_pdf,
    forms_to_print,
    overview_pdf,
)
from reports.views.maturity import maturity, toolkit
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
from reports.views.progress import programme_progress

__all__ = [
    "account",
    "alliance",
    "case_study_ask",
    "cluster",
    "enquiry",
    "form_blank",
    "form_blank_pdf",
    "form_print",
    "form_print_pdf",
    "forms_to_print",
    "home",
    "maturity",
    "measures",
    "my_week",
    "national_ask",
    "overview_pdf",
    "programme",
    "programme_progress",
    "report",
    "report_file",
    "report_list",
    "report_read",
    "report_retry",
    "timeline",
    "toolkit",
]
