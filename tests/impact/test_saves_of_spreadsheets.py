"""A reading from a spreadsheet has the history that the same reading by hand would have."""

import pytest

from enquiries.models import Revision
from impact.actions import confirm_upload, send_upload, take_up
from impact.models import Reading, Upload
from tests.impact.forms import address, on, reading
from tests.impact.sheets import HEADINGS, a_distribution, a_measure, csv_file

pytestmark = pytest.mark.usefixtures("on_a_day_in_may")

WHY = "It was taken from a spreadsheet."


def from_a_spreadsheet(world, measure, headings, line) -> dict:
    """What its first save tells of a reading in a file of one line."""
    upload = send_upload(
        enquiry=world.enquiry,
        measure=measure,
        kind=Upload.Kind.READINGS,
        name="readings.csv",
        content=csv_file(headings, line),
        by=world.person("leah"),
    )
    take_up(upload.pk)
    confirm_upload(upload=upload, by=world.person("leah"))
    take_up(upload.pk)
    return first_save()


def first_save() -> dict:
    newest = Reading.objects.latest("pk")
    return Revision.objects.get(sheet="reading", record=newest.pk).changes


@pytest.mark.parametrize(
    ("line", "typed"),
    [
        (["Outcome", "4/5/2026", "7", "", "", "30", "", "u"], {"n": "30", "is_weak": "on"}),
        (
            ["On the way", "4/5/2026", "14", "22", "", "", "", ""],
            {"moment": "interim", "given": "proportion", "numerator": "14", "denominator": "22"},
        ),
        (
            ["Outcome", "4/5/2026", "7", "", "2", "30", "", ""],
            {"given": "mean", "value": "7", "sd": "2", "n": "30"},
        ),
        (
            ["Outcome", "4/5/2026", "", "", "", "", "Calmer", ""],
            {"given": "text", "text": "Calmer"},
        ),
        (["Baseline", "4/5/2026", "7", "", "", "", "", ""], {"moment": "baseline", "because": WHY}),
        (
            ["Baseline", "2/2/2026", "7", "", "", "", "", ""],
            {"moment": "baseline", **on(2, month=2)},
        ),
    ],
)
def test_first_save_is_that_of_a_reading_by_hand(world, leah, measure, line, typed):
    other = a_measure(world)
    leah.post(address(measure, "reading"), reading(measure, **typed))
    by_hand = first_save()

    saved = from_a_spreadsheet(world, other, HEADINGS, line)

    assert saved == {**by_hand, "measure_id": ["", str(other.pk)]}


def test_first_save_of_counts_is_that_of_counts_by_hand(world, leah):
    counted, other = a_distribution(world), a_distribution(world, "Trust")
    low, middling, high = (f"count.{each.pk}" for each in counted.categories.all())
    counts = {low: "3", middling: "0", high: "9"}
    leah.post(address(counted, "reading"), reading(counted, given="distribution", n="12", **counts))
    by_hand = first_save()

    saved = from_a_spreadsheet(
        world,
        other,
        ["Moment", "Date", "Category: Low", "Category: Middling", "Category: High", HEADINGS[5]],
        ["Outcome", "4/5/2026", "3", "0", "9", "12"],
    )

    own = [f"count.{each.pk}" for each in other.categories.all()]
    renamed = dict(zip((low, middling, high), own, strict=True)) | {"measure_id": "measure_id"}
    told = {renamed.get(name, name): changed for name, changed in by_hand.items()}
    assert saved == {**told, "measure_id": ["", str(other.pk)]}
    assert [saved[name] for name in own] == [["", "3"], ["", "0"], ["", "9"]]
