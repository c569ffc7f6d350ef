"""What a measure says on its page, in the words of the rules and of its statistics."""

import pytest
from django.urls import reverse

from impact.models import Measure
from tests.impact.matching import HEADINGS, scores_saved
from tests.pages import queries_of

COMPARED = {"conclude-apart", "conclude-level", "conclude-classes"}


def page_of(person, measure):
    return person.get(reverse("measure", args=[measure.pk]))


def grade(world) -> Measure:
    return world.enquiry.measures.get(name="Self-assessed Ofsted grade, start to end of project")


def test_measure_says_what_may_be_concluded(world, as_person):
    page = page_of(as_person("leah"), grade(world))

    found = page.context["conclusion"]
    assert found.says[0] == "It went from 1.82 to 1.45, towards the good end of its scale."
    assert found.may == [
        "Say that it got better, and by how much.",
        "Say that it happened while this was tried.",
    ]
    assert "Say that what was tried caused it" in page.content.decode()


def test_measure_of_so_many_people_says_its_interval(world, as_person):
    measure = world.enquiry.measures.get(name="Rated 4 or 5: Coaching")

    page = page_of(as_person("leah"), measure)

    said = "That is 66.7%; 95% confidence interval 43.7% to 83.7%."
    assert page.context["conclusion"].says[-1] == said


def compared(world, gain: float):
    """Matched scores of twelve pupils, half of whom were taught otherwise and gained so much."""
    rows = [
        [f"{arm[0]}{n}", str(10 + n), str(10 + n + up + n % 3), arm]
        for arm, up in (("Intervention", gain), ("Comparison", 0))
        for n in range(6)
    ]
    return scores_saved(world, *rows, headings=[*HEADINGS, "Intervention or comparison"])


@pytest.mark.parametrize(("gain", "code"), [(9, "conclude-apart"), (0, "conclude-level")])
def test_matched_scores_with_a_comparison_speak_for_their_measure(world, as_person, gain, code):
    measure = compared(world, gain).measure

    found = page_of(as_person("leah"), measure).context["conclusion"]

    assert [each for each in found.codes if each in COMPARED] == [code]
    assert found.says[-2].startswith("Matched scores: Those who took part ended ")


@pytest.mark.parametrize(
    ("shows", "told", "lines"),
    [
        (True, {"instrument": "test"}, 2),
        (True, {"instrument": "teacher assessment"}, 2),
        (True, {"instrument": "questionnaire"}, 0),
        (True, {"better": "lower"}, 0),
        (True, {"level": "teacher"}, 0),
        (False, {}, 0),
    ],
)
def test_months_are_told_of_attainment_where_the_programme_wants_them(
    world, as_person, shows, told, lines
):
    measure = compared(world, 9).measure
    attainment = {"level": "pupil", "instrument": "test", "better": "higher"}
    Measure.objects.filter(pk=measure.pk).update(**attainment | told)
    world.programme.shows_months = shows
    world.programme.save()

    found = page_of(as_person("leah"), measure).context["months"]

    assert len(found) == lines
    assert all(" ahead, somewhere from " in sentence for sentence in found[:1])


def test_few_matched_scores_say_nothing_to_others(world, as_person):
    measure = compared(world, 9).measure
    world.programme.small_number_threshold = 13
    world.programme.save()

    found = page_of(as_person("faye"), measure).context["conclusion"]

    assert [each for each in found.codes if each in COMPARED] == []
    assert not any("standard deviations" in sentence for sentence in found.says)


@pytest.mark.parametrize("sets", [1, 3])
def test_queries_of_a_measure_do_not_grow_with_its_matched_scores(world, as_person, sets):
    measure = scores_saved(world).measure
    for _ in range(sets - 1):
        scores_saved(world, measure=measure)

    assert queries_of(as_person("leah"), f"/measures/{measure.pk}/") == 14


@pytest.mark.parametrize(
    ("target", "shown"), [(1.2, "60% of the way from the baseline to the target"), (None, None)]
)
def test_progress_is_told_where_there_is_a_target(world, as_person, target, shown):
    measure = grade(world)
    Measure.objects.filter(pk=measure.pk).update(target=target)

    facts = page_of(as_person("leah"), measure).context["facts"]

    assert [row["value"] for row in facts if row["key"] == "Progress"] == [shown] * bool(shown)
