"""Cluster meetings: planned, heard alliance by alliance, closed, and word sent of their minutes."""

from datetime import date

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from alliances.actions import choose_mail, record_cluster
from alliances.models import AuditRecord, Mail
from enquiries.actions import (
    ChangedMeanwhile,
    NotOver,
    change_meeting,
    close_meeting,
    send_minutes,
)
from enquiries.meetings.queries import chairs_at, lacks_of, last_before, may_come
from enquiries.models import CheckInCall, Draft, Meeting, MeetingPart
from tests.enquiries.test_sheets import opened
from tests.meetings import HELD_ON, WHOLE, heard, part_url, planned

LATER = date(2026, 3, 4)


def closed(world, meeting: Meeting) -> Meeting:
    return close_meeting(meeting=meeting, by=world.person("faye"), on=LATER)


def told(meeting: Meeting) -> dict[str, str]:
    """What became of everybody's e-mail; empty where there is none."""
    rows = meeting.people_present.select_related("person", "mail")
    return {row.person.name: row.mail.state if row.mail else "" for row in rows}


# ---- planning ------------------------------------------------------------------------------


def sent(day: int = 3, **more) -> dict:
    """A meeting's page as its form sends it."""
    held_on = {"held_on_day": day, "held_on_month": 3, "held_on_year": 2026}
    return {**held_on, "place": "Guildford", **more}


def test_meeting_planned_keeps_who_comes(world, as_person):
    people = [world.person(name).pk for name in ("leah", "faye")]

    response = as_person("faye").post(
        f"/clusters/{world.south.pk}/meetings/new/",
        sent(alliances=[world.abbot.pk], people=people, next_call_day=1, next_call_month=4,
             next_call_year=2026),
    )  # fmt: skip

    made = Meeting.objects.get()
    assert response.url == f"/meetings/{made.pk}/"
    assert (made.cluster, made.held_on, made.place) == (world.south, HELD_ON, "Guildford")
    assert (made.next_meeting, made.next_call) == (None, date(2026, 4, 1))
    assert [row.alliance for row in made.alliances_present.all()] == [world.abbot]
    assert told(made) == {"Faye Osborne": "", "Leah Marsh": ""}


def test_meeting_sent_twice_is_planned_once(world, as_person):
    faye, url = as_person("faye"), f"/clusters/{world.south.pk}/meetings/new/"
    key = "00000000-0000-0000-0000-000000000007"

    for _ in range(2):
        faye.post(url, sent(submission=key))

    assert Meeting.objects.count() == 1


def test_new_meeting_expects_every_alliance_of_the_cluster(world, as_person):
    page = as_person("faye").get(f"/clusters/{world.south.pk}/meetings/new/")

    form = page.context["form"]
    assert form["alliances"].value() == [a.pk for a in world.south.alliances.all()]
    assert form["people"].value() is None


def test_those_may_come_who_may_read_the_minutes(world):
    names = {held.user.name for held in may_come(world.south)}

    assert names == {"Leah Marsh", "Sam Field", "Tom Abara", "Faye Osborne"}


def test_people_and_alliances_of_another_cluster_are_refused(world, as_person):
    response = as_person("faye").post(
        f"/clusters/{world.south.pk}/meetings/new/",
        sent(alliances=[world.bedfordshire.pk], people=[world.person("ravi").pk]),
    )

    assert set(response.context["form"].errors) == {"alliances", "people"}
    assert Meeting.objects.count() == 0


@pytest.mark.parametrize("name", ["next_meeting", "next_call"])
def test_what_comes_next_is_after_the_meeting(name, world, as_person):
    same_day = {f"{name}_day": 3, f"{name}_month": 3, f"{name}_year": 2026}

    response = as_person("faye").post(f"/clusters/{world.south.pk}/meetings/new/", sent(**same_day))

    assert set(response.context["form"].errors) == {name}


def test_change_takes_people_off_and_keeps_what_was_sent_to_the_others(world):
    meeting = planned(world, "leah", "tom")
    send_minutes(meeting=meeting, by=world.person("faye"))

    change_meeting(
        meeting=meeting,
        by=world.person("faye"),
        version=1,
        place="Dorking",
        alliances=[],
        people=[world.person("leah"), world.person("sam")],
    )

    assert told(meeting) == {"Leah Marsh": "waiting", "Sam Field": ""}
    assert meeting.alliances_present.count() == 0
    assert (meeting.place, meeting.version) == ("Dorking", 2)


def test_second_of_two_changes_is_asked_again(world, as_person):
    meeting, faye = planned(world), as_person("faye")
    url = f"/meetings/{meeting.pk}/edit/"
    faye.post(url, sent(version=1))

    refused = faye.post(url, sent(version=1) | {"place": "Woking"})
    form = refused.context["form"]
    again = faye.post(url, sent(version=form["version"].value()) | {"place": "Woking"})

    assert refused.status_code == 422
    assert form.non_field_errors() == [
        "Somebody else changed this meeting meanwhile. Save again to replace what they wrote"
    ]
    assert again.status_code == 302
    assert Meeting.objects.get().place == "Woking"


def test_change_of_a_version_long_gone_is_refused(world):
    meeting = planned(world)

    with pytest.raises(ChangedMeanwhile):
        change_meeting(meeting=meeting, by=world.person("faye"), version=9, alliances=[], people=[])


# ---- parts ---------------------------------------------------------------------------------


def test_part_saved_leads_back_to_its_meeting(world, as_person):
    meeting = planned(world)

    response = as_person("faye").post(part_url(world, meeting), {**WHOLE, "seen": "{}"})

    part = MeetingPart.objects.get()
    assert response.url == f"/meetings/{meeting.pk}/"
    assert {name: getattr(part, name) for name in WHOLE} == WHOLE
    assert (part.enquiry, part.meeting, part.cycle) == (world.enquiry, meeting, world.cycle)
    assert part.held_on == HELD_ON


def test_two_write_one_part_at_once(world, as_person):
    meeting = planned(world)
    url, faye, leah = part_url(world, meeting), as_person("faye"), as_person("leah")
    hers, leahs = opened(faye, url), opened(leah, url)

    faye.post(url, {**hers, "advice": "Ask the pupils."})
    leah.post(url, {**leahs, "successes": "More questions."})

    part = MeetingPart.objects.get()
    assert (part.advice, part.successes) == ("Ask the pupils.", "More questions.")


def test_part_is_kept_as_a_draft(world, as_person):
    meeting, faye = planned(world), as_person("faye")
    url = part_url(world, meeting)

    faye.post(url, {"update": "Half a", "draft": "quietly", "seen": "{}"})

    assert Draft.objects.get().address == url
    assert faye.get(url).context["form"]["update"].value() == "Half a"


def test_part_outlives_a_move_to_another_cluster(world, as_person):
    meeting = planned(world)
    heard(world, meeting)
    record_cluster(programme=world.programme, name="Midlands", alliances=[world.abbot], by=None)
    leah = as_person("leah")

    statuses = leah.get(part_url(world, meeting)).status_code, leah.get(f"/meetings/{meeting.pk}/")

    assert (statuses[0], statuses[1].status_code) == (200, 404)


def test_meeting_of_another_cluster_has_no_part_of_this_alliance(world, as_person):
    meeting = planned(world)
    url = f"/enquiries/{world.other_enquiry.pk}/forms/cluster-meeting/meetings/{meeting.pk}/"

    assert as_person("ravi").get(url).status_code == 404


def test_form_that_is_not_of_a_meeting_has_no_page_there(world, as_person):
    meeting = planned(world)
    url = f"/enquiries/{world.enquiry.pk}/forms/question/meetings/{meeting.pk}/"

    assert as_person("leah").get(url).status_code == 404


def test_list_of_parts_shows_every_meeting_of_the_cluster(world, as_person):
    first, second = planned(world), planned(world, held_on=date(2026, 6, 2))
    heard(world, first)

    page = as_person("leah").get(f"/enquiries/{world.enquiry.pk}/forms/cluster-meeting/")

    listed = [(each["meeting"], bool(each["record"])) for each in page.context["meetings"]]
    assert listed == [(second, False), (first, True)]


def test_part_prints(world, as_person):
    part = heard(world, planned(world))
    url = f"/enquiries/{world.enquiry.pk}/forms/cluster-meeting/{part.key}/print/"

    assert as_person("leah").get(url).context["paper"].below[-1].answer == "Pairs across schools."


# ---- closing -------------------------------------------------------------------------------


def lacks(meeting: Meeting, today: date = LATER) -> list[tuple[str, str]]:
    return [(lack.text, lack.url) for lack in lacks_of(meeting, chairs_at(meeting), today)]


def test_nothing_heard_keeps_a_meeting_open(world):
    meeting = planned(world)

    assert lacks(meeting) == [
        (
            f"{world.abbot}: its update, the decision and the next focus missing",
            part_url(world, meeting),
        )
    ]


@pytest.mark.parametrize(
    ("name", "words"),
    [("update", "its update"), ("decision", "the decision"), ("next_focus", "the next focus")],
)
def test_each_thing_needed_is_missed(name, words, world):
    meeting = planned(world)
    heard(world, meeting, **{name: ""})

    assert lacks(meeting) == [
        (f"George Abbot Teaching School Alliance: {words} missing", part_url(world, meeting))
    ]


def test_absent_alliance_needs_nothing(world):
    meeting = planned(world)
    heard(world, meeting)

    assert lacks(meeting) == []
    assert [(chair.alliance.key, chair.is_present) for chair in chairs_at(meeting)] == [
        ("georgeabbot", True),
        ("jurassic", False),
    ]


def test_meeting_is_not_closed_before_its_day_or_without_anybody(world):
    meeting = planned(world, alliances=[])

    texts = [text for text, _ in lacks(meeting, date(2026, 3, 2))]

    assert texts == ["The meeting has not been held yet", "No alliance is marked as present"]


def test_meeting_that_lacks_something_stays_open(world):
    meeting = planned(world)

    with pytest.raises(NotOver):
        closed(world, meeting)

    assert Meeting.objects.get().closed_at is None


def test_page_says_why_a_meeting_stays_open(world, as_person):
    meeting = planned(world)

    response = as_person("faye").post(f"/meetings/{meeting.pk}/close/", follow=True)

    said = [str(message) for message in response.context["messages"]]
    assert said == ["Something is missing, so the meeting could not be closed."]


def test_closing_twice_keeps_the_first(world):
    meeting = planned(world)
    heard(world, meeting)

    first, second = closed(world, meeting), closed(world, meeting)

    assert second.closed_at == first.closed_at
    assert AuditRecord.objects.filter(act="closed").count() == 1
    assert Mail.objects.count() == 1


def test_closed_without_its_person_is_refused(world):
    meeting = planned(world)

    with pytest.raises(IntegrityError), transaction.atomic():
        Meeting.objects.filter(pk=meeting.pk).update(closed_by=world.person("faye"))


# ---- word of the minutes -------------------------------------------------------------------


def test_everybody_present_is_told_and_nothing_is_given_away(world, as_person):
    meeting = planned(world, "leah", "tom", "faye")
    heard(world, meeting)

    as_person("faye").post(f"/meetings/{meeting.pk}/close/")

    mails = Mail.objects.all()
    assert {mail.to for mail in mails} == {"leah@example.org", "tom@example.org"}
    assert {mail.subject for mail in mails} == {"Alliance Enquiry: minutes of a cluster meeting"}
    assert {mail.text.partition("\n--")[0] for mail in mails} == {
        (
            "The minutes of this meeting of your cluster are ready: South, 3 March 2026.\n\n"
            "Read them here, once you have signed in:\n"
            f"{settings.SITE_URL}/meetings/{meeting.pk}/minutes/\n"
        )
    }
    assert told(meeting) == {"Faye Osborne": "", "Leah Marsh": "waiting", "Tom Abara": "waiting"}


def test_server_that_refuses_loses_no_minutes_and_they_are_sent_again(world):
    meeting = planned(world, "leah", "tom")
    heard(world, meeting)
    closed(world, meeting)
    dropped = {"state": Mail.State.DROPPED, "text": "", "settled_at": timezone.now()}
    Mail.objects.filter(to="leah@example.org").update(**dropped)

    again = send_minutes(meeting=meeting, by=world.person("faye"))

    assert again == 1
    assert told(meeting) == {"Leah Marsh": "waiting", "Tom Abara": "waiting"}
    assert Mail.objects.filter(to="tom@example.org").count() == 1


def test_nobody_is_told_who_is_shut_out_or_wants_no_such_mail(world):
    meeting = planned(world, "leah", "sid", "tom")
    choose_mail(person=world.person("tom"), unwanted=[Mail.Kind.MINUTES])

    count = send_minutes(meeting=meeting, by=world.person("faye"))

    assert count == 1
    assert told(meeting) == {"Leah Marsh": "waiting", "Sid Moss": "", "Tom Abara": ""}


def test_word_is_sent_of_closed_meetings_alone(world, as_person):
    meeting, faye = planned(world, "leah"), as_person("faye")
    url = f"/meetings/{meeting.pk}/minutes/send/"

    faye.post(url)
    before = told(meeting)
    heard(world, meeting)
    closed(world, meeting)
    meeting.people_present.update(mail=None)
    faye.post(url)

    assert (before, told(meeting)) == ({"Leah Marsh": ""}, {"Leah Marsh": "waiting"})


# ---- dates and calls -----------------------------------------------------------------------


def test_meeting_before_this_one_is_the_latest_earlier_one(world):
    for day in (date(2025, 6, 3), date(2025, 11, 4), date(2026, 6, 2)):
        planned(world, held_on=day)

    assert last_before(planned(world)) == date(2025, 11, 4)
    assert last_before(Meeting.objects.earliest("held_on")) is None


def test_call_is_read_by_the_alliance_and_the_national_team(world, as_person, owen_reads):
    url = as_person("faye").get(f"/enquiries/{world.enquiry.pk}/forms/check-in-call/new/").url
    held_on = {"held_on_day": 3, "held_on_month": 3, "held_on_year": 2026}

    as_person("faye").post(url, {**held_on, "status": "at-risk", "actions": "A visit.", "seen": ""})

    call = CheckInCall.objects.get()
    assert (call.status, call.actions, call.held_on) == ("at-risk", "A visit.", HELD_ON)
    for name in ("leah", "owen"):
        answers = as_person(name).get(url).context["form"].answers()
        assert {a["label"]: a["text"] for a in answers} == {
            "Date of the call": "3 March 2026",
            "Is the alliance on track?": "At risk",
            "Support given": "",
            "Discussion of the case study": "",
            "Actions": "A visit.",
        }
