"""The records of what a group did with a method, and the rules that each method has."""

import uuid
from datetime import date

import pytest
import time_machine

from enquiries.models import InstructionalRound, LearningWalk, LessonStudy, PeerTriad
from enquiries.sheets import sheet_called
from enquiries.sheets.activities import PracticeForm, named_in
from tests.enquiries.test_sheets import address, opened

THIRD_OF_MARCH = {"held_on_day": "3", "held_on_month": "3", "held_on_year": "2026"}
WALK = {
    **THIRD_OF_MARCH,
    "focus": "Talk in pairs",
    "criteria": "Every pupil speaks",
    "member.1": "Year 4 teacher",
    "role.1": "Talks with pupils",
    "member.2": "A governor",
    "role.2": "Keeps time",
    "classes": "6",
    "minutes": "10",
    "debrief": "Pupils waited for each other",
    "debrief_minutes": "5",
    "outcome": "Shared with all staff",
    "next_steps": "Again in May",
}
ROUND = {
    **THIRD_OF_MARCH,
    "problem": "Pupils give short answers",
    "observations": "Pupils in Year 8 answered 3 of 12 questions at length",
    "patterns": "Longer answers followed a pause",
    "next_week": "Wait before taking an answer",
    "next_month": "Watch each other wait",
    "end_of_year": "Compare with this visit",
}
TURNS = [
    ("first_person", "second_person", "third_person"),
    ("second_person", "third_person", "first_person"),
    ("third_person", "first_person", "second_person"),
]
TRIAD = {
    **THIRD_OF_MARCH,
    "first_person": "Ann",
    "second_person": "Bea",
    "third_person": "Cal",
    "goals": "Ask more open questions",
    "strengths": "Listening",
    "protocol": "Ten minutes each",
    **{
        f"{role}.{n}": person
        for n, turn in enumerate(TURNS, 1)
        for role, person in zip(("coach", "client", "observer"), turn, strict=True)
    },
}
LESSON = {
    "held_on_day": "12",
    "held_on_month": "3",
    "held_on_year": "2026",
    "need": "Reading for meaning",
    "group": "Three teachers of year 8",
    "lesson": "A poem in two halves",
    "predicted": "Most will infer the ending",
    "predicted_on_day": "9",
    "predicted_on_month": "3",
    "predicted_on_year": "2026",
    "teacher": "The second of the three",
    "observers": "The other two",
}


def sent(client, world, slug: str, data: dict, key=None):
    """The answer to a form of the method as somebody sends it."""
    return client.post(address(world, slug, key or uuid.uuid4()), {"seen": "{}", **data})


def faults(response) -> dict[str, list[str]]:
    return dict(response.context["form"].errors)


# ---- learning walk -------------------------------------------------------------------------


def test_walk_keeps_its_team_with_a_role_each(world, as_person):
    response = sent(as_person("tom"), world, "learning-walk", WALK)

    saved = LearningWalk.objects.get()
    team = {name: text for name, text in saved.cells.items() if text}
    assert response.status_code == 302
    assert team == {name: WALK[name] for name in ("member.1", "role.1", "member.2", "role.2")}
    assert (saved.classes, saved.minutes, saved.debrief_minutes) == (6, 10, 5)
    assert saved.cycle == world.cycle


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"role.2": ""}, {"role.2": ["Enter this person’s role in the walk"]}),
        (
            {"member.2": ""},
            {
                "member.2": ["Enter who has this role"],
                "__all__": ["Enter the team, normally four people, each with a role"],
            },
        ),
        ({"held_on_day": "", "held_on_month": "", "held_on_year": ""}, {"held_on": None}),
        ({"minutes": "4"}, {"minutes": None}),
        ({"minutes": "11"}, {"minutes": None}),
        ({"debrief_minutes": "20"}, {"debrief_minutes": None}),
        ({"classes": "0"}, {"classes": None}),
    ],
)
def test_walk_with_a_fault_is_refused(world, as_person, change, expected):
    found = faults(sent(as_person("tom"), world, "learning-walk", WALK | change))

    assert {name: expected.get(name) and text for name, text in found.items()} == expected
    assert LearningWalk.objects.count() == 0


# ---- instructional round -------------------------------------------------------------------


def test_round_that_names_nobody_is_saved(world, as_person):
    response = sent(as_person("tom"), world, "instructional-round", ROUND)

    assert response.status_code == 302
    assert InstructionalRound.objects.get().patterns == ROUND["patterns"]


@pytest.mark.parametrize("question", [name for name in ROUND if "held_on" not in name])
def test_round_that_names_a_teacher_is_refused_wherever_it_does(world, as_person, question):
    said = {**ROUND, question: "Pupils of Mr Smith waited"}

    found = faults(sent(as_person("tom"), world, "instructional-round", said))

    problem = "Take out “Mr Smith”: a round names no teacher and no classroom"
    assert found == {question: [problem]}
    assert InstructionalRound.objects.count() == 0


def test_round_may_not_name_people_of_the_alliance(world, as_person):
    said = {**ROUND, "observations": "In the lesson of sam field pupils waited"}

    found = faults(sent(as_person("tom"), world, "instructional-round", said))

    problem = "Take out “sam field”: a round names no teacher and no classroom"
    assert found == {"observations": [problem]}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("We saw Mr Smith teach", "Mr Smith"),
        ("we saw mrs jones teach", "mrs jones"),
        ("Miss Lee paused", "Miss Lee"),
        ("Asked by Ms. O’Hara", "Ms. O’Hara"),
        ("Dr Patel-Jones asked", "Dr Patel-Jones"),
        ("In 8X2 pupils talked", "8X2"),
        ("in 8x2 pupils talked", "8x2"),
        ("Pupils in 10B talked", "10B"),
        ("Pupils in 7/MA talked", "7/MA"),
        ("Year 8x2 talked", "Year 8x2"),
        ("Y9B talked", "Y9B"),
        ("Year 8 set 2 room 12", "Year 8 set 2"),
        ("Pupils in set 2 talked", "in set 2"),
        ("Near room 12", "room 12"),
        ("The door of Room B4", "Room B4"),
        ("Class 3B talked", "3B"),
        ("class 3 talked", "class 3"),
    ],
)
def test_words_that_give_a_teacher_or_a_class_away(text, named):
    assert named_in(text, []) == named


@pytest.mark.parametrize(
    "text",
    [
        "Pupils in Year 8 talked",
        "In Year 8 a pupil asked why",
        "Pupils miss Monday and miss Maths",
        "They sorted 2D and 3D shapes at 11AM",
        "7 of 30 pupils spoke, in 5 minutes",
        "Teachers set 2 tasks; pupils form 3 groups",
        "In the class I saw, the room was quiet",
        "KS3 pupils drew on A4 paper",
        "The drama room and the class next to it",
    ],
)
def test_words_that_give_nobody_away(text):
    assert named_in(text, []) == ""


# ---- peer triad ----------------------------------------------------------------------------


def test_triad_opens_with_a_rotation_that_holds(world, as_person):
    client = as_person("tom")
    url = address(world, "peer-triad", uuid.uuid4())
    given = {name: text for name, text in TRIAD.items() if "." not in name}

    offered = {name: text for name, text in opened(client, url).items() if "." in name}
    response = client.post(url, {**offered, **given, "seen": "{}"})

    assert offered == {name: text for name, text in TRIAD.items() if "." in name}
    assert response.status_code == 302
    assert PeerTriad.objects.get().cells == offered


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"third_person": "ann"}, {"third_person": ["A triad is three different people"]}),
        (
            {"observer.2": "second_person"},
            {"coach.2": ["Give each role of round 2 to another person"]},
        ),
        (
            {f"{role}.2": TRIAD[f"{role}.1"] for role in ("coach", "client", "observer")},
            {
                f"{role}.1": [f"Each person is {role} once in a meeting"]
                for role in ("coach", "client", "observer")
            },
        ),
    ],
    ids=["two people", "two roles at once", "no rotation"],
)
def test_triad_that_does_not_rotate_is_refused(world, as_person, change, expected):
    found = faults(sent(as_person("tom"), world, "peer-triad", TRIAD | change))

    assert found == expected
    assert PeerTriad.objects.count() == 0


def test_triad_of_two_is_refused(world, as_person):
    found = faults(sent(as_person("tom"), world, "peer-triad", TRIAD | {"third_person": ""}))

    assert list(found) == ["third_person"]


# ---- lesson study --------------------------------------------------------------------------


@pytest.fixture
def on():
    """Sets the day: ``on("2026-03-10")``."""
    started = []

    def move(day: str):
        started.append(time_machine.travel(f"{day}T10:00:00Z", tick=False))
        started[-1].start()

    yield move
    for travel in reversed(started):
        travel.stop()


def test_lesson_is_planned_with_its_prediction_and_completed_later(world, as_person, on):
    client, key = as_person("tom"), uuid.uuid4()
    url = address(world, "lesson-study", key)
    on("2026-03-10")
    sent(client, world, "lesson-study", LESSON, key)
    on("2026-03-13")

    client.post(url, {**_dates(opened(client, url)), "actual": "Half did"})

    saved = LessonStudy.objects.get()
    assert (saved.predicted, saved.actual) == (LESSON["predicted"], "Half did")
    assert (saved.predicted_on, saved.held_on) == (date(2026, 3, 9), date(2026, 3, 12))


def _dates(values: dict) -> dict:
    """The values as a browser sends them, each date in its three boxes."""
    found = {name: value for name, value in values.items() if not isinstance(value, date)}
    for name, value in values.items():
        if isinstance(value, date):
            found |= {
                f"{name}_day": value.day,
                f"{name}_month": value.month,
                f"{name}_year": value.year,
            }
    return found


@pytest.mark.parametrize(
    ("today", "change", "expected"),
    [
        ("2026-03-10", {"predicted": ""}, {"predicted": ["This field is required."]}),
        (
            "2026-03-12",
            {"predicted_on_day": "12"},
            {"predicted_on": ["Write the prediction before the day of the lesson"]},
        ),
        (
            "2026-03-10",
            {"predicted_on_day": "11"},
            {"predicted_on": ["The prediction cannot be written in the future"]},
        ),
        (
            "2026-03-10",
            {"actual": "Most did"},
            {"actual": ["The lesson has not been taught yet"]},
        ),
    ],
)
def test_lesson_without_an_older_prediction_is_refused(world, as_person, today, change, expected):
    client = as_person("tom")

    with time_machine.travel(f"{today}T10:00:00Z", tick=False):
        found = faults(sent(client, world, "lesson-study", LESSON | change))

    assert found == expected
    assert LessonStudy.objects.count() == 0


def test_prediction_stays_as_it_was_once_the_lesson_has_come(world, as_person, on):
    client, key = as_person("tom"), uuid.uuid4()
    url = address(world, "lesson-study", key)
    on("2026-03-10")
    sent(client, world, "lesson-study", LESSON, key)
    on("2026-03-12")

    response = client.post(url, {**_dates(opened(client, url)), "predicted": "Half will"})

    problem = "The lesson has come: the prediction stays as it was"
    assert faults(response) == {"predicted": [problem]}
    assert LessonStudy.objects.get().predicted == LESSON["predicted"]


# ---- free record ---------------------------------------------------------------------------


def test_free_record_has_comments_and_no_grade():
    assert set(PracticeForm.base_fields) == {"seen", "held_on", "method", "comments"}


def test_free_record_is_of_a_method_without_steps(world, as_person):
    client = as_person("tom")
    said = {**THIRD_OF_MARCH, "comments": "Pupils began to ask"}

    outcomes = {
        method: sent(client, world, "practice-record", {**said, "method": method}).status_code
        for method in ("jpd", "coaching-and-mentoring", "peer-observation", "lesson-study")
    }

    assert outcomes == {
        "jpd": 302,
        "coaching-and-mentoring": 302,
        "peer-observation": 302,
        "lesson-study": 422,
    }


# ---- among the forms -----------------------------------------------------------------------

RECORDS = ["learning-walk", "instructional-round", "peer-triad", "lesson-study", "practice-record"]


@pytest.mark.parametrize("slug", RECORDS)
def test_record_sent_twice_is_one(world, as_person, on, slug):
    said = {
        "learning-walk": WALK,
        "instructional-round": ROUND,
        "peer-triad": TRIAD,
        "lesson-study": LESSON,
        "practice-record": {**THIRD_OF_MARCH, "method": "jpd", "comments": "We planned"},
    }[slug]
    client, key = as_person("tom"), uuid.uuid4()
    on("2026-03-10")

    answers = [sent(client, world, slug, said, key).status_code for _ in range(2)]

    assert answers == [302, 302]
    assert sheet_called(slug).model.objects.count() == 1


def test_trials_stand_among_the_forms(world, as_person):
    states = as_person("faye").get(f"/enquiries/{world.enquiry.pk}/forms/").context["states"]

    found = next(state for state in states if state.title == "Trial")

    assert (found.records, found.saved_by) == (1, "Tom Abara")
    assert found.url == f"/enquiries/{world.enquiry.pk}/forms/trial/"
