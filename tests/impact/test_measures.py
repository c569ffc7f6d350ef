"""Measures and groups as their writers fill them in, and what is fixed of them."""

import json
from datetime import date

import pytest

from enquiries.actions import withdraw
from enquiries.models import Revision
from impact.amendments import amendments_of
from impact.models import Group, Measure, Reading
from impact.queries import fixed_on, measures_of
from tests.impact.forms import LIKERT, MEASURE, address, on, reading, said
from tests.measuring import add_group, add_measure, add_reading
from tests.pages import errors_said, queries_of

pytestmark = pytest.mark.usefixtures("on_a_day_in_may")


# A measure


def test_a_measure(world, leah):
    response = leah.post(address(world, "measure"), MEASURE)

    measure = Measure.objects.get(name="Reading age")
    assert response.url == f"/measures/{measure.pk}/"
    assert {name: getattr(measure, name) for name in MEASURE} == MEASURE
    assert (measure.logged_by, measure.group, measure.answers) == (world.person("leah"), None, "")


@pytest.mark.parametrize("name", ["level", "name", "instrument", "better", "population"])
def test_a_measure_lacks_something(world, leah, name):
    response = leah.post(address(world, "measure"), {**MEASURE, name: ""})

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [name]
    assert not Measure.objects.filter(name="Reading age").exists()


def test_a_measure_sent_twice_is_added_once(world, leah):
    url = address(world, "measure")

    leah.post(url, MEASURE)
    leah.post(url, MEASURE)

    assert Measure.objects.filter(name="Reading age").count() == 1


def test_a_measure_of_the_same_group_is_there_already(world, leah, measure):
    response = leah.post(address(world, "measure"), MEASURE)

    assert response.context["form"].errors == {"name": ["You measure this already in this group"]}


def test_the_same_in_a_group_is_another_measure_of_one_family(world, leah, measure):
    girls = add_group(enquiry=world.enquiry, by=world.person("leah"), name="Girls", kind="girls")

    leah.post(address(world, "measure"), {**MEASURE, "group_id": girls.pk})

    both = [m for m in measures_of(world.enquiry, exact=True) if m.name == "Reading age"]
    assert [(m.group, m.group_kind) for m in both] == [("", ""), ("Girls", "girls")]
    assert both[0].family == both[1].family


def test_a_withdrawn_measure_takes_its_readings_out_of_everything(world, measure):
    add_reading(measure=measure, by=world.person("leah"), moment="baseline", kind="number", value=7)

    withdraw(record=measure, reason="Logged twice.", by=world.person("leah"))

    assert Reading.objects.filter(measure=measure).count() == 0
    assert "Reading age" not in {m.name for m in measures_of(world.enquiry, exact=True)}


def test_target_goes_with_the_measure(world, leah):
    target = {"criterion": "A year more", "target": "9.5", "target_on_day": "1"}
    due = {"target_on_month": "7", "target_on_year": "2026"}

    leah.post(address(world, "measure"), {**MEASURE, **target, **due})

    (values,) = [m for m in measures_of(world.enquiry, exact=True) if m.name == "Reading age"]
    assert (values.criterion, values.target, values.target_on) == (
        "A year more",
        9.5,
        date(2026, 7, 1),
    )


# Its answers


def test_answers_stand_in_their_order(world, leah):
    leah.post(address(world, "measure"), {**MEASURE, "answers": f"  {LIKERT} \n\n"})

    measure = Measure.objects.get(name="Reading age")
    found = [(c.position, c.name) for c in measure.categories.all()]
    assert found == [(1, "Disagree"), (2, "Neither"), (3, "Agree")]


@pytest.mark.parametrize(
    ("answers", "problem"),
    [
        ("Agree", "Enter at least two answers, one a line"),
        ("Agree\nAgree", "Two lines are the same"),
        ("x" * 301 + "\nAgree", "Each line must be 300 characters or fewer"),
    ],
)
def test_answers_that_cannot_be_counted(world, leah, answers, problem):
    response = leah.post(address(world, "measure"), {**MEASURE, "answers": answers})

    assert response.context["form"].errors == {"answers": [problem]}


def test_answers_are_renamed_and_added_but_not_taken_away(world, leah, untried):
    url = address(world, "measure")
    leah.post(url, {**MEASURE, "answers": LIKERT})

    changed = leah.post(
        url, {**MEASURE, **said(leah, url), "answers": "Agree\nNeither\nDisagree\nUnsure"}
    )
    refused = leah.post(url, {**MEASURE, **said(leah, url), "answers": "Agree\nDisagree"})

    measure = Measure.objects.get(name="Reading age")
    assert (changed.status_code, refused.status_code) == (302, 422)
    assert measure.answers == "Agree\nNeither\nDisagree\nUnsure"
    assert refused.context["form"].errors == {
        "answers": ["A line can be changed or added, but not taken away"]
    }


# A group


def test_a_group_within_another(world, leah):
    leah.post(address(world, "group"), {"name": "Girls", "kind": "girls"})
    girls = Group.objects.get(name="Girls")

    leah.post(address(world, "group"), {"name": "Girls with EAL", "part_of_id": girls.pk})

    assert Group.objects.get(name="Girls with EAL").part_of == girls


def test_a_group_cannot_lie_within_itself(world, leah):
    by = {"enquiry": world.enquiry, "by": world.person("leah")}
    girls = add_group(name="Girls", **by)
    eal = add_group(name="Girls with EAL", part_of=girls, **by)
    url = address(world, "group", girls)

    response = leah.post(url, {"name": "Girls", "part_of_id": eal.pk, **said(leah, url)})

    assert response.context["form"].errors == {"part_of_id": ["This group would lie within itself"]}


def test_two_groups_of_one_name(world, leah):
    add_group(enquiry=world.enquiry, by=world.person("leah"), name="Girls")

    response = leah.post(address(world, "group"), {"name": "Girls"})

    assert response.context["form"].errors == {"name": ["There is a group of this name already"]}


# What is fixed when something is tried


def test_nothing_is_fixed_before_something_is_tried(world, untried, measure):
    assert fixed_on(world.enquiry) is None
    assert amendments_of(world.enquiry, None) == {}


def test_a_success_criterion_changes_with_a_reason_only(world, leah, measure):
    url = address(world, "measure", measure)
    wanted = {**MEASURE, "target": "9"}

    refused = leah.post(url, {**wanted, **said(leah, url)})
    leah.post(url, {**wanted, **said(leah, url), "because": "The test was changed."})

    (change,) = amendments_of(world.enquiry, fixed_on(world.enquiry))[measure.pk]
    assert errors_said(refused) == {"because": "Say why it changes after the first trial has begun"}
    assert (change.what, change.by, change.why) == (
        "Success criterion as a number",
        str(world.person("leah")),
        "The test was changed.",
    )


def test_words_that_are_not_fixed_change_without_a_reason(world, leah, measure):
    url = address(world, "measure", measure)

    response = leah.post(url, {**MEASURE, **said(leah, url), "instrument": "questionnaire"})

    assert response.status_code == 302
    assert amendments_of(world.enquiry, fixed_on(world.enquiry)) == {}


def test_each_change_takes_a_reason_of_its_own(world, leah, measure):
    url = address(world, "measure", measure)
    why = {"because": "The test was changed."}
    leah.post(url, {**MEASURE, **said(leah, url), "target": "9", **why})

    again = leah.post(url, {**MEASURE, **said(leah, url), "target": "10", **why})

    assert errors_said(again) == {"because": "Say why it changes after the first trial has begun"}


def test_a_baseline_taken_late_is_an_amendment(world, leah, measure):
    url = address(world, "reading")

    refused = leah.post(url, reading(measure, "baseline"))
    leah.post(url, reading(measure, "baseline", because="Forgotten in March."))

    (change,) = amendments_of(world.enquiry, fixed_on(world.enquiry))[measure.pk]
    assert errors_said(refused) == {
        "because": "Say why the baseline changes after the first trial has begun"
    }
    assert (change.what, change.why) == ("Baseline added", "Forgotten in March.")


def test_a_baseline_taken_in_time_may_be_written_down_late(world, leah, measure):
    response = leah.post(address(world, "reading"), reading(measure, "baseline", **on(3, 2)))

    (change,) = amendments_of(world.enquiry, fixed_on(world.enquiry))[measure.pk]
    assert response.status_code == 302
    assert (change.what, change.why) == ("Baseline added", "")


def test_a_baseline_withdrawn_late_is_an_amendment(world, leah, measure):
    leah.post(address(world, "reading"), reading(measure, "baseline", because="Forgotten."))

    withdraw(
        record=Reading.objects.get(measure=measure), reason="Wrong class.", by=measure.saved_by
    )

    found = amendments_of(world.enquiry, fixed_on(world.enquiry))[measure.pk]
    assert [(change.what, change.why) for change in found] == [
        ("Baseline added", "Forgotten."),
        ("Baseline withdrawn", "Wrong class."),
    ]


def test_an_outcome_changes_freely_with_its_history(world, leah, measure):
    url = address(world, "reading")
    leah.post(url, reading(measure))

    leah.post(url, reading(measure, value="8") | said(leah, url))

    found = Reading.objects.get(measure=measure)
    assert found.value == 8
    newest = Revision.objects.filter(sheet="reading", record=found.pk).first()
    assert newest.changes == {"value": ["7", "8"]}


def test_two_people_on_one_reading_undo_nothing(world, as_person, measure):
    leah, sam = as_person("leah"), as_person("sam")
    url = address(world, "reading")
    leah.post(url, reading(measure))
    leahs, sams = said(leah, url), said(sam, url)

    leah.post(url, reading(measure, value="8") | leahs)
    response = sam.post(url, reading(measure, value="9") | sams)

    assert response.status_code == 422
    assert Reading.objects.get(measure=measure).value == 8
    assert json.loads(response.context["form"].data["seen"])["value"] == "8"


# The page of a measure


def test_page_of_a_measure_offers_its_baseline_first(world, leah, measure):
    page = leah.get(f"/measures/{measure.pk}/").content.decode()

    assert f"/forms/reading/new/?measure={measure.pk}&amp;moment=baseline" in page


def test_new_reading_begins_with_its_measure_and_moment(world, leah, measure):
    url = f"/enquiries/{world.enquiry.pk}/forms/reading/new/?measure={measure.pk}&moment=baseline"

    form = leah.get(url, follow=True).context["form"]

    assert (form.initial["measure_id"], form.initial["moment"]) == (str(measure.pk), "baseline")


@pytest.mark.parametrize("rows", [1, 3])
def test_page_of_a_measure_asks_the_same_whatever_its_rows(world, leah, measure, rows):
    for number in range(rows):
        add_reading(
            measure=measure, by=world.person("leah"), moment="interim", kind="number", value=number
        )
        add_measure(
            enquiry=world.enquiry, by=world.person("leah"), group=f"Group {number}", **MEASURE
        )

    assert queries_of(leah, f"/measures/{measure.pk}/") == 13
