"""What is due, from whom and by when; My week shows it."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from alliances.actions import assign, set_terms
from alliances.content import words
from alliances.models import Mail
from alliances.roles import Role
from alliances.terms import usual_year
from enquiries.actions import (
    keep_draft,
    open_thread,
    pass_gate,
    plan_meeting,
    save_sheet,
    set_deadline,
    start_cycle,
    withdraw,
)
from enquiries.models import (
    CollaborationPlacing,
    Enquiry,
    LeadershipEntry,
    Meeting,
    Response,
)
from impact.actions import sign_off
from impact.claims.queries import stated
from reports.builders.handover import build_handover
from reports.due import ASKED_OF, due_from, of_enquiry
from reports.lacking import Kind
from tests.claims import claimed
from tests.impact.matching import matched_set_of
from tests.measuring import add_measure, add_reading
from tests.waiting import change_asked_for, finding_put, shared_judgement
from tests.world import PEOPLE, SINCE, log

NOON = time(12, tzinfo=UTC)
TODAY = date(2026, 11, 22)
QUIET = ("due-trial", "No trial in the last 42 days")
UNANSWERED = ("due-questionnaire", "Answer the progress questionnaire of the impact phase")
NOT_LED = ("due-leadership", "No leadership entry this term")
OF_THE_GATE = [
    ("due-gate", f"For the next gate: {text}")
    for text in (
        "The outcomes of each school are written down",
        "Every data set has been tested for validity, triangulation and reliability",
        "The cluster has agreed the next cycle’s focus at its meeting",
    )
]


def asked_of(world, name: str) -> list[tuple[str, str]]:
    return [(due.kind, due.text) for due in due_from(world.person(name), TODAY)]


def season(enquiry: Enquiry, today: date) -> list[tuple[str, str]]:
    found = of_enquiry(enquiry, today)
    return [(due.kind, due.text) for due in found if due.kind in (Kind.TRIAL, Kind.LEADERSHIP)]


@pytest.fixture
def bare(world) -> Enquiry:
    """An enquiry of which nothing is known but its focus."""
    return Enquiry.objects.get(alliance__key="affinity")


@pytest.fixture
def begun(bare, world) -> Enquiry:
    """The same, in its first cycle."""
    start_cycle(enquiry=bare, by=world.person("leah"), label="One", tried="Pairs")
    return bare


def log_leadership(enquiry, world):
    entry = {"behaviour": "Trust", "reflection": "It takes a term."}
    log(LeadershipEntry, enquiry=enquiry, by=world.person("leah"), **entry)


# From whom


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("leah", [*OF_THE_GATE, UNANSWERED, QUIET, NOT_LED]),
        ("sam", [*OF_THE_GATE, QUIET]),
        ("tom", [QUIET]),
        ("faye", [("due-help", "Answer a request for help")]),
        *((name, []) for name in ("hana", "uma", "marcus", "nadia", "owen", "pat", "zoe")),
    ],
)
def test_each_is_asked_for_what_is_theirs_to_do(name, asked, world):
    assert asked_of(world, name) == asked


def test_what_is_due_leads_to_pages_that_open(world, as_person):
    for name in ("leah", "sam", "tom", "faye"):
        client = as_person(name)

        found = {
            due.url: client.get(due.url, follow=True).status_code
            for due in due_from(world.person(name), TODAY)
        }

        assert found == dict.fromkeys(found, 200), name


def test_draft_is_asked_of_its_writer_by_the_name_of_its_form(world):
    address = reverse("sheet", args=[world.enquiry.pk, "ethics"])
    keep_draft(enquiry=world.enquiry, address=address, typed={}, by=world.person("leah"))

    first = due_from(world.person("leah"), TODAY)[0]

    assert (first.kind, first.url) == (Kind.DRAFT, address)
    assert first.text == "Finish the form you began: Ethics checklist"
    assert asked_of(world, "sam") == [*OF_THE_GATE, QUIET]


@pytest.mark.parametrize(
    ("make", "kind", "asked"),
    [
        (shared_judgement, Kind.AGREE, ["leah"]),
        (change_asked_for, Kind.CHANGE, ["leah", "sam", "tom"]),
        (
            finding_put,
            Kind.FINDING,
            ["leah", "sam", "tom", "hana", "uma", "faye", "ravi", "marcus"],
        ),
    ],
)
def test_what_others_wait_for_is_asked_of_those_who_can_give_it(
    world, as_person, make, kind, asked
):
    make(world)

    found = [
        name
        for name in PEOPLE
        for due in due_from(world.person(name), TODAY)
        if due.kind == kind and name != "sid"
    ]

    assert found == asked


def test_nothing_is_asked_about_what_was_withdrawn_and_its_page_still_opens(world, as_person):
    judgement = shared_judgement(world)
    record = CollaborationPlacing.objects.get(key=judgement.record)
    leah, faye = world.person("leah"), world.person("faye")
    thread = open_thread(
        record=record,
        sheet="collaboration",
        text="Which day?",
        tell=[],
        submission=uuid4(),
        asks_change=True,
        by=world.person("owen"),
    )
    asked = {due.url for due in due_from(leah, TODAY)}

    withdraw(record=record, reason="Placed twice.", by=faye)

    urls = {f"/judgements/{judgement.pk}/agree/", f"/comments/{thread.pk}/"}
    opened = [as_person("leah").get(url).status_code for url in urls]
    assert urls <= asked
    assert urls.isdisjoint(due.url for due in due_from(leah, TODAY))
    assert opened == [200, 200]


def test_lead_of_two_alliances_is_asked_for_both(world):
    ravi = world.person("ravi")
    assign(user=ravi, role=Role.PROJECT_LEAD, scope=world.abbot, by=None, starts_on=SINCE)

    alliances = [due.alliance for due in due_from(ravi, TODAY)]

    assert sorted(set(alliances)) == [world.bedfordshire.name, world.abbot.name]
    assert alliances == sorted(alliances)


def test_enquiry_without_a_cycle_is_asked_to_start_one(bare, world):
    alliance, ravi = bare.alliance, world.person("ravi")
    assign(user=ravi, role=Role.PROJECT_LEAD, scope=alliance, by=None, starts_on=SINCE)

    found = [(d.text, d.url) for d in due_from(ravi, TODAY) if d.alliance == alliance.name]

    assert found == [("Start a cycle", reverse("cycle-new", args=[bare.pk]))]


def test_every_kind_names_who_is_asked_but_where_it_changes():
    assert set(Kind) - set(ASKED_OF) == {Kind.DRAFT, Kind.CASE_STUDY}


def test_every_kind_has_its_words():
    assert list(words("alliances", "weekly")) == list(Kind)
    assert set(Kind) & set(Mail.Kind) == set()


# By when


def test_deadline_of_the_gate_is_the_date_of_what_it_asks_for(world):
    deadline = date(2026, 12, 1)
    set_deadline(cycle=world.cycle, deadline=deadline, by=world.person("faye"))

    found = [(due.kind, due.minutes, due.by) for due in due_from(world.person("leah"), TODAY)]

    assert found == [
        (Kind.GATE, 20, deadline),
        (Kind.GATE, 5, deadline),
        (Kind.GATE, 10, deadline),
        (Kind.QUESTIONNAIRE, 5, None),
        (Kind.TRIAL, 5, None),
        (Kind.LEADERSHIP, 8, None),
    ]


@pytest.mark.parametrize(
    ("today", "is_due"), [(date(2026, 3, 17), False), (date(2026, 3, 18), True)]
)
def test_trial_is_due_after_42_days(world, today, is_due):
    assert (QUIET in season(world.enquiry, today)) == is_due


def test_season_asks_for_nothing_before_there_is_a_cycle(bare, world):
    before = season(bare, TODAY)
    start_cycle(enquiry=bare, by=world.person("leah"), label="One", tried="Pairs")

    assert (before, season(bare, TODAY)) == ([], [QUIET, NOT_LED])


@pytest.mark.parametrize(
    ("logged_on", "today", "is_due"),
    [
        (date(2026, 1, 5), date(2026, 4, 12), False),
        (date(2026, 4, 12), date(2026, 4, 13), True),
        (date(2026, 4, 13), date(2026, 9, 6), False),
        (date(2026, 9, 6), date(2026, 9, 7), True),
    ],
)
def test_leadership_entry_is_due_each_term(begun, world, logged_on, today, is_due):
    with time_machine.travel(datetime.combine(logged_on, NOON)):
        log_leadership(begun, world)

    assert (NOT_LED in season(begun, today)) == is_due


def test_term_is_that_of_the_programmes_calendar(begun, world):
    summer = date(2026, 4, 20)
    usual = usual_year(2025)
    spans = [*usual[:4], replace(usual[4], starts_on=summer), usual[5]]
    set_terms(programme=world.programme, school_year=2025, spans=spans, by=None)
    with time_machine.travel(datetime.combine(date(2026, 4, 13), NOON)):
        log_leadership(begun, world)

    found = [NOT_LED in season(begun, day) for day in (date(2026, 4, 19), summer)]
    assert found == [False, True]


def test_entry_just_after_midnight_of_summer_time_counts_for_the_new_term(begun, world):
    with time_machine.travel(datetime.fromisoformat("2026-04-13T00:30:00+01:00")):
        log_leadership(begun, world)

    assert season(begun, date(2026, 4, 13)) == [QUIET]


# Questionnaires


def answer(world, phase: str, cycle) -> None:
    slug = f"progress-{phase}"
    place = {"enquiry": world.enquiry, "cycle": cycle, "instrument": slug, "key": uuid4()}
    save_sheet(Response, place={**place, "version": 1}, seen={}, wanted={}, by=world.person("leah"))


def questionnaires(world) -> list[str]:
    found = due_from(world.person("leah"), TODAY)
    return [due.url.split("/")[4] for due in found if due.kind == Kind.QUESTIONNAIRE]


def test_questionnaire_of_the_phase_is_due_until_it_is_answered(world):
    answer(world, "innovation", world.cycle)
    answer(world, "impact", world.enquiry.cycles.first())
    before = questionnaires(world)

    answer(world, "impact", world.cycle)

    assert (before, questionnaires(world)) == (["progress-impact"], [])


def test_questionnaire_is_due_anew_once_the_cycle_has_entered_its_phase(world):
    leah = world.person("leah")
    cycle = start_cycle(enquiry=world.enquiry, by=leah, label="Next", tried="It")
    answer(world, "implementation", cycle)
    answer(world, "innovation", cycle)
    answered = questionnaires(world)

    pass_gate(cycle=cycle, enters="innovation", missing=["All"], reason="Late", by=leah)

    assert (answered, questionnaires(world)) == ([], ["progress-innovation"])


def test_questionnaire_is_not_due_in_a_cycle_that_has_ended(world):
    leah = world.person("leah")
    pass_gate(cycle=world.cycle, enters="ended", missing=["All"], reason="Late", by=leah)

    assert questionnaires(world) == []


# Meetings


def meeting_in(world, days: int, name: str) -> list[tuple]:
    """What a person is asked about a meeting of the South so many days from today."""
    held_on = TODAY + timedelta(days=days)
    meeting = plan_meeting(
        cluster=world.south,
        by=world.person("faye"),
        alliances=[],
        people=[],
        held_on=held_on,
        place="Guildford",
    )
    found = [due for due in due_from(world.person(name), TODAY) if due.kind == Kind.MEETING]
    assert all(due.url == reverse("meeting", args=[meeting.pk]) for due in found)
    assert all((due.alliance, due.by) == ("South", held_on) for due in found)
    return [due.text for due in found]


@pytest.mark.parametrize(
    ("days", "held_by", "led_by"),
    [
        (15, [], []),
        (14, ["Hold the cluster meeting"], ["Prepare for the cluster meeting"]),
        (0, ["Hold the cluster meeting"], ["Prepare for the cluster meeting"]),
        (-1, ["Close the cluster meeting"], []),
    ],
)
def test_meeting_is_prepared_held_and_closed(days, held_by, led_by, world):
    assert meeting_in(world, days, "faye") == held_by
    Meeting.objects.all().delete()
    assert meeting_in(world, days, "leah") == led_by


@pytest.mark.parametrize("name", ["tom", "ravi", "marcus", "owen", "nadia", "zoe"])
def test_meeting_is_not_asked_of_those_who_neither_lead_there_nor_hold_it(name, world):
    assert meeting_in(world, 3, name) == []


def test_meeting_that_was_closed_asks_for_nothing(world):
    assert meeting_in(world, -1, "faye") == ["Close the cluster meeting"]
    Meeting.objects.update(closed_at=timezone.now(), closed_by=world.person("faye"))

    found = [due.kind for due in due_from(world.person("faye"), TODAY)]

    assert found == [Kind.HELP]


# Claims


def waiting_claims(world, name: str) -> list[str]:
    return [due.url for due in due_from(world.person(name), TODAY) if due.kind == Kind.CLAIM]


def test_claims_of_a_cycle_that_is_judged_wait_for_the_lead_to_sign_them(world):
    (trial,) = world.cycle.trials.all()
    first = claimed(world, **{"evidence.trial": [trial.pk]})
    alone = waiting_claims(world, "leah")
    claimed(world)
    both = waiting_claims(world, "leah")

    assert alone == [f"/claims/{first.pk}/"]
    assert both == [f"/enquiries/{world.enquiry.pk}/claims/"]
    assert waiting_claims(world, "sam") == waiting_claims(world, "faye") == []
    text = "For the next gate: Every claim of this cycle has evidence behind it"
    assert ("due-gate", text) in asked_of(world, "sam")


def test_claims_do_not_wait_once_signed_nor_before_their_cycle_is_judged(world):
    (trial,) = world.cycle.trials.all()
    claim = claimed(world, **{"evidence.trial": [trial.pk]})
    world.cycle.phase = "innovation"
    world.cycle.save()
    early = waiting_claims(world, "leah")
    world.cycle.phase = "impact"
    world.cycle.save()

    sign_off(claim=claim, seal=stated(claim).seal, by=world.person("leah"))

    assert early == waiting_claims(world, "leah") == []


# Baselines


def unread_baselines(world, name: str) -> list[tuple[str, str]]:
    found = due_from(world.person(name), TODAY)
    return [(due.text, due.url) for due in found if due.kind == Kind.BASELINE]


def test_measure_without_a_reading_waits_for_its_baseline(world):
    enquiry, leah = world.enquiry, world.person("leah")
    first = add_measure(enquiry=enquiry, by=leah, name="Reading age", level="pupil")
    alone = unread_baselines(world, "tom")
    second = add_measure(enquiry=enquiry, by=leah, name="Trust", level="teacher")
    both = unread_baselines(world, "tom")
    for made in (first, second):
        add_reading(measure=made, by=leah, moment="baseline", kind="number", value=7)

    form = reverse("sheet-new", args=[enquiry.pk, "reading"])
    url = f"{form}?measure={first.pk}&moment=baseline"
    assert alone == [("A measure has no baseline yet", url)]
    assert both == [("2 measures have no baseline yet", reverse("measures", args=[enquiry.pk]))]
    assert unread_baselines(world, "tom") == unread_baselines(world, "faye") == []


def test_measure_of_which_the_only_reading_was_withdrawn_waits_again(world):
    enquiry, leah = world.enquiry, world.person("leah")
    made = add_measure(enquiry=enquiry, by=leah, name="Trust", level="teacher")
    reading = add_reading(measure=made, by=leah, moment="baseline", kind="number", value=7)
    before = unread_baselines(world, "tom")

    withdraw(record=reading, reason="Another question", by=leah)

    url = f"{reverse('sheet-new', args=[enquiry.pk, 'reading'])}?measure={made.pk}&moment=baseline"
    assert (before, unread_baselines(world, "tom")) == (
        [],
        [("A measure has no baseline yet", url)],
    )


def test_measure_about_pupils_waits_once_where_the_gate_asks_for_its_baseline(world):
    enquiry, leah = world.enquiry, world.person("leah")
    start_cycle(enquiry=enquiry, by=leah, label="Next", tried="It")
    add_measure(enquiry=enquiry, by=leah, name="Reading age", level="pupil")

    asked = [text for _, text in asked_of(world, "leah") if "baseline" in text]

    text = "Every measure about pupils has a baseline dated before the first trial"
    assert asked == [f"For the next gate: {text}"]


# My week


def test_week_shows_what_is_due(world, as_person):
    with time_machine.travel(datetime.combine(TODAY, NOON)):
        shown = as_person("leah").get(reverse("my-week")).context

    assert shown["tasks"] == due_from(world.person("leah"), TODAY)
    assert shown["minutes"] == 53


def test_page_of_an_enquiry_its_handover_and_the_week_of_its_lead_say_the_same(world, as_person):
    leah, pk = as_person("leah"), world.enquiry.pk
    with time_machine.travel(datetime.combine(TODAY, NOON)):
        page = leah.get(reverse("enquiry", args=[pk])).context["due"]
        week = leah.get(reverse("my-week")).context["tasks"]
        pack = build_handover(world.enquiry, exact=True, absolute=str)

    [told] = [part.lines for part in pack.parts if part.title == "What is due"]
    assert page == [(due, True) for due in week]
    assert told == [due.text for due in week]


def test_page_of_an_enquiry_leads_each_to_what_they_may_do(world, as_person):
    url = reverse("enquiry", args=[world.enquiry.pk])
    with time_machine.travel(datetime.combine(TODAY, NOON)):
        shown = {name: as_person(name).get(url).context["due"] for name in ("leah", "tom", "faye")}

    led = {name: [due.text for due, is_open in due if is_open] for name, due in shown.items()}
    everything = [due.text for due, _ in shown["leah"]]
    assert [[due.text for due, _ in due] for due in shown.values()] == [everything] * 3
    assert led == {"leah": everything, "tom": [QUIET[1]], "faye": []}


def test_week_of_somebody_without_a_role_is_empty(world, as_person):
    assert as_person("zoe").get(reverse("my-week")).context["tasks"] == []


@pytest.mark.parametrize(
    ("days", "told"), [(29, []), (28, ["leah", "sam"]), (0, ["leah", "sam"]), (-1, ["leah", "sam"])]
)
def test_scores_about_to_be_deleted_are_told_four_weeks_before(world, days, told):
    begun = matched_set_of(world)
    today = begun.retain_until - timedelta(days=days)

    found = {
        name: [due for due in due_from(world.person(name), today) if due.kind == Kind.MATCHED]
        for name in ("leah", "sam", "tom", "faye", "owen")
    }

    assert [name for name, due in found.items() if due] == told
    for name in told:
        assert [(due.by, due.url) for due in found[name]] == [
            (begun.retain_until, f"/matched/{begun.pk}/")
        ]
