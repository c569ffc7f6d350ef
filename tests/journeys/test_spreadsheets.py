"""Readings and matched scores come in by spreadsheet: refused, mended, looked at, saved."""

from pathlib import Path

import pytest

from impact.models import MatchedRow, Reading
from tests.impact.matching import HEADINGS as OF_SCORES
from tests.impact.matching import SEVEN, matched_set_of
from tests.impact.sheets import HEADINGS, a_measure, csv_file

GOOD = ["Baseline", "27/3/2026", "98.5", "", "", "22", "", ""]
PATIENCE = 60_000


def send(visitor, content: bytes, *, until: str):
    """Send a spreadsheet, and stay until the page says what became of it."""
    file = {"name": "readings.csv", "mimeType": "text/csv", "buffer": content}
    visitor.page.get_by_label("Your spreadsheet").set_input_files(file)
    press_until(visitor, "Send the file", until)


def press_until(visitor, button: str, state: str):
    """Press a button and look only at how the work ends: the page before that comes anew."""
    visitor.page.get_by_role("button", name=button).click()
    visitor.page.locator(f'#work-state[data-state="{state}"]').wait_for(timeout=PATIENCE)
    visitor.look()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_readings_are_mended_looked_at_and_saved(sign_in, world, worker, script):
    measure = a_measure(world)
    leah = sign_in("leah", script=script)
    leah.open(f"/measures/{measure.pk}/")
    leah.follow("Add readings from a spreadsheet")
    with leah.page.expect_download() as waiting:
        leah.page.get_by_role("link", name="CSV file").click()
    template = Path(waiting.value.path()).read_text(encoding="utf-8-sig")

    send(leah, csv_file(HEADINGS, [*GOOD[:2], "98,5"]), until="refused")
    leah.says("Write numbers without a comma")
    leah.follow("Send the corrected file")
    send(leah, csv_file(HEADINGS, GOOD), until="ready")
    leah.says("98.5 months, n = 22")
    press_until(leah, "Save these readings", "saved")

    assert template.split(",")[:3] == ["Moment", "Date", "Value (months)"]
    assert Reading.objects.filter(measure=measure).count() == 1


def test_matched_scores_are_sent_shown_together_and_deleted(sign_in, world, worker):
    matched_set = matched_set_of(world)
    leah = sign_in("leah")
    leah.open(f"/matched/{matched_set.pk}/")
    leah.follow("Send the scores")

    send(leah, csv_file(OF_SCORES, ["Emma Smith", "10", "14"]), until="refused")
    leah.says("This cell looks like a name")
    leah.follow("Send the corrected file")
    send(leah, csv_file(OF_SCORES, *SEVEN), until="ready")
    press_until(leah, "Save these scores", "saved")
    leah.follow("See what they say together")
    leah.says("Descriptive: no comparison group")
    leah.follow("Delete them for good")
    leah.press("Delete them")

    leah.says("Deleted by the school")
    assert MatchedRow.objects.count() == 0
