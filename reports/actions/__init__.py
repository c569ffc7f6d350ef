"""The only code of this app that writes."""

from reports.actions.editions import (
    RewordedMeanwhile,
    add_passage,
    begin_edition,
    choose,
    issue_edition,
    move_passage,
    title_edition,
    word_passage,
)
from reports.actions.parts import clear_parts, set_part
from reports.actions.reports import (
    DISPATCH_AGAIN_AFTER,
    LOCK_SPACE,
    MOST_ATTEMPTS,
    NotToCorrect,
    ask_about_alliance,
    ask_for_case_study,
    ask_for_national,
    build_report,
    cancel_report,
    correct_report,
    retry_report,
    sweep,
)
from reports.actions.weekly import write_weeklies

__all__ = [
    "DISPATCH_AGAIN_AFTER",
    "LOCK_SPACE",
    "MOST_ATTEMPTS",
    "NotToCorrect",
    "RewordedMeanwhile",
    "add_passage",
    "ask_about_alliance",
    "ask_for_case_study",
    "ask_for_national",
    "begin_edition",
    "build_report",
    "cancel_report",
    "choose",
    "clear_parts",
    "correct_report",
    "issue_edition",
    "move_passage",
    "retry_report",
    "set_part",
    "sweep",
    "title_edition",
    "word_passage",
    "write_weeklies",
]
