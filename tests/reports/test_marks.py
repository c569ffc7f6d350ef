"""Every claim and figure of a report carries a mark that leads to its evidence."""

import re
from dataclasses import asdict

import pytest

from enquiries.actions import withdraw
from impact.actions import sign_off
from impact.claims.queries import stated
from reports import rendering
from reports.actions import ask_for_national, build_report
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
    assert notes[told[measure.pk]] == "Failed the test of reliability."
    assert notes["M1"] == "Not put to the three tests of quality."


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
        ("<b> [C3] grew", '&lt;b&gt; <a href="#C3">[C3]</a> grew'),
    ],
)
def test_only_a_mark_of_the_list_becomes_a_link(text, shown):
    assert linked(text, {"C3"}) == shown


@pytest.fixture
def signed(world, claims):
    backed, _ = claims
    return sign_off(claim=backed, seal=stated(backed).seal, by=world.person("leah"))


def national(world):
    return build_national(world.programme, [world.abbot.pk], "Some")


def test_national_report_takes_what_is_signed_off_alone(world, claims):
    own = "Teachers plan together more often."

    told = [each.statement for level in national(world).levels for each in level.examples]

    assert own not in told


def test_statement_of_a_national_report_leads_to_what_it_rests_on(world, claims, signed):
    backed, _ = claims

    report = national(world)

    examples = {each.statement: each for level in report.levels for each in level.examples}
    mark = examples["Teachers plan together more often."].mark
    (line,) = [line for line in report.rests_on if line.mark == mark]
    assert (line.alliance, line.own_mark, line.claim) == (
        world.abbot.name,
        f"C{backed.position}",
        backed.pk,
    )
    assert (line.kind, line.people, line.strength) == (
        "It was seen together with what we did",
        "Not said",
        "Limited",
    )
    assert line.state == f"Signed off by the alliance on {signed.signed_at:%-d %B %Y}"
    assert line.evidence == "1 measure, 1 trial"


def test_every_statement_of_a_national_report_has_a_mark_of_its_own(world, signed):
    alliances = [world.abbot.pk, world.other_enquiry.alliance_id]

    report = build_national(world.programme, alliances, "Two")

    marks = [each.mark for level in report.levels for each in level.examples]
    assert marks == [line.mark for line in report.rests_on]
    assert marks == [f"S{number}" for number in range(1, len(marks) + 1)]
    page = rendering.body_html("national", asdict(report))
    assert re.findall(r'href="#(S\d+)"', page) == marks
    assert sorted(re.findall(r'id="S(\d+)"', page), key=int) == [mark[1:] for mark in marks]


@pytest.mark.parametrize(("size", "told"), [(3, "Under 10"), (24, "10 to 29")])
def test_national_report_tells_between_which_numbers_the_people_lie(
    world, claims, signed, size, told
):
    backed, _ = claims
    claimed(world, key=backed.key, group_size=size)
    sign_off(claim=backed, seal=stated(backed).seal, by=world.person("leah"))

    (line,) = [line for line in national(world).rests_on if line.claim == backed.pk]

    assert line.people == told


def test_pdf_of_a_national_report_with_marks_can_be_read_aloud(world, signed):
    pdf = render_checked_pdf("national", asdict(national(world)))

    assert gate.problems(pdf.content) == []


def test_a_national_report_frozen_before_its_marks_led_anywhere_is_still_set(world, signed):
    frozen = asdict(national(world))
    del frozen["rests_on"]

    page = rendering.body_html("national", frozen)

    assert "[S1]" in page
    assert "#S1" not in page
    assert "What the statements of impact rest on" not in page


@pytest.mark.usefixtures("owen_reads")
@pytest.mark.parametrize(("name", "is_open"), [("owen", True), ("nadia", False)])
def test_report_on_the_site_leads_on_to_the_page_of_a_claim_who_may_read_it(
    world, as_person, signed, name, is_open
):
    nadia = world.person("nadia")
    report = ask_for_national(
        programme=world.programme, alliances=[world.abbot], about="One", by=nadia
    )
    build_report(report.pk)
    address = f'href="/claims/{signed.claim_id}/"'

    page = as_person(name).get(f"/reports/{report.pk}/read/")

    assert page.status_code == 200
    assert page.content.decode().count('<div class="doc">') == 1
    assert (address in page.content.decode()) is is_open


def test_account_of_an_enquiry_leads_to_the_pages_of_its_claims(world, as_person, claims):
    page = as_person("leah").get(f"/enquiries/{world.enquiry.pk}/account/").content.decode()

    assert page.count('<div class="doc">') == 1
    assert {f"/claims/{claim.pk}/" for claim in world.enquiry.claims.all()} == set(
        re.findall(r'href="(/claims/\d+/)"', page)
    )


def test_case_study_draws_how_strong_the_evidence_is(world, claims):
    backed, _ = claims
    claimed(world, by="faye", key=backed.key, moderated="evidence-very-limited")

    (drawn,) = build_case_study(world.enquiry).strength

    assert drawn.series == [
        "Validity",
        "Triangulation",
        "Reliability",
        "Comparison",
        "People",
        "Lost",
        "Self-rated",
        "Moderated",
    ]
    (row,) = drawn.rows
    assert row.label == f"C{backed.position}: Teachers plan together more often."
    assert row.values == [1, 1, 0, 0, None, None, None, None]
    assert row.texts == [
        "Passed",
        "Passed",
        "Failed",
        "None",
        "Not said",
        "Not known",
        "Limited",
        "Very limited",
    ]
    assert drawn.sentence == (
        f"C{backed.position}: validity passed, triangulation passed, reliability failed, "
        "comparison none, people not said, lost not known, self-rated limited, "
        "moderated very limited."
    )


def test_nothing_is_drawn_where_no_claim_rests_on_anything(world):
    assert build_case_study(world.enquiry).strength == []
