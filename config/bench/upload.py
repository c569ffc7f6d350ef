"""`./run bench upload`: a long spreadsheet beside a short one, and one with many faults."""

import time
from datetime import date, timedelta

from config.processes import StackError, say

ROWS, FEWER, FAULTS = 10_000, 1_000, 37
MEASURES = 10


def upload() -> None:
    """Print how long a spreadsheet of readings is read, refused and saved, long beside short."""
    enquiry, person, labels = _measured()
    short = _taken(enquiry, person, _lines(labels, FEWER, year=2010))
    lines = _lines(labels, ROWS, year=2015)
    spoilt = [*lines]
    for number in range(0, ROWS, ROWS // FAULTS)[:FAULTS]:
        spoilt[number] = [*lines[number][:3], "12,5"]
    refused = _taken(enquiry, person, spoilt)
    long = _taken(enquiry, person, lines)
    say(f"{FEWER:,} rows: read in {short[0]:.2f} s, saved in {short[1]:.2f} s")
    say(f"{ROWS:,} rows: read in {long[0]:.2f} s, saved in {long[1]:.2f} s")
    say(f"{ROWS:,} rows with {FAULTS} faults: refused in {refused[0]:.2f} s")
    say(f"ratio of reading: {long[0] / short[0]:.1f}, of saving: {long[1] / short[1]:.1f}")


def _measured():
    """An enquiry of ten measures, who writes in it, and the names of its measures."""
    from uuid import uuid4

    from alliances import actions
    from enquiries.actions import open_enquiry, save_sheet
    from impact.models import Measure
    from impact.spreadsheets.queries import subjects_of

    programme = actions.record_programme(
        title="Bench", country="England", commissioner="Nobody", duration="1 year", ended="2026",
        alliances_funded=1, by=None,
    )  # fmt: skip
    alliance = actions.found_alliance(programme=programme, key="a", name="A", by=None)
    person = actions.register_person(email="a@example.org", name="A", password=None, by=None)
    enquiry = open_enquiry(alliance=alliance, by=person)
    fields = {"level": "pupil", "instrument": "test", "population": "Year 4", "better": "higher"}
    for number in range(MEASURES):
        wanted = {**fields, "name": f"Test {number}"}
        place = {"enquiry": enquiry, "key": uuid4()}
        save_sheet(Measure, place=place, seen={}, wanted=wanted, by=person)
    return enquiry, person, [subject.label for subject in subjects_of(enquiry)]


def _lines(labels: list[str], number: int, *, year: int) -> list[list[str]]:
    days = [date(year, 1, 1) + timedelta(days=n) for n in range(number // MEASURES)]
    return [[label, "On the way", day.isoformat(), "7"] for day in days for label in labels]


def _taken(enquiry, person, lines: list[list[str]]) -> tuple[float, float]:
    """Seconds to read a spreadsheet, and to save it; what it says must come true."""
    from impact import actions
    from impact.spreadsheets.writing import csv_of

    content = csv_of([["Measure", "Moment", "Date", "Value"], *lines])
    upload = actions.send_upload(
        enquiry=enquiry, kind="readings", name="bench.csv", content=content, by=person
    )
    start = time.perf_counter()
    actions.take_up(upload.pk)
    read = time.perf_counter()
    actions.confirm_upload(upload=upload, by=person)
    actions.take_up(upload.pk)
    upload.refresh_from_db()
    is_good = lines[0][3] == "7"
    if upload.status != ("saved" if is_good else "refused"):
        raise StackError(f"the spreadsheet was {upload.status}.")
    return read - start, time.perf_counter() - read
