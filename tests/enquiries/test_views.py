"""The pages on which people log: what they ask, keep, refuse and say."""

import re
from html import unescape

import pytest
import time_machine
from django.contrib.messages import get_messages

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
from tests.pages import errors_said, heading, keys, labels

PAGES = {
    "cycle": {
        "model": Cycle,
        "heading": "Start the next cycle",
        "labels": ["Name of the cycle", "When (optional)", "What will be tried"],
        "typed": {"label": "Year 3", "period": "Autumn", "tried": "Trios"},
        "blank": {"label": "Enter name of the cycle", "tried": "Enter what will be tried"},
        "said": "The next cycle has started.",
    },
    "leadership": {
        "model": LeadershipEntry,
        "heading": "Leadership log",
        "labels": [
            "Skill or behaviour drawn on",
            "What you learnt",
            "What went well (optional)",
            "What did not work (optional)",
        ],
        "typed": {
            "behaviour": "Humility",
            "reflection": "Listen",
            "went_well": "Trust",
            "did_not_work": "",
        },
        "blank": {
            "behaviour": "Select skill or behaviour drawn on",
            "reflection": "Enter what you learnt",
        },
        "said": "Saved to the log.",
    },
    "challenge": {
        "model": Challenge,
        "heading": "Log a challenge",
        "labels": ["What stands in the way", "What is being done about it (optional)"],
        "typed": {"challenge": "Cover", "response": "Supply"},
        "blank": {"challenge": "Enter what stands in the way"},
        "said": "Saved to the log.",
    },
    "sharing": {
        "model": Dissemination,
        "heading": "Log how learning was shared",
        "labels": ["What was shared, with whom and how"],
        "typed": {"text": "A fair"},
        "blank": {"text": "Enter what was shared, with whom and how"},
        "said": "Saved to the log.",
    },
    "next-step": {
        "model": NextStep,
        "heading": "Add a next step",
        "labels": ["What comes next"],
        "typed": {"text": "Another year"},
        "blank": {"text": "Enter what comes next"},
        "said": "Saved to the log.",
    },
    "quotation": {
        "model": Quotation,
        "heading": "Add a quotation",
        "labels": ["What was said", "Who said it"],
        "typed": {"text": "I see more", "attribution": "Teacher"},
        "blank": {"text": "Enter what was said", "attribution": "Enter who said it"},
        "said": "Saved to the log.",
    },
    "trial": {
        "model": Trial,
        "heading": "Log a trial",
        "labels": [
            "When was it?",
            "Strategy tried",
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
        "said": "The trial has been logged.",
    },
    "help": {
        "model": HelpRequest,
        "heading": "Ask for help",
        "labels": ["What would help"],
        "typed": {"text": "How do we begin?"},
        "blank": {"text": "Enter what would help"},
        "said": "Your facilitator can see that you ask for help.",
    },
}


def address(world, name):
    enquiry = f"/enquiries/{world.enquiry.pk}"
    return {
        "cycle": f"{enquiry}/cycles/new/",
        "trial": f"/cycles/{world.cycle.pk}/trials/new/",
        "help": f"{enquiry}/help/new/",
    }.get(name, f"{enquiry}/log/{name}/new/")


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


@pytest.fixture(params=PAGES)
def page(request, world):
    return {**PAGES[request.param], "address": address(world, request.param)}


@pytest.fixture
def leah(as_person):
    return as_person("leah")


def test_what_a_page_asks(leah, page):
    response = leah.get(page["address"])

    assert response.status_code == 200
    assert (heading(response), labels(response)) == (page["heading"], page["labels"])


def test_what_is_typed_is_logged(world, leah, page):
    response = leah.post(page["address"], page["typed"])

    row = page["model"].objects.latest("pk")
    who = row.asked_by if page["model"] is HelpRequest else row.logged_by
    assert (response.status_code, response.url) == (302, f"/enquiries/{world.enquiry.pk}/")
    assert {name: getattr(row, name) for name in page["typed"] if hasattr(row, name)} == {
        name: text for name, text in page["typed"].items() if hasattr(row, name)
    }
    assert (who.name, said(response)) == ("Leah Marsh", [page["said"]])


def test_what_is_missing_is_said_by_its_field(leah, page):
    before = page["model"].objects.count()

    response = leah.post(page["address"], keys(leah.get(page["address"])))

    assert (response.status_code, errors_said(response)) == (422, page["blank"])
    assert page["model"].objects.count() == before


def test_what_was_typed_stays_on_a_faulty_page(leah, page):
    left_out = list(page["blank"])[-1]
    typed = {name: text for name, text in page["typed"].items() if name != left_out}

    response = leah.post(page["address"], {**typed, left_out: " "})

    html = response.content.decode()
    assert errors_said(response) == {left_out: page["blank"][left_out]}
    assert [text for text in typed.values() if text not in html] == []


def test_a_page_sent_twice_logs_once(leah, page):
    sent = {**page["typed"], **keys(leah.get(page["address"]))}
    before = page["model"].objects.count()

    first, second = (leah.post(page["address"], sent) for _ in range(2))

    assert (first.status_code, first.url) == (second.status_code, second.url)
    assert second.status_code == 302
    assert page["model"].objects.count() == before + 1


def test_a_page_filled_again_logs_again(leah, page):
    before = page["model"].objects.count()

    for _ in range(2):
        leah.post(page["address"], {**page["typed"], **keys(leah.get(page["address"]))})

    assert page["model"].objects.count() == before + 2


def test_a_page_whose_key_was_tampered_with(leah, page):
    response = leah.post(page["address"], {**page["typed"], "submission": "nonsense"})

    assert response.status_code == 422


def test_a_log_there_is_not(world, leah):
    assert leah.get(address(world, "gossip")).status_code == 404


def test_a_behaviour_that_is_none_of_the_list(world, leah):
    response = leah.post(
        address(world, "leadership"), {"behaviour": "Boldness", "reflection": "Listen"}
    )

    assert errors_said(response) == {
        "behaviour": "Select skill or behaviour drawn on from the list"
    }


@pytest.mark.parametrize(
    ("day", "fault"),
    [
        ("31 2 2026", "Date must be a real date"),
        ("4 May ", "Date must include a year"),
        ("6 5 2026", "Date must be today or in the past"),
    ],
)
@time_machine.travel("2026-05-05 12:00", tick=False)
def test_a_trial_on_a_day_that_cannot_be(world, leah, day, fault):
    typed = dict(zip(("held_on_day", "held_on_month", "held_on_year"), day.split(" "), strict=True))

    response = leah.post(address(world, "trial"), {**PAGES["trial"]["typed"], **typed})

    assert (response.status_code, errors_said(response)) == (422, {"held_on": fault})


# Help


def test_an_answer_stands_beside_its_question(world, as_person):
    response = as_person("faye").get(f"/help/{world.help_request.pk}/answer/")

    quoted = re.findall(r"<blockquote[^>]*>(.*?)</blockquote>", response.content.decode())
    assert quoted == ["How do we measure confidence?"]
    assert (heading(response), labels(response)) == ("Answer a request for help", ["Your answer"])


def test_an_answer_is_sent(world, as_person):
    page = f"/help/{world.help_request.pk}/answer/"

    response = as_person("faye").post(page, {"answer": "Ask them"})

    answered = HelpRequest.objects.get(pk=world.help_request.pk)
    assert response.url == f"/enquiries/{world.enquiry.pk}/"
    assert said(response) == ["Your answer has been sent."]
    assert (answered.answer, answered.answered_by.name) == ("Ask them", "Faye Osborne")


def test_an_empty_answer(world, as_person):
    response = as_person("faye").post(f"/help/{world.help_request.pk}/answer/", {"answer": " "})

    assert (response.status_code, errors_said(response)) == (422, {"answer": "Enter your answer"})


# The enquiry itself


@pytest.fixture
def edit(world):
    return f"/enquiries/{world.enquiry.pk}/edit/"


def typed_in(response):
    """What the boxes of the page hold, by name."""
    html = response.content.decode()
    found = dict(
        re.findall(r'<textarea[^>]*name="(\w+)"[^>]*>\s*(.*?)</textarea>', html, re.DOTALL)
    )
    for tag in re.findall(r"<input[^>]*>", html):
        box = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        if box.get("name") in ("title", "version"):
            found[box["name"]] = box["value"]
    return {name: unescape(text.strip()) for name, text in found.items()}


def test_an_enquiry_is_shown_as_it_stands_with_the_question_the_programme_lists(world, leah, edit):
    assert typed_in(leah.get(edit)) == {
        "title": world.enquiry.title,
        "focus": world.enquiry.focus,
        "question": world.enquiry.listing.question,
        "aims": "\n".join(world.enquiry.aims),
        "methods": "\n".join(world.enquiry.methods),
        "interventions": "",
        "version": str(world.enquiry.version),
    }


def test_an_enquiry_is_described(world, leah, edit):
    typed = {"title": "Talk", "focus": "Talk in lessons", "question": "", "version": "2"}
    lists = {"aims": "Talk more\n\n Listen ", "interventions": "Coaching"}
    claims = {"research_claims": ["ped1", "lead3"]}

    response = leah.post(edit, {**typed, **lists, **claims})

    stored = Enquiry.objects.get(pk=world.enquiry.pk)
    assert (response.url, said(response)) == (
        f"/enquiries/{world.enquiry.pk}/",
        ["Your enquiry has been saved."],
    )
    assert (stored.title, stored.focus, stored.question, stored.version) == (
        "Talk",
        "Talk in lessons",
        "",
        3,
    )
    assert (stored.aims, stored.interventions) == (["Talk more", "Listen"], ["Coaching"])
    assert stored.research_claims == ["ped1", "lead3"]
    assert stored.strands == world.enquiry.strands


def test_a_line_of_an_enquiry_that_is_too_long_is_refused(leah, edit):
    typed = {"title": "Talk", "focus": "Talk", "version": "2", "methods": "x" * 201}

    assert errors_said(leah.post(edit, typed)) == {
        "methods": "Each line must be 200 characters or fewer"
    }


def test_an_enquiry_needs_a_title_and_a_focus(world, leah, edit):
    response = leah.post(edit, {"title": "", "focus": "", "version": "2"})

    assert response.status_code == 422
    assert errors_said(response) == {"title": "Enter title", "focus": "Enter broad focus area"}
    assert Enquiry.objects.get(pk=world.enquiry.pk).title == world.enquiry.title


def test_the_second_of_two_writers_sees_both_texts_and_can_then_save(world, as_person, edit):
    leah, sam = as_person("leah"), as_person("sam")
    version = typed_in(leah.get(edit))["version"]
    first = {"title": "Talk", "focus": "Leah’s focus", "question": "", "version": version}
    leah.post(edit, first)

    second = {"title": "Talk", "focus": "Sam’s focus", "question": "Why?", "version": version}
    conflict = sam.post(edit, second)

    assert conflict.status_code == 422
    assert errors_said(conflict) == {
        "focus": "Somebody else saved this meanwhile: “Leah’s focus”",
        "question": "Somebody else saved this meanwhile: “”",
    }
    lists = dict.fromkeys(("aims", "methods", "interventions"), "")
    assert typed_in(conflict) == {**second, **lists, "version": str(int(version) + 1)}
    assert Enquiry.objects.get(pk=world.enquiry.pk).focus == "Leah’s focus"

    saved = sam.post(edit, typed_in(conflict))

    assert saved.status_code == 302
    stored = Enquiry.objects.get(pk=world.enquiry.pk)
    assert (stored.focus, stored.question) == ("Sam’s focus", "Why?")


def test_two_writers_of_the_same_words_both_find_them_saved(world, leah, edit):
    typed = {"title": "Talk", "focus": "Talk in lessons", "question": "", "version": "2"}

    first, second = (leah.post(edit, typed) for _ in range(2))

    assert (first.status_code, second.status_code, second.url) == (302, 302, first.url)
    assert Enquiry.objects.get(pk=world.enquiry.pk).version == 3


@pytest.mark.parametrize("version", ["", "two", "-1", "99999999999999999999"])
def test_an_enquiry_whose_version_was_tampered_with(world, leah, edit, version):
    typed = {"title": "Talk", "focus": "Talk in lessons", "question": "", "version": version}

    assert leah.post(edit, typed).status_code == 422
    assert Enquiry.objects.get(pk=world.enquiry.pk).title == world.enquiry.title
