"""An enquiry, its forms and logs, the talk about them, evidence, schools and findings."""

from uuid import UUID

from alliances.roles import Permission
from tests.access.places import (
    Agenda,
    a_finding,
    a_judgement,
    a_photo,
    a_placing_on_paper,
    a_priority,
    a_priority_on_paper,
    a_revision,
    a_school,
    a_thread,
    an_asked_finding,
    cycle,
    enquiry,
    help_request,
    programme,
    toms_trial,
)
from tests.access.sent import (
    A_DAY,
    A_JOINING,
    A_LEAVING,
    A_LOST_DESIGNATION,
    A_QUESTIONNAIRE,
    A_TRIAL,
    SENT,
)
from tests.access.walk import DONE, Page
from tests.meetings import planned_once

P = Permission


def record(slug: str, post: P, data: dict, **more) -> Page:
    """A new record of a form that everybody who reads the enquiry may look at."""
    place = lambda world: [world.enquiry.pk, slug, UUID(int=1)]  # noqa: E731 - one line of a table
    return Page("sheet-record", place, data, get=P.READ_ENQUIRY, post=post, about=slug, **more)


def of_school(slug: str, data: dict) -> Page:
    return Page(
        "sheet-of-school",
        lambda world: [world.enquiry.pk, slug, a_school(world)[1]],
        {**data, "seen": "{}"},
        get=P.READ_ENQUIRY,
        post=P.WRITE_ENQUIRY,
        about=slug,
    )


READS = P.READ_ENQUIRY
RECORDS = [
    record("trial", P.WRITE_ENQUIRY, A_TRIAL),
    record("leadership", P.WRITE_ENQUIRY, {"behaviours": "lba2", "reflection": "Share it."}),
    record("sharing", P.WRITE_ENQUIRY, {"text": "A staff meeting"}),
    record("next-step", P.WRITE_ENQUIRY, {"text": "Try it in year 5"}),
    record(
        "quotation",
        P.WRITE_ENQUIRY,
        {"text": "We talk more.", "attribution": "A teacher", "consent": "given"},
    ),
    record("help", P.WRITE_ENQUIRY, {"text": "How do we measure talk?"}),
    record(
        "claims",
        P.WRITE_ENQUIRY,
        {"claim": "lead1", "relevance": "high", "shapes_focus": "It does.", "seen": "{}"},
    ),
    record("challenge", P.WRITE_GROUP_FORMS, {"challenge": "Supply cover"}),
    record(
        "claim",
        P.WRITE_GROUP_FORMS,
        {"level": "school", "statement": "Heads meet.", "kind": "observed", "seen": "{}"},
    ),
    record("progress-implementation", P.REPORT_PROGRESS, A_QUESTIONNAIRE),
    record("check-in-call", P.HOLD_MEETINGS, {**A_DAY, "status": "on-track", "seen": "{}"}),
    of_school("fidelity", {"delivered": "yes"}),
    of_school("priority", {"priority": "Reading"}),
]

PAGES = [
    *RECORDS,
    Page("enquiry-edit", enquiry, {"title": "Talk", "focus": "Talk", "version": "2"}),
    Page("cycle-new", enquiry, {"label": "Second cycle", "tried": "Talk partners"}),
    Page("help-answer", help_request, {"answer": "Ask them."}),
    Page("deadline", cycle, {"deadline_day": ""}),
    Page("neighbours", enquiry, {"focus": "Talk", "question": "Does talk help?"}, does=200),
    Page("sheets", enquiry),
    Page("guide", enquiry),
    Page("progress", enquiry),
    Page("overview", enquiry),
    Page("visit", lambda world: [world.enquiry.pk, "impact", a_school(world)[1]]),
    Page("visit-pdf", lambda world: [world.enquiry.pk, "impact", a_school(world)[1]]),
    Page(
        "sheet",
        lambda world: [world.enquiry.pk, "priority"],
        get=READS,
        post=READS,
        does=200,
        about="of each school",
    ),
    Page(
        "sheet",
        lambda world: [world.enquiry.pk, "impact-overview"],
        {"recommendations": "Share it.", "next_steps": "Meet.", "seen": "{}"},
        get=READS,
        post=P.WRITE_GROUP_FORMS,
    ),
    Page("sheet-new", lambda world: [world.enquiry.pk, "review"], get=READS, shows=DONE),
    Page(
        "sheet-history",
        lambda world: [world.enquiry.pk, "priority", a_priority(world).key],
        get=READS,
    ),
    Page(
        "sheet-of-meeting",
        lambda world: [world.enquiry.pk, "cluster-meeting", planned_once(world).pk],
        {"update": "We met.", "seen": "{}"},
        get=READS,
        post=P.WRITE_GROUP_FORMS,
    ),
    Page("sheet-restore", a_revision, post=P.WRITE_ENQUIRY),
    Page("sheet-withdraw", toms_trial, {"reason": "Logged twice."}, *[P.WRITE_ENQUIRY] * 2),
    Page("sheet-bring-back", toms_trial, post=P.WRITE_ENQUIRY),
    Page("evidence", enquiry),
    Page(
        "evidence-new",
        a_priority_on_paper,
        {"file": Agenda(), "caption": "Agenda"},
        *[P.WRITE_ENQUIRY] * 2,
    ),
    Page("evidence-file", a_photo, get=READS),
    Page("evidence-thumbnail", a_photo, get=READS),
    Page("evidence-remove", a_photo, get=P.WRITE_ENQUIRY, post=P.WRITE_ENQUIRY),
    Page("judgement-share", a_placing_on_paper, {"answers": "skill"}),
    Page("judgement-agree", a_judgement),
    Page("comment", a_priority_on_paper, {"text": "Which year?", **SENT}, P.COMMENT, P.COMMENT),
    Page("thread", a_thread, {"text": "Year 4.", **SENT}),
    Page("thread-resolve", a_thread),
    Page("threads", enquiry),
    Page("schools", enquiry),
    Page("school-join", enquiry, A_JOINING),
    Page("school-leave", lambda world: [a_school(world)[1]], A_LEAVING),
    Page("designation-new", enquiry, A_LOST_DESIGNATION),
    Page("findings"),
    Page("verdict", an_asked_finding, {"affirmed": "yes"}),
    Page("finding", a_finding),
    Page("finding-edit", a_finding, {"text": "Heads who ask see change.", "seen": "Heads ask."}),
    Page("finding-move", a_finding, {"to": "asked", "seen": "Heads ask."}),
    Page("programme-findings", programme),
    Page("finding-new", programme, {"text": "Heads who ask see change."}),
    Page("coverage", programme),
]
