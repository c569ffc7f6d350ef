"""Wroxham's lesson study, walked from launch to overview by four people at four browsers.

Leah leads, Sam leads in The Wroxham School, Tom teaches at Oakmere, Faye looks after them. Each
fills in what the method asks of them; the overview must say what they wrote, and where.
"""

from datetime import date

import pytest

from alliances import actions
from alliances.models import Alliance, Membership, User
from alliances.roles import Role
from enquiries.actions import join_enquiry, plan_meeting
from enquiries.models import Enquiry
from impact.actions import import_programme
from tests.journeys.visitor import Visitor, text_of
from tests.world import SINCE, programme_doc

SCHOOLS = ["The Wroxham School", "Oakmere Primary School"]
TESTS = [
    "data-informed",
    "specific",
    "measurable",
    "simply-stated",
    "easily-communicated",
    "linked-to-improvement",
]
QUESTION = "Does lesson study in threes deepen how chosen children talk about their learning?"
PRIORITIES = {SCHOOLS[0]: "Children who wait to be told", SCHOOLS[1]: "Talk before writing"}
FEEDBACK = {SCHOOLS[0]: "Planning in threes took a term", SCHOOLS[1]: "Photographs helped us see"}
DELIVERED = {SCHOOLS[0]: "As planned", SCHOOLS[1]: "Not yet"}
OUTCOMES = {
    SCHOOLS[0]: {
        "organisation": "Cover is timetabled for research lessons",
        "professional": "Teachers watch children before they plan",
        "student": "The chosen children explain their choices",
    },
    SCHOOLS[1]: {
        "organisation": "Staff meetings begin with a lesson write-up",
        "professional": "Two teachers now lead a trio",
        "student": "Quiet children speak first in pairs",
    },
}


@pytest.fixture
def enquiry(world) -> Enquiry:
    """Wroxham's, of which nothing is written yet, with its two schools and the four people."""
    doc = programme_doc("georgeabbot", "jurassic", "centralbeds", "affinity", "wroxham")
    import_programme(doc, by=None)
    alliance = world.programme.alliances.get(key="wroxham")
    east = actions.record_cluster(
        programme=world.programme, name="East", alliances=[alliance], by=None
    )
    found = alliance.enquiries.get()
    schools = {
        name: join_enquiry(
            enquiry=found,
            name=name,
            phase="primary",
            urn=None,
            joined_on=SINCE,
            how_joined=Membership.Joined.CHOSE,
            by=world.person("owen"),
        ).school
        for name in SCHOOLS
    }
    for name, role, scope in (
        ("leah", Role.PROJECT_LEAD, alliance),
        ("sam", Role.SCHOOL_LEAD, schools[SCHOOLS[0]]),
        ("tom", Role.TEACHER, schools[SCHOOLS[1]]),
        ("faye", Role.FACILITATOR, east),
    ):
        actions.assign(user=world.person(name), role=role, scope=scope, by=None, starts_on=SINCE)
    return found


def fill_in(person: Visitor, path: str, **answers) -> None:
    """Answer a form's questions by their names, lists by ticking, and save it."""
    person.open(path)
    for name, answer in answers.items():
        boxes = person.page.locator(f'[name="{name}"]')
        if answer is True:
            boxes.first.check()
        elif isinstance(answer, list):
            for code in answer:
                person.page.locator(f'[name="{name}"][value="{code}"]').check()
        elif boxes.first.evaluate("box => box.tagName") == "SELECT":
            boxes.first.select_option(answer)
        else:
            boxes.first.fill(answer)
    with person.page.expect_navigation():
        person.page.locator("form[method=post] button:not([name]).govuk-button").last.click()
    person.look()
    assert person.page.locator(".govuk-error-summary").count() == 0, person.page.content()


def day(name: str, on: tuple[int, int, int]) -> dict[str, str]:
    """The three boxes of a date."""
    return {f"{name}_{part}": str(n) for part, n in zip(("day", "month", "year"), on, strict=True)}


def said(*names: str) -> dict[str, str]:
    """A sentence for each of the questions that the overview does not repeat."""
    return {name: f"We said this of {name.replace('_', ' ')}." for name in names}


def go_through_the_gate(person: Visitor, enquiry: Enquiry) -> None:
    person.open(f"/cycles/{enquiry.cycles.get().pk}/gate/")
    person.press("Go on")


def test_lesson_study_from_launch_to_overview(sign_in, enquiry):
    leah, sam, tom, faye = (sign_in(name) for name in ("leah", "sam", "tom", "faye"))
    forms = f"/enquiries/{enquiry.pk}/forms"
    places = {p.school.name: p.pk for p in enquiry.participations.select_related("school")}

    launch(leah, enquiry, forms)
    for person, school in ((sam, SCHOOLS[0]), (tom, SCHOOLS[1])):
        fill_in(
            person,
            f"{forms}/priority/schools/{places[school]}/",
            priority=PRIORITIES[school],
            strategies="Lesson study in threes",
        )
    agree_how_to_enquire(faye, forms, places[SCHOOLS[0]])
    go_through_the_gate(leah, enquiry)
    try_and_refine(sam, tom, faye, forms, places)
    go_through_the_gate(leah, enquiry)
    judge(sam, faye, enquiry, forms, places)
    agree_in_the_cluster(faye, enquiry, forms)
    claim_and_sign_off(leah, enquiry, forms)
    go_through_the_gate(leah, enquiry)

    leah.open(f"/enquiries/{enquiry.pk}/overview/")
    assert group_of(leah) == {
        "Innovation grid": "Not written yet",
        "Collective focus": "Children’s talk about learning",
        "Collective question of enquiry": QUESTION,
        "Strategy and approach to trial": "Lesson study. Two more cycles, with the same children",
        "What works": "Watching three children closely",
        "What to revisit": "How long a cycle takes",
        "Agreed next steps": "Invite two secondary schools",
        "Agreed recommendations and dissemination": "Begin with a visiting expert",
    }
    assert schools_of(leah) == {
        name: [
            PRIORITIES[name],
            "Lesson study in threes",
            FEEDBACK[name],
            DELIVERED[name],
            OUTCOMES[name]["student"],
            OUTCOMES[name]["professional"],
            OUTCOMES[name]["organisation"],
        ]
        for name in SCHOOLS
    }
    pdf = leah.context.request.get(f"{leah.address}/enquiries/{enquiry.pk}/overview.pdf").body()
    written = [*PRIORITIES.values(), *FEEDBACK.values(), *OUTCOMES[SCHOOLS[1]].values()]
    assert [words for words in written if words not in text_of(pdf)] == []


def launch(leah: Visitor, enquiry: Enquiry, forms: str) -> None:
    """The lead says what is asked, what is measured and what is right, and begins a cycle."""
    fill_in(
        leah,
        f"/enquiries/{enquiry.pk}/edit/",
        title="Lesson study",
        focus="Children’s talk about learning",
        question=QUESTION,
    )
    fill_in(
        leah,
        f"/enquiries/{enquiry.pk}/cycles/new/",
        label="Lesson study cycles",
        tried="Teachers plan, observe chosen children and review, in sets of three",
    )
    prompts = (
        "find_out why_know data_pointed reasonable learners_gain ethical_issues led_by_data "
        "wide_enough narrow_enough what_else criteria gauged success_criteria"
    )
    fill_in(leah, f"{forms}/question/", **said(*prompts.split()), tests=TESTS)
    guards = (
        "who_sees protected collected permission recognised sensitive confidentiality withdraw "
        "parents stored owner"
    )
    fill_in(
        leah,
        f"{forms}/ethics/",
        **said(*guards.split()),
        consent_from=["parent"],
        right_to_withdraw=True,
    )
    measure(leah, enquiry)
    fill_in(
        leah,
        f"{forms}/impact-plan/new/",
        **said("recognised", "data_needed", "existing", "more_methods", "suitable"),
        **said("success_measure", "respondents"),
        **day("milestone_on", (30, 6, 2026)),
        level=["student"],
        collection=["dcm1"],
        data_type="dts1",
        size="6",
    )


def measure(leah: Visitor, enquiry: Enquiry) -> None:
    """Something about pupils, with its baseline from before the first lesson."""
    leah.open(f"/enquiries/{enquiry.pk}/forms/measure/new/")
    leah.choose("Pupils", question="Whose change does it show?")
    leah.write("What is measured", "Children who explain a choice")
    leah.page.get_by_label("How it is measured").select_option("Lesson observation")
    leah.choose("Higher is better")
    leah.write("Unit", "children")
    leah.write("Who is measured", "Six chosen children")
    leah.press("Save measure")
    leah.follow("Add the baseline")
    leah.choose("A number", question="What kind of value is it?")
    leah.date("Date", 12, 1, 2026)
    leah.write("Number or mean", "2")
    leah.write("Number of people behind it", "6")
    leah.press("Save reading")


def agree_how_to_enquire(faye: Visitor, forms: str, place: int) -> None:
    """The facilitator visits a school and notes with the group which method suits."""
    fill_in(
        faye,
        f"{forms}/guide-implementation-diagnosis/schools/{place}/",
        agreement="Two visits a term",
        private_notes="The head has doubts.",
    )
    fill_in(
        faye,
        f"{forms}/method/",
        methods=["lesson-study"],
        issue="We plan alone",
        why_suitable="Three pairs of eyes on three children",
    )


def try_and_refine(sam: Visitor, tom: Visitor, faye: Visitor, forms: str, places: dict) -> None:
    """Two people note a lesson each, the group meets, and its facilitator draws it together."""
    for person, on in ((sam, (3, 2, 2026)), (tom, (5, 2, 2026))):
        fill_in(
            person,
            f"{forms}/trial/new/",
            **day("held_on", on),
            strategy="Research lesson",
            **said("done", "experienced", "reflection", "recommendation"),
        )
    fill_in(
        faye,
        f"{forms}/meeting-overview/new/",
        **day("held_on", (10, 2, 2026)),
        **{f"feedback.{places[name]}": words for name, words in FEEDBACK.items()},
        working_well="Watching three children closely",
        to_revisit="How long a cycle takes",
        next_steps="Meet at Oakmere",
    )
    questions = (
        "patterns strengths weaknesses contradictions evidence_says adjust as_expected "
        "shared_view agree_way"
    )
    fill_in(
        faye,
        f"{forms}/synthesis/new/",
        **said(*questions.split()),
        next_move="refine",
        way_forward="Two more cycles, with the same children",
    )


def judge(sam: Visitor, faye: Visitor, enquiry: Enquiry, forms: str, places: dict) -> None:
    """Whether it was done, the schools' outcomes, and how far the data can be trusted."""
    fill_in(sam, f"{forms}/fidelity/schools/{places[SCHOOLS[0]]}/", delivered=["yes"])
    outcomes = {
        f"{column}.{places[name]}": words
        for name, columns in OUTCOMES.items()
        for column, words in columns.items()
    }
    fill_in(
        sam,
        f"{forms}/impact-overview/",
        **outcomes,
        recommendations="Begin with a visiting expert",
        next_steps="Invite two secondary schools",
    )
    fill_in(
        faye,
        f"{forms}/data-test/new/",
        **said("validity", "triangulation", "reliability"),
        measure_id=str(enquiry.measures.get().pk),
        is_valid=["pass"],
        is_triangulated=["pass"],
        is_reliable=["pass"],
        methods="2",
        respondent_groups="2",
    )


def agree_in_the_cluster(faye: Visitor, enquiry: Enquiry, forms: str) -> None:
    """The cluster meets, hears the alliance and agrees what its next cycle is about."""
    alliance = Alliance.objects.get(pk=enquiry.alliance_id)
    meeting = plan_meeting(
        cluster=alliance.cluster,
        by=User.objects.get(email="faye@example.org"),
        alliances=[alliance],
        people=[],
        held_on=date(2026, 3, 3),
        place="Wroxham",
    )
    fill_in(
        faye,
        f"{forms}/cluster-meeting/meetings/{meeting.pk}/",
        update="Two schools teach research lessons",
        next_focus="Secondary classes",
    )


def claim_and_sign_off(leah: Visitor, enquiry: Enquiry, forms: str) -> None:
    """The lead states what changed, on the trials of two people, and signs it off."""
    trials = [str(trial.pk) for trial in enquiry.cycles.get().trials.all()]
    fill_in(
        leah,
        f"{forms}/claim/new/",
        level=["teacher"],
        statement="Teachers watch children before they plan.",
        kind=["contribution"],
        strength=["evidence-limited"],
        **{"evidence.trial": trials},
    )
    claim = enquiry.claims.get(saved_by__isnull=False)
    leah.open(f"/claims/{claim.pk}/")
    leah.press("Sign off for the alliance")
    assert "Signed off for the alliance by Leah Marsh" in leah.page.inner_text("main")


def group_of(person: Visitor) -> dict[str, str]:
    """What the overview says of the group, by its headings."""
    rows = person.page.locator("main .govuk-summary-list__row").all()
    return {
        row.locator("dt").inner_text(): row.locator(".govuk-summary-list__value").inner_text()
        for row in rows
    }


def schools_of(person: Visitor) -> dict[str, list[str]]:
    """The cells of each school, without what only a screen reader says."""
    rows = person.page.locator(".overview-table tbody tr").all()
    return {
        row.locator("th").inner_text(): [
            link.evaluate("link => link.firstChild.textContent.trim()")
            for link in row.locator("td a").all()
        ]
        for row in rows
    }
