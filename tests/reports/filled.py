"""The forms that feed an impact report, filled in for an enquiry by the site's own actions."""

from datetime import date
from uuid import uuid4

from alliances.models import User
from enquiries.actions import save_sheet
from enquiries.models import (
    ClaimReflection,
    Cycle,
    Enquiry,
    Ethics,
    ImpactTracking,
    LeadershipEntry,
    Question,
    ReportingReview,
    Response,
    SheetRecord,
    Synthesis,
)
from impact.models import Claim, DataTest, ImpactPlan
from tests.claims import ANSWERS, PASSED

REASONS = {
    "find_out": "Whether talk in pairs helps writing.",
    "why_know": "Boys write little.",
    "criteria": "More writing by July.",
}


def save(model: type[SheetRecord], enquiry: Enquiry, by: User, wanted: dict, **place):
    return save_sheet(model, place={"enquiry": enquiry, **place}, seen={}, wanted=wanted, by=by)


def fill_in(enquiry: Enquiry, cycle: Cycle, by: User) -> None:
    """Every form that an impact report draws on, once."""
    told = {**REASONS, "tests": ["data-led"], "success_criteria": "Longer texts\nMore drafts"}
    save(Question, enquiry, by, told, cycle=None, participation=None)
    relation = {"claim": "ped1", "relevance": "high", "shapes_focus": "We ask pupils first."}
    save(ClaimReflection, enquiry, by, relation, held_on=date(2026, 1, 9), key=uuid4())
    plan = {
        "level": "student",
        "data_type": "dts1",
        "collection": "dcm1",
        "success_measure": "Two sublevels",
        "milestone_on": date(2026, 7, 1),
        "respondents": "Year 8 boys",
        "size": 4,
    }
    save(ImpactPlan, enquiry, by, plan, key=uuid4())
    test = {**PASSED, "is_reliable": "fail", "measure_id": enquiry.measures.first().pk}
    save(DataTest, enquiry, by, test, key=uuid4())
    synthesis = {"patterns": "Talk first", "next_move": "refine", "way_forward": "Go on in pairs"}
    save(Synthesis, enquiry, by, synthesis, cycle=cycle, key=uuid4())
    told = {"who_sees": "The group", "owner": "Ann Other", "consent_from": ["pupils"]}
    save(Ethics, enquiry, by, told, cycle=None, participation=None)
    tracked = {"difference": "Wait longer", "baseline": "Two seconds", "effect": "More answers"}
    save(ImpactTracking, enquiry, by, tracked, key=uuid4())
    found = {**ANSWERS, "statement": "Parents came to read.", "is_unexpected": True}
    save(Claim, enquiry, by, found, cycle=cycle, key=uuid4())
    learnt = {"behaviours": ["lb5"], "reflection": "Say less.", "went_well": "The pairs"}
    save(LeadershipEntry, enquiry, by, learnt, key=uuid4())
    review = {"which_point": "At the end of the first turn", "effort": "On baselines"}
    save(ReportingReview, enquiry, by, review, cycle=cycle, key=uuid4())
    said = {
        "answer.pq-impact-words-1": "Talk helps.",
        "answer.pq-impact-words-2": "A day for heads.",
        "answer.pq-impact-words-3": "Start small.",
    }
    place = {"cycle": cycle, "instrument": "progress-impact", "version": 1, "key": uuid4()}
    save(Response, enquiry, by, said, **place)
