"""The weekly e-mail: one a person and week, only what is due, and nothing that anybody wrote."""

import threading
from contextlib import suppress
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail
from django.db import connection, transaction
from django.urls import reverse

from alliances import actions as people
from alliances.models import Mail
from alliances.roles import Role
from enquiries.actions import keep_draft, plan_meeting, set_deadline
from enquiries.models import HelpRequest
from reports.actions import send_for_critique, write_weeklies
from reports.due import Kind
from reports.models import Weekly
from tests import desk
from tests.claims import claimed
from tests.impact.matching import matched_set_of
from tests.measuring import add_measure
from tests.waiting import change_asked_for, finding_put, shared_judgement
from tests.world import SINCE, log

LONDON = ZoneInfo("Europe/London")
MONDAY = datetime(2026, 11, 23, 7, 0, tzinfo=LONDON)
DAY, WEEK = timedelta(days=1), timedelta(days=7)
# Of the cast, those from whom something is due: leads, teachers, facilitators asked for help.
ASKED = ["faye", "leah", "ravi", "sam", "tom"]


@pytest.fixture(autouse=True)
def clock():
    """Monday 23 November 2026, seven in the morning in London."""
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


def round_of_the_worker() -> list[str]:
    """Write and send; the first names of those who have had an e-mail by now."""
    write_weeklies()
    people.send_mails()
    return delivered()


def delivered() -> list[str]:
    return sorted(message.to[0].partition("@")[0] for message in mail.outbox)


def letter(name: str):
    """The last one a person has had."""
    return next(m for m in reversed(mail.outbox) if m.to == [f"{name}@example.org"])


# To whom, and when


def test_three_runs_in_a_row_send_one_mail_to_each_person_with_something_due(world):
    rounds = [round_of_the_worker() for _ in range(3)]

    assert rounds == [ASKED, ASKED, ASKED]


@pytest.mark.parametrize(
    ("at", "written"),
    [
        (MONDAY - timedelta(minutes=1), 0),
        (MONDAY, 5),
        (MONDAY + timedelta(hours=16, minutes=59), 5),
        (MONDAY + DAY, 0),
        (MONDAY - DAY, 0),
        (MONDAY + 26 * WEEK, 5),  # summer time
    ],
)
def test_mails_are_written_on_the_day_of_the_setting_from_seven_on(at, written, world, clock):
    clock.move_to(at)

    assert write_weeklies() == written


def test_day_is_that_of_the_setting(world, clock, settings):
    settings.WEEKLY_MAIL_DAY = 3
    clock.move_to(MONDAY + 3 * DAY)

    assert write_weeklies() == 5


def test_next_week_brings_another(world, clock):
    round_of_the_worker()
    clock.move_to(MONDAY + WEEK)

    assert round_of_the_worker() == sorted(ASKED * 2)


def test_nothing_due_means_no_mail_even_if_something_comes_up_later_that_day(world):
    round_of_the_worker()
    log(HelpRequest, enquiry=world.other_enquiry, text="Who has a test?", by=world.person("ravi"))

    assert round_of_the_worker() == ASKED


def test_nobody_suspended_unverified_or_without_a_role_gets_one(world):
    people.suspend(user=world.person("leah"), by=None)
    world.person("ravi").emailaddress_set.update(verified=False)
    held = world.person("tom").assignments.get()
    people.end_assignment(assignment=held, by=None, on=MONDAY.date())

    assert round_of_the_worker() == ["faye", "sam"]


def test_fault_with_one_person_keeps_nobody_else_waiting(world, caplog):
    with connection.cursor() as cursor:
        rule = "ALTER TABLE alliances_mail ADD CHECK (\"to\" <> 'leah@example.org')"
        cursor.execute(rule)

    assert round_of_the_worker() == [name for name in ASKED if name != "leah"]

    said = f"the weekly e-mail of person {world.person('leah').pk} could not be written"
    assert [record.message for record in caplog.records] == [said]
    assert Weekly.objects.filter(person=world.person("leah")).count() == 0


# Once, whatever happens


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_write_one_mail_each(world):
    start, written = threading.Barrier(2), []

    def run():
        start.wait()
        written.append(write_weeklies())
        connection.close()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    people.send_mails()

    assert (sum(written), delivered()) == (5, ASKED)


def test_run_that_is_killed_before_its_commit_leaves_nothing_and_the_next_writes_once(world):
    with suppress(SystemExit), transaction.atomic():
        write_weeklies()
        raise SystemExit

    left = (Weekly.objects.count(), Mail.objects.count())

    assert (left, round_of_the_worker(), round_of_the_worker()) == ((0, 0), ASKED, ASKED)


def test_run_that_is_killed_before_sending_is_caught_up_the_next_day(world, clock):
    write_weeklies()
    unsent = delivered()
    clock.move_to(MONDAY + DAY)

    people.send_mails()

    assert (unsent, delivered(), round_of_the_worker()) == ([], ASKED, ASKED)


# What it says


def test_mail_of_a_lead(world):
    deadline = MONDAY.date() + WEEK
    set_deadline(cycle=world.cycle, deadline=deadline, by=world.person("faye"))
    round_of_the_worker()

    message = letter("leah")
    site, pk = "https://enquiry.example", world.enquiry.pk
    assert message.subject == "Alliance Enquiry: 6 things to do this week"
    above, stop_and_foot = message.body.split("Stop this weekly e-mail:\n")
    assert above == (
        "6 things to do, about 53 minutes in all.\n"
        "\n"
        "George Abbot Teaching School Alliance\n"
        "- For the next gate: The outcomes of each school are written down, by 30 November 2026\n"
        f"  {site}/enquiries/{pk}/forms/impact-overview/\n"
        "- For the next gate: Every data set has been tested for validity, triangulation and "
        "reliability, by 30 November 2026\n"
        f"  {site}/enquiries/{pk}/forms/data-test/\n"
        "- For the next gate: The cluster has agreed the next cycle’s focus at its meeting, "
        "by 30 November 2026\n"
        f"  {site}/enquiries/{pk}/forms/cluster-meeting/\n"
        "- Answer the progress questionnaire of the impact phase\n"
        f"  {site}/enquiries/{pk}/forms/progress-impact/new/\n"
        "- No trial in the last 42 days\n"
        f"  {site}/enquiries/{pk}/forms/trial/new/\n"
        "- No leadership entry this term\n"
        f"  {site}/enquiries/{pk}/forms/leadership/new/\n"
        "\n"
        "All of it, with the time each takes:\n"
        f"{site}/my-week/\n"
        "\n"
    )
    assert stop_and_foot.splitlines()[1:] == [
        "",
        "--",
        "Alliance Enquiry. Which e-mails you get is for you to say:",
        f"{site}/emails/",
    ]
    (html,) = message.alternatives
    assert html.mimetype == "text/html"
    link = f'<a href="{site}/enquiries/{pk}/forms/data-test/">For the next gate: Every data set'
    assert link in html.content


def test_mail_and_my_week_say_the_same(world, as_person):
    round_of_the_worker()

    tasks = as_person("leah").get(reverse("my-week")).context["tasks"]

    lines = [line[2:] for line in letter("leah").body.splitlines() if line.startswith("- ")]
    assert lines == [task.text for task in tasks]


def test_facilitator_of_two_clusters_has_both_in_one_mail(world):
    people.assign(
        user=world.person("faye"),
        role=Role.FACILITATOR,
        scope=world.midlands,
        by=None,
        starts_on=SINCE,
    )
    log(HelpRequest, enquiry=world.other_enquiry, text="Who has a test?", by=world.person("ravi"))

    round_of_the_worker()

    lines = letter("faye").body.splitlines()
    headings = [lines[n - 1] for n, line in enumerate(lines) if line.startswith("- ")]
    assert sorted(headings) == [world.bedfordshire.name, world.abbot.name]


def test_long_list_is_cut_and_says_how_much_more_there_is(world):
    for number in range(22):
        log(HelpRequest, enquiry=world.enquiry, text=f"Help {number}", by=world.person("leah"))

    round_of_the_worker()

    message = letter("faye")
    assert message.subject == "Alliance Enquiry: 23 things to do this week"
    assert message.body.count("\n- ") == 20
    assert "\nAnd 3 more.\n" in message.body


def test_weekly_mail_can_be_stopped_from_the_mail_program(world):
    round_of_the_worker()

    headers = letter("leah").extra_headers

    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert headers["List-Unsubscribe"].startswith("<https://enquiry.example/emails/stop/")


def test_no_mail_holds_what_anybody_wrote(world):
    leah, tom, faye = (world.person(name) for name in ("leah", "tom", "faye"))
    ethics, guide = (
        reverse("sheet", args=[world.enquiry.pk, slug]) for slug in ("ethics", "guide-launch")
    )
    log(HelpRequest, enquiry=world.enquiry, text="Okapi", by=leah)
    keep_draft(enquiry=world.enquiry, address=ethics, typed={"x": "Quokka"}, by=leah)
    keep_draft(enquiry=world.enquiry, address=guide, typed={"x": "Numbat"}, by=faye)
    for kind in (Mail.Kind.RETURNED, Mail.Kind.MENTIONED):
        people.notify(person=tom, kind=kind, by=leah, about="Ethics checklist", path=ethics)

    round_of_the_worker()

    written = "".join(
        f"{message.subject} {message.body} {[html.content for html in message.alternatives]}"
        for message in mail.outbox
    )
    assert len(mail.outbox) == len(ASKED) + 2
    wrote = ["Okapi", "Quokka", "Numbat", "measure confidence", "Paired planning", "mixed groups"]
    assert [words for words in wrote if words in written] == []


# What its reader switched off


def test_weekly_mail_switched_off_is_not_written(world):
    people.choose_mail(person=world.person("leah"), unwanted=[Mail.Kind.WEEKLY])

    assert round_of_the_worker() == [name for name in ASKED if name != "leah"]


@pytest.mark.parametrize("kind", Kind)
def test_each_part_can_be_switched_off(kind, world):
    leah = world.person("leah")
    keep_draft(
        enquiry=world.enquiry,
        address=reverse("sheet", args=[world.enquiry.pk, "ethics"]),
        typed={},
        by=leah,
    )
    people.assign(user=leah, role=Role.FACILITATOR, scope=world.south, by=None, starts_on=SINCE)
    shared_judgement(world)
    change_asked_for(world)
    finding_put(world)
    claimed(world)
    add_measure(enquiry=world.enquiry, by=leah, name="Trust", level="teacher")
    desk.write(world, **desk.WORDS)
    desk.take(world, send_for_critique, "leah")
    lines_of = {
        Kind.HELP: 1,
        Kind.DRAFT: 1,
        Kind.AGREE: 1,
        Kind.CHANGE: 1,
        Kind.FINDING: 1,
        Kind.GATE: 4,
        Kind.BASELINE: 1,
        Kind.CLAIM: 1,
        Kind.QUESTIONNAIRE: 1,
        Kind.TRIAL: 1,
        Kind.LEADERSHIP: 1,
        Kind.MEETING: 2,
        Kind.MATCHED: 1,
        Kind.CASE_STUDY: 1,
    }
    matched_set_of(world, retain_until=MONDAY.date() + 2 * WEEK)
    plan_meeting(
        cluster=world.south,
        by=leah,
        alliances=[],
        people=[],
        held_on=MONDAY.date() + WEEK,
        place="Guildford",
    )
    people.choose_mail(person=leah, unwanted=[kind])

    round_of_the_worker()

    assert letter("leah").body.count("\n- ") == sum(lines_of.values()) - lines_of[kind]


def test_everything_switched_off_means_no_mail(world):
    people.choose_mail(person=world.person("tom"), unwanted=list(Kind))

    assert round_of_the_worker() == [name for name in ASKED if name != "tom"]


def test_parts_are_offered_on_the_page(world, as_person):
    tom, url = as_person("tom"), reverse("mail")

    offered = tom.get(url).context["form"].initial["parts"]
    kinds = [kind for kind in Mail.Kind if kind not in Mail.ALWAYS]
    tom.post(url, {"kinds": kinds, "parts": ["due-help"]})

    assert offered == list(Kind)
    assert world.person("tom").unwanted_mail == sorted(set(Kind) - {Kind.HELP})


# What it costs


@pytest.mark.parametrize(("more", "queries"), [(1, 1), (3, 3)])
def test_each_person_takes_the_same_queries(more, queries, world, django_assert_num_queries):
    write_weeklies()
    for number in range(more):
        person = people.register_person(
            email=f"teacher{number}@example.org", name=f"T{number}", password=None, by=None
        )
        people.assign(
            user=person, role=Role.TEACHER, scope=world.abbot_school, by=None, starts_on=SINCE
        )

    # who waits; then for each person: their claim, their roles, what is due from them, the outbox
    with django_assert_num_queries(1 + 30 * more):
        assert write_weeklies() == queries


def test_run_with_nobody_waiting_takes_one_query(world, django_assert_num_queries):
    write_weeklies()

    with django_assert_num_queries(1):
        assert write_weeklies() == 0
