"""What alliances say of where they stand, as the national team and the facilitator read it."""

import re
import uuid

import pytest

from alliances.models import Alliance
from enquiries.actions import save_sheet
from enquiries.models import Enquiry, Response
from reports.builders.progress import build_progress

IMPLEMENTATION = "progress-implementation"
HELP = "answer.pq-implementation-words-2"
KEYS = ["georgeabbot", "centralbeds", "affinity"]


def answers(world, key: str, points: str, *, said: str = "", version: int = 1) -> Response:
    """What an alliance answered to the five statements, and what help it needs."""
    given = {f"answer.pq-implementation-{n}": point for n, point in enumerate(points.split(), 1)}
    place = {
        "enquiry": Enquiry.objects.get(alliance__key=key),
        "key": uuid.uuid4(),
        "instrument": IMPLEMENTATION,
        "version": version,
    }
    wanted = {**given, HELP: said}
    return save_sheet(Response, place=place, seen={}, wanted=wanted, by=world.person("leah"))


def page_of(as_person, world, **query):
    return as_person("owen").get(f"/programmes/{world.programme.pk}/progress/", query)


def counts(page) -> list[dict]:
    """The figures of each chart, by the label of its rows."""
    return [
        {row["label"]: row["texts"] for row in chart["rows"]} for chart in page.context["charts"]
    ]


def test_each_alliance_counts_once_with_its_latest_answers(as_person, world):
    answers(world, "georgeabbot", "SD SD SD SD SD")
    answers(world, "georgeabbot", "SA A A U D")
    answers(world, "centralbeds", "A A A A A")

    page = page_of(as_person, world)

    assert [list(chart.values()) for chart in counts(page)] == [
        [
            ["0", "0", "0", "1", "1"],
            ["0", "0", "0", "2", "0"],
            ["0", "0", "0", "2", "0"],
            ["0", "0", "1", "1", "0"],
            ["0", "1", "0", "1", "0"],
        ]
    ]
    assert page.context["progress"].answered == 2


@pytest.mark.parametrize(
    ("divided", "expected"),
    [
        (
            "theme",
            {"Not stated": ["1", "0", "0", "0", "0"], "Theme 3": ["0", "0", "0", "1", "1"]},
        ),
        (
            "cohort",
            {"Cohort 1": ["0", "0", "0", "0", "1"], "Not stated": ["1", "0", "0", "1", "0"]},
        ),
    ],
)
def test_answers_are_divided_by_group(as_person, world, divided, expected):
    first = world.programme.cohorts.get(number=1)
    Alliance.objects.filter(key="georgeabbot").update(cohort=first)
    for key, points in zip(KEYS, ["SA A A A A", "A A A A A", "SD A A A A"], strict=True):
        answers(world, key, points)

    page = page_of(as_person, world, divided=divided)

    assert len(counts(page)) == 5
    assert counts(page)[0] == expected


def test_answers_are_of_the_alliances_chosen(as_person, world):
    answers(world, "georgeabbot", "SA A A A A")
    answers(world, "centralbeds", "A A A A A")

    page = page_of(as_person, world, cluster=world.midlands.pk)

    assert page.context["progress"].answered == 1
    assert page.context["wanted"].about == "Midlands"


def test_each_questionnaire_has_its_own_answers(as_person, world):
    answers(world, "georgeabbot", "SA A A A A")

    page = page_of(as_person, world, questionnaire="progress-impact")

    assert page.context["title"] == "Progress questionnaire: impact"
    assert (page.context["progress"].answered, counts(page)) == (0, [])


def test_values_the_page_does_not_know_change_nothing(as_person, world):
    answers(world, "georgeabbot", "SA A A A A")

    page = page_of(as_person, world, questionnaire="x", divided="x", theme="x")

    assert page.context["title"] == "Progress questionnaire: implementation"
    assert page.context["progress"].answered == 1


def test_table_says_what_the_chart_shows(as_person, world):
    answers(world, "georgeabbot", "SA A A A A")

    html = page_of(as_person, world).content.decode()

    cells = re.findall(r'data-label="([^"]+)">(\d+)</td>', html)
    assert cells[:5] == [
        ("Strongly disagree", "0"),
        ("Disagree", "0"),
        ("Uncertain", "0"),
        ("Agree", "0"),
        ("Strongly agree", "1"),
    ]


def test_versions_without_a_common_statement_are_not_compared(as_person, world):
    answers(world, "georgeabbot", "SA A A A A")
    answers(world, "centralbeds", "", version=0)

    progress = page_of(as_person, world).context["progress"]

    assert (progress.answered, progress.charts, len(progress.left_out)) == (2, [], 5)


def test_nothing_answered_is_said(as_person, world):
    assert build_progress(IMPLEMENTATION, []).charts == []
    assert "No alliance has answered yet" in page_of(as_person, world).content.decode()


@pytest.mark.parametrize("keys", [KEYS[:1], KEYS], ids=["1", "3"])
@pytest.mark.parametrize("divided", ["", "theme", "cohort"])
def test_progress_takes_nine_queries(as_person, world, keys, divided, django_assert_num_queries):
    for key in keys:
        answers(world, key, "SA A A A A")
    client = as_person("owen")

    with django_assert_num_queries(9):
        page = client.get(f"/programmes/{world.programme.pk}/progress/", {"divided": divided})

    assert page.context["progress"].answered == len(keys)


@pytest.mark.parametrize(("person", "is_led"), [("owen", True), ("nadia", False)])
def test_programme_leads_there_who_may_read_enquiries(as_person, world, person, is_led):
    html = as_person(person).get(f"/programmes/{world.programme.pk}/").content.decode()

    assert (f'href="/programmes/{world.programme.pk}/progress/"' in html) is is_led


# ---- help needed ---------------------------------------------------------------------------


def help_read(as_person, world) -> list[tuple[str, str]]:
    page = as_person("faye").get(f"/clusters/{world.south.pk}/")
    return [
        (answer.response.enquiry.alliance.key, answer.value)
        for answer in page.context["help_needed"]
    ]


def test_facilitator_reads_what_help_their_alliances_last_said_they_need(as_person, world):
    answers(world, "georgeabbot", "SA A A A A", said="An old need")
    answers(world, "georgeabbot", "SA A A A A", said="A test of confidence")
    answers(world, "jurassic", "SA A A A A", said="Time")
    answers(world, "centralbeds", "SA A A A A", said="Of another cluster")

    assert help_read(as_person, world) == [
        ("georgeabbot", "A test of confidence"),
        ("jurassic", "Time"),
    ]


def test_help_that_is_needed_no_more_is_gone(as_person, world):
    answers(world, "georgeabbot", "SA A A A A", said="A test of confidence")
    answers(world, "georgeabbot", "SA A A A A")

    assert help_read(as_person, world) == []
