"""A term of a cluster in one summary: asked for, or made by itself once the term has ended."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from datetime import date, timedelta
from itertools import pairwise
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alliances.terms import Calendar, Term
from enquiries.actions import save_sheet
from enquiries.models import (
    Challenge,
    CheckInCall,
    CollaborationPlacing,
    Enquiry,
    GuideCell,
    HelpRequest,
    LeadershipEntry,
)
from impact.models import Claim
from reports.actions import ask_about_cluster, build_report, summarise_terms, sweep
from reports.builders import (
    build_cluster_summary,
    build_impact_report,
    build_overview,
    build_poster,
)
from reports.models import Kind, Report
from reports.rendering import body_html, gate
from reports.rendering.bodies import context
from reports.values import ClusterSummary, Met, Pair, Pattern
from tests.claims import claimed
from tests.meetings import heard, planned
from tests.reports.filled import save
from tests.world import log

SPRING = Term("Spring term 2026", date(2025, 12, 20), date(2026, 1, 5), date(2026, 3, 27))
AFTER = date(2026, 3, 28)


@pytest.fixture
def told(world):
    """A meeting of the South in spring, and what two of its alliances logged then."""
    meeting = planned(world, next_meeting=date(2026, 6, 9))
    heard(
        world,
        meeting,
        successes="Teachers talk.",
        challenges="Cover is dear.",
        issue="How to measure talk.",
        evidence_shown="Two films.",
        advice="Film less.",
    )
    jurassic = Enquiry.objects.get(alliance__key="jurassic")
    faye = world.person("faye")
    with time_machine.travel("2026-02-10T12:00:00Z", tick=False):
        for enquiry in (world.enquiry, jurassic):
            met = {"kind": "challenge-2", "challenge": "No time", "response": "Paid cover"}
            log(Challenge, enquiry=enquiry, by=faye, **met)
        learnt = {"behaviours": ["lb5"], "reflection": "Say less.", "went_well": "The pairs."}
        log(LeadershipEntry, enquiry=jurassic, by=faye, **learnt)
        log(HelpRequest, enquiry=jurassic, by=faye, text="A survey.")
    return world


def summary(world) -> ClusterSummary:
    days = {"since": SPRING.since, "until": SPRING.ends_on}
    return build_cluster_summary(world.south, about=SPRING.title, **days)


ABBOT, JURASSIC = "George Abbot Teaching School Alliance", "Jurassic Coast TSA"


def test_summary_tells_what_each_alliance_brought_in_the_term(told):
    found = summary(told)

    assert (found.title, found.period) == (
        "South: spring term 2026",
        "20 December 2025 to 27 March 2026",
    )
    assert found.alliances == [ABBOT, JURASSIC]
    assert found.meetings == [Pair("3 March 2026", ABBOT)]
    assert found.progress == [Pair(ABBOT, "Pairs plan together.")]
    assert found.shown == [Pair(ABBOT, "Two films."), Pair(ABBOT, "1 trial noted")]
    assert found.successes == [Pair(ABBOT, "Teachers talk."), Pair(JURASSIC, "The pairs.")]
    assert found.challenges == [
        Met(ABBOT, "Cover is dear.", ""),
        Met(ABBOT, "No time", "Paid cover"),
        Met(JURASSIC, "No time", "Paid cover"),
    ]
    assert found.leadership == [Pair(JURASSIC, "Communication: Say less.")]
    assert found.advice == [Pair(ABBOT, "Film less.")]
    assert found.help == [Pair(ABBOT, "How to measure talk."), Pair(JURASSIC, "A survey.")]
    assert found.next_foci == [Pair(ABBOT, "The same intervention: Pairs across schools.")]
    assert found.next_dates == [Pair("Next meeting", "9 June 2026")]


def test_call_without_a_status_tells_what_it_agreed_alone(told):
    place = {"enquiry": told.enquiry, "held_on": date(2026, 2, 3)}
    wanted = {"discussion": "Two schools lag.", "actions": "Visit them."}
    save_sheet(CheckInCall, place=place, seen={}, wanted=wanted, by=told.person("faye"))

    found = summary(told)

    assert found.progress == [Pair(ABBOT, "Pairs plan together.")]
    agreed = Met(ABBOT, "Two schools lag.", "Visit them.")
    assert [met for met in found.challenges if met.action == agreed.action] == [agreed]


def test_patterns_are_counted_from_codes_that_two_alliances_share(told):
    assert summary(told).patterns == [Pattern("Challenge", "Time", [ABBOT, JURASSIC])]


def test_another_term_tells_nothing_of_it(told):
    autumn = build_cluster_summary(
        told.south, about="Autumn term 2025", since=date(2025, 7, 19), until=date(2025, 12, 19)
    )

    values = asdict(autumn)
    empty = [name for name, value in values.items() if value == []]
    assert len(empty) == 11


def test_sections_are_those_with_something_to_say(told):
    data = json.loads(json.dumps(asdict(summary(told))))

    shown = context("cluster-summary", data)

    assert [section.title for section in shown["sections"]] == [
        "Meetings, and who came",
        "Progress against the focus",
        "Evidence",
        "Successes",
        "Challenges and actions",
        "Leadership reflections",
        "What the others advised",
        "Help needed",
        "What comes next",
        "What alliances share",
        "Dates",
    ]
    assert shown["gaps"] == []
    assert body_html("cluster-summary", data).count("<table") == 12


@pytest.mark.parametrize("alliances", [1, 3])
def test_queries_do_not_grow_with_the_alliances(told, alliances):
    for number in range(alliances):
        enquiry = Enquiry.objects.get(alliance__key=["georgeabbot", "jurassic"][number % 2])
        log(Challenge, enquiry=enquiry, by=told.person("faye"), challenge=f"Time {number}")

    with CaptureQueriesContext(connection) as queries:
        summary(told)

    assert len(queries) == 11


# ---- asked for -----------------------------------------------------------------------------


def test_summary_is_frozen_and_can_be_read_aloud(told):
    report = ask_about_cluster(cluster=told.south, term=SPRING, by=told.person("faye"))

    build_report(report.pk)

    report.refresh_from_db()
    assert report.data == json.loads(json.dumps(asdict(summary(told))))
    assert gate.problems(bytes(report.rendition.file)) == []


def test_term_is_chosen_on_the_page_of_the_cluster(told, as_person):
    with time_machine.travel("2026-03-10T12:00:00Z", tick=False):
        page = as_person("faye").get(reverse("cluster", args=[told.south.pk]))
        choices = page.context["term_form"].fields["since"].choices
        answer = as_person("faye").post(
            reverse("cluster-summary-ask", args=[told.south.pk]), {"since": choices[0][0]}
        )

    assert choices[0] == ("2025-12-20", "Spring term 2026")
    report = Report.objects.get()
    assert answer.url == reverse("report", args=[report.pk])
    assert (report.kind, report.cluster, report.since, report.until, report.about) == (
        Kind.CLUSTER,
        told.south,
        SPRING.since,
        SPRING.ends_on,
        SPRING.title,
    )


def test_term_that_was_not_offered_makes_no_summary(told, as_person):
    answer = as_person("faye").post(
        reverse("cluster-summary-ask", args=[told.south.pk]), {"since": "1999-01-01"}
    )

    assert (answer.url, Report.objects.count()) == (reverse("cluster", args=[told.south.pk]), 0)


# ---- made by itself ------------------------------------------------------------------------


def due() -> list[tuple[str, str]]:
    found = Report.objects.filter(asked_by=None).order_by("cluster__name")
    return [(report.cluster.name, report.about) for report in found]


BOTH = [("Midlands", "Spring term 2026"), ("South", "Spring term 2026")]


def test_each_cluster_gets_its_summary_when_a_term_has_ended(world):
    assert summarise_terms(AFTER) == 2

    assert due() == BOTH


def test_beat_that_fires_twice_makes_one(world):
    summarise_terms(AFTER)

    assert summarise_terms(AFTER + timedelta(days=1)) == 0
    assert due() == BOTH


def test_nothing_is_made_while_a_term_lasts_or_long_after(world):
    assert summarise_terms(date(2026, 3, 20)) == 0
    assert summarise_terms(AFTER + timedelta(days=21)) == 0


def test_summary_that_lost_its_message_is_told_again_by_the_sweep(world):
    summarise_terms(AFTER)
    Report.objects.update(beat_at=Report.objects.first().beat_at - timedelta(minutes=5))

    assert sweep() == 2


def test_summary_somebody_asked_for_does_not_stand_for_the_one_that_is_due(told):
    ask_about_cluster(cluster=told.south, term=SPRING, by=told.person("faye"))

    assert summarise_terms(AFTER) == 2


@pytest.mark.django_db(transaction=True)
def test_two_beats_at_once_make_one(world):
    with ThreadPoolExecutor(2) as pool:
        made = list(pool.map(lambda _: in_a_thread(), range(2)))

    assert (sum(made), due()) == (2, BOTH)


def in_a_thread() -> int:
    try:
        return summarise_terms(AFTER)
    finally:
        connection.close()


def test_page_of_a_summary_nobody_asked_for_says_why_it_is_there(world, as_person):
    summarise_terms(AFTER)
    report = Report.objects.get(cluster=world.south)

    page = as_person("faye").get(reverse("report", args=[report.pk])).content.decode()

    assert page.count("Nobody: it is made when a term has ended") == 1


# ---- terms ---------------------------------------------------------------------------------


def test_terms_follow_each_other_without_a_gap():
    terms = Calendar().terms(date(2026, 3, 10))

    assert [term.title for term in terms] == [
        "Spring term 2026",
        "Autumn term 2025",
        "Summer term 2025",
        "Spring term 2025",
        "Autumn term 2024",
        "Summer term 2024",
    ]
    assert terms[0] == SPRING
    assert [later.since - term.ends_on for later, term in pairwise(terms)] == [
        timedelta(days=1)
    ] * 5


@pytest.mark.parametrize(
    ("day", "title"),
    [
        (date(2026, 3, 27), "Autumn term 2025"),
        (date(2026, 3, 28), "Spring term 2026"),
        (date(2026, 8, 1), "Summer term 2026"),
    ],
)
def test_term_has_ended_from_the_day_after_its_last(day, title):
    assert Calendar().last_ended(day).title == title


# ---- what stays with the facilitator ---------------------------------------------------------

SECRET = "Quokka"


def test_no_kind_of_report_tells_what_a_facilitator_keeps(told):
    faye, school = told.person("faye"), told.enquiry.participations.first()
    cell = {"cycle": told.cycle, "participation": school, "phase": "innovation", "element": "data"}
    kept = {"recorded": SECRET, "private_notes": SECRET}
    save(GuideCell, told.enquiry, faye, kept, **cell)
    placing = {"skill": "low", "participation_degree": "high", "next_steps": SECRET}
    save(CollaborationPlacing, told.enquiry, faye, placing, key=uuid4())
    claim = claimed(told, by="leah")
    Claim.objects.filter(pk=claim.pk).update(moderated_because=SECRET)
    days = {"since": date(2000, 1, 1), "until": date(2100, 1, 1)}

    reports = [
        build_cluster_summary(told.south, about="Always", **days),
        build_impact_report(told.enquiry, is_final=True),
        build_poster(told.enquiry),
        build_overview(told.enquiry, told.cycle),
    ]

    assert [type(each).__name__ for each in reports if SECRET in json.dumps(asdict(each))] == []
