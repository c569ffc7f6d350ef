"""The only code of this app that writes."""

from enquiries.actions.enquiry import (
    ChangedMeanwhile,
    describe_enquiry,
    list_enquiry,
    open_enquiry,
    record_participations,
)
from enquiries.actions.entries import (
    add_printed,
    answer_help,
    ask_for_help,
    log_entry,
    log_trial,
    start_cycle,
)

__all__ = [
    "ChangedMeanwhile",
    "add_printed",
    "answer_help",
    "ask_for_help",
    "describe_enquiry",
    "list_enquiry",
    "log_entry",
    "log_trial",
    "open_enquiry",
    "record_participations",
    "start_cycle",
]
