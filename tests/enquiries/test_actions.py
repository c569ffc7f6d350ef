"""What people log, and what changes when they do: one test for each outcome."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
import time_machine

from alliances.models import AuditRecord, Theme
from enquiries.actions import (
    ChangedMeanwhile,
    answer_help,
    describe_enquiry,
    open_enquiry,
    start_cycle,
)
from enquiries.models import Enquiry

NOON = datetime(2026, 5, 5, 12, tzinfo=UTC)


def last_record():
    record = AuditRecord.objects.order_by("pk").last()
    return record.act, record.subject_type, record.subject_id, record.by and record.by.name


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
