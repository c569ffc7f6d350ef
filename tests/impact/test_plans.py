"""Planning how impact is judged, and testing how far the data can be trusted."""

import uuid
from datetime import date

import pytest

from enquiries.actions import save_sheet
from impact.models import DataTest, ImpactPlan, Measure
from impact.queries import (
    BaselineState,
    DataSet,
    baseline_states,
    data_sets,
    has_student_plan,
    student_measures_without_baseline,
    untested_data_sets,
)
from tests.measuring import add_measure, add_reading

PLAN = {
    "participation_id": "",
    "level": "student",
    "recognised": "Pupils ask questions of each other.",
    "data_needed": "Counts of questions asked.",
    "existing": "They must be gathered.",
    "more_methods": "Observation, since nothing else shows talk.",
    "suitable": "Yes, in pairs.",
    "data_type": "dts5",
    "collection": "dcm4",
    "measure_id": "",
    "success_measure": "Twice as many questions by Easter.",
    "milestone_on_day": "27",
    "milestone_on_month": "3",
    "milestone_on_year": "2026",
    "respondents": "Year 8 boys",
    "size": "42",
    "seen": "{}",
}
TESTS = {
    "validity": "It counts what we mean by a question.",
    "is_valid": "pass",
    "methods": "1",
    "respondent_groups": "2",
    "triangulation": "Pupils and teachers both say so.",
    "is_triangulated": "pass",
    "reliability": "Two people counted alike.",
    "is_reliable": "fail",
    "seen": "{}",
}


@pytest.fixture
def measured(world):
    """The enquiry with the one measure of pupils that the test is about."""
    Measure.objects.filter(enquiry=world.enquiry).delete()
    return add_measure(
        enquiry=world.enquiry,
        by=world.person("leah"),
        baseline=None,
        level="pupil",
        name="Questions asked",
        instrument="lesson observation",
        better="higher",
        population="Year 8",
    )


def address(world, slug: str) -> str:
    return f"/enquiries/{world.enquiry.pk}/forms/{slug}/{uuid.uuid4()}/"


def baseline(measure, on: date | None, by) -> None:
    add_reading(
        measure=measure,
        by=by,
        moment="baseline",
        kind="number",
        value=3,
        held_on=on,
    )


def test_plan_keeps_every_answer(world, leah, measured):
    school = world.enquiry.participations.first()
    placed = {"participation_id": str(school.pk), "measure_id": str(measured.pk)}

    response = leah.post(address(world, "impact-plan"), {**PLAN, **placed})

    plan = ImpactPlan.objects.get()
    assert response.status_code == 302
    assert (plan.participation, plan.measure) == (school, measured)
    assert (plan.milestone_on, plan.size) == (date(2026, 3, 27), 42)
    assert plan.about == f"{school.school}: student learning, Year 8 boys"


@pytest.mark.parametrize(
    "name", ["recognised", "data_needed", "existing", "more_methods", "suitable"]
)
def test_plan_with_a_question_unanswered_is_thought_over_again(world, leah, name):
    response = leah.post(address(world, "impact-plan"), {**PLAN, name: " "})

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [name]


def test_plan_takes_the_data_types_of_its_level(world, leah):
    response = leah.post(address(world, "impact-plan"), {**PLAN, "data_type": "dtp1"})

    assert response.context["form"].errors == {
        "data_type": ["Select a data type that is listed for student learning"]
    }


def test_plan_offers_no_measure_of_another_enquiry(world, leah):
    foreign = world.other_enquiry.measures.first()

    response = leah.post(address(world, "impact-plan"), {**PLAN, "measure_id": str(foreign.pk)})

    assert list(response.context["form"].errors) == ["measure_id"]


def test_history_of_a_plan_speaks_in_words_and_brings_a_measure_back(world, leah, measured):
    url = address(world, "impact-plan")
    leah.post(url, {**PLAN, "measure_id": str(measured.pk)})
    seen = leah.get(url).context["form"].initial["seen"]
    leah.post(url, {**PLAN, "seen": seen})
    key = ImpactPlan.objects.get().key

    saves = leah.get(f"{url}history/").context["saves"]
    leah.post(f"/revisions/{saves[0].revision.pk}/restore/")

    changes = [(change.before, change.after) for change in saves[0].changes]
    assert changes == [("Questions asked, Year 8 (no baseline yet)", "")]
    assert ImpactPlan.objects.get(key=key).measure == measured


def test_a_plan_for_students_is_what_an_enquiry_cannot_go_without(world, leah):
    before = has_student_plan(world.enquiry)
    organisational = {"level": "organisational", "data_type": "dto1"}
    leah.post(address(world, "impact-plan"), {**PLAN, **organisational})
    between = has_student_plan(world.enquiry)

    leah.post(address(world, "impact-plan"), PLAN)

    assert (before, between, has_student_plan(world.enquiry)) == (False, False, True)


@pytest.mark.parametrize(
    ("days", "state"),
    [
        ([], (False, None, False)),
        ([date(2026, 2, 2)], (True, date(2026, 2, 2), False)),
        ([date(2026, 2, 3)], (True, date(2026, 2, 3), False)),
        ([date(2026, 2, 4)], (True, date(2026, 2, 4), True)),
        ([None], (True, None, False)),
    ],
)
def test_baseline_is_due_by_the_first_trial(world, measured, days, state):
    for day in days:
        baseline(measured, day, world.person("leah"))

    found = baseline_states(world.enquiry)

    is_taken, _, is_late = state
    assert found == [BaselineState(measured.pk, "Questions asked, Year 8", "pupil", *state)]
    assert student_measures_without_baseline(world.enquiry) == (
        found if is_late or not is_taken else []
    )


def test_data_passes_triangulation_by_methods_or_by_groups(world, leah, measured):
    sent = {**TESTS, "measure_id": str(measured.pk)}

    alone = leah.post(address(world, "data-test"), {**sent, "respondent_groups": "1"})
    failed = leah.post(
        address(world, "data-test"), {**sent, "respondent_groups": "1", "is_triangulated": "fail"}
    )
    by_methods = leah.post(
        address(world, "data-test"), {**sent, "methods": "2", "respondent_groups": "1"}
    )
    by_groups = leah.post(address(world, "data-test"), sent)

    assert alone.context["form"].errors == {
        "is_triangulated": [
            "It takes more than one method or more than one respondent group to pass"
        ]
    }
    assert [r.status_code for r in (failed, by_methods, by_groups)] == [302, 302, 302]


def test_all_three_tests_are_needed(world, leah, measured):
    sent = {**TESTS, "measure_id": str(measured.pk), "is_reliable": "", "validity": ""}

    response = leah.post(address(world, "data-test"), sent)

    assert list(response.context["form"].errors) == ["validity", "is_reliable"]
    assert untested_data_sets(world.enquiry) == [DataSet(measured.pk, "Questions asked, Year 8")]


def test_last_test_of_a_data_set_counts(world, measured):
    outcomes = {"is_valid": "pass", "is_triangulated": "pass", "methods": 2, "respondent_groups": 1}
    for reliable in ("fail", "pass"):
        save_sheet(
            DataTest,
            place={"enquiry": world.enquiry, "key": uuid.uuid4()},
            seen={},
            wanted={**outcomes, "measure_id": measured.pk, "is_reliable": reliable},
            by=world.person("leah"),
        )

    found = data_sets(world.enquiry)

    assert found == [DataSet(measured.pk, "Questions asked, Year 8", "pass", "pass", "pass")]
    assert (found[0].is_tested, found[0].has_passed) == (True, True)
    assert untested_data_sets(world.enquiry) == []


@pytest.mark.parametrize("records", [1, 3])
def test_list_of_tests_asks_the_same_questions_whatever_it_holds(
    world, leah, measured, records, django_assert_num_queries
):
    for _ in range(records):
        leah.post(address(world, "data-test"), {**TESTS, "measure_id": str(measured.pk)})
    leah.get("/")

    with django_assert_num_queries(7):
        response = leah.get(f"/enquiries/{world.enquiry.pk}/forms/data-test/")

    assert len(response.context["records"]) == records


@pytest.mark.parametrize("measures", [1, 3])
def test_states_are_read_in_two_queries(world, measured, measures, django_assert_num_queries):
    for number in range(measures - 1):
        measured.pk, measured.position, measured.key = None, measured.position + 1, uuid.uuid4()
        measured.name = f"Another {number}"
        measured.save()

    with django_assert_num_queries(4):
        found = len(baseline_states(world.enquiry)), len(data_sets(world.enquiry))

    assert found == (measures, measures)
