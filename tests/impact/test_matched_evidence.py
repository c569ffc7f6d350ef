"""Strength read from matched scores: they count, and not what a claim or a plan states."""

import re
from datetime import date, timedelta

import pytest
import time_machine

from impact.actions import delete_matched, sign_off
from impact.claims.queries import stated
from impact.claims.sources import Sources
from tests.claims import claimed, measured, with_tests
from tests.impact.matching import UNTIL, scores_saved
from tests.impact.test_claims import BEFORE, ceilings_of, degrees, planned, strong_claim, words_of
from tests.pages import queries_of

HEADINGS = ["Pseudonym", "Before", "After", "Intervention or comparison"]
ARMS = {"I": "Intervention", "C": "Comparison"}


def people(letter: str, many: int, *, start: int = 10, lost: int = 0) -> list[list[str]]:
    """Rows of one group, whose scores before go up and down about a mean."""
    return [
        [f"{letter}{i:03}", str(start + i % 5), "" if i < lost else str(start + 4), ARMS[letter]]
        for i in range(many)
    ]


def scored(world, measure, *groups, **fields):
    lines = [line for group in groups for line in group]
    return scores_saved(world, *lines, headings=HEADINGS, measure=measure, **fields)


@pytest.fixture
def measure(world):
    """Tested data of a measure without readings of its own that name anybody."""
    found = measured(world)
    with_tests(world, found)
    return found


def evidence(claim):
    return Sources([claim.enquiry_id]).matched(claim)


@pytest.mark.parametrize(
    ("groups", "comparison"),
    [
        ([people("I", 40)], "none"),
        ([people("I", 40), people("C", 40)], "matched"),
        ([people("I", 40), people("C", 40, start=11)], "similar"),
        ([people("I", 40), people("C", 1)], "none"),
        ([people("I", 40), people("C", 40, lost=40)], "none"),
    ],
    ids=["nobody", "alike at the baseline", "ahead at the baseline", "one person", "all lost"],
)
def test_scores_say_whether_there_is_a_comparison_group(world, measure, groups, comparison):
    scored(world, measure, *groups)

    claim = claimed(world, comparison="similar", **{"evidence.measure": [measure.pk]})

    assert evidence(claim).comparison == comparison


def test_groups_without_any_spread_are_matched_where_they_began_at_the_same_score(world, measure):
    flat = [[f"{arm}{i}", start, "9", ARMS[arm]] for arm, start in ("I7", "C7") for i in range(3)]
    scored(world, measure, flat)

    claim = claimed(world, **{"evidence.measure": [measure.pk]})

    assert evidence(claim).comparison == "matched"


def test_scores_say_how_many_took_part_and_were_lost(world, measure):
    scored(world, measure, people("I", 40, lost=4), people("C", 20, lost=6))

    claim = claimed(world, **{"evidence.measure": [measure.pk]})

    assert (evidence(claim).people, evidence(claim).lost) == (36, 30.0)


def test_scores_count_where_the_claim_says_otherwise(world, as_person, measure):
    with_plan(world, measure)
    claim = strong_claim(world, measure, group_size=120)
    by_hand = degrees(claim)

    scored(world, measure, people("I", 20), people("C", 20, start=12))

    assert by_hand == ("Very strong", "Very strong")
    assert degrees(claim) == ("Very strong", "Moderate")
    assert ceilings_of(claim) == ["ceiling-small"]
    page = words_of(as_person("leah").get(f"/claims/{claim.pk}/"))
    assert (
        "A similar group, not matched at the baseline"
        '<span class="detail">As the matched scores show. '
        "The claim says “A group matched at the baseline”: the scores count.</span>"
    ) in page
    assert "That is more people than have both scores. Those with both scores count." in page


def with_plan(world, measure, **more):
    with time_machine.travel(BEFORE):
        return planned(world, measure, **more)


def test_scores_can_show_a_comparison_that_the_claim_does_not_name(world, measure):
    with_plan(world, measure)
    before, after = measure.readings.all()
    claim = claimed(world, baseline_id=before.pk, result_id=after.pk)
    by_hand = degrees(claim)

    scored(world, measure, people("I", 110), people("C", 110))

    assert (by_hand, degrees(claim)) == (
        ("Very strong", "Moderate"),
        ("Very strong", "Very strong"),
    )


def test_what_the_scores_show_never_raises_what_was_planned(world, measure):
    with_plan(world, measure, comparison="none")
    claim = strong_claim(world, measure)

    scored(world, measure, people("I", 110), people("C", 110))

    assert degrees(claim) == ("Moderate", "Moderate")


def test_a_claim_of_fewer_people_than_have_both_scores_rests_on_those(world, as_person, measure):
    claim = claimed(world, group_size=8, **{"evidence.measure": [measure.pk]})

    scored(world, measure, people("I", 110), people("C", 110))

    assert "ceiling-few" in {rule.code for rule in stated(claim).strength.execution.because}
    page = words_of(as_person("leah").get(f"/claims/{claim.pk}/"))
    assert "That is fewer people than have both scores." in page


def test_people_lost_from_the_scores_count_and_not_those_of_the_readings(world, measure):
    with_plan(world, measure)
    claim = strong_claim(world, measure)

    scored(world, measure, people("I", 300, lost=160), people("C", 150))

    codes = [rule.code for rule in stated(claim).strength.execution.because]
    assert codes == ["ceiling-great-loss", "ceiling-loss"]


def test_a_measure_with_matched_scores_alone_is_measured(world, measure):
    measure.readings.all().delete()
    claim = claimed(world, **{"evidence.measure": [measure.pk]})
    before = stated(claim).pieces[0].fault

    scored(world, measure, people("I", 40))

    assert before == "nothing measured after the baseline yet"
    assert stated(claim).pieces[0].fault == ""
    assert "ceiling-words" not in {rule.code for rule in stated(claim).strength.execution.because}


def test_schools_are_added_up_and_one_school_is_not_counted_twice(world, measure):
    first, second = world.enquiry.participations.all()[:2]
    scored(world, measure, people("I", 30), participation=first)
    scored(world, measure, people("I", 20), participation=first, after_on=date(2026, 7, 1))
    scored(world, measure, people("I", 15), participation=second)

    whole = claimed(world, **{"evidence.measure": [measure.pk]})
    of_one = claimed(world, participation_id=second.pk, **{"evidence.measure": [measure.pk]})

    assert (evidence(whole).people, evidence(of_one).people) == (35, 15)


def test_of_two_measures_the_weaker_counts(world, measure):
    other = measured(world)
    scored(world, measure, people("I", 40), people("C", 40))
    scored(world, other, people("I", 12, lost=3))

    claim = claimed(world, **{"evidence.measure": [measure.pk, other.pk]})

    found = evidence(claim)
    assert (found.comparison, found.people, found.lost) == ("none", 9, 25.0)


def test_result_of_a_measure_without_scores_still_counts(world, measure):
    with_plan(world, measure)
    other = measured(world, before=12, after=12)
    with_tests(world, other)
    scored(world, measure, people("I", 110), people("C", 110))

    claim = strong_claim(world, other, **{"evidence.measure": [measure.pk]})

    assert ceilings_of(claim) == ["ceiling-small"]


def test_new_or_deleted_scores_undo_a_signature(world, measure):
    claim = claimed(world, strength="evidence-very-limited", **{"evidence.measure": [measure.pk]})
    leah = world.person("leah")

    def signed() -> bool:
        sign_off(claim=claim, seal=stated(claim).seal, by=leah)
        return stated(claim).is_signed

    states = [signed()]
    kept = scored(world, measure, people("I", 40))
    states += [stated(claim).is_signed, signed()]
    delete_matched(matched_set=kept, by=leah)
    states.append(stated(claim).is_signed)

    assert states == [True, False, True, False]
    assert evidence(claim) is None


@pytest.mark.parametrize("name", ["leah", "faye", "owen"])
def test_page_of_a_claim_leads_to_the_scores_and_names_no_number_of_them(
    world, as_person, measure, name, owen_reads
):
    claim = claimed(world, group_size=999, **{"evidence.measure": [measure.pk]})
    kept = scored(world, measure, people("I", 87, lost=2))

    page = as_person(name).get(f"/claims/{claim.pk}/")

    assert [each.pk for each in page.context["matched_sets"]] == [kept.pk]
    assert f'href="/matched/{kept.pk}/"' in page.content.decode()
    assert re.findall(r"\b(85|87|999)\b", words_of(page)) == ["999"]


@pytest.mark.parametrize("sets", [1, 3])
def test_page_of_a_claim_takes_as_many_queries_whatever_the_sets(world, as_person, measure, sets):
    claim = claimed(world, **{"evidence.measure": [measure.pk]})
    for i in range(sets):
        until = UNTIL + timedelta(days=i)
        scored(world, measure, people("I", 10), retain_until=until)
    leah = as_person("leah")
    leah.get("/")

    assert queries_of(leah, f"/claims/{claim.pk}/") == 19


def test_of_several_plans_the_weakest_counts(world, measure):
    with_plan(world, measure, size=20, comparison="matched")
    with_plan(world, measure, size=120, comparison="similar")

    claim = strong_claim(world, measure)

    found = stated(claim).strength.design
    assert [rule.code for rule in found.because] == [
        "ceiling-small",
        "ceiling-unmatched",
        "ceiling-middling",
    ]


def test_form_says_that_scores_count(world, as_person, measure):
    claim = claimed(world, **{"evidence.measure": [measure.pk]})
    url = f"/enquiries/{world.enquiry.pk}/forms/claim/{claim.key}/"
    leah = as_person("leah")
    said = "There are matched scores of a measure behind it."
    before = said in words_of(leah.get(url))

    scored(world, measure, people("I", 40))

    assert (before, said in words_of(leah.get(url))) == (False, True)
