"""The only code of this app that writes."""

from enquiries.actions.cycles import GateShut, pass_gate, set_deadline
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
    hold,
    log_entry,
    log_trial,
    sent_before,
    start_cycle,
)
from enquiries.actions.sheets import (
    ChangedByOthers,
    SavedMeanwhile,
    drop_draft,
    keep_draft,
    restore,
    save_sheet,
)

__all__ = [
    "ChangedByOthers",
    "ChangedMeanwhile",
    "GateShut",
    "SavedMeanwhile",
    "add_printed",
    "answer_help",
    "ask_for_help",
    "describe_enquiry",
    "drop_draft",
    "hold",
    "keep_draft",
    "list_enquiry",
    "log_entry",
    "log_trial",
    "open_enquiry",
    "pass_gate",
    "record_participations",
    "restore",
    "save_sheet",
    "sent_before",
    "set_deadline",
    "start_cycle",
]
