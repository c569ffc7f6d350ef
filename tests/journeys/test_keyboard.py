"""Without a mouse: each of them does their work by keys alone and always sees where they are."""

from urllib.parse import urlsplit

import pytest

from enquiries.models import GuideCell
from tests.enquiries.test_school_from_register import entry, known
from tests.journeys.keyboard import Keyboard
from tests.journeys.visitor import DESKTOP, PHONE
from tests.world import PASSWORD

# What a page that shows how far a report is asks again in: twice, and some more.
SOME_ROUNDS = 2500


@pytest.fixture
def by_keys(visit, world):
    """Somebody of the cast at a keyboard, who has signed in: ``by_keys("leah")``."""

    def signed_in(name: str, screen: dict[str, int] = DESKTOP) -> Keyboard:
        keyboard = Keyboard(visit(), screen)
        keyboard.sign_in(name, PASSWORD)
        return keyboard

    return signed_in


@pytest.mark.parametrize("screen", [DESKTOP, PHONE], ids=["desk", "phone"])
def test_lead_logs_a_trial_and_comes_back(by_keys, screen):
    leah = by_keys("leah", screen)
    leah.walk_round()
    leah.go("George Abbot Teaching School Alliance")
    leah.walk_round()
    enquiry = urlsplit(leah.visitor.path).path
    leah.go("A trial in class")
    leah.walk_round()
    for box, text in {"Day": "9", "Month": "3", "Year": "2026", "Strategy tried": "Debate"}.items():
        leah.answer(box, text)

    leah.go("Save trial")
    leah.see()
    refused = leah.at
    leah.step()
    leah.keys.press("Enter")
    leah.see()
    led_to = leah.at
    leah.keys.type("Pupils wrote first.")
    for box in ("What was experienced", "Reflection", "Recommendation"):
        leah.answer(box, "Writing helps.")
    leah.go("Save trial")

    assert refused == (
        "There is a problem Enter what was done Enter what was experienced Enter reflection "
        "Enter recommendation"
    )
    assert led_to == "What was done"
    leah.see()
    assert (leah.visitor.path, leah.at) == (enquiry, "Success Trial: saved.")
    assert leah.step() == "Change question, focus and title"
    leah.to("Debate")


def test_facilitator_sees_who_is_stuck_and_why_and_writes_a_judgement(by_keys):
    faye = by_keys("faye")
    faye.walk_round()
    faye.visitor.says("Asks for help; one school left")
    faye.go("South")
    faye.walk_round()
    faye.to("Alliances side by side")
    faye.go("George Abbot Teaching School Alliance")
    faye.go("Facilitator’s guide, with your own judgement")
    faye.walk_round()
    faye.go("Empty : Implementation, Diagnosis, George Abbot School")
    faye.walk_round()
    faye.answer("Your own notes (optional)", "They plan in pairs.")
    faye.to("Low")
    faye.keys.press("ArrowDown")
    faye.see()
    faye.go("Save", key="Space")

    cell = GuideCell.objects.get()
    assert cell.private_notes == "They plan in pairs."
    assert cell.cells == {"judgement.capacity_to_collaborate": "medium"}
    assert faye.at == "Success Facilitator’s guide: saved."
    faye.see()


def test_national_staff_wait_for_a_report_and_open_it(by_keys, begin_work):
    nadia = by_keys("nadia")
    nadia.walk_round()
    nadia.go("Make the report", key="Space")
    nadia.walk_round()
    nadia.to("Cancel this report")
    nadia.visitor.page.wait_for_timeout(SOME_ROUNDS)
    waited_at = nadia.at
    begin_work()
    nadia.visitor.await_report()
    nadia.walk_round()
    with nadia.visitor.page.expect_download() as waiting:
        nadia.to("Download PDF")
        nadia.keys.press("Enter")
    nadia.go("Read it as a web page")
    nadia.walk_round()

    assert waited_at == "Cancel this report"
    assert waiting.value.path().read_bytes()[:5] == b"%PDF-"


def test_lead_picks_a_school_that_appears_as_its_name_is_typed(by_keys, world):
    known(entry(123456, "Downs School"), entry(123457, "Downs Infants", is_open=False))
    leah = by_keys("leah")
    leah.go("George Abbot Teaching School Alliance")
    leah.go("Schools")
    leah.go("A school joins")
    leah.walk_round()
    leah.answer("Find it in the national register", "downs")
    leah.visitor.page.get_by_role("link", name="Downs School").wait_for()
    leah.see()
    typed_at = leah.at
    leah.walk_round()
    leah.go("Downs School")
    leah.see()
    picked = (leah.at, leah.visitor.page.evaluate("document.activeElement.value"))
    for box, text in {"Day": "3", "Month": "2", "Year": "2026"}.items():
        leah.answer(box, text)
    leah.to("Chose to join")
    leah.keys.press("ArrowDown")
    leah.see()
    chosen = leah.at
    leah.go("Let it join")

    assert typed_at == "Find it in the national register"
    assert picked == ("Name of the school", "Downs School")
    assert chosen == "Was told to join"
    assert leah.at == "Success Downs School takes part now."
    leah.see()
