"""The pages of a cluster's meetings: agenda, minutes, and who gets to read which."""

import re
from datetime import UTC, date, datetime
from html import unescape

import pytest
import time_machine

from alliances.actions import assign, record_cluster
from alliances.roles import Role
from enquiries.actions import close_meeting
from enquiries.models import Challenge, HelpRequest, LeadershipEntry, Meeting
from reports.agenda import agenda_of
from tests.measuring import add_measure
from tests.meetings import heard, planned
from tests.world import SINCE, log

SECRET = "Only the South knows this."
FEBRUARY = datetime(2026, 2, 10, 12, tzinfo=UTC)


def log_something(world) -> None:
    leah, enquiry = world.person("leah"), world.enquiry
    log(
        LeadershipEntry,
        enquiry=enquiry,
        by=leah,
        behaviour="Humility",
        reflection="Ask first.",
        went_well="Heads came.",
    )
    log(Challenge, enquiry=enquiry, by=leah, challenge="Cover is dear.")
    baseline = {"kind": "number", "value": 3, "when": "February 2026"}
    add_measure(
        enquiry=enquiry, by=leah, baseline=baseline, level="pupil", name="Talk", instrument="test",
        population="Year 4",
    )  # fmt: skip


def words_of(html: str) -> str:
    """The words of a page's part, with single spaces between them."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


# ---- agenda --------------------------------------------------------------------------------


def test_agenda_holds_what_was_logged_in_the_order_of_a_meeting(world):
    with time_machine.travel(FEBRUARY, tick=False):
        log_something(world)

    items = agenda_of([world.enquiry], date(2026, 2, 10))[world.enquiry.pk]

    assert [(item.heading, item.text) for item in items] == [
        ("Success", "Heads came."),
        ("Challenge", "Cover is dear."),
        ("Help asked for", "How do we measure confidence?"),
        ("Leadership learning", "Ask first."),
        ("Reading taken", "Talk, baseline"),
    ]


def test_agenda_leaves_out_what_is_older_but_for_help_still_wanted(world):
    with time_machine.travel(FEBRUARY, tick=False):
        log_something(world)

    items = agenda_of([world.enquiry], date(2026, 2, 11))[world.enquiry.pk]

    assert [item.heading for item in items] == ["Help asked for"]


def test_printed_entries_are_no_news(world):
    assert world.enquiry.challenges.count() > 0
    assert [item.heading for item in agenda_of([world.enquiry], None)[world.enquiry.pk]] == [
        "Help asked for"
    ]


def test_page_draws_the_agenda_since_the_last_meeting(world, as_person):
    planned(world, held_on=date(2026, 2, 11))
    with time_machine.travel(FEBRUARY, tick=False):
        log_something(world)

    page = as_person("faye").get(f"/meetings/{planned(world).pk}/")

    assert page.context["since"] == date(2026, 2, 11)
    abbot = page.context["seats"][0]
    assert [item.heading for item in abbot.items] == ["Help asked for"]


# ---- who reads what ------------------------------------------------------------------------


@pytest.fixture
def with_pat(world):
    """Pat leads Jurassic Coast now: of the South, but not of George Abbot's."""
    jurassic = world.programme.alliances.get(key="jurassic")
    assign(
        user=world.person("pat"), role=Role.PROJECT_LEAD, scope=jurassic, by=None, starts_on=SINCE
    )
    return world


def test_alliances_of_a_cluster_read_each_others_parts(with_pat, as_person):
    meeting = planned(with_pat)
    heard(with_pat, meeting, update=SECRET)

    page = as_person("pat").get(f"/meetings/{meeting.pk}/minutes/")

    assert SECRET in words_of(page.context["body"])


def test_alliances_of_a_cluster_read_nothing_of_each_others_logs(with_pat, as_person):
    log_something(with_pat)

    page = as_person("pat").get(f"/meetings/{planned(with_pat).pk}/")

    seats = {seat.chair.alliance.key: seat for seat in page.context["seats"]}
    assert (seats["georgeabbot"].may_read, seats["georgeabbot"].items) == (False, [])
    assert seats["jurassic"].may_read is True
    content = page.content.decode()
    logged = ["Heads came.", "Cover is dear.", "How do we measure confidence?"]
    assert [text for text in logged if text in content] == []
    assert f"/enquiries/{with_pat.enquiry.pk}/" not in content


@pytest.mark.parametrize("name", ["ravi", "marcus", "zoe"])
@pytest.mark.parametrize("page", ["", "minutes/", "minutes.pdf", "edit/"])
def test_minutes_of_one_cluster_reach_nobody_of_another(name, page, world, as_person):
    meeting = planned(world)
    heard(world, meeting, update=SECRET)

    response = as_person(name).get(f"/meetings/{meeting.pk}/{page}")

    assert response.status_code == 404
    assert SECRET not in response.content.decode()


def test_alliance_that_changes_cluster_leaves_its_minutes_behind(with_pat, as_person):
    meeting = planned(with_pat)
    jurassic = with_pat.programme.alliances.get(key="jurassic")
    pat, before = as_person("pat"), f"/meetings/{meeting.pk}/minutes/"

    seen = pat.get(before).status_code
    record_cluster(programme=with_pat.programme, name="Midlands", alliances=[jurassic], by=None)

    assert (seen, pat.get(before).status_code) == (200, 404)


def test_facilitator_sees_the_meetings_of_a_cluster_still_empty(world, as_person):
    empty = record_cluster(programme=world.programme, name="North", alliances=[], by=None)
    assign(user=world.person("faye"), role=Role.FACILITATOR, scope=empty, by=None, starts_on=SINCE)

    assert as_person("faye").get(f"/clusters/{empty.pk}/meetings/").status_code == 200


# ---- minutes -------------------------------------------------------------------------------


def minutes_of(meeting: Meeting, client) -> str:
    return words_of(client.get(f"/meetings/{meeting.pk}/minutes/").context["body"])


def test_minutes_tell_who_came_and_what_was_agreed(world, as_person):
    meeting = planned(world, next_meeting=date(2026, 6, 2))
    with time_machine.travel(datetime(2026, 3, 3, 16, tzinfo=UTC), tick=False):
        heard(world, meeting)
        close_meeting(meeting=meeting, by=world.person("faye"), on=date(2026, 3, 3))

    assert minutes_of(meeting, as_person("leah")) == (
        "Closed by Faye Osborne on 3 March 2026. Cluster South Date 3 March 2026 Place Guildford "
        "Alliances present George Abbot Teaching School Alliance People present Faye Osborne; "
        "Leah Marsh Next meeting 2 June 2026 Next call Not written down "
        "George Abbot Teaching School Alliance Update Pairs plan together. "
        "Decision The same intervention Next cycle’s focus Pairs across schools."
    )


def test_minutes_say_what_was_changed_after_the_meeting(world, as_person):
    meeting = planned(world)
    heard(world, meeting)
    with time_machine.travel(datetime(2026, 3, 3, 16, tzinfo=UTC), tick=False):
        close_meeting(meeting=meeting, by=world.person("faye"), on=date(2026, 3, 3))
    with time_machine.travel(datetime(2026, 3, 5, 9, tzinfo=UTC), tick=False):
        heard(world, meeting, by="leah", successes="Heads came.")

    told = as_person("leah").get(f"/meetings/{meeting.pk}/minutes/").context["minutes"]

    assert [part.corrected for part in told.parts] == [
        "Changed after the meeting, on 5 March 2026, by Leah Marsh."
    ]


def test_open_minutes_say_so(world, as_person):
    told = as_person("leah").get(f"/meetings/{planned(world).pk}/minutes/").context["minutes"]

    assert told.state == "The meeting has not been closed: these minutes may still change."


def test_minutes_print_as_pdf(world, as_person):
    meeting = planned(world)
    heard(world, meeting)

    response = as_person("leah").get(f"/meetings/{meeting.pk}/minutes.pdf")

    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == (
        'inline; filename="minutes-of-south-3-march-2026.pdf"'
    )


# ---- queries -------------------------------------------------------------------------------


def with_meetings(world, count: int) -> list[Meeting]:
    made = [planned(world, held_on=date(2026, month + 1, 3)) for month in range(count)]
    for meeting in made:
        heard(world, meeting)
    return made


@pytest.mark.parametrize("count", [1, 3])
def test_queries_of_the_list_of_meetings(count, world, as_person, django_assert_num_queries):
    with_meetings(world, count)
    faye = as_person("faye")

    with django_assert_num_queries(7):
        faye.get(f"/clusters/{world.south.pk}/meetings/")


@pytest.mark.parametrize("count", [1, 3])
def test_queries_of_the_list_of_parts(count, world, as_person, django_assert_num_queries):
    with_meetings(world, count)
    faye = as_person("faye")

    with django_assert_num_queries(6):
        faye.get(f"/enquiries/{world.enquiry.pk}/forms/cluster-meeting/")


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("page", [("", 16), ("minutes/", 10)])
def test_queries_of_a_meeting(page, count, world, as_person, django_assert_num_queries):
    """With one alliance in the cluster, and with three of which each has logged and been heard."""
    log_something(world)
    keys = ["georgeabbot", "jurassic", "affinity"][:count]
    alliances = list(world.programme.alliances.filter(key__in=keys))
    world.programme.alliances.filter(cluster=world.south).exclude(key__in=keys).update(cluster=None)
    record_cluster(programme=world.programme, name="South", alliances=alliances, by=None)
    meeting, faye = planned(world, alliances=alliances), as_person("faye")
    for alliance in alliances:
        enquiry = alliance.enquiries.get()
        log(HelpRequest, enquiry=enquiry, text="How?", by=world.person("leah"))
        heard(world, meeting, enquiry=enquiry)

    with django_assert_num_queries(page[1]):
        faye.get(f"/meetings/{meeting.pk}/{page[0]}")
