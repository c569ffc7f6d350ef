"""The rules that say what is missing from an enquiry."""

import pytest

from enquiries.actions import start_cycle
from enquiries.models import Enquiry
from enquiries.queries import current_cycle
from impact.queries import measures_of
from reports.attention import missing
from tests.measuring import add_measure, add_reading


@pytest.fixture
def bare(world) -> Enquiry:
    """An enquiry of which nothing is known but its focus."""
    return Enquiry.objects.get(alliance__key="affinity")


# ---- missing -------------------------------------------------------------------------------


def missing_now(enquiry: Enquiry) -> list[tuple[str, str, str]]:
    gaps = missing(enquiry, current_cycle(enquiry), measures_of(enquiry, exact=True))
    return [(gap.text, gap.action, gap.url) for gap in gaps]


def measure(enquiry, world, *, level="pupil", baseline=None):
    return add_measure(
        enquiry=enquiry,
        by=world.person("leah"),
        baseline=baseline,
        level=level,
        name="Reading age",
        instrument="test",
        population="Year 4",
    )


NUMBER = {"kind": "number", "value": 12, "when": "March 2026"}


def test_everything_is_missing_from_a_bare_enquiry(bare):
    pk = bare.pk
    assert missing_now(bare) == [
        ("The question of enquiry is not stated", "State it", f"/enquiries/{pk}/edit/"),
        ("No cycle has been started", "Start one", f"/enquiries/{pk}/cycles/new/"),
        (
            "Nothing about pupils is measured",
            "Add a measure",
            f"/enquiries/{pk}/forms/measure/new/",
        ),
    ]


def test_question_told_by_the_programme_is_not_missing(bare):
    bare.listing.question = "Does lesson study last?"

    assert "The question of enquiry is not stated" not in [gap[0] for gap in missing_now(bare)]


def test_cycle_that_has_started_is_not_missing(bare, world):
    start_cycle(enquiry=bare, by=world.person("leah"), label="One", period="", tried="Pairs")

    assert "No cycle has been started" not in [gap[0] for gap in missing_now(bare)]


def test_measure_of_teachers_leaves_pupils_unmeasured(bare, world):
    measure(bare, world, level="teacher", baseline=NUMBER)

    assert missing_now(bare)[-1][0] == "Nothing about pupils is measured"


def test_measure_of_pupils_without_reading_misses_its_baseline_once(bare, world):
    made = measure(bare, world)

    assert [gap for gap in missing_now(bare) if "baseline" in gap[0]] == [
        (
            "“Reading age” has no baseline yet",
            "Add it",
            f"/enquiries/{made.enquiry_id}/forms/reading/new/?measure={made.pk}&moment=baseline",
        )
    ]


def test_baseline_that_could_not_be_collected_is_still_missing(bare, world):
    measure(bare, world, baseline={"kind": "x"})

    assert missing_now(bare)[-1][0] == "No measure about pupils has a baseline"


def test_baseline_that_is_withheld_is_there(bare, world):
    measure(bare, world, baseline=NUMBER | {"n": 3})

    gaps = missing(bare, current_cycle(bare), measures_of(bare, exact=False))

    assert "No measure about pupils has a baseline" not in [gap.text for gap in gaps]


def test_outcome_is_no_baseline(bare, world):
    made = measure(bare, world)
    add_reading(measure=made, by=world.person("leah"), moment="outcome", **NUMBER)

    assert missing_now(bare)[-1][0] == "No measure about pupils has a baseline"


def test_nothing_is_missing_from_a_whole_enquiry(bare, world):
    bare.question = "Does lesson study last?"
    start_cycle(enquiry=bare, by=world.person("leah"), label="One", period="", tried="Pairs")
    measure(bare, world, baseline=NUMBER)

    assert missing_now(bare) == []
