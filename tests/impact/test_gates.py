"""The gates between phases: what they ask for, who passes, and what is kept of it."""

from datetime import date

import pytest

from alliances.content import words
from enquiries.actions import save_sheet, start_cycle
from enquiries.models import (
    Cycle,
    Ethics,
    ImpactOverview,
    MeetingOverview,
    MethodChoice,
    Passage,
    Question,
    Synthesis,
    Trial,
)
from impact.gates import gate_of
from impact.models import ImpactPlan
from tests.claims import claimed
from tests.measuring import add_measure
from tests.meetings import heard, planned
from tests.world import log

AGREED = "The cluster has agreed the next cycle’s focus at its meeting"

A_TRIAL = {
    "held_on": date(2026, 2, 3),
    "strategy": "Talk partners",
    "done": "Taught twice.",
    "experienced": "More questions.",
    "reflection": "It helped.",
    "recommendation": "Keep it.",
}
BASELINE = {"kind": "number", "value": 3, "held_on": date(2026, 1, 20)}


@pytest.fixture
def cycle(world) -> Cycle:
    """A new cycle of an enquiry of which nothing has been told."""
    jurassic = world.programme.alliances.get(key="jurassic").enquiries.get()
    return start_cycle(
        enquiry=jurassic, by=world.person("owen"), label="First", period="", tried="Trios"
    )


def fill(model, cycle, by, *, whole_enquiry=False, **answers):
    place = {"enquiry": cycle.enquiry} | ({} if whole_enquiry else {"cycle": cycle})
    return save_sheet(model, place=place, seen={}, wanted=answers, by=by)


def prepare(cycle, by):
    """Everything that the first gate asks for."""
    cycle.enquiry.question = "Do trios help?"
    cycle.enquiry.save()
    tests = list(words("enquiries", "question-tests"))
    fill(Question, cycle, by, whole_enquiry=True, tests=tests)
    fill(MethodChoice, cycle, by, methods=["lesson-study"], why_suitable="It fits.")
    fill(Ethics, cycle, by, whole_enquiry=True, consent_from=["none"], right_to_withdraw=True)
    plan = {"level": "student", "milestone_on": date(2026, 7, 1), "size": 28}
    fill(ImpactPlan, cycle, by, whole_enquiry=True, **plan)
    add_measure(
        enquiry=cycle.enquiry,
        by=by,
        baseline=BASELINE,
        level="pupil",
        name="Confidence",
        instrument="questionnaire",
        population="Year 4",
    )


def test_first_gate_names_everything_that_is_missing(cycle):
    assert gate_of(cycle).missing == [
        "The collective question of enquiry is stated",
        "The question passes its six tests",
        "A method is chosen, with the reason why it suits",
        "Impact on students is planned for",
        "Something about pupils is measured",
        "Every measure about pupils has a baseline dated before the first trial",
        "The ethics checklist is complete",
    ]


def test_first_gate_opens_once_all_is_there(world, cycle):
    prepare(cycle, world.person("owen"))

    assert gate_of(cycle).missing == []


def test_question_that_passes_five_tests_does_not_pass(world, cycle):
    prepare(cycle, world.person("owen"))
    tests = list(words("enquiries", "question-tests"))
    Question.objects.update(tests=tests[:5])

    assert gate_of(cycle).missing == ["The question passes its six tests"]


def test_baseline_dated_after_the_first_trial_is_no_baseline(world, cycle):
    prepare(cycle, world.person("owen"))
    log(Trial, cycle=cycle, by=world.person("owen"), **{**A_TRIAL, "held_on": date(2026, 1, 10)})

    assert gate_of(cycle).missing == [
        "Every measure about pupils has a baseline dated before the first trial"
    ]


def test_second_gate_asks_for_two_people_an_overview_and_a_synthesis(world, cycle):
    cycle.phase = Cycle.Phase.INNOVATION
    before = gate_of(cycle).missing
    for name in ("owen", "leah"):
        log(Trial, cycle=cycle, by=world.person(name), **A_TRIAL)
    fill(MeetingOverview, cycle, world.person("owen"), next_steps="Meet.")
    fill(Synthesis, cycle, world.person("owen"), way_forward="Go on.")

    assert before == [
        "At least two people have noted their trials",
        "A group overview with its next steps is kept",
        "The trials are drawn together in a synthesis",
    ]
    assert gate_of(cycle).missing == []


def test_last_gate_asks_for_the_outcomes_and_an_ended_cycle_has_none(world, cycle):
    cycle.phase = Cycle.Phase.IMPACT
    before = gate_of(cycle).missing
    fill(ImpactOverview, cycle, world.person("owen"), next_steps="Go on.")
    heard(world, planned(world), enquiry=cycle.enquiry, cycle=cycle)
    after = gate_of(cycle).missing
    cycle.phase = Cycle.Phase.ENDED

    assert before == ["The outcomes of each school are written down", AGREED]
    assert after == []
    assert gate_of(cycle) is None


def test_focus_of_an_earlier_cycle_or_none_closes_no_cycle(world):
    heard(world, planned(world), cycle=world.enquiry.cycles.first())
    heard(world, planned(world), cycle=world.cycle, next_focus="")

    assert AGREED in gate_of(world.cycle).missing


@pytest.mark.parametrize(
    "change", [{"route": "c2l"}, {"alliance__cluster": None}], ids=["the other route", "no cluster"]
)
def test_only_an_enquiry_of_a_cluster_agrees_its_focus_there(world, change):
    enquiry = world.cycle.enquiry
    enquiry.route = change.get("route", enquiry.route)
    enquiry.alliance.cluster = None if "alliance__cluster" in change else world.south

    assert AGREED not in gate_of(world.cycle).missing


def test_claims_of_the_cycle_need_evidence_before_it_ends(world):
    text = "Every claim of this cycle has evidence behind it"
    before = gate_of(world.cycle).missing
    claim = claimed(world)
    bare = gate_of(world.cycle).missing
    claimed(world, key=claim.key, **{"evidence.trial": [world.cycle.trials.get().pk]})

    assert [text in missing for missing in (before, bare)] == [False, True]
    assert text not in gate_of(world.cycle).missing


def test_lead_may_not_pass_a_gate_where_something_is_missing(world, as_person):
    response = as_person("leah").post(f"/cycles/{world.cycle.pk}/gate/", {"reason": "Please"})

    assert response.status_code == 403
    assert Passage.objects.count() == 0


def test_facilitator_lets_a_group_through_with_a_reason_that_is_kept(world, as_person):
    client = as_person("faye")

    without = client.post(f"/cycles/{world.cycle.pk}/gate/", {"reason": ""})
    given = client.post(f"/cycles/{world.cycle.pk}/gate/", {"reason": "Term ends."})

    passage = Passage.objects.get()
    world.cycle.refresh_from_db()
    assert (without.status_code, given.status_code) == (422, 302)
    assert (passage.left, passage.entered, passage.reason) == ("impact", "ended", "Term ends.")
    assert passage.missing == [
        "The outcomes of each school are written down",
        "Every data set has been tested for validity, triangulation and reliability",
        AGREED,
    ]
    assert world.cycle.phase == Cycle.Phase.ENDED


def test_lead_goes_on_once_nothing_is_missing_and_only_once(world, as_person):
    world.enquiry.measures.all().delete()
    fill(ImpactOverview, world.cycle, world.person("leah"), next_steps="Go on.")
    heard(world, planned(world), cycle=world.cycle)
    client = as_person("leah")

    for _ in range(2):
        client.post(f"/cycles/{world.cycle.pk}/gate/")

    assert list(Passage.objects.values_list("missing", "reason")) == [([], "")]


def test_deadline_is_shown_at_the_gate_and_can_be_taken_back(world, as_person):
    client = as_person("faye")
    url = f"/cycles/{world.cycle.pk}/deadline/"
    sent = {"deadline_day": "1", "deadline_month": "12", "deadline_year": "2026"}

    client.post(url, sent)
    world.cycle.refresh_from_db()
    was = world.cycle.deadline
    client.post(url, {"deadline_day": "", "deadline_month": "", "deadline_year": ""})
    world.cycle.refresh_from_db()

    assert (was, world.cycle.deadline) == (date(2026, 12, 1), None)
