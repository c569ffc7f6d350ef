"""Matched scores of a school, begun and sent by the site's own actions."""

from datetime import date, timedelta

from django.utils import timezone

from enquiries.actions import save_sheet
from enquiries.models import Ethics
from impact.actions import begin_matched, confirm_upload, send_upload, take_up
from impact.models import MatchedRow, MatchedSet, Upload
from tests.impact.sheets import a_measure, csv_file

HEADINGS = ["Pseudonym", "Before", "After"]
# Seven pupils: five have both scores, one has only the first, one only the second.
SEVEN = [
    ["P01", "10", "14"],
    ["P02", "12", "15"],
    ["P03", "9", "9"],
    ["P04", "11", "16"],
    ["P05", "8", "13"],
    ["P06", "7", ""],
    ["P07", "", "12"],
]
UNTIL = timezone.localdate() + timedelta(days=365)
A_SET = {
    "measure": "1",
    "participation": "1",
    "instrument": "NGRT form A, 2025",
    "phase": "secondary",
    "before_on_day": "9",
    "before_on_month": "1",
    "before_on_year": "2026",
    "after_on_day": "27",
    "after_on_month": "3",
    "after_on_year": "2026",
    "consent": "Letter to parents, September 2025",
    "retain_until_day": str(UNTIL.day),
    "retain_until_month": str(UNTIL.month),
    "retain_until_year": str(UNTIL.year),
}
TEN = "confidentiality withdraw parents stored who_sees protected collected permission recognised"


def ethics_told(world, right_to_withdraw=True) -> Ethics:
    """The ethics checklist of Leah's enquiry."""
    wanted = dict.fromkeys([*TEN.split(), "sensitive"], "Told.")
    wanted |= {"owner": "Leah", "consent_from": ["parent"], "right_to_withdraw": right_to_withdraw}
    place = {"enquiry": world.enquiry}
    return save_sheet(Ethics, place=place, seen={}, wanted=wanted, by=world.person("leah"))


def matched_set_of(world, **fields) -> MatchedSet:
    """A set without scores, of a new measure; the one there is where nothing else is asked."""
    if not fields and (begun := MatchedSet.objects.first()):
        return begun
    given = {
        "measure": fields.pop("measure", None) or a_measure(world, better="higher"),
        "participation": world.enquiry.participations.first(),
        "instrument": "NGRT form A, 2025",
        "phase": "secondary",
        "before_on": date(2026, 1, 9),
        "after_on": date(2026, 3, 27),
        "retain_until": UNTIL,
        "consent": "Letter to parents, September 2025",
        **fields,
    }
    return begin_matched(enquiry=world.enquiry, by=world.person("leah"), **given)


def scores_sent(world, matched_set, *lines, headings=HEADINGS) -> Upload:
    """A spreadsheet of scores, sent and read."""
    upload = send_upload(
        enquiry=world.enquiry,
        matched_set=matched_set,
        kind=Upload.Kind.MATCHED,
        name="Matched scores",
        content=csv_file(headings, *(lines or SEVEN)),
        by=world.person("leah"),
    )
    take_up(upload.pk)
    upload.refresh_from_db()
    return upload


def scores_saved(world, *lines, headings=HEADINGS, **fields) -> MatchedSet:
    """A set with scores."""
    matched_set = matched_set_of(world, **fields)
    upload = scores_sent(world, matched_set, *lines, headings=headings)
    confirm_upload(upload=upload, by=world.person("leah"))
    take_up(upload.pk)
    assert MatchedRow.objects.filter(matched_set=matched_set).exists()
    return matched_set
