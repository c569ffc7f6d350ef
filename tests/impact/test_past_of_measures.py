"""Measures, groups and readings that are withdrawn, brought back, moved, or restored."""

from datetime import date

import pytest
from django.contrib.messages import get_messages

from enquiries.actions import bring_back, withdraw
from impact.amendments import amendments_of
from impact.models import Group, Measure, Reading
from impact.queries import fixed_on, measures_of
from tests.impact.forms import LIKERT, MEASURE, address, reading, said
from tests.measuring import add_group, add_measure, add_reading

WHY = {"because": "The scale was printed wrongly."}

pytestmark = pytest.mark.usefixtures("on_a_day_in_may")


def told(response) -> str:
    """What a page says last on the way to the next one."""
    return [str(message) for message in get_messages(response.wsgi_request)][-1]


def restored(client, record, *, first: bool = False) -> str:
    """What is said when the last save of a record is undone, or its first."""
    saves = list(record.revisions())
    save = saves[-1] if first else saves[0]
    return told(client.post(f"/revisions/{save.pk}/restore/", {"newest": saves[0].pk}))


def withdrawn(record, by):
    """The record, taken out of everything."""
    return withdraw(record=record, reason="Twice.", by=by)


BACK = "The earlier words are back."
NOT_BACK = "The earlier words do not go with what stands there now: "


# Brought back


def test_measure_whose_name_is_taken_meanwhile_stays_withdrawn(world, leah, measure):
    withdrawn(measure, world.person("leah"))
    add_measure(enquiry=world.enquiry, by=world.person("leah"), **MEASURE)

    response = leah.post(f"{address(measure, 'measure', measure)}bring-back/")

    assert told(response) == ("This cannot be brought back: there is another like it meanwhile.")
    assert response.url == f"{address(measure, 'measure', measure)}history/"
    assert Measure.everything.get(pk=measure.pk).withdrawn == "Twice."


def test_group_whose_name_is_taken_meanwhile_stays_withdrawn(world, leah):
    by = world.person("leah")
    group = withdrawn(add_group(enquiry=world.enquiry, by=by, name="Girls"), by)
    add_group(enquiry=world.enquiry, by=by, name="Girls")

    leah.post(f"{address(group, 'group', group)}bring-back/")

    assert Group.everything.get(pk=group.pk).withdrawn == "Twice."


# As it was before


def test_reading_of_another_kind_is_that_again(world, leah, measure, untried):
    made = add_reading(
        measure=measure, by=world.person("leah"), kind="number", value=7,
        moment="outcome", held_on=date(2026, 5, 4),
    )  # fmt: skip
    url = address(world, "reading", made)
    leah.post(url, reading(measure, given="text", text="Calmer") | said(leah, url))

    answer = restored(leah, made)

    made.refresh_from_db()
    assert (answer, made.kind, made.value, made.text) == (BACK, "number", 7, "")


def test_reading_is_not_taken_back_to_nothing(world, leah, measure, untried):
    made = add_reading(
        measure=measure, by=world.person("leah"), kind="number", value=7,
        moment="outcome", held_on=date(2026, 5, 4),
    )  # fmt: skip

    answer = restored(leah, made, first=True)

    made.refresh_from_db()
    problems = "Enter number or mean; Enter the date of this reading"
    assert (answer, made.kind, made.value) == (NOT_BACK + problems, "number", 7)


def test_answers_have_their_names_again(world, leah, untried):
    url = address(world, "measure")
    leah.post(url, {**MEASURE, "answers": LIKERT})
    made = Measure.objects.get(name="Reading age")
    leah.post(url, {**MEASURE, "answers": "No\nNeither\nYes"} | said(leah, url))

    answer = restored(leah, made)

    assert (answer, Measure.objects.get(pk=made.pk).answers) == (BACK, LIKERT)


def test_what_is_fixed_is_not_restored_without_a_reason(world, leah, measure):
    url = address(world, "measure", measure)
    leah.post(url, {**MEASURE, "better": "lower", **WHY} | said(leah, url))

    answer = restored(leah, measure)

    measure.refresh_from_db()
    problem = "Say why it changes after the first trial has begun"
    assert (answer, measure.better) == (NOT_BACK + problem, "lower")


def test_reading_is_restored_by_those_only_who_may_open_it(world, as_person, measure):
    made = add_reading(
        measure=measure, by=world.person("leah"), kind="number", value=7,
        moment="outcome", held_on=date(2026, 5, 4),
    )  # fmt: skip

    response = as_person("tom").post(f"/revisions/{made.revisions().get().pk}/restore/")

    assert response.status_code == 403


@pytest.mark.parametrize(("name", "shows"), [("leah", True), ("tom", True), ("faye", False)])
def test_words_that_may_tell_the_few_stay_within_the_alliance(
    world, as_person, measure, name, shows
):
    leah = as_person("leah")
    url = address(world, "measure", measure)
    told_of = {"criterion": "Ada and Ben of three", "because": "Cy of three left"}
    leah.post(url, MEASURE | told_of | said(leah, url))
    withdrawn(measure, world.person("leah"))
    bring_back(record=measure, by=world.person("leah"))
    client = as_person(name)

    pages = [client.get(page).content.decode() for page in (url, f"{url}history/")]

    words = [*told_of.values(), "Twice."]
    assert [[text in page for text in words] for page in pages] == [
        [shows, shows, False],
        [shows, shows, shows],
    ]


# Moved


def test_reading_moved_to_another_measure_leaves_its_counts_behind(world, leah, untried):
    for name in ("Joy", "Calm"):
        leah.post(address(world, "measure"), {**MEASURE, "name": name, "answers": LIKERT})
    joy, calm = Measure.objects.filter(name__in=["Joy", "Calm"]).order_by("pk")
    by = world.person("leah")
    counted = {f"count.{category.pk}": 5 for category in joy.categories.all()}
    made = add_reading(
        measure=joy, by=by, kind="distribution", moment="outcome",
        held_on=date(2026, 5, 4), **counted,
    )  # fmt: skip
    url = address(world, "reading", made)
    counts = {f"count.{category.pk}": "9" for category in calm.categories.all()}

    response = leah.post(url, reading(calm, given="distribution", **counts) | said(leah, url))

    shown = {each.name: each for each in measures_of(world.enquiry, exact=True)}
    assert response.url == f"/measures/{calm.pk}/"
    assert [tally.value for tally in shown["Calm"].readings[0].tallies] == [9, 9, 9]
    assert shown["Joy"].readings == ()


def test_baseline_that_became_an_outcome_is_an_amendment_still(world, leah, measure):
    add_reading(
        measure=measure, by=world.person("leah"), kind="number", value=7,
        moment="baseline", held_on=date(2026, 1, 7),
    )  # fmt: skip
    made = Reading.objects.get(measure=measure)
    url = address(world, "reading", made)
    leah.post(url, reading(measure, because="It was none.") | said(leah, url))

    found = amendments_of(world.enquiry, fixed_on(world.enquiry))[measure.pk]

    assert [(each.what, each.why) for each in found][-1] == ("Baseline changed", "It was none.")


# Groups


def test_group_within_one_that_is_withdrawn_holds_no_holder_of_it(world, leah):
    by = world.person("leah")
    outer = add_group(enquiry=world.enquiry, by=by, name="Outer")
    middle = add_group(enquiry=world.enquiry, by=by, name="Middle", part_of=outer)
    inner = add_group(enquiry=world.enquiry, by=by, name="Inner", part_of=middle)
    withdrawn(middle, by)
    typed = {"name": "Outer", "part_of_id": inner.pk}

    response = leah.post(address(world, "group", outer), typed)

    assert response.context["form"].errors == {"part_of_id": ["This group would lie within itself"]}


def test_group_within_a_ring_is_still_opened_and_saved(world, leah):
    by = world.person("leah")
    first = add_group(enquiry=world.enquiry, by=by, name="First")
    second = add_group(enquiry=world.enquiry, by=by, name="Second", part_of=first)
    Group.objects.filter(pk=first.pk).update(part_of=second)
    third = add_group(enquiry=world.enquiry, by=by, name="Third")

    response = leah.post(address(world, "group", third), {"name": "Third", "part_of_id": first.pk})

    assert response.status_code == 302


def test_measure_brought_back_counts_again(world, measure):
    by = world.person("leah")

    bring_back(record=withdrawn(measure, by), by=by)

    assert Measure.objects.filter(pk=measure.pk).exists()


def test_printed_measure_beside_another_distribution_of_its_name_can_be_changed(
    world, leah, measure, untried
):
    Measure.objects.filter(pk=measure.pk).update(distribution="A")
    add_measure(enquiry=world.enquiry, by=world.person("leah"), **MEASURE, distribution="B")
    url = address(world, "measure", measure)

    response = leah.post(url, {**MEASURE, "unit": "months"} | said(leah, url))

    assert response.status_code == 302
