"""The only code of this app that writes."""

from enquiries.actions.cycles import GateShut, pass_gate, set_deadline
from enquiries.actions.dialogue import (
    agree_judgement,
    answer_thread,
    open_thread,
    resolve_thread,
    share_judgement,
)
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
    hold,
    log_entry,
    next_position,
    sent_before,
    start_cycle,
)
from enquiries.actions.evidence import (
    NoRoom,
    TooManyFiles,
    attach_evidence,
    remove_evidence,
)
from enquiries.actions.findings import (
    NEXT,
    FindingSettled,
    give_verdict,
    move_finding,
    word_finding,
)
from enquiries.actions.meetings import (
    NotOver,
    change_meeting,
    close_meeting,
    plan_meeting,
    send_minutes,
)
from enquiries.actions.schools import join_enquiry, leave_enquiry
from enquiries.actions.sheets import (
    ChangedByOthers,
    SavedMeanwhile,
    Withdrawn,
    bring_back,
    drop_draft,
    keep_draft,
    restore,
    save_sheet,
    withdraw,
)

__all__ = [
    "NEXT",
    "ChangedByOthers",
    "ChangedMeanwhile",
    "FindingSettled",
    "GateShut",
    "NoRoom",
    "NotOver",
    "SavedMeanwhile",
    "TooManyFiles",
    "Withdrawn",
    "add_printed",
    "agree_judgement",
    "answer_help",
    "answer_thread",
    "attach_evidence",
    "bring_back",
    "change_meeting",
    "close_meeting",
    "describe_enquiry",
    "drop_draft",
    "give_verdict",
    "hold",
    "join_enquiry",
    "keep_draft",
    "leave_enquiry",
    "list_enquiry",
    "log_entry",
    "move_finding",
    "next_position",
    "open_enquiry",
    "open_thread",
    "pass_gate",
    "plan_meeting",
    "record_participations",
    "remove_evidence",
    "resolve_thread",
    "restore",
    "save_sheet",
    "send_minutes",
    "sent_before",
    "set_deadline",
    "share_judgement",
    "start_cycle",
    "withdraw",
    "word_finding",
]
