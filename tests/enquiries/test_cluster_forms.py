"""The forms of the cluster route, and the rules that each of them has."""

import uuid
from datetime import date

import pytest

from alliances.actions import describe_alliance
from enquiries.models import (
    ImpactTracking,
    InterventionChoice,
    MaturityReview,
    Risk,
    RlcChecklist,
    SchoolRecord,
)
from tests.enquiries.test_activities import THIRD_OF_MARCH, faults, sent
from tests.enquiries.test_sheets import address

SCHOOL = {"lead": "Ann Lee", "champion": "Cal Moor"}
REVIEW = {
    **THIRD_OF_MARCH,
    "level.mat-social-capital": "level-beginning",
    "evidence.mat-social-capital": "Two schools met once",
    "level.mat-challenge": "level-leading",
    "evidence.mat-challenge": "Each school reviews another",
    "priorities": ["mat-social-capital"],
}
LISTED = {
    "intervention": "tk-away-days",
    "strands": ["mat-social-capital"],
    "need": "Heads hardly know each other",
    "ownership": "Each head hosts once",
    "leadership": "The leads chair in turn",
    "success": "Ten visits by July",
}
OWN = {
    **LISTED,
    "intervention": "",
    "own": "Shared break duty",
    "earlier_practice": "Tried in the infants’ school",
}
RISK = {
    **THIRD_OF_MARCH,
    "risk": "lead-leaves",
    "likelihood": "high",
    "effect": "medium",
    "response": "Two people lead from now on",
    "succession": "The deputy",
}
PRINCIPLES = {f"kept.rlc-{n}": "yes" for n in range(1, 10)}


def own_address(world, slug: str) -> str:
    """Where a school's record is filled in."""
    return address(world, slug, "schools", world.enquiry.participations.first().pk)


# ---- a school's part -----------------------------------------------------------------------


def test_school_without_a_successor_is_saved_and_warned_about(world, as_person):
    leah, url = as_person("leah"), own_address(world, "school")
    before = leah.get(url).context["form"].warning

    leah.post(url, {**SCHOOL, "seen": "{}"})

    warned = leah.get(url).context["form"].warning
    leah.post(url, {**SCHOOL, "successor": "Bea Low", "seen": "{}"})
    assert (before, leah.get(url).context["form"].warning) == ("", "")
    assert warned == "Nobody is named who would follow on if this school’s lead left."
    assert SchoolRecord.objects.get().successor == "Bea Low"


@pytest.mark.parametrize(("theme", "status"), [(1, 302), (2, 302), (3, 422)])
def test_champion_is_asked_for_in_theme_three_alone(world, as_person, theme, status):
    found = world.programme.themes.get(number=theme)
    describe_alliance(alliance=world.abbot, name=world.abbot.name, theme=found, by=None)

    response = as_person("leah").post(own_address(world, "school"), {"lead": "Ann", "seen": "{}"})

    assert response.status_code == status
    assert (response.status_code == 302) or list(faults(response)) == ["champion"]


# ---- maturity ------------------------------------------------------------------------------


def test_review_keeps_levels_with_their_evidence_and_the_priorities(world, as_person):
    response = sent(as_person("leah"), world, "maturity", REVIEW)

    saved = MaturityReview.objects.get()
    assert response.status_code == 302
    assert {name: text for name, text in saved.cells.items() if text} == {
        name: text for name, text in REVIEW.items() if "." in name
    }
    assert (saved.priorities, saved.held_on) == (["mat-social-capital"], date(2026, 3, 3))


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (
            {"evidence.mat-challenge": ""},
            {"evidence.mat-challenge": ["Enter the evidence for Evaluation and challenge"]},
        ),
        (
            {"level.mat-challenge": ""},
            {"level.mat-challenge": ["Select a level for Evaluation and challenge"]},
        ),
        (
            {name: "" for name in REVIEW if "." in name},
            {"__all__": ["Judge at least one strand"]},
        ),
        ({"held_on_day": "", "held_on_month": "", "held_on_year": ""}, {"held_on": None}),
    ],
    ids=["no evidence", "no level", "nothing", "no date"],
)
def test_review_with_a_fault_is_refused(world, as_person, change, expected):
    found = faults(sent(as_person("leah"), world, "maturity", REVIEW | change))

    assert {name: expected.get(name) and text for name, text in found.items()} == expected
    assert MaturityReview.objects.count() == 0


def test_strands_stand_under_their_dimensions(world, as_person):
    form = as_person("leah").get(address(world, "maturity", uuid.uuid4())).context["form"]

    groups = [row.group for row in form.rows]

    assert groups == [
        *["Professional development"] * 4,
        *["Partnership"] * 4,
        *["Collaborative capital"] * 4,
    ]


# ---- choice of intervention ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "about"),
    [(LISTED, "Half-termly away days for review and strategy"), (OWN, "Shared break duty")],
)
def test_intervention_is_known_by_its_words(world, as_person, said, about):
    response = sent(as_person("leah"), world, "intervention", said)

    saved = InterventionChoice.objects.get()
    assert response.status_code == 302
    assert saved.about == about
    assert (saved.intervention, saved.own) == (said["intervention"], said.get("own", ""))
    assert saved.cycle == world.cycle


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (
            {**OWN, "own": ""},
            {"intervention": ["Select an intervention, or name your own"]},
        ),
        (
            {**OWN, "intervention": "tk-away-days"},
            {"own": ["Choose one from the toolkit or name your own, not both"]},
        ),
        (
            {**OWN, "earlier_practice": ""},
            {"earlier_practice": ["Say what earlier practice guides your own"]},
        ),
        ({**LISTED, "success": ""}, {"success": ["This field is required."]}),
        ({**LISTED, "strands": []}, {"strands": ["This field is required."]}),
    ],
    ids=["neither", "both", "own without practice", "no success criteria", "no strand"],
)
def test_intervention_with_a_fault_is_refused(world, as_person, said, expected):
    found = faults(sent(as_person("leah"), world, "intervention", said))

    assert found == expected
    assert InterventionChoice.objects.count() == 0


def test_fourth_intervention_of_a_cycle_is_warned_about_and_saved(world, as_person):
    leah = as_person("leah")
    warned = []

    for _ in range(4):
        key = uuid.uuid4()
        warned.append(bool(leah.get(address(world, "intervention", key)).context["form"].warning))
        sent(leah, world, "intervention", LISTED, key)

    assert warned == [False, False, False, True]
    assert InterventionChoice.objects.count() == 4


def test_new_choice_begins_with_what_its_address_offers(world, as_person):
    leah = as_person("leah")
    offered = "?intervention=tk-away-days&strands=mat-social-capital&need=Mine"

    new = leah.get(f"{address(world, 'intervention', 'new')}{offered}").url
    form = leah.get(new).context["form"]

    assert form["intervention"].value() == "tk-away-days"
    assert form["strands"].value() == ["mat-social-capital"]
    assert form["need"].value() is None
    assert form.stored()["intervention"] == ""


# ---- risks ---------------------------------------------------------------------------------


def test_risk_stands_in_the_register_by_its_name(world, as_person):
    response = sent(as_person("leah"), world, "risk", RISK)

    saved = Risk.objects.get()
    assert response.status_code == 302
    assert (saved.about, saved.likelihood, saved.effect) == ("Lead leaves", "high", "medium")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"risk": "other-risk"}, {"other": ["Name the other risk"]}),
        (
            {"other": "A flood"},
            {"other": ["Leave this empty, or select “Other” as the risk"]},
        ),
        ({"response": ""}, {"response": ["This field is required."]}),
    ],
)
def test_risk_with_a_fault_is_refused(world, as_person, change, expected):
    found = faults(sent(as_person("leah"), world, "risk", RISK | change))

    assert found == expected
    assert Risk.objects.count() == 0


def test_known_challenges_stand_where_a_risk_is_written(world, as_person):
    page = as_person("leah").get(address(world, "risk", uuid.uuid4())).content.decode()

    assert page.count('<h2 class="govuk-heading-s">') == 16
    assert page.count("Succession planning, joint or added designation") == 1


# ---- the optional ones ---------------------------------------------------------------------


def test_tracking_is_kept_from_its_first_step_on(world, as_person):
    said = {"difference": "Longer answers", "baseline": "3 of 12 answered at length"}

    response = sent(as_person("tom"), world, "tracking", said)

    assert response.status_code == 302
    assert ImpactTracking.objects.get().about == "Longer answers"


def test_checklist_asks_for_every_principle(world, as_person):
    tom = as_person("tom")
    lacking = dict.fromkeys(list(PRINCIPLES)[:-1], "yes")

    refused = sent(tom, world, "rlc", {**THIRD_OF_MARCH, **lacking})
    saved = sent(tom, world, "rlc", {**THIRD_OF_MARCH, **PRINCIPLES, "note.rlc-1": "It does"})

    assert faults(refused) == {"kept.rlc-9": ["This field is required."]}
    assert saved.status_code == 302
    assert RlcChecklist.objects.get().cells["note.rlc-1"] == "It does"
