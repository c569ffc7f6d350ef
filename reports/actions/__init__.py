"""The only code of this app that writes."""

from reports.actions.asking import (
    NotToCorrect,
    ask_about_cluster,
    ask_about_enquiry,
    ask_for_case_study,
    ask_for_national,
    cancel_report,
    correct_report,
    retry_report,
    summarise_terms,
)
from reports.actions.building import LOCK_SPACE, MOST_ATTEMPTS, build_report, sweep
from reports.actions.digests import keep_counts
from reports.actions.editions import (
    KeyOfAnother,
    RewordedMeanwhile,
    add_passage,
    begin_edition,
    choose,
    issue_edition,
    move_passage,
    title_edition,
    word_passage,
)
from reports.actions.editorial import (
    NotNow,
    begin_with_logged,
    check_consent,
    choose_case_study,
    give_critique,
    publish_case_study,
    send_for_critique,
    sign_off_case_study,
    withdraw_publication,
)
from reports.actions.erasing import erase
from reports.actions.parts import clear_parts, set_part
from reports.actions.previews import ask_for_preview, make_preview, sweep_previews
from reports.actions.retention import Due, delete_due, due
from reports.actions.undoing import UNDOES, NotUndone, undo
from reports.actions.weekly import write_weeklies

__all__ = [
    "LOCK_SPACE",
    "MOST_ATTEMPTS",
    "UNDOES",
    "Due",
    "KeyOfAnother",
    "NotNow",
    "NotToCorrect",
    "NotUndone",
    "RewordedMeanwhile",
    "add_passage",
    "ask_about_cluster",
    "ask_about_enquiry",
    "ask_for_case_study",
    "ask_for_national",
    "ask_for_preview",
    "begin_edition",
    "begin_with_logged",
    "build_report",
    "cancel_report",
    "check_consent",
    "choose",
    "choose_case_study",
    "clear_parts",
    "correct_report",
    "delete_due",
    "due",
    "erase",
    "give_critique",
    "issue_edition",
    "keep_counts",
    "make_preview",
    "move_passage",
    "publish_case_study",
    "retry_report",
    "send_for_critique",
    "set_part",
    "sign_off_case_study",
    "summarise_terms",
    "sweep",
    "sweep_previews",
    "title_edition",
    "undo",
    "withdraw_publication",
    "word_passage",
    "write_weeklies",
]
