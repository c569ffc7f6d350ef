"""What Leah writes is read by those who may, and nobody's name leaves with a report."""

import json
from dataclasses import asdict

import pytest
from django.utils import timezone

from alliances.models import User
from enquiries.actions import answer_help
from enquiries.models import HelpRequest, LeadershipEntry, Trial
from reports.builders import build_case_study, build_national
from reports.models import Kind
from tests.measuring import add_measure
from tests.reports.issued import everything, issue_every_kind
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
        ("owen", set()),
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


def test_pages_tell_the_national_team_what_was_logged_once_they_are_opened(
    planted, as_person, owen_reads
):
    assert markers_on(as_person("owen"), planted) == MARKERS


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


def where(printed: dict[str, dict[str, str]], *words: str) -> dict[str, list[str]]:
    """By kind the formats in which any of the words stands; kinds with none are left out."""
    found = {
        kind: [form for form, told in forms.items() if any(word in told for word in words)]
        for kind, forms in printed.items()
    }
    return {kind: forms for kind, forms in found.items() if forms}


def test_reports_of_every_kind_name_nobody_and_answer_nobody_in_any_format(planted):
    """What they do tell is found in each file, so that what they must not tell would be too."""
    reports = issue_every_kind(planted, timezone.localdate())
    people = [word for user in User.objects.all() for word in (user.name, user.email)]

    printed = {kind: everything(report) for kind, report in reports.items()}

    assert sorted(printed) == sorted(Kind)
    assert where(printed, "George Abbot") == {k: list(forms) for k, forms in printed.items()}
    assert where(printed, *people) == where(printed, ANSWER) == {}
    assert where(printed, HELP) == {
        "cluster-summary": ["data", "page", "pdf", "xlsx", "csv", "json"]
    }
    assert len(people) == 26
