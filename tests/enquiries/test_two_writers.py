"""Several people in one form at once: nobody's words are lost, and nobody's are undone unread."""

import random
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection

from alliances.actions import assign
from alliances.roles import Role
from enquiries.models import (
    ImpactOverview,
    LessonStudy,
    MethodChoice,
    Question,
    Response,
    SheetRecord,
)
from tests.enquiries.test_activities import LESSON
from tests.enquiries.test_questionnaires import IMPLEMENTATION, SAID
from tests.enquiries.test_sheets import ANSWERS, address
from tests.enquiries.writers import Writer, losses
from tests.pages import errors_said, typed
from tests.world import PEOPLE, SINCE

SEED = 159
STEPS = 200
STEPS_AT_ONCE = 30
OUTCOMES = ("organisation", "professional", "student")


@pytest.fixture
def two_leads(world):
    """Sam leads beside Leah: only leads answer the questionnaires."""
    assign(
        user=world.person("sam"),
        role=Role.PROJECT_LEAD,
        scope=world.abbot,
        by=None,
        starts_on=SINCE,
    )
    return world


def a_form(world) -> tuple[str, dict, type[SheetRecord]]:
    return address(world, "question"), ANSWERS, Question


def a_grid(world) -> tuple[str, dict, type[SheetRecord]]:
    schools = world.enquiry.participations.values_list("pk", flat=True)[:3]
    cells = {f"{outcome}.{school}": "" for outcome in OUTCOMES for school in schools}
    words = {"recommendations": "Share it", "next_steps": "Meet in May"}
    return address(world, "impact-overview"), {**words, **cells}, ImpactOverview


def a_questionnaire(world) -> tuple[str, dict, type[SheetRecord]]:
    return address(world, IMPLEMENTATION, uuid.UUID(int=7)), SAID, Response


FORMS = [a_form, a_grid, a_questionnaire]


def words_of(begun: dict) -> dict:
    """The answers in words: the points of a scale are not one's own."""
    return {name: value for name, value in begun.items() if value != "A"}


def writers_of(as_person, url: str, begun: dict, seed: int) -> list[Writer]:
    """Leah, who has made the form, and Sam: each has its page open."""
    people = [
        Writer(
            PEOPLE[name],
            as_person(name),
            url,
            list(words_of(begun)),
            random.Random(f"{seed}{name}"),
        )
        for name in ("leah", "sam")
    ]
    people[0].client.post(url, {**begun, "seen": "{}"})
    for person in people:
        person.open()
        person.read_history()
    return people


def act(writer: Writer) -> None:
    """What people do at a form, more often what they do more often."""
    deeds = [writer.open, writer.read_history, writer.bring_back, *[writer.type, writer.send] * 4]
    writer.chance.choice(deeds)()


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__name__)
def test_two_who_take_turns_at_random_lose_nothing(two_leads, as_person, form):
    url, begun, model = form(two_leads)
    writers, turns = writers_of(as_person, url, begun, SEED), random.Random(SEED)

    for _ in range(STEPS):
        act(turns.choice(writers))

    assert losses(model.objects.get(), writers, words_of(begun)) == [], f"seed {SEED}"
    assert min(writer.conflicts for writer in writers) > 5


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__name__)
def test_two_at_the_very_same_moment_lose_nothing(transactional_db, two_leads, as_person, form):
    url, begun, model = form(two_leads)
    writers = writers_of(as_person, url, begun, SEED)

    with ThreadPoolExecutor(len(writers)) as pool:
        done = [pool.submit(at_once, writer, STEPS_AT_ONCE) for writer in writers]

    assert [each.exception() for each in done] == [None, None]
    assert losses(model.objects.get(), writers, words_of(begun)) == [], f"seed {SEED}"


def at_once(writer: Writer, steps: int) -> None:
    """A person's part in a thread, and on a connection, of its own."""
    try:
        for _ in range(steps):
            act(writer)
    finally:
        connection.close()


def test_what_two_people_changed_is_checked_as_a_whole(world, as_person):
    tom, leah = as_person("tom"), as_person("leah")
    url = address(world, "lesson-study", uuid.UUID(int=8))
    tom.post(url, {**LESSON, "seen": "{}"})
    his, hers = typed(tom.get(url)), typed(leah.get(url))
    tom.post(url, {**his, "held_on_day": "10"})

    refused = leah.post(url, {**hers, "predicted_on_day": "11"})

    assert errors_said(refused) == {
        "predicted_on": "Write the prediction before the day of the lesson"
    }
    assert [typed(refused)[name] for name in ("held_on_day", "predicted_on_day")] == ["10", "11"]
    assert leah.post(url, {**typed(refused), "predicted_on_day": "8"}).status_code == 302
    saved = LessonStudy.objects.get()
    assert (saved.held_on, saved.predicted_on) == (date(2026, 3, 10), date(2026, 3, 8))


def test_page_sent_back_shows_what_others_wrote_elsewhere(world, as_person):
    leah, sam = as_person("leah"), as_person("sam")
    url = address(world, "method")
    sent = {"methods": ["lesson-study"], "issue": "Writing", "why_suitable": "It is quick."}
    leah.post(url, {**sent, "seen": "{}"})
    his = {**sent, "seen": typed(sam.get(url))["seen"]}
    others = {"methods": ["jpd", "learning-walk"], "issue": "Talk", "across_schools": "on"}
    leah.post(url, {**sent, **others, "seen": typed(leah.get(url))["seen"]})

    refused = sam.post(url, {**his, "why_suitable": "Not sure"})
    form = refused.context["form"]
    again = sam.post(
        url, {**form.data.dict(), "methods": form["methods"].value(), "why_suitable": "It fits."}
    )

    assert refused.status_code == 422
    assert [form[name].value() for name in others] == [["jpd", "learning-walk"], "Talk", True]
    assert again.status_code == 302
    saved = MethodChoice.objects.get()
    assert (saved.methods, saved.issue, saved.across_schools) == (
        ["jpd", "learning-walk"],
        "Talk",
        True,
    )
    assert saved.why_suitable == "It fits."
