"""What Leah writes is read by those who may, and nobody's name leaves with a report."""

import json
from dataclasses import asdict

import pytest

from alliances.models import User
from enquiries.actions import answer_help
from enquiries.models import HelpRequest, LeadershipEntry, Trial
from reports import rendering
from reports.actions import (
    ask_for_case_study,
    ask_for_national,
    begin_edition,
    build_report,
    issue_edition,
)
from reports.builders import build_case_study, build_national
from reports.formats import file_of, offered
from tests.journeys.visitor import text_of
from tests.measuring import add_measure
from tests.reports.unpacked import words_in
from tests.world import log

TRIAL, LEADERSHIP, HELP, ANSWER = "Quokka", "Axolotl", "Okapi", "Narwhal"
FEW = "Pangolin"
MARKERS = {TRIAL, LEADERSHIP, HELP, ANSWER}


@pytest.fixture
def planted(world):
    """The world, with a word in each log of Leah's that stands nowhere else."""
    leah, faye = world.person("leah"), world.person("faye")
    log(
        Trial,
        cycle=world.cycle,
        by=leah,
        held_on=world.cycle.trials.get().held_on,
        strategy=TRIAL,
        done=TRIAL,
        experienced=TRIAL,
        reflection=TRIAL,
        recommendation=TRIAL,
    )
    entry = {"behaviour": LEADERSHIP, "reflection": LEADERSHIP}
    log(LeadershipEntry, enquiry=world.enquiry, by=leah, **entry)
    asked = log(HelpRequest, enquiry=world.enquiry, text=HELP, by=leah)
    answer_help(request=asked, answer=ANSWER, by=faye)
    log(HelpRequest, enquiry=world.enquiry, text=HELP, by=leah)
    return world


def pages(world) -> list[str]:
    """Every page that speaks of Leah's alliance."""
    enquiry, alliance = world.enquiry.pk, world.abbot.pk
    return [
        "/",
        f"/enquiries/{enquiry}/",
        f"/enquiries/{enquiry}/measures/",
        f"/enquiries/{enquiry}/account/",
        f"/alliances/{alliance}/",
        f"/alliances/{alliance}/people/",
        f"/clusters/{world.south.pk}/",
        f"/programmes/{world.programme.pk}/",
        "/reports/",
    ]


def markers_on(client, world) -> set[str]:
    told = "".join(client.get(page, follow=True).content.decode() for page in pages(world))
    return {marker for marker in MARKERS if marker in told}


@pytest.mark.parametrize(
    ("person", "seen"),
    [
        ("leah", MARKERS),
        ("sam", MARKERS),
        ("tom", MARKERS),
        ("faye", MARKERS),
        ("owen", MARKERS),
        ("hana", set()),
        ("uma", set()),
        ("nadia", set()),
        ("ravi", set()),
        ("marcus", set()),
        ("pat", set()),
        ("sid", set()),
        ("zoe", set()),
        (None, set()),
    ],
)
def test_pages_tell_what_was_logged_only_to_those_who_may_read_it(planted, as_person, person, seen):
    assert markers_on(as_person(person), planted) == seen


def test_case_study_tells_trials_and_leadership_but_no_help(planted):
    told = json.dumps(asdict(build_case_study(planted.enquiry)))

    assert {marker for marker in MARKERS if marker in told} == {TRIAL, LEADERSHIP}


def test_account_of_everything_logged_tells_no_help(planted, as_person):
    page = as_person("leah").get(f"/enquiries/{planted.enquiry.pk}/account/").content.decode()

    assert {marker for marker in MARKERS if marker in page} == {TRIAL, LEADERSHIP}


def test_national_report_tells_no_trial_and_no_help(planted):
    told = json.dumps(asdict(national(planted)))

    assert {marker for marker in MARKERS if marker in told} == {LEADERSHIP}


def national(world):
    numbers = list(world.programme.alliances.values_list("pk", flat=True))
    return build_national(world.programme, numbers, "All alliances")


def test_small_group_logged_in_the_browser_is_withheld_from_every_report(planted):
    add_measure(
        enquiry=planted.enquiry,
        by=planted.person("leah"),
        baseline={"kind": "text", "text": FEW, "n": 3},
        level="pupil",
        name="Reading aloud",
        instrument="test",
        population="Year 4",
    )

    told = json.dumps([asdict(build_case_study(planted.enquiry)), asdict(national(planted))])

    assert FEW not in told
    assert FEW in json.dumps(asdict(build_case_study(planted.enquiry, exact=True)))


@pytest.fixture
def printed(planted) -> dict[str, str]:
    """Each kind of report that tells of Leah's alliance: data, page and files as one text."""
    nadia, owen = planted.person("nadia"), planted.person("owen")
    reports = [
        ask_for_case_study(alliance=planted.abbot, by=nadia),
        ask_for_national(
            programme=planted.programme,
            alliances=planted.programme.alliances.all(),
            about="All",
            by=nadia,
        ),
        issue_edition(
            edition=begin_edition(programme=planted.programme, theme=None, by=owen), by=owen
        ),
    ]
    return {report.kind: everything(report) for report in reports}


def everything(report) -> str:
    build_report(report.pk)
    report.refresh_from_db()
    file = bytes(report.rendition.file)
    page = rendering.body_html(report.kind, report.data)
    others = [words_in(file_of(report, each)) for each in offered(report).values()]
    told = [json.dumps(report.data), page, text_of(file), file.decode("latin-1")]
    return "\n".join([*told, *others])


def test_reports_name_nobody_of_the_site(printed):
    people = [word for user in User.objects.all() for word in (user.name, user.email)]

    found = {kind: [word for word in people if word in told] for kind, told in printed.items()}

    assert found == {"case-study": [], "national": [], "overarching": []}
    assert len(people) == 26


def test_reports_print_no_request_for_help(printed):
    found = {kind: [w for w in (HELP, ANSWER) if w in told] for kind, told in printed.items()}

    assert found == {"case-study": [], "national": [], "overarching": []}
