"""The pages on which people log: what they ask, keep, refuse and say."""

import re
from concurrent.futures import ThreadPoolExecutor
from html import unescape

import pytest
from django.contrib.messages import get_messages
from django.db import connection, transaction

from alliances.models import Alliance
from enquiries.actions import open_enquiry
from enquiries.models import Cycle, Enquiry, HelpRequest
from tests.at_once import wait_until_both_wait
from tests.pages import errors_said, heading, keys, labels

A_CYCLE = {"label": "Year 3", "period": "Autumn", "tried": "Trios"}


@pytest.fixture
def new_cycle(world):
    return f"/enquiries/{world.enquiry.pk}/cycles/new/"


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


@pytest.fixture
def leah(as_person):
    return as_person("leah")


# A new enquiry

ASKED = {"title": "Talk partners", "focus": "Talk in mathematics", "question": ""}


@pytest.fixture
def of_alliance(world):
    return f"/alliances/{world.abbot.pk}/"


def test_alliance_begins_another_enquiry_from_its_page(world, leah, of_alliance):
    assert "Begin another enquiry" in leah.get(of_alliance).content.decode()

    response = leah.post(f"{of_alliance}enquiries/new/", ASKED)

    first, second = world.abbot.enquiries.order_by("pk")
    assert (response.status_code, response.url) == (302, f"/enquiries/{second.pk}/")
    assert said(response) == ["The enquiry has begun."]
    assert first == world.enquiry
    assert {name: getattr(second, name) for name in ASKED} == ASKED


def test_enquiry_without_a_title_is_described_before_another_begins(world, leah, of_alliance):
    bare = open_enquiry(alliance=world.abbot, by=None)

    response = leah.post(f"{of_alliance}enquiries/new/", ASKED)

    assert (response.status_code, response.url) == (302, f"/enquiries/{bare.pk}/edit/")
    assert world.abbot.enquiries.count() == 2


def test_enquiry_sent_twice_begins_once(world, leah, of_alliance):
    leah.post(f"{of_alliance}enquiries/new/", ASKED)

    response = leah.post(f"{of_alliance}enquiries/new/", ASKED | {"title": "talk Partners"})

    assert response.status_code == 422
    assert errors_said(response) == {"title": "The alliance has an enquiry of this title"}
    assert world.abbot.enquiries.count() == 2


def begun(client, of_alliance) -> dict:
    """What is said next to the questions; in a thread, and on a connection, of its own."""
    try:
        response = client.post(f"{of_alliance}enquiries/new/", ASKED)
        return {} if response.status_code == 302 else errors_said(response)
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_of_two_who_begin_the_same_at_once_the_second_is_told(world, as_person, of_alliance):
    both = [as_person("leah") for _ in range(2)]

    with ThreadPoolExecutor(2) as threads:
        with transaction.atomic():
            Alliance.objects.select_for_update().get(pk=world.abbot.pk)
            asked = [threads.submit(begun, client, of_alliance) for client in both]
            wait_until_both_wait()
        told = sorted((each.result(timeout=20) for each in asked), key=len)

    assert told == [{}, {"title": "The alliance has an enquiry of this title"}]
    assert world.abbot.enquiries.count() == 2


# A new cycle


def test_what_a_new_cycle_asks(leah, new_cycle):
    response = leah.get(new_cycle)

    assert (heading(response), labels(response)) == (
        "Start the next cycle",
        ["Name of the cycle", "When (optional)", "What will be tried"],
    )


def test_a_cycle_typed_is_started(world, leah, new_cycle):
    response = leah.post(new_cycle, A_CYCLE)

    cycle = Cycle.objects.latest("pk")
    assert (response.status_code, response.url) == (302, f"/enquiries/{world.enquiry.pk}/")
    assert {name: getattr(cycle, name) for name in A_CYCLE} == A_CYCLE
    assert (cycle.logged_by.name, said(response)) == ("Leah Marsh", ["The next cycle has started."])


def test_what_a_cycle_lacks_is_said_by_its_field(leah, new_cycle):
    before = Cycle.objects.count()

    response = leah.post(new_cycle, {**A_CYCLE, "label": "", "tried": " "})

    assert response.status_code == 422
    assert errors_said(response) == {
        "label": "Enter name of the cycle",
        "tried": "Enter what will be tried",
    }
    assert Cycle.objects.count() == before


def test_a_cycle_sent_twice_starts_once_and_filled_again_starts_again(leah, new_cycle):
    sent = {**A_CYCLE, **keys(leah.get(new_cycle))}
    before = Cycle.objects.count()

    for _ in range(2):
        leah.post(new_cycle, sent)
    after_two = Cycle.objects.count()
    leah.post(new_cycle, {**A_CYCLE, **keys(leah.get(new_cycle))})

    assert (after_two, Cycle.objects.count()) == (before + 1, before + 2)


def test_a_cycle_whose_key_was_tampered_with(leah, new_cycle):
    assert leah.post(new_cycle, {**A_CYCLE, "submission": "nonsense"}).status_code == 422


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
