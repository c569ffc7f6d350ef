"""What a person is asked to do, and an enquiry on one line."""

from datetime import date

from django.urls import reverse

from enquiries.actions import keep_draft, log_trial, set_deadline
from impact.actions import add_reading
from reports.timeline import drawing, happenings
from reports.week import week_of


def test_week_of_a_lead_lists_what_the_gate_and_the_term_ask_for(world, time_machine):
    time_machine.move_to(date(2026, 11, 22))
    leah = world.person("leah")
    set_deadline(cycle=world.cycle, deadline=date(2026, 12, 1), by=world.person("faye"))

    tasks = [(task.text, task.minutes, task.by) for task in week_of(leah)]

    assert tasks == [
        ("The outcomes of each school are written down", 20, "1 December 2026"),
        (
            "Every data set has been tested for validity, triangulation and reliability",
            5,
            "1 December 2026",
        ),
        ("No trial in the last 42 days", 5, ""),
        ("No leadership entry this term", 5, ""),
    ]


def test_week_of_a_facilitator_is_the_help_that_nobody_has_answered(world):
    assert [(task.alliance, task.text) for task in week_of(world.person("faye"))] == [
        (world.abbot.name, "Answer a request for help")
    ]


def test_week_begins_with_the_forms_left_open(world):
    leah = world.person("leah")
    address = reverse("sheet", args=[world.enquiry.pk, "ethics"])
    keep_draft(enquiry=world.enquiry, address=address, typed={}, by=leah)

    first = week_of(leah)[0]

    assert (first.text, first.url) == ("Finish the form you began", address)


def test_week_of_somebody_without_a_role_is_empty(world, as_person):
    assert as_person("zoe").get(reverse("my-week")).context["tasks"] == []


def test_timeline_puts_everything_dated_in_order(world):
    leah = world.person("leah")
    measure = world.enquiry.measures.first()
    day = {"on": date(2026, 1, 20), "when": "20 January 2026"}
    add_reading(measure=measure, by=leah, moment="interim", kind="text", text="More talk", **day)

    found = happenings(world.enquiry)

    assert [(h.on, h.lane, h.text) for h in found] == [
        (date(2026, 1, 20), "Readings", f"{measure.name}: on the way"),
        (date(2026, 2, 3), "Trials", "Paired planning"),
    ]


def test_timeline_is_drawn_from_edge_to_edge_and_says_what_it_shows(world):
    found = happenings(world.enquiry)
    alone = drawing(found)
    log_trial(
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
