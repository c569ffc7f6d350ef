"""Every claim and figure of a report carries a mark that leads to its evidence."""

import re
from dataclasses import asdict

import pytest

from enquiries.actions import withdraw
from impact.actions import sign_off
from impact.claims.queries import stated
from reports import rendering
from reports.builders import build_case_study, build_national
from reports.rendering import gate, render_checked_pdf
from reports.templatetags.marks import linked
from tests.claims import claimed, measured, with_tests


@pytest.fixture
def trial(world):
    return world.cycle.trials.get()


@pytest.fixture
def claims(world, trial):
    """One claim on a trial and a tested measure, and one on nothing."""
    measure = measured(world)
    with_tests(world, measure, is_reliable="fail")
    links = {"evidence.trial": [trial.pk], "evidence.measure": [measure.pk]}
    return claimed(world, **links), claimed(world, statement="Heads listen.", strength="")


def line_of(study, claim):
    return next(line for line in study.rests_on if line.mark == f"C{claim.position}")


def test_claims_stand_under_their_marks_with_those_of_their_evidence(world, claims, trial):
    backed, bare = claims
    measure = world.enquiry.measures.last()

    study = build_case_study(world.enquiry)

    assert study.stated == [
        f"Teachers: Teachers plan together more often. [C{backed.position}]",
        f"Teachers: Heads listen. (no evidence linked) [C{bare.position}]",
    ]
    marks = [f"M{measure.position}", f"T{trial.position}"]
    line = line_of(study, backed)
    assert (line.marks, line.strength, line.state) == (marks, "Limited", "Not signed off")
    line = line_of(study, bare)
    assert (line.marks, line.strength, line.state) == ([], "", "Not signed off")


def test_every_figure_leads_to_how_far_it_can_be_trusted(world, claims):
    measure = world.enquiry.measures.last()

    study = build_case_study(world.enquiry)

    told = {line.id: line.mark for table in study.measures for line in table.lines}
    assert told == {m.pk: f"M{m.position}" for m in world.enquiry.measures.all()}
    notes = {piece.mark: piece.note for piece in study.evidence}
    assert notes[told[measure.pk]] == "Its data failed the test of reliability."
    assert notes["M1"] == "Its data have not been through the three tests of quality."


def test_withdrawn_evidence_is_in_no_report(world, claims, trial):
    withdraw(record=trial, reason="Not ours", by=world.person("tom"))

    study = build_case_study(world.enquiry)

    assert f"T{trial.position}" not in {piece.mark for piece in study.evidence}
    assert f"T{trial.position}" not in line_of(study, claims[0]).marks


def test_every_link_of_a_mark_leads_somewhere(world, claims):
    study = build_case_study(world.enquiry)

    page = rendering.body_html("case-study", asdict(study))

    targets = re.findall(r'href="#([A-Z]\d+)"', page)
    assert set(targets) <= set(re.findall(r'id="([A-Z]\d+)"', page))
    claimed_marks = {f"C{claim.position}" for claim in world.enquiry.claims.all()}
    assert claimed_marks <= set(targets)


def test_pdf_with_marks_can_be_read_aloud(world, claims):
    pdf = render_checked_pdf("case-study", asdict(build_case_study(world.enquiry)))

    assert gate.problems(pdf.content) == []


def test_a_report_frozen_before_there_were_marks_is_still_set(world):
    frozen = asdict(build_case_study(world.enquiry))
    for name in ("stated", "rests_on", "evidence"):
        del frozen[name]

    page = rendering.body_html("case-study", frozen)

    assert "Claims and their evidence" not in page


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("It grew [C3]", 'It grew <a href="#C3">[C3]</a>'),
        ("It grew [C4]", "It grew [C4]"),
        ("<b> [C3] grew", "&lt;b&gt; [C3] grew"),
    ],
)
def test_only_a_mark_of_the_list_becomes_a_link(text, shown):
    assert linked(text, {"rests_on": [{"mark": "C3"}]}) == shown


def national_lines(world) -> list[tuple[str, str, str]]:
    report = build_national(world.programme, [world.abbot.pk], "Some")
    lines = [example for level in report.levels for example in level.examples]
    own = [line for line in lines if line.statement == "Teachers plan together more often."]
    return [(line.mark, line.source, line.evidence) for line in own]


def test_national_report_takes_what_is_signed_off_and_says_what_is_behind_it(world, claims):
    backed, _ = claims
    before = national_lines(world)

    signed = sign_off(claim=backed, seal=stated(backed).seal, by=world.person("leah"))

    on = f"{signed.signed_at:%-d %B %Y}"
    assert before == []
    assert national_lines(world) == [
        (
            f"C{backed.position}",
            f"Signed off by the alliance on {on}",
            "Evidence (limited): measures 1, trials 1",
        )
    ]
