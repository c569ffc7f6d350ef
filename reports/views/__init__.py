from reports.views.across import programme_clusters
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
from reports.views.handover import handover, handover_pdf
from reports.views.leadership import leadership_log
from reports.views.maturity import maturity, toolkit
from reports.views.measures import measure
from reports.views.meetings import (
    meeting,
    meeting_close,
    meeting_edit,
    meeting_new,
    meetings,
    minutes,
    minutes_pdf,
    minutes_send,
)
from reports.views.overview import (
    account,
    alliance,
    attention_rules,
    cluster,
    clusters,
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
    "attention_rules",
    "case_study_ask",
    "cluster",
    "clusters",
    "enquiry",
    "form_blank",
    "form_blank_pdf",
    "form_print",
    "form_print_pdf",
    "forms_to_print",
    "handover",
    "handover_pdf",
    "home",
    "leadership_log",
    "maturity",
    "measure",
    "measures",
    "meeting",
    "meeting_close",
    "meeting_edit",
    "meeting_new",
    "meetings",
    "minutes",
    "minutes_pdf",
    "minutes_send",
    "my_week",
    "national_ask",
    "overview_pdf",
    "programme",
    "programme_clusters",
    "programme_progress",
    "report",
    "report_file",
    "report_list",
    "report_read",
    "report_retry",
    "timeline",
    "toolkit",
]
