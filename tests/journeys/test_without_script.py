"""The lead's whole journey where the browser runs no script."""

from urllib.parse import urlsplit

from tests.journeys.test_lead import (
    add_baseline,
    add_measure,
    add_reading,
    ask_for_help,
    log_leadership,
    log_trial,
)
from tests.journeys.visitor import text_of


def test_lead_does_everything_without_script(sign_in, worker):
    leah = sign_in("leah", script=False)
    enquiry = urlsplit(leah.page.url).path

    log_trial(leah)
    add_measure(leah)
    add_baseline(leah)
    add_reading(leah)
    leah.open(enquiry)
    log_leadership(leah)
    ask_for_help(leah)
    leah.press("Make the case study")
    leah.await_report()
    told = text_of(leah.download())

    assert "Writing first gave everybody something to say." in told
