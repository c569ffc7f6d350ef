"""Measures, groups and readings as their writers fill them in."""

import json
from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
import time_machine

from enquiries.actions import withdraw
from enquiries.models import Revision, Trial
from impact.amendments import amendments_of
from impact.models import Group, Measure, Reading
from impact.queries import fixed_on, measures_of
from tests.measuring import add_group, add_measure, add_reading
from tests.pages import errors_said, queries_of

MEASURE = {
    "level": "pupil",
    "name": "Reading age",
    "instrument": "test",
    "better": "higher",
    "unit": "years",
    "population": "Year 8",
}
LIKERT = "Disagree\nNeither\nAgree"
KINDS = {
    "number": ({"value": "7.5", "n": "30"}, {"value": Decimal("7.5"), "n": 30}),
    "proportion": (
        {"numerator": "14", "denominator": "22"},
        {"numerator": 14, "denominator": 22},
    ),
    "mean": ({"value": "7", "sd": "2", "n": "30"}, {"value": 7, "sd": 2, "n": 30}),
    "text": ({"text": "Calmer"}, {"text": "Calmer"}),
}
EMPTY = dict.fromkeys(("value", "sd", "numerator", "denominator", "n")) | {"text": ""}

pytestmark = pytest.mark.usefixtures("on_a_day_in_may")


@pytest.fixture
def on_a_day_in_may():
    with time_machine.travel("2026-05-05 12:00", tick=False):
        yield


@pytest.fixture
def leah(as_person):
    return as_person("leah")


@pytest.fixture
def untried(world):
    """The enquiry before anything was tried."""
    Trial.objects.all().delete()
    return world.enquiry


@pytest.fixture
def measure(world):
    return add_measure(enquiry=world.enquiry, by=world.person("leah"), **MEASURE)


def address(place, slug, record=None) -> str:
    """``place`` has the enquiry: the world, or a measure."""
    return f"/enquiries/{place.enquiry.pk}/forms/{slug}/{record.key if record else uuid4()}/"


def on(day: int, month: int = 5) -> dict:
    return {"held_on_day": str(day), "held_on_month": str(month), "held_on_year": "2026"}


def reading(measure, moment="outcome", given="number", **typed) -> dict:
    value = {"value": "7"} if given == "number" else {}
    return {"measure_id": measure.pk, "moment": moment, "given": given, **on(4), **value, **typed}


def said(client, url) -> dict:
    """What a form holds when it is opened, with what its writer saw."""
    form = client.get(url).context["form"]
    return {"seen": form.initial["seen"]}


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


# A reading


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("moment", ["baseline", "interim", "outcome", "change"])
@pytest.mark.usefixtures("untried")
def test_a_reading_of_each_kind(world, leah, measure, kind, moment):
    typed, stored = KINDS[kind]

    response = leah.post(address(world, "reading"), reading(measure, moment, kind, **typed))

    found = Reading.objects.get(measure=measure)
    assert response.url == f"/measures/{measure.pk}/"
    assert (found.moment, found.kind, found.missing, found.held_on) == (
        moment,
        kind,
        "",
        date(2026, 5, 4),
    )
    assert {name: getattr(found, name) for name in EMPTY} == {**EMPTY, **stored}


@pytest.mark.parametrize("symbol", ["x", "z", "c"])
def test_a_reading_without_a_value_says_why_and_needs_no_date(world, leah, measure, symbol):
    typed = {"measure_id": measure.pk, "moment": "interim", "given": symbol}

    leah.post(address(world, "reading"), typed)

    found = Reading.objects.get(measure=measure)
    assert (found.kind, found.missing, found.value) == ("missing", symbol, None)


def test_nought_is_a_number(world, leah, measure):
    leah.post(address(world, "reading"), reading(measure, value="0", n="0"))

    found = Reading.objects.get(measure=measure)
    assert (found.value, found.n, found.missing) == (0, 0, "")


@pytest.mark.parametrize(
    ("typed", "problems"),
    [
        ({"given": "number", "value": ""}, {"value": ["Enter number or mean"]}),
        ({"given": "number", "value": "seven"}, {"value": ["Enter a number."]}),
        ({"given": "number", "held_on_year": ""}, None),
        (
            {"given": "proportion"},
            {"numerator": ["Enter how many"], "denominator": ["Enter out of how many"]},
        ),
        (
            {"given": "proportion", "numerator": "23", "denominator": "22"},
            {"numerator": ["Enter 22 or fewer"]},
        ),
        (
            {"given": "mean", "value": "7"},
            {"sd": ["Enter standard deviation"], "n": ["Enter number of people behind it"]},
        ),
        ({"given": "text"}, {"text": ["Enter result in words"]}),
        ({"given": "x", "is_weak": "on"}, {"is_weak": ["There is no value that could be weak"]}),
    ],
)
def test_a_reading_that_lacks_something(world, leah, measure, typed, problems):
    response = leah.post(address(world, "reading"), reading(measure, **typed))

    found = {name: list(texts) for name, texts in response.context["form"].errors.items()}
    assert response.status_code == 422
    assert found == problems if problems else list(found) == ["held_on"]
    assert not Reading.objects.filter(measure=measure).exists()


def test_what_was_typed_for_another_kind_is_not_kept(world, leah, measure):
    typed = {"numerator": "3", "denominator": "9", "sd": "1", "text": "Better"}

    leah.post(address(world, "reading"), reading(measure, value="7", **typed))

    found = Reading.objects.get(measure=measure)
    assert {name: getattr(found, name) for name in EMPTY} == {**EMPTY, "value": 7}


def test_a_reading_becomes_another_kind(world, leah, measure):
    url = address(world, "reading")
    leah.post(url, reading(measure, value="7", n="30"))

    leah.post(
        url,
        reading(measure, given="proportion", numerator="3", denominator="9", value="7", n="30")
        | said(leah, url),
    )

    found = Reading.objects.get(measure=measure)
    kept = {**EMPTY, "numerator": 3, "denominator": 9}
    assert {name: getattr(found, name) for name in EMPTY} == kept


def test_counts_of_each_answer(world, leah):
    leah.post(address(world, "measure"), {**MEASURE, "answers": LIKERT})
    measure = Measure.objects.get(name="Reading age")
    names = [f"count.{category.pk}" for category in measure.categories.all()]
    counts = dict(zip(names, ["4", "0", "26"], strict=True))

    url = address(world, "reading")
    lacking = leah.post(url, reading(measure, given="distribution", **{**counts, names[1]: ""}))
    leah.post(url, reading(measure, given="distribution", **counts))

    found = Reading.objects.get(measure=measure)
    assert lacking.context["form"].errors == {names[1]: ["Enter neither"]}
    assert [count.value for count in found.counts.all()] == [4, 0, 26]
    (change,) = found.revisions()
    assert {name: change.changes[name] for name in names} == {
        name: ["", count] for name, count in counts.items()
    }


def test_a_reading_of_a_measure_elsewhere(world, leah):
    foreign = world.other_enquiry.measures.first()

    response = leah.post(address(world, "reading"), reading(foreign))

    assert list(response.context["form"].errors) == ["measure_id"]


@pytest.mark.parametrize(
    ("stands", "wanted", "problems"),
    [
        (None, ("baseline", 4), {}),
        (("baseline", 3), ("outcome", 4), {}),
        (("baseline", 3), ("outcome", 2), {"held_on": ["This is dated before the baseline"]}),
        (("outcome", 3), ("baseline", 4), {"held_on": ["The baseline is dated after an outcome"]}),
        (("outcome", 3), ("baseline", 2), {}),
        (
            ("baseline", 3),
            ("baseline", 4),
            {"moment": ["This measure has its baseline, of 3 May 2026"]},
        ),
    ],
)
@pytest.mark.usefixtures("untried")
def test_a_baseline_comes_first_and_once(leah, measure, stands, wanted, problems):
    moment, day = wanted
    if stands:
        earlier, at = stands
        add_reading(
            measure=measure,
            by=measure.logged_by,
            moment=earlier,
            kind="number",
            value=1,
            held_on=date(2026, 5, at),
        )

    response = leah.post(address(measure, "reading"), reading(measure, moment, **on(day)))

    found = response.context["form"].errors if response.context else {}
    assert found == problems


def test_a_weak_value_carries_its_symbol(world, leah, measure):
    leah.post(address(world, "reading"), reading(measure, is_weak="on"))

    page = leah.get(f"/measures/{measure.pk}/")
    assert [line.figure for line in page.context["readings"]] == ["7 years [u]"]
    assert [(s.first, s.second) for s in page.context["symbols"]] == [("[u]", "of low reliability")]


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

    assert queries_of(leah, f"/measures/{measure.pk}/") == 14
