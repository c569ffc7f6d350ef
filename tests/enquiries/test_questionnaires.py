"""The progress questionnaires: what each version asks, who answers, what may be compared."""

import uuid

import pytest

from enquiries.actions import save_sheet
from enquiries.instruments import Question, asked, comparable, questions_of, scale
from enquiries.models import Answer, Response, Revision
from tests.enquiries.test_sheets import address, opened

IMPLEMENTATION = "progress-implementation"
AGREED = {f"answer.pq-implementation-{n}": "A" for n in range(1, 6)}
SAID = {
    **AGREED,
    "answer.pq-implementation-words-1": "Does talk improve writing?",
    "answer.pq-implementation-words-2": "A test of confidence",
}
NOT_SAID = "This field is required."


def sent(client, world, data: dict, key=None, slug: str = IMPLEMENTATION):
    """The answer to a questionnaire as somebody sends it."""
    return client.post(address(world, slug, key or uuid.uuid4()), {"seen": "{}", **data})


def stored(response: Response) -> dict:
    return {
        f"answer.{item}": value for item, value in response.answers.values_list("item", "value")
    }


# ---- the instruments -----------------------------------------------------------------------


@pytest.mark.parametrize("phase", ["implementation", "innovation", "impact"])
def test_instrument_has_five_statements_on_five_points(phase):
    questions = asked(questions_of(f"progress-{phase}"), 1)

    statements = [question for question in questions if question.kind == "agreement"]
    assert [question.code for question in statements] == [f"pq-{phase}-{n}" for n in range(1, 6)]
    assert {question.required for question in statements} == {True}
    assert [code for code, _ in scale()] == ["SA", "A", "U", "D", "SD"]


@pytest.mark.parametrize(
    ("phase", "words"),
    [
        ("implementation", {"The focus or question is": True, "Help needed with": False}),
        ("innovation", {"Interim findings": True, "Help needed with": False}),
        (
            "impact",
            {"Main findings": True, "Dissemination plans": True, "What has been learned": True},
        ),
    ],
)
def test_only_help_may_be_left_blank(phase, words):
    questions = questions_of(f"progress-{phase}")

    assert {q.text: q.required for q in questions if q.kind != "agreement"} == words


STAYS = Question("stays", "It stays", "agreement", required=True)
GOES = Question("goes", "It goes", "agreement", required=True, retired=2)
COMES = Question("comes", "It comes", "agreement", required=True, since=2)
WORDS = Question("words", "In words", "words", required=True)


@pytest.mark.parametrize(
    ("version", "expected"), [(1, [STAYS, GOES, WORDS]), (2, [STAYS, COMES, WORDS])]
)
def test_version_asks_what_is_there_and_not_retired(version, expected):
    assert asked([STAYS, GOES, COMES, WORDS], version) == expected


@pytest.mark.parametrize(
    ("versions", "expected"),
    [({1}, [STAYS, GOES]), ({2}, [STAYS, COMES]), ({1, 2}, [STAYS]), ({2, 3}, [STAYS, COMES])],
)
def test_versions_are_compared_over_what_all_of_them_ask(versions, expected):
    assert comparable([STAYS, GOES, COMES, WORDS], versions) == expected


# ---- filling one in ------------------------------------------------------------------------


def test_lead_answers_and_every_answer_is_kept_with_the_version(world, as_person):
    response = sent(as_person("leah"), world, SAID)

    saved = Response.objects.get()
    assert response.status_code == 302
    assert stored(saved) == SAID
    assert (saved.instrument, saved.version, saved.cycle) == (IMPLEMENTATION, 1, world.cycle)


@pytest.mark.parametrize("person", ["sam", "tom", "faye", "owen"])
def test_nobody_but_the_lead_answers(world, as_person, person):
    assert sent(as_person(person), world, SAID).status_code == 403
    assert Response.objects.count() == 0


def test_every_statement_needs_an_answer_and_help_does_not(world, as_person):
    left_out = ["answer.pq-implementation-2", "answer.pq-implementation-words-1"]
    data = {name: value for name, value in SAID.items() if name not in left_out}
    data["answer.pq-implementation-words-2"] = ""

    refused = sent(as_person("leah"), world, data)

    statement = "Say how far you agree: “One shared focus or question has been agreed.”"
    assert refused.status_code == 422
    assert dict(refused.context["form"].errors) == {
        "answer.pq-implementation-2": [statement],
        "answer.pq-implementation-words-1": [NOT_SAID],
    }


def test_question_of_the_enquiry_need_not_be_typed_again(world, as_person):
    values = opened(as_person("leah"), address(world, IMPLEMENTATION, uuid.uuid4()))

    assert values["answer.pq-implementation-words-1"] == world.enquiry.focus


def test_answers_are_changed_field_by_field_with_their_history(world, as_person):
    client, key = as_person("leah"), uuid.uuid4()
    sent(client, world, SAID, key)
    url = address(world, IMPLEMENTATION, key)
    first, second = opened(client, url), opened(client, url)

    client.post(url, {**first, "answer.pq-implementation-1": "SA"})
    client.post(url, {**second, "answer.pq-implementation-2": "D"})

    changed = {"answer.pq-implementation-1": "SA", "answer.pq-implementation-2": "D"}
    assert stored(Response.objects.get()) == SAID | changed
    assert [revision.changes for revision in Revision.objects.all()[:2]] == [
        {"answer.pq-implementation-2": ["A", "D"]},
        {"answer.pq-implementation-1": ["A", "SA"]},
    ]


def test_earlier_answer_is_brought_back(world, as_person):
    client, key = as_person("leah"), uuid.uuid4()
    sent(client, world, SAID, key)
    url = address(world, IMPLEMENTATION, key)
    client.post(url, {**opened(client, url), "answer.pq-implementation-1": "SD"})

    client.post(f"/revisions/{Revision.objects.first().pk}/restore/")

    assert stored(Response.objects.get()) == SAID


def test_questionnaire_sent_twice_is_one(world, as_person):
    client, key = as_person("leah"), uuid.uuid4()

    answers = [sent(client, world, SAID, key).status_code for _ in range(2)]

    assert answers == [302, 302]
    assert (Response.objects.count(), Answer.objects.count()) == (1, len(SAID))


def test_questionnaire_is_not_opened_as_another(world, as_person):
    client, key = as_person("leah"), uuid.uuid4()
    sent(client, world, SAID, key)

    pages = [
        client.get(address(world, "progress-impact", key)),
        client.get(address(world, "progress-impact", key, "history")),
    ]

    assert [page.status_code for page in pages] == [404, 404]


def test_old_record_keeps_its_version(world, as_person):
    key = uuid.uuid4()
    place = {"enquiry": world.enquiry, "key": key, "instrument": IMPLEMENTATION, "version": 0}
    save_sheet(Response, place=place, seen={}, wanted={}, by=world.person("leah"))

    form = as_person("leah").get(address(world, IMPLEMENTATION, key)).context["form"]

    assert form.names == []


# ---- over time -----------------------------------------------------------------------------


def answered(world, *points: str, version: int = 1, enquiry=None, **more) -> Response:
    """A stored response whose five statements have these points."""
    place = {"enquiry": enquiry or world.enquiry, "key": uuid.uuid4(), "version": version}
    given = {f"answer.pq-implementation-{n}": point for n, point in enumerate(points, 1)}
    return save_sheet(
        Response,
        place={**place, "instrument": IMPLEMENTATION},
        seen={},
        wanted=given | more,
        by=world.person("leah"),
    )


def test_answers_stand_side_by_side_in_the_order_they_were_given(world, as_person, owen_reads):
    answered(world, "SD", "D", "U", "U", "A")
    answered(world, "A", "SA", "U", "A", "A")

    page = as_person("owen").get(f"/enquiries/{world.enquiry.pk}/progress/")

    [movement] = page.context["movements"]
    assert movement.title == "Progress questionnaire: implementation"
    assert [answers for _, answers in movement.lines] == [
        ["Strongly disagree", "Agree"],
        ["Disagree", "Strongly agree"],
        ["Uncertain", "Uncertain"],
        ["Uncertain", "Agree"],
        ["Agree", "Agree"],
    ]


def test_versions_without_a_common_statement_are_not_compared(world, as_person):
    answered(world, "SD", "D", "U", "U", "A")
    answered(world, version=0)

    page = as_person("leah").get(f"/enquiries/{world.enquiry.pk}/progress/")

    [movement] = page.context["movements"]
    assert (movement.lines, len(movement.left_out)) == ([], 5)


@pytest.mark.parametrize("number", [1, 3])
def test_progress_takes_five_queries(world, as_person, number, django_assert_num_queries):
    for _ in range(number):
        answered(world, "A", "A", "A", "A", "A")
    client = as_person("leah")

    with django_assert_num_queries(5):
        page = client.get(f"/enquiries/{world.enquiry.pk}/progress/")

    assert len(page.context["movements"][0].moments) == number
