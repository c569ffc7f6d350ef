"""Where enquiries stand and what was logged last, in a number of queries that does not grow."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from alliances.models import School
from enquiries.actions import answer_help, open_enquiry, start_cycle
from enquiries.models import (
    Challenge,
    Enquiry,
    HelpRequest,
    LeadershipEntry,
    NextStep,
    Participation,
    Trial,
)
from enquiries.queries import (
    Logged,
    current_cycle,
    last_leadership,
    recent_entries,
    with_whereabouts,
)
from tests.world import log

NOON = datetime(2026, 5, 5, 12, tzinfo=UTC)
TRIAL = {
    "held_on": date(2026, 5, 4),
    "strategy": "Trios",
    "done": "Watched",
    "experienced": "Calm",
    "reflection": "Good",
    "recommendation": "Again",
}


@pytest.fixture
def empty(world):
    enquiry = world.programme.alliances.get(key="jurassic").enquiries.get()
    enquiry.delete()
    return open_enquiry(alliance=enquiry.alliance, by=None)


def whereabouts(enquiry):
    found = with_whereabouts(Enquiry.objects.filter(pk=enquiry.pk)).get()
    return (
        found.phase,
        found.cycle_label,
        found.last_logged_at,
        found.help_wanted,
        found.schools_left,
    )


def leave(enquiry, *names):
    for position, name in enumerate(names, 50):
        school = School.objects.create(name=name)
        Participation.objects.create(
            enquiry=enquiry, position=position, school=school, part=Participation.Part.LEFT
        )


def test_whereabouts_of_an_enquiry_with_nothing(empty):
    assert whereabouts(empty) == (None, None, None, 0, 0)


def test_whereabouts_of_a_printed_enquiry(world):
    assert whereabouts(world.other_enquiry) == (
        "impact",
        "Year two: lesson study, second cycle",
        None,
        0,
        1,
    )


def test_whereabouts_name_the_later_of_two_cycles(world, empty):
    leah = world.person("leah")
    for label in ("First", "Second"):
        start_cycle(enquiry=empty, by=leah, label=label, period="", tried="Trios")

    assert whereabouts(empty)[:2] == ("implementation", "Second")


@pytest.mark.parametrize(
    ("kind", "fields"), [(Challenge, {"challenge": "x"}), (NextStep, {"text": "x"})]
)
def test_whereabouts_know_the_last_entry_of_any_log(world, empty, kind, fields):
    with time_machine.travel(NOON, tick=False):
        log(kind, enquiry=empty, by=world.person("leah"), **fields)
    with time_machine.travel(NOON - timedelta(days=1), tick=False):
        log(LeadershipEntry, enquiry=empty, by=world.person("leah"), behaviour="a", reflection="b")

    assert whereabouts(empty)[2] == NOON


def test_whereabouts_know_the_last_trial(world, empty):
    leah = world.person("leah")
    with time_machine.travel(NOON - timedelta(days=1), tick=False):
        cycle = start_cycle(enquiry=empty, by=leah, label="First", period="", tried="Trios")
    with time_machine.travel(NOON, tick=False):
        log(Trial, cycle=cycle, by=leah, **TRIAL)

    assert whereabouts(empty)[:3] == ("implementation", "First", NOON)


def test_whereabouts_count_help_and_leavers_apart(world, empty):
    leah, faye = world.person("leah"), world.person("faye")
    asked = [log(HelpRequest, enquiry=empty, text=str(n), by=leah) for n in range(3)]
    answer_help(request=asked[0], answer="Yes", by=faye)
    leave(empty, "One", "Two", "Three")

    assert whereabouts(empty)[3:] == (2, 3)


@pytest.mark.parametrize("rows", [1, 3])
def test_whereabouts_of_many_enquiries_in_one_query(world, empty, rows, django_assert_num_queries):
    pks = [world.enquiry.pk, world.other_enquiry.pk, empty.pk][:rows]
    enquiries = Enquiry.objects.filter(pk__in=pks)

    with django_assert_num_queries(1):
        found = {e.pk: e.help_wanted for e in with_whereabouts(enquiries)}

    assert [found[pk] for pk in pks] == [1, 0, 0][:rows]


def test_the_cycle_under_way(world, empty):
    assert current_cycle(empty) is None
    assert current_cycle(world.enquiry) == world.cycle


def test_nothing_recent_in_a_printed_enquiry(world):
    assert recent_entries(world.other_enquiry) == []
    assert last_leadership(world.other_enquiry) is None


def test_recent_entries_newest_first(world, empty):
    leah, tom = world.person("leah"), world.person("tom")
    hours = [NOON + timedelta(hours=n) for n in range(4)]
    with time_machine.travel(hours[0], tick=False):
        cycle = start_cycle(enquiry=empty, by=leah, label="First", period="", tried="Trios")
    with time_machine.travel(hours[1], tick=False):
        log(Trial, cycle=cycle, by=tom, **TRIAL)
    with time_machine.travel(hours[2], tick=False):
        log(LeadershipEntry, enquiry=empty, by=leah, behaviour="Humility", reflection="x")
    with time_machine.travel(hours[3], tick=False):
        log(Challenge, enquiry=empty, by=leah, challenge="Cover")

    assert recent_entries(empty) == [
        Logged("Challenge", "Cover", "Leah Marsh", hours[3], "challenge"),
        Logged("Leadership", "Humility", "Leah Marsh", hours[2], "leadership"),
        Logged("Trial", "Trios", "Tom Abara", hours[1], "trial"),
        Logged("Cycle", "First", "Leah Marsh", hours[0]),
    ]
    assert last_leadership(empty) == hours[2]


def test_only_the_most_recent_entries(world, empty):
    leah = world.person("leah")
    for number in range(4):
        with time_machine.travel(NOON + timedelta(hours=number), tick=False):
            log(Challenge, enquiry=empty, by=leah, challenge=str(number))

    assert [e.text for e in recent_entries(empty, most=3)] == ["3", "2", "1"]


def test_leadership_logged_long_ago_is_still_known(world, empty):
    leah = world.person("leah")
    with time_machine.travel(NOON, tick=False):
        log(LeadershipEntry, enquiry=empty, by=leah, behaviour="Humility", reflection="x")
    for number in range(4):
        with time_machine.travel(NOON + timedelta(hours=number + 1), tick=False):
            log(Challenge, enquiry=empty, by=leah, challenge=str(number))

    assert [e.kind for e in recent_entries(empty, most=3)] == ["Challenge"] * 3
    assert last_leadership(empty) == NOON


@pytest.mark.parametrize("rows", [1, 3])
def test_recent_entries_in_as_many_queries_as_logs(world, empty, rows, django_assert_num_queries):
    for number in range(rows):
        log(Challenge, enquiry=empty, by=world.person("leah"), challenge=str(number))

    with django_assert_num_queries(7):
        assert len(recent_entries(empty)) == rows
