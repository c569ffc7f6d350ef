"""What is sent to every address can be undone, is asked for first, or does no harm."""

from enum import Enum
from pathlib import Path

import pytest

from config.sharing import BASE
from reports.guards import GUARDS
from tests.access.of_accounts import OF_ALLAUTH

TEMPLATES = BASE / "templates"


class Way(Enum):
    """How nobody does by a slip what they cannot take back."""

    UNDO = "the banner after it has a button that undoes it"
    PAGE = "a page of its own says first what will happen, with a button of its own"
    AGAIN = "the same form, or the one beside it, changes it back; the history keeps both"
    HARMLESS = "nobody else is told, and nothing is lost that cannot be had again"


def _each(names: str, way: Way) -> dict[str, Way]:
    return dict.fromkeys(names.split(), way)


# By its address. A sentence is one that stands beside the button and says what will happen.
WAYS: dict[str, Way | tuple[str, str]] = {
    # undone by a button in the banner
    "alliance-edit": Way.UNDO,
    "alliances-place": Way.UNDO,
    "assignment-end": Way.UNDO,
    "passage": Way.UNDO,
    "sheet-withdraw": Way.UNDO,
    # asked for on a page of its own
    **_each(
        "alliance-open case-study-step enquiry-new erasure evidence-remove gate hand-over "
        "help-answer invitation invitation-withdraw invite judgement-agree judgement-share "
        "matched-delete report-correct role-change school-join school-leave support-give "
        "support-second-step verdict",
        Way.PAGE,
    ),
    # told beside the button
    "alliances-invite": ("reports/roll/chosen.html", "An e-mail cannot be called back."),
    "alliances-message": ("reports/roll/message.html", "An e-mail cannot be called back."),
    "alliances-invite-again": ("reports/roll/chosen.html", "An e-mail cannot be called back."),
    "claim-sign-off": ("impact/claim.html", "Any later change of the claim"),
    "edition-issue": ("reports/edition.html", "An issue cannot be taken back"),
    "finding-move": ("enquiries/finding.html", "This cannot be undone."),
    "meeting-close": ("reports/meeting.html", "Once it is closed, it stays closed"),
    "minutes-send": ("reports/minutes.html", "An e-mail cannot be called back."),
    "token-end": ("alliances/tokens.html", "A token that is ended works no more"),
    "upload-confirm": ("impact/uploads/alliances.html", "Nothing has been saved yet."),
    # changed back where it was made
    **_each(
        "choice comment deadline designation-new edition-title enquiry-edit figures-set "
        "finding-edit finding-new mail mail-stop matched-extend "
        "meeting-edit meeting-new passage-move passage-new cycle-new evidence-new opening-end "
        "sheet sheet-bring-back sheet-of-meeting sheet-of-school sheet-record sheet-restore "
        "support-invitation terms-set thread undo",
        Way.AGAIN,
    ),
    **_each(
        "bring-in case-study-begin cluster-summary-ask edition-begin edition-preview "
        "enquiry-report-ask held-file "
        "invitation-again matched-new matched-upload national-ask neighbours report-cancel "
        "report-retry session-end sessions-end support-end support-invitation-again support-let-in "
        "support-mail support-report support-sign-out support-withdraw thread-resolve "
        "token-new upload-drop upload-of-enquiry upload-of-measure",
        Way.HARMLESS,
    ),
}
POSTED = {n for n, g in GUARDS.items() if "POST" in g and not n.startswith(OF_ALLAUTH)}
SENTENCES = {name: told for name, told in WAYS.items() if isinstance(told, tuple)}


def test_every_address_that_takes_something_has_a_way_back():
    """Whoever adds one says here how nobody does by a slip what cannot be taken back."""
    assert set(WAYS) == POSTED


def test_page_that_is_asked_first_is_there_to_be_read():
    asked = {name for name, way in WAYS.items() if way is Way.PAGE}

    assert {name for name in asked if "GET" not in GUARDS[name]} == set()


@pytest.mark.parametrize("name", SENTENCES)
def test_sentence_stands_on_the_page_of_the_button(name):
    template, sentence = SENTENCES[name]

    assert sentence in Path(TEMPLATES / template).read_text("utf-8")
