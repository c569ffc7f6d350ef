"""What people log, as forms of the method: what each asks, keeps and refuses, and who wrote it."""

import re
import uuid
from datetime import UTC, date, datetime

import pytest
import time_machine

from enquiries.actions import save_sheet
from enquiries.models import (
    Challenge,
    Cycle,
    Dissemination,
    HelpRequest,
    LeadershipEntry,
    NextStep,
    Quotation,
    Revision,
    Trial,
)
from enquiries.queries import enough_have_tried
from enquiries.sheets import sheet_called
from tests.pages import errors_said, heading, labels
from tests.world import log

NOON = datetime(2026, 5, 5, 12, tzinfo=UTC)
A_TRIAL = {
    "held_on": date(2026, 5, 4),
    "strategy": "Trios",
    "done": "Watched",
    "experienced": "Calm",
    "reflection": "Good",
    "recommendation": "Again",
}
ENTRIES = [
    (LeadershipEntry, {"behaviours": ["lba2"], "reflection": "Listen"}),
    (Challenge, {"challenge": "Cover"}),
    (Dissemination, {"text": "A fair"}),
    (NextStep, {"text": "Another year"}),
    (Quotation, {"text": "I see more", "attribution": "Teacher"}),
    (HelpRequest, {"text": "How do we begin?"}),
]

PAGES = {
    "leadership": {
        "heading": "Leadership learning",
        "labels": [
            "Cycle (optional)",
            "Skills and behaviours used (optional)",
            "Another, in other words (optional)",
            "What you learnt",
            "Evidence of progress and impact (optional)",
            "What went well (optional)",
            "What did not work (optional)",
            "Problems (optional)",
            "Leadership decisions and actions (optional)",
            "How it differed from leading one school (optional)",
        ],
        "typed": {
            "behaviours": ["lb2", "lba2"],
            "reflection": "Listen",
            "evidence": "Six schools came",
            "went_well": "Trust",
            "did_not_work": "",
            "problems": "Cover",
            "decisions": "Asked the heads first",
            "differed": "Nobody had to",
        },
        "blank": {
            "behaviours": "Select what you drew on, or say it in other words",
            "reflection": "Enter what you learnt",
        },
    },
    "challenge": {
        "heading": "Challenge",
        "labels": [
            "Date (optional)",
            "Kind of challenge (optional)",
            "What stands in the way",
            "What is being done about it (optional)",
            "Who sees to it (optional)",
            "Has it helped? (optional)",
        ],
        "typed": {
            "kind": "challenge-2",
            "challenge": "Cover",
            "response": "Supply",
            "owner": "Project lead",
            "helped": "partly",
        },
        "blank": {"challenge": "Enter what stands in the way"},
    },
    "sharing": {
        "heading": "Sharing what was learnt",
        "labels": [
            "Date (optional)",
            "What was shared",
            "With whom (optional)",
            "How (optional)",
            "To what end (optional)",
            "Evidence that it was taken up (optional)",
            "Which school took it up (optional)",
        ],
        "typed": {
            "text": "A fair",
            "audience": "Heads of the county",
            "channel": "sh3",
            "purpose": "engagement",
            "take_up": "Two asked for more",
            "adopted_by": "Ripley",
        },
        "blank": {"text": "Enter what was shared"},
    },
    "next-step": {
        "heading": "Next step",
        "labels": ["What comes next"],
        "typed": {"text": "Another year"},
        "blank": {"text": "Enter what comes next"},
    },
    "quotation": {
        "heading": "Quotation",
        "labels": [
            "What was said",
            "Who said it",
            "Has whoever said it agreed that it is published?",
        ],
        "typed": {"text": "I see more", "attribution": "Teacher", "consent": "given"},
        "blank": {
            "text": "Enter what was said",
            "attribution": "Enter who said it",
            "consent": "Select an answer to “Has whoever said it agreed that it is published?”",
        },
    },
    "help": {
        "heading": "Request for help",
        "labels": ["What would help"],
        "typed": {"text": "How do we begin?"},
        "blank": {"text": "Enter what would help"},
    },
    "trial": {
        "heading": "Trial",
        "labels": [
            "When was it?",
            "Strategy tried",
            "Method of feedback (optional)",
            "Class or cohort (optional)",
            "What was done",
            "What was experienced",
            "Reflection",
            "Recommendation",
        ],
        "typed": {
            "held_on_day": "4",
            "held_on_month": "5",
            "held_on_year": "2026",
            "strategy": "Trios",
            "feedback": "lesson-study",
            "with_whom": "Year 8",
            "done": "Watched",
            "experienced": "Calm",
            "reflection": "Good",
            "recommendation": "Again",
        },
        "blank": {
            "held_on": "Enter an answer to “When was it?”",
            "strategy": "Enter strategy tried",
            "done": "Enter what was done",
            "experienced": "Enter what was experienced",
            "reflection": "Enter reflection",
            "recommendation": "Enter recommendation",
        },
    },
}


@pytest.fixture
def leah(as_person):
    return as_person("leah")


@pytest.fixture(params=PAGES)
def page(request, world, leah):
    """A log with the address of a new entry in it."""
    new = leah.get(f"/enquiries/{world.enquiry.pk}/forms/{request.param}/new/").url
    model = sheet_called(request.param).model
    return {**PAGES[request.param], "address": new, "model": model}


def test_what_a_page_asks(leah, page):
    response = leah.get(page["address"])

    assert response.status_code == 200
    assert (heading(response), labels(response)) == (page["heading"], page["labels"])


def test_what_is_typed_is_logged_and_leads_back_to_the_enquiry(world, leah, page):
    response = leah.post(page["address"], page["typed"])

    row = page["model"].objects.latest("pk")
    typed = {name: said for name, said in page["typed"].items() if hasattr(row, name)}
    assert (response.status_code, response.url) == (302, f"/enquiries/{world.enquiry.pk}/")
    assert {name: getattr(row, name) for name in typed} == typed
    assert (row.logged_by.name, row.saved_by.name) == ("Leah Marsh", "Leah Marsh")


def test_what_is_missing_is_said_by_its_field(leah, page):
    before = page["model"].objects.count()

    response = leah.post(page["address"], {"seen": "{}"})

    assert (response.status_code, errors_said(response)) == (422, page["blank"])
    assert page["model"].objects.count() == before


def test_a_page_sent_twice_logs_once(leah, page):
    before = page["model"].objects.count()

    first, second = (leah.post(page["address"], page["typed"]) for _ in range(2))

    assert (first.status_code, first.url) == (second.status_code, second.url)
    assert page["model"].objects.count() == before + 1


def test_a_quotation_of_nothing_but_its_marks_is_empty(world, leah):
    url = leah.get(f"/enquiries/{world.enquiry.pk}/forms/quotation/new/").url

    response = leah.post(url, {"text": "“”", "attribution": "Teacher", "consent": "given"})

    assert errors_said(response) == {"text": "Enter what was said"}


def test_leadership_in_other_words_needs_none_of_the_ten(world, leah):
    url = leah.get(f"/enquiries/{world.enquiry.pk}/forms/leadership/new/").url

    response = leah.post(url, {"behaviour": "Patience", "reflection": "Wait."})

    assert response.status_code == 302
    assert str(world.enquiry.leadership_log.last()) == "Patience"


def test_leadership_is_of_the_cycle_that_is_chosen(world, leah):
    url = leah.get(f"/enquiries/{world.enquiry.pk}/forms/leadership/new/").url
    offered = leah.get(url).context["form"]["cycle_id"]
    first = world.enquiry.cycles.first()
    sent = {"behaviours": ["lba2"], "reflection": "Wait.", "cycle_id": first.pk}

    leah.post(url, sent)

    assert offered.value() == world.cycle.pk
    assert world.enquiry.leadership_log.last().cycle == first


@pytest.mark.parametrize(
    ("day", "fault"),
    [
        ("31 2 2026", "When was it? must be a real date"),
        ("6 5 2026", "Date must be today or in the past"),
    ],
)
@time_machine.travel(NOON, tick=False)
def test_a_trial_on_a_day_that_cannot_be(world, leah, day, fault):
    url = leah.get(f"/enquiries/{world.enquiry.pk}/forms/trial/new/").url
    typed = dict(zip(("held_on_day", "held_on_month", "held_on_year"), day.split(), strict=True))

    response = leah.post(url, {**PAGES["trial"]["typed"], **typed})

    assert response.status_code == 422
    assert list(errors_said(response)) == ["held_on"]
    assert errors_said(response)["held_on"].endswith(fault.partition("? ")[2] or fault)


# ---- who wrote it, and where it stands -----------------------------------------------------


@pytest.mark.parametrize(("kind", "fields"), ENTRIES)
@time_machine.travel(NOON, tick=False)
def test_entry_stands_after_those_printed(world, kind, fields):
    last = max((entry.position for entry in kind.objects.filter(enquiry=world.enquiry)), default=0)

    entry = log(kind, enquiry=world.enquiry, by=world.person("leah"), **fields)

    assert entry.position == last + 1
    assert (entry.source_lines, entry.logged_by.name, entry.logged_at) == (None, "Leah Marsh", NOON)


def test_who_logged_it_first_stays_when_somebody_else_changes_it(world, as_person):
    trial = world.cycle.trials.get()
    url = f"/enquiries/{world.enquiry.pk}/forms/trial/{trial.key}/"
    typed = PAGES["trial"]["typed"]

    response = as_person("leah").post(url, {**typed, "seen": seen(as_person("leah"), url)})

    trial.refresh_from_db()
    assert response.status_code == 302
    assert (trial.strategy, trial.logged_by.name, trial.saved_by.name) == (
        "Trios",
        "Tom Abara",
        "Leah Marsh",
    )
    assert Trial.objects.count() == 1


def seen(client, url: str) -> str:
    """What the page of a form remembers that its reader saw."""
    return client.get(url).context["form"].initial["seen"]


def test_two_who_tried_are_enough_and_one_who_changed_anothers_note_is_not(world):
    leah, trial = world.person("leah"), world.cycle.trials.get()
    place = {"enquiry": world.enquiry, "key": trial.key}
    save_sheet(Trial, place=place, seen={"done": trial.done}, wanted={"done": "More."}, by=leah)

    before = enough_have_tried(world.cycle)
    log(Trial, cycle=world.cycle, by=leah, **A_TRIAL)

    assert (before, enough_have_tried(world.cycle)) == (False, True)


@pytest.mark.parametrize("phase", Cycle.Phase.values)
def test_a_trial_leaves_the_phase_to_the_gates(world, phase):
    Cycle.objects.filter(pk=world.cycle.pk).update(phase=phase)

    log(Trial, cycle=Cycle.objects.get(pk=world.cycle.pk), by=world.person("tom"), **A_TRIAL)

    assert Cycle.objects.get(pk=world.cycle.pk).phase == phase


# ---- printed entries -----------------------------------------------------------------------


def test_a_printed_entry_is_read_as_printed_and_changed_with_its_history(world, leah):
    printed = world.enquiry.leadership_log.first()
    url = f"/enquiries/{world.enquiry.pk}/forms/leadership/{printed.key}/"
    page = leah.get(url)
    form = page.context["form"]
    sent = {name: form[name].value() for name in form.fields if form[name].value()}

    saved = leah.post(url, {**sent, "reflection": "Trust takes a year."})

    first, last = printed.source_lines
    said = re.sub(r"\s+", " ", page.content.decode())
    assert f"It stands in the published account, lines {first} to {last}." in said
    assert saved.status_code == 302
    assert Revision.objects.get(sheet="leadershipentry").changes == {
        "reflection": [printed.reflection, "Trust takes a year."]
    }
    printed.refresh_from_db()
    assert (printed.logged_by, printed.saved_by.name) == (None, "Leah Marsh")
    assert printed.source_lines == [first, last]


@pytest.mark.parametrize("slug", PAGES)
def test_list_of_a_log_opens_and_a_blank_one_prints(world, leah, slug):
    listed = leah.get(f"/enquiries/{world.enquiry.pk}/forms/{slug}/")
    blank = leah.get(f"/forms/{slug}/blank/")

    entries = sheet_called(slug).model.objects.filter(enquiry=world.enquiry)
    assert listed.context["records"] == list(entries)
    assert (listed.status_code, blank.status_code) == (200, 200)


@pytest.mark.parametrize("number", [1, 3])
def test_longer_log_takes_no_more_queries(world, leah, number, django_assert_num_queries):
    for each in range(number):
        log(NextStep, enquiry=world.other_enquiry, by=world.person("ravi"), text=str(each))
        log(NextStep, enquiry=world.enquiry, by=world.person("leah"), text=str(each))
    url = f"/enquiries/{world.enquiry.pk}/forms/next-step/"
    leah.get(url)

    with django_assert_num_queries(7):
        leah.get(url)


def test_a_record_opened_under_another_form_is_not_found(world, leah):
    trial = world.cycle.trials.get()

    response = leah.get(f"/enquiries/{world.enquiry.pk}/forms/gossip/{trial.key}/")

    assert response.status_code == 404


def test_a_key_of_another_enquiry_is_not_found(world, as_person):
    ravi, key = world.person("ravi"), uuid.uuid4()
    place = {"enquiry": world.other_enquiry, "key": key}
    save_sheet(NextStep, place=place, seen={}, wanted={"text": "Theirs"}, by=ravi)

    response = as_person("leah").get(f"/enquiries/{world.enquiry.pk}/forms/next-step/{key}/")

    assert response.status_code == 404
