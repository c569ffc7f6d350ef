"""The impact report: the headings of the method, each told from the forms that feed it."""

import json
from dataclasses import asdict

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from enquiries.models import Enquiry
from reports.actions import ask_about_enquiry, build_report
from reports.builders import build_case_study, build_impact_report
from reports.models import Kind
from reports.rendering import body_html, gate
from reports.rendering.bodies import context
from reports.values import (
    Answered,
    AnswersTo,
    DataSetLine,
    ImpactReport,
    MeasuredLine,
    Pair,
    PlanLine,
    Relation,
)
from tests.reports.filled import fill_in


@pytest.fixture
def filled(world):
    fill_in(world.enquiry, world.cycle, world.person("leah"))
    return world


@pytest.fixture
def final(filled) -> ImpactReport:
    return build_impact_report(filled.enquiry, is_final=True)


def plain(report: ImpactReport) -> dict:
    return json.loads(json.dumps(asdict(report)))


def sections(kind: str, report: ImpactReport) -> list[tuple[str, str]]:
    return [(s.number, s.title) for s in context(kind, plain(report))["sections"]]


FINAL = [
    ("1", "Focus and question"),
    ("2", "The question and research"),
    ("3", "Schools and people"),
    ("4", "Baseline"),
    ("5", "Actions and cycles"),
    ("6", "Data and how far they can be trusted"),
    ("7", "Impact, level by level"),
    ("8", "Outcomes nobody looked for"),
    ("9", "Leadership"),
    ("10", "Challenges and actions"),
    ("11", "What next, and how it is shared"),
    ("12", "Questions before this report"),
    ("A", "Ethics"),
    ("B", "Claims and their evidence"),
]


def test_final_report_has_the_twelve_headings_and_two_appendices(final):
    assert sections("final-report", final) == FINAL


@pytest.mark.parametrize("is_final", [True, False])
def test_strength_of_the_evidence_is_drawn_as_in_a_case_study(filled, is_final):
    report = build_impact_report(filled.enquiry, is_final=is_final)
    kind = Kind.FINAL if is_final else Kind.INTERIM

    page = body_html(kind, plain(report))

    assert report.strength == build_case_study(filled.enquiry).strength
    assert page.count("How strong the evidence is</figcaption>") == 1


def test_interim_report_has_all_but_leadership(filled):
    interim = build_impact_report(filled.enquiry, is_final=False)

    titles = [title for _, title in sections("interim-report", interim)]

    assert titles == [title for _, title in FINAL if title != "Leadership"]


def test_nothing_recorded_stands_in_the_gaps_and_under_no_heading(world):
    empty = build_impact_report(Enquiry.objects.get(alliance__key="affinity"), is_final=True)

    told = context("final-report", plain(empty))

    assert [section.title for section in told["sections"]] == [
        "Focus and question",
        "Impact, level by level",
        "Claims and their evidence",
    ]
    assert told["gaps"] == [
        "the question",
        "which claims of research the question builds on",
        "which schools take part",
        "how impact is to be judged",
        "what was tried, cycle by cycle",
        "what the group made of each cycle",
        "whether the data can be trusted",
        "what was measured, with baselines and outcomes",
        "which challenges were met, and what was done about them",
        "what happens next",
        "the answers to the questions before this report",
        "what was learnt about leadership",
        "how the learning was shared",
    ]


def test_question_comes_with_its_reasons_and_its_relation_to_research(final):
    assert final.reasons == [
        Pair("What do we want to find out?", "Whether talk in pairs helps writing."),
        Pair("Why do we want to know it?", "Boys write little."),
        Pair("Against which success criteria will outcomes be judged?", "More writing by July."),
    ]
    assert final.success_criteria == ["Longer texts", "More drafts"]
    assert final.relations == [
        Relation(
            claim="Pupil voice: Listening to pupils about teaching and learning, in a way that "
            "truly consults them, gives them ownership and improves practice.",
            relevance="High",
            shapes_focus="We ask pupils first.",
            on="9 January 2026",
        )
    ]


def test_plan_is_told_without_how_many_were_to_be_asked(final):
    assert final.plans == [
        PlanLine(
            level="Student learning",
            where="The whole alliance",
            respondents="Year 8 boys",
            success="Two sublevels",
            milestone="1 July 2026",
            data="Performance data: interviews",
        )
    ]


def test_measures_are_counted_by_level_with_their_baselines_and_outcomes(final):
    assert final.measured == [
        MeasuredLine("Pupils", 2, 0, 2),
        MeasuredLine("Teachers", 18, 3, 18),
        MeasuredLine("Schools", 1, 1, 1),
    ]


def test_tests_of_data_give_outcome_and_reason_under_the_mark_of_the_measure(final, world):
    assert final.tested == [
        DataSetLine(
            mark="M1",
            name=world.enquiry.measures.first().about,
            validity="Pass: It counts what we mean.",
            triangulation="Pass: Two views.",
            reliability="Fail: Two counted alike.",
        )
    ]


def test_synthesis_and_tracked_change_are_told_in_the_words_of_their_forms(final, world):
    assert final.syntheses == [
        Answered(
            f"What the group made of it: {world.cycle.label}",
            [
                Pair("Patterns, shared themes and issues", "Talk first"),
                Pair("What happens to the strategy", "Refine the strategy"),
                Pair("Agreed way forward", "Go on in pairs"),
            ],
        )
    ]
    assert final.tracked == [
        Answered(
            "A change of practice that was followed (1)",
            [
                Pair("Intended difference", "Wait longer"),
                Pair("Baseline", "Two seconds"),
                Pair("Effect on pupils", "More answers"),
            ],
        )
    ]


def test_unexpected_outcome_leads_to_its_claim(final):
    (told,) = [line for line in final.rests_on if line.statement == "Parents came to read."]

    assert final.unexpected == [f"Parents came to read. [{told.mark}]"]
    assert body_html("final-report", plain(final)).count(f'href="#{told.mark}"') == 2


def test_leadership_questions_are_answered_in_the_final_report_alone(filled, final):
    interim = build_impact_report(filled.enquiry, is_final=False)

    assert final.leadership_answers == [AnswersTo("What went well", ["The pairs"])]
    assert final.leadership[-1] == Pair("Communication", "Say less.")
    assert (interim.leadership_answers, interim.leadership, interim.quotations) == ([], [], [])


def test_questions_before_the_report_and_ethics_name_nobody(final):
    assert final.review == [
        Pair("At which point of the C2L process are we?", "At the end of the first turn"),
        Pair("Where should effort go to raise impact?", "On baselines"),
    ]
    assert final.ethics[0] == Pair("Who may see project data, and why?", "The group")
    assert "Ann Other" not in json.dumps(asdict(final))


def test_questionnaire_gives_findings_plans_and_what_was_learned(final):
    assert (final.findings, final.sharing_plans, final.learned) == (
        "Talk helps.",
        "A day for heads.",
        "Start small.",
    )


def test_everything_of_a_case_study_is_told_as_it_tells_it(filled, final):
    study = asdict(build_case_study(filled.enquiry))

    assert {name: asdict(final)[name] for name in study} == study


@pytest.mark.parametrize("kind", [Kind.INTERIM, Kind.FINAL])
def test_report_is_frozen_and_printed_so_that_it_can_be_read_aloud(filled, kind):
    report = ask_about_enquiry(kind=kind, enquiry=filled.enquiry, by=filled.person("leah"))

    build_report(report.pk)

    report.refresh_from_db()
    is_final = kind == Kind.FINAL
    assert report.data == plain(build_impact_report(filled.enquiry, is_final=is_final))
    assert gate.problems(bytes(report.rendition.file)) == []


@pytest.mark.parametrize("times", [1, 3])
def test_queries_do_not_grow_with_the_forms(world, times):
    for _ in range(times):
        fill_in(world.enquiry, world.cycle, world.person("leah"))

    with CaptureQueriesContext(connection) as queries:
        build_impact_report(world.enquiry, is_final=True)

    assert len(queries) == 50
