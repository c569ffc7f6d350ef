"""An enquiry on one line."""

from datetime import date

from django.urls import reverse

from enquiries.models import Trial
from reports.timeline import drawing, happenings
from tests.measuring import add_reading
from tests.world import log


def test_timeline_puts_everything_dated_in_order(world):
    leah = world.person("leah")
    measure = world.enquiry.measures.first()
    day = {"held_on": date(2026, 1, 20)}
    add_reading(measure=measure, by=leah, moment="interim", kind="text", text="More talk", **day)

    found = happenings(world.enquiry)

    assert [(h.on, h.lane, h.text) for h in found] == [
        (date(2026, 1, 20), "Readings", f"{measure.name}: on the way"),
        (date(2026, 2, 3), "Trials", "Paired planning"),
    ]


def test_timeline_is_drawn_from_edge_to_edge_and_says_what_it_shows(world):
    found = happenings(world.enquiry)
    alone = drawing(found)
    log(
        Trial,
        cycle=world.cycle,
        by=world.person("tom"),
        held_on=date(2026, 2, 13),
        strategy="Again",
        done="It.",
        experienced="It.",
        reflection="It.",
        recommendation="It.",
    )
    both = drawing(happenings(world.enquiry))

    assert [mark["x"] for mark in alone["marks"]] == [98.0]
    assert [mark["x"] for mark in both["marks"]] == [98.0, 632.0]
    assert both["sentence"] == (
        "From 3 February 2026 to 13 February 2026: 0 gates, 2 trials, 0 meetings, 0 readings."
    )


def test_timeline_page_is_empty_where_nothing_has_a_date(world, as_person):
    url = reverse("timeline", args=[world.other_enquiry.pk])

    assert as_person("ravi").get(url).context["happenings"] == []
