"""The only code of this app that writes."""

from reports.actions.reports import (
    DISPATCH_AGAIN_AFTER,
    LOCK_SPACE,
    MOST_ATTEMPTS,
    NotToCorrect,
    ask_about_alliance,
    ask_for_case_study,
    ask_for_national,
    build_report,
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
    "ask_about_alliance",
    "ask_for_case_study",
    "ask_for_national",
    "build_report",
    "correct_report",
    "retry_report",
    "sweep",
    "write_weeklies",
]
