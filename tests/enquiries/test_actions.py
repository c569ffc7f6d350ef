"""What people log, and what changes when they do: one test for each outcome."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
import time_machine
from django.core.exceptions import ValidationError

from alliances.models import AuditRecord, Theme
from enquiries.actions import (
    ChangedMeanwhile,
    answer_help,
    ask_for_help,
    describe_enquiry,
    log_entry,
    log_trial,
    open_enquiry,
    start_cycle,
)
from enquiries.models import (
    Challenge,
    Cycle,
    Dissemination,
    Enquiry,
    HelpRequest,
    LeadershipEntry,
    NextStep,
    Quotation,
    Trial,
)

NOON = datetime(2026, 5, 5, 12, tzinfo=UTC)
TRIAL = {
    "held_on": date(2026, 5, 4),
    "strategy": "Trios",
    "done": "Watched",
    "experienced": "Calm",
    "reflection": "Good",
    "recommendation": "Again",
}
ENTRIES = [
    (LeadershipEntry, {"behaviour": "Humility", "reflection": "Listen"}),
    (Challenge, {"challenge": "Cover"}),
    (Dissemination, {"text": "A fair"}),
    (NextStep, {"text": "Another year"}),
    (Quotation, {"text": "I see more", "attribution": "Teacher"}),
]


def last_record():
    record = AuditRecord.objects.order_by("pk").last()
    return record.act, record.subject_type, record.subject_id, record.by and record.by.name


@pytest.mark.parametrize(("kind", "fields"), ENTRIES)
@time_machine.travel(NOON, tick=False)
def test_log_entry_stands_after_those_printed(world, kind, fields):
    last = kind.objects.filter(enquiry=world.enquiry).last()

    entry = log_entry(kind, enquiry=world.enquiry, by=world.person("leah"), **fields)

    assert entry.position == (last.position if last else 0) + 1
    assert (entry.source_lines, entry.logged_by.name, entry.logged_at) == (None, "Leah Marsh", NOON)
    assert last_record() == ("logged", kind._meta.label_lower, entry.pk, "Leah Marsh")


def test_log_entry_without_what_it_needs(world):
    with pytest.raises(ValidationError) as caught:
        log_entry(Challenge, enquiry=world.enquiry, by=world.person("leah"), challenge="")

    assert caught.value.message_dict == {"challenge": ["This field cannot be blank."]}


@pytest.mark.parametrize(("kind", "fields"), ENTRIES)
def test_log_entry_sent_twice(world, kind, fields):
    fields = {"enquiry": world.enquiry, "by": world.person("leah"), "submission": uuid4(), **fields}
    first = log_entry(kind, **fields)
    records = AuditRecord.objects.count()

    assert log_entry(kind, **fields) == first
    assert AuditRecord.objects.count() == records


def test_start_cycle_ends_those_before_it(world):
    leah, enquiry = world.person("leah"), world.enquiry

    cycle = start_cycle(enquiry=enquiry, by=leah, label="Year 3", period="", tried="Trios")

    assert list(enquiry.cycles.values_list("position", "phase")) == [
        (1, "ended"),
        (2, "ended"),
        (3, "implementation"),
    ]
    assert cycle == enquiry.cycles.last()


def test_start_cycle_sent_twice(world):
    fields = {"label": "Year 3", "period": "", "tried": "Trios", "submission": uuid4()}
    sent = {"enquiry": world.enquiry, "by": world.person("leah"), **fields}

    first, second = start_cycle(**sent), start_cycle(**sent)

    assert first == second
    assert [c.phase for c in world.enquiry.cycles.all()] == ["ended", "ended", "implementation"]


@pytest.mark.parametrize("phase", Cycle.Phase.values)
def test_log_trial_leaves_the_phase_to_the_gates(world, phase):
    Cycle.objects.filter(pk=world.cycle.pk).update(phase=phase)
    cycle = Cycle.objects.get(pk=world.cycle.pk)

    trial = log_trial(cycle=cycle, by=world.person("tom"), **TRIAL)

    assert Cycle.objects.get(pk=cycle.pk).phase == phase
    assert last_record() == ("logged", "enquiries.trial", trial.pk, "Tom Abara")


def test_log_trial_sent_twice(world):
    sent = {"cycle": world.cycle, "by": world.person("tom"), "submission": uuid4(), **TRIAL}
    before = Trial.objects.count()

    assert log_trial(**sent) == log_trial(**sent)
    assert Trial.objects.count() == before + 1


def test_log_trial_without_what_it_needs(world):
    before = Trial.objects.count()

    with pytest.raises(ValidationError) as caught:
        log_trial(cycle=world.cycle, by=world.person("tom"), **{**TRIAL, "done": ""})

    assert caught.value.message_dict == {"done": ["This field cannot be blank."]}
    assert Trial.objects.count() == before


@time_machine.travel(NOON, tick=False)
def test_ask_for_help(world):
    asked = ask_for_help(enquiry=world.enquiry, text="How?", by=world.person("leah"))

    assert (asked.asked_by.name, asked.asked_at, asked.answered_at) == ("Leah Marsh", NOON, None)
    assert last_record() == ("asked for help", "enquiries.helprequest", asked.pk, "Leah Marsh")


def test_ask_for_help_sent_twice(world):
    sent = {"enquiry": world.enquiry, "by": world.person("leah"), "submission": uuid4()}
    before = HelpRequest.objects.count()

    assert ask_for_help(text="How?", **sent) == ask_for_help(text="How?", **sent)
    assert HelpRequest.objects.count() == before + 1


@time_machine.travel(NOON, tick=False)
def test_answer_help(world):
    answered = answer_help(request=world.help_request, answer="Ask them", by=world.person("faye"))

    assert (answered.answer, answered.answered_by.name, answered.answered_at) == (
        "Ask them",
        "Faye Osborne",
        NOON,
    )
    assert last_record() == ("answered", "enquiries.helprequest", answered.pk, "Faye Osborne")


def test_the_first_answer_stays(world):
    answer_help(request=world.help_request, answer="Ask them", by=world.person("faye"))

    second = answer_help(request=world.help_request, answer="Do not", by=world.person("marcus"))

    assert (second.answer, second.answered_by.name) == ("Ask them", "Faye Osborne")
    assert last_record()[3] == "Faye Osborne"


def test_describe_enquiry(world):
    version = world.enquiry.version

    described = describe_enquiry(
        enquiry=world.enquiry, by=world.person("leah"), version=version, title="Talk"
    )

    assert (described.title, described.version) == ("Talk", version + 1)
    assert last_record() == ("described", "enquiries.enquiry", described.pk, "Leah Marsh")


@pytest.mark.parametrize("off", [-1, 1, 10**12])
def test_describe_enquiry_that_somebody_else_has_changed(world, off):
    version, title = world.enquiry.version, world.enquiry.title

    with pytest.raises(ChangedMeanwhile):
        describe_enquiry(enquiry=world.enquiry, by=None, version=version + off, title="Talk")

    stored = Enquiry.objects.get(pk=world.enquiry.pk)
    assert (stored.title, stored.version) == (title, version)


@pytest.mark.parametrize(
    ("number", "route"), [(1, "c2l"), (2, "c2l"), (3, "cluster"), (None, "c2l")]
)
def test_open_enquiry_takes_the_route_of_the_theme(world, number, route):
    world.abbot.theme = Theme.objects.filter(number=number).first()

    assert open_enquiry(alliance=world.abbot, by=None).route == route
