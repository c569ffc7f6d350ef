"""The pack that brings a new lead up to date: what is in it, and what never is."""

from dataclasses import asdict
from datetime import date
from uuid import uuid4

import pytest

from enquiries.actions import join_enquiry, leave_enquiry, plan_meeting, save_sheet, set_deadline
from enquiries.models import (
    CollaborationPlacing,
    GuideCell,
    Partnership,
    Risk,
    SchoolRecord,
)
from reports.builders.handover import build_handover
from reports.rendering import gate, render_checked_pdf
from reports.values import Pair
from tests.reports.test_forms_print import MARKER, text_of

RISK = {
    "held_on": date(2026, 3, 3),
    "risk": "lead-leaves",
    "likelihood": "high",
    "effect": "medium",
    "response": "Two people lead",
    "succession": "The deputy",
}


def saved(world, model, wanted: dict, by: str = "leah", **place):
    place = {"enquiry": world.enquiry, "key": uuid4(), **place}
    return save_sheet(model, place=place, seen={}, wanted=wanted, by=world.person(by))


def parts(world) -> dict:
    pack = build_handover(world.enquiry, exact=True, absolute=lambda path: f"https://x{path}")
    return {part.title: part for part in pack.parts}


def test_pack_of_an_enquiry_says_where_it_stands(world):
    set_deadline(cycle=world.cycle, deadline=date(2030, 1, 5), by=world.person("faye"))

    found = parts(world)

    facts = {pair.first: pair.second for pair in found["The enquiry"].pairs}
    assert facts["Question"] == world.enquiry.shared_question
    assert facts["Cycle"] == "Year 2: impact"
    assert facts["Cluster"] == "South"
    assert found["Dates to come"].pairs == [Pair("5 January 2030", "Deadline of the next gate")]
    assert found["Help asked for"].pairs[0].second == "How do we measure confidence?"
    assert found["What is due"].lines[0] == (
        "For the next gate: The outcomes of each school are written down, by 5 January 2030"
    )
    assert found["Where things are"].links[0].second == f"https://x/enquiries/{world.enquiry.pk}/"


def test_dates_to_come_are_those_of_the_gate_and_of_the_cluster(world):
    faye = world.person("faye")
    set_deadline(cycle=world.cycle, deadline=date(2030, 1, 5), by=faye)
    agreed = {"next_meeting": date(2029, 12, 1), "next_call": date(2029, 11, 1)}
    for held_on, place, more in (
        (date(2029, 12, 1), "Guildford", {}),
        (date(2020, 12, 1), "Woking", agreed),
    ):
        plan_meeting(
            cluster=world.south,
            held_on=held_on,
            place=place,
            alliances=[],
            people=[],
            by=faye,
            **more,
        )

    assert parts(world)["Dates to come"].pairs == [
        Pair("1 November 2029", "Next check-in call"),
        Pair("1 December 2029", "Cluster meeting, Guildford"),
        Pair("5 January 2030", "Deadline of the next gate"),
    ]


def test_pack_names_who_holds_a_role_and_nobody_suspended_or_gone(world):
    rows = parts(world)["People and roles"].table.rows

    assert sorted(row[0] for row in rows) == [
        "Faye Osborne",
        "Hana Lind",
        "Leah Marsh",
        "Sam Field",
        "Tom Abara",
        "Uma Rao",
    ]


def test_pack_says_which_schools_left_and_why_and_who_follows_a_lead(world):
    leah, first = world.person("leah"), world.enquiry.participations.first()
    named = {"lead": "Ann Lee", "successor": "Bea Low"}
    saved(world, SchoolRecord, named, participation=first, cycle=None)
    gone = join_enquiry(
        enquiry=world.enquiry,
        name="Downs Primary",
        phase="primary",
        urn=None,
        joined_on=date(2026, 2, 3),
        how_joined="chose",
        by=leah,
    )
    leave_enquiry(
        participation=gone, on=date(2026, 5, 4), reason="A trust", replaced_by="Hill", by=leah
    )

    rows = {row[0]: row[1:] for row in parts(world)["Schools in and out"].table.rows}

    assert rows[str(first.school)][1:3] == ["Ann Lee", "Bea Low"]
    assert rows["Downs Primary"] == [
        "Left",
        "Nobody named",
        "Nobody named",
        "Joined 3 February 2026. Left 4 May 2026: A trust. Replaced by Hill",
    ]


def test_pack_holds_risks_and_agreements(world):
    saved(world, Risk, RISK)
    agreed = {"link_role": "Calls each school", "channels": ["meetings"]}
    saved(world, Partnership, agreed, participation=None, cycle=None)

    found = parts(world)

    assert found["Risks and succession"].table.rows == [
        ["Lead leaves", "High likelihood, medium effect", "Two people lead", "The deputy"]
    ]
    assert found["Partnership agreement and timeline"].pairs[0].second == "Calls each school"
    assert found["Working norms of the group"].pairs == []


def test_pack_can_be_read_aloud(world):
    saved(world, Risk, RISK)
    pack = build_handover(world.enquiry, exact=True, absolute=lambda path: f"https://x{path}")

    pdf = render_checked_pdf("handover", asdict(pack))

    assert gate.problems(pdf.content) == []
    assert text_of(pdf.content).count("Two people lead") == 1


@pytest.mark.parametrize("person", ["leah", "faye"])
def test_pack_holds_nothing_that_a_facilitator_keeps(world, as_person, person):
    school = world.enquiry.participations.first()
    said = {"recorded": MARKER, "private_notes": MARKER, "judgement.support_needed": MARKER}
    where = {"phase": "implementation", "element": "diagnosis", "cycle": world.cycle}
    saved(world, GuideCell, said, "faye", participation=school, **where)
    placed = {"skill": "low", "participation_degree": "high", "next_steps": MARKER}
    saved(world, CollaborationPlacing, placed, "faye")
    client, url = as_person(person), f"/enquiries/{world.enquiry.pk}/handover"

    page, pdf = client.get(f"{url}/"), client.get(f"{url}.pdf")

    assert (page.status_code, pdf["Content-Type"]) == (200, "application/pdf")
    assert page.content.decode().count(MARKER) == text_of(pdf.content).count(MARKER) == 0


@pytest.mark.parametrize("number", [1, 3])
def test_pack_asks_the_same_whatever_its_rows(world, number, django_assert_num_queries):
    kept = list(world.enquiry.participations.values_list("pk", flat=True)[:number])
    world.enquiry.participations.exclude(pk__in=kept).delete()
    for _ in range(number):
        saved(world, Risk, RISK)
    enquiry = (
        type(world.enquiry)
        .objects.select_related("alliance__theme", "alliance__cluster", "listing")
        .get(pk=world.enquiry.pk)
    )

    with django_assert_num_queries(32):
        pack = build_handover(enquiry, exact=True, absolute=str)

    risks = next(part for part in pack.parts if part.title == "Risks and succession")
    assert len(risks.table.rows) == number
