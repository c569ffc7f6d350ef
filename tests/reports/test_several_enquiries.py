"""Of two enquiries of one alliance each has reports, words and a publication of its own."""

import json
import re
from dataclasses import asdict, replace
from datetime import date
from importlib import import_module
from io import BytesIO

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from docx import Document

from alliances.actions import found_alliance
from alliances.content import words
from enquiries.actions import describe_enquiry, list_enquiry, open_enquiry, start_cycle
from enquiries.models import Enquiry
from reports.actions import ask_about_enquiry, ask_for_case_study, begin_edition, build_report
from reports.builders import build_edition, build_national
from reports.differences import earlier_issues
from reports.due import due_from
from reports.formats import file_of, named, offered
from reports.manuscript.standing import State, standings_of
from reports.models import ABOUT, Kind, Report
from reports.queries import headline_figures, listed
from reports.rendering import body_html
from reports.values import Figure
from tests.desk import WORDS, published
from tests.impact.sheets import opened
from tests.pages import queries_of, text

FILLING = "reports.migrations.0012_reports_of_first_enquiries"
TITLE = "Reading aloud to younger pupils"
ABBOT = "George Abbot Teaching School Alliance"
FIRST = "Peer-to-peer coaching between and within schools"


def another(world, title: str = TITLE) -> Enquiry:
    leah = world.person("leah")
    enquiry = open_enquiry(alliance=world.abbot, by=leah)
    asked = {"title": title, "question": "Do they read more?"}
    return describe_enquiry(enquiry=enquiry, by=leah, version=1, **asked)


@pytest.fixture
def second(world) -> Enquiry:
    enquiry = another(world)
    start_cycle(enquiry=enquiry, by=world.person("leah"), label="Autumn", tried="Pairs of readers")
    return enquiry


def built(kind: str, enquiry: Enquiry, by) -> Report:
    report = ask_about_enquiry(kind=Kind(kind), enquiry=enquiry, by=by)
    build_report(report.pk)
    report.refresh_from_db()
    return report


@pytest.mark.parametrize("kind", ["case-study", "interim-report", "final-report", "poster"])
def test_each_enquiry_is_told_in_a_report_of_its_own(world, second, kind):
    leah = world.person("leah")

    reports = [built(kind, enquiry, leah) for enquiry in (world.enquiry, second)]

    assert [(r.status, r.data["title"]) for r in reports] == [("ready", FIRST), ("ready", TITLE)]


def test_each_overview_is_of_the_cycle_of_its_enquiry(world, second):
    leah = world.person("leah")

    reports = [built("overview", enquiry, leah) for enquiry in (world.enquiry, second)]

    whose = world.abbot.name
    assert [(report.about, report.data["about"]) for report in reports] == [
        ("Year 2", f"{whose}, {FIRST}, {world.cycle}"),
        ("Autumn", f"{whose}, {TITLE}, {second.cycles.get()}"),
    ]


def test_reports_on_two_enquiries_wait_side_by_side_and_each_is_asked_for_once(world, second):
    leah = world.person("leah")

    asked = [
        ask_for_case_study(enquiry=enquiry, by=leah)
        for enquiry in (world.enquiry, second, world.enquiry, second)
    ]

    assert asked[:2] == asked[2:]
    assert [report.enquiry for report in asked[:2]] == [world.enquiry, second]
    assert Report.objects.count() == 2


def test_a_report_is_compared_with_those_on_its_own_enquiry(world, second):
    leah = world.person("leah")
    before = built("case-study", world.enquiry, leah)
    built("case-study", second, leah)

    later = built("case-study", world.enquiry, leah)

    assert list(earlier_issues(later)) == [before]


def test_subject_and_file_names_say_which_enquiry(world, second):
    leah = world.person("leah")

    reports = [ask_for_case_study(enquiry=each, by=leah) for each in (world.enquiry, second)]

    assert [str(report) for report in reports] == [
        f"Case study: {world.abbot}: {FIRST}",
        f"Case study: {world.abbot}: {TITLE}",
    ]
    whose = "george-abbot-teaching-school-alliance"
    assert [named(report, "pdf", "a3") for report in reports] == [
        f"{whose}-peer-to-peer-coaching-between-and-within-schools-case-study-a3-{reports[0].pk}.pdf",
        f"{whose}-reading-aloud-to-younger-pupils-case-study-a3-{reports[1].pk}.pdf",
    ]


def test_long_title_is_cut_in_file_names(world):
    enquiry = another(world, title="Words " * 40)

    report = ask_for_case_study(enquiry=enquiry, by=world.person("leah"))

    assert named(report, "json") == (
        "george-abbot-teaching-school-alliance-words-words-words-words-words-words-words-words-words"
        f"-words-wo-case-study-{report.pk}.json"
    )


@pytest.mark.parametrize(
    ("kind", "subject"),
    [
        ("case-study", f"{ABBOT}: {TITLE}"),
        ("final-report", f"{ABBOT}: {TITLE}"),
        ("poster", f"{ABBOT}: {TITLE}"),
        ("overview", f"{ABBOT}, {TITLE}, Autumn"),
    ],
)
def test_files_say_which_enquiry_as_it_was_called_when_they_were_frozen(
    world, second, kind, subject
):
    leah = world.person("leah")
    report = built(kind, second, leah)
    describe_enquiry(enquiry=second, by=leah, version=2, title="Renamed", question="Why?")
    report = Report.objects.get(pk=report.pk)

    told = {code: file_of(report, each) for code, each in offered(report).items()}

    assert json.loads(told["json"])["report"]["subject"] == subject
    about = dict(opened(told["xlsx"])["About"].iter_rows(max_col=2, values_only=True))
    assert about["Subject"] == subject
    if "docx" in told:
        assert Document(BytesIO(told["docx"])).core_properties.subject == subject


def test_files_on_an_enquiry_without_a_title_are_called_after_the_alliance(world):
    untitled = open_enquiry(alliance=world.abbot, by=world.person("leah"))
    report = built("case-study", untitled, world.person("leah"))

    told = json.loads(file_of(report, offered(report)["json"]))["report"]

    assert (told["subject"], told["title"]) == (ABBOT, ABBOT)


def test_published_case_study_of_one_enquiry_is_none_of_the_other(world, second):
    first = published(world)

    standings = standings_of([world.enquiry, second])

    assert [(each.state, each.publications) for each in standings] == [
        (State.PUBLISHED, (first,)),
        (State.NONE, ()),
    ]


def test_each_enquiry_publishes_its_own_words_at_an_address_of_its_own(world, second, client):
    first = published(world)

    later = published(replace(world, enquiry=second), title="Read to me", context="Two schools.")

    whose = "george-abbot-teaching-school-alliance"
    assert [(each.slug, each.report.version) for each in (first, later)] == [
        (whose, 1),
        (f"{whose}-2", 1),
    ]
    assert [each.report.data["title"] for each in (first, later)] == [WORDS["title"], "Read to me"]
    assert client.get(f"/case-studies/{whose}-2/").context["title"] == "Read to me"


def test_page_of_reports_tells_of_each_enquiry_under_its_name(world, second, as_person):
    leah = world.person("leah")
    reports = [built("poster", enquiry, leah) for enquiry in (world.enquiry, second)]

    page = as_person("leah").get(reverse("alliance-reports", args=[world.abbot.pk]))

    told = {
        enquiry: {made.kind.value: latest for made, latest in kinds}
        for enquiry, kinds in page.context["told"]
    }
    none = dict.fromkeys(ABOUT["enquiry"])
    assert told == {
        world.enquiry: {**none, "poster": reports[0]},
        second: {**none, "poster": reports[1]},
    }
    shown = page.content.decode()
    assert [shown.count(f'<h2 class="govuk-heading-l">{each}</h2>') for each in told] == [1, 1]


def test_page_of_reports_of_one_enquiry_does_not_name_it(world, as_person):
    page = as_person("leah").get(reverse("alliance-reports", args=[world.abbot.pk]))

    assert FIRST not in text(page)


def test_page_of_an_alliance_leads_to_the_case_study_of_each_enquiry(world, second, as_person):
    leah = world.person("leah")
    reports = [ask_for_case_study(enquiry=each, by=leah) for each in (world.enquiry, second)]

    page = as_person("faye").get(reverse("alliance", args=[world.abbot.pk]))

    shown = [(each, latest) for each, latest in page.context["enquiries"]]
    assert shown == [(world.enquiry, reports[0]), (second, reports[1])]


@pytest.mark.parametrize("name", ["alliance", "alliance-reports"])
@pytest.mark.parametrize("more", [0, 2])
def test_pages_of_an_alliance_take_as_many_queries_for_one_enquiry_as_for_three(
    world, as_person, name, more
):
    for number in range(more):
        enquiry = another(world, title=f"Enquiry {number}")
        ask_for_case_study(enquiry=enquiry, by=world.person("leah"))

    found = queries_of(as_person("faye"), reverse(name, args=[world.abbot.pk]))

    assert found == {"alliance": 8, "alliance-reports": 5}[name]


@pytest.mark.parametrize("more", [1, 3])
def test_list_of_reports_takes_as_many_queries_for_one_enquiry_as_for_three(world, as_person, more):
    for number in range(more):
        enquiry = another(world, title=f"Enquiry {number}")
        ask_for_case_study(enquiry=enquiry, by=world.person("leah"))

    assert queries_of(as_person("leah"), reverse("reports")) == 3


@pytest.mark.parametrize(
    ("person", "status"),
    [("leah", 302), ("nadia", 403), ("owen", 403), ("sam", 403), ("ravi", 404)],
)
def test_second_enquiry_is_asked_about_by_the_same_people(world, second, as_person, person, status):
    answer = as_person(person).post(reverse("enquiry-report-ask", args=[second.pk, "poster"]))

    assert answer.status_code == status
    assert Report.objects.filter(enquiry=second).count() == (status == 302)


def test_report_asked_for_by_the_version_before_is_on_the_first_enquiry(world, second):
    subject = {"programme": world.programme, "alliance": world.abbot}

    report = Report.objects.create(kind="poster", asked_by=world.person("leah"), **subject)

    report.refresh_from_db()
    assert report.enquiry == world.enquiry


def test_report_on_an_alliance_without_an_enquiry_cannot_be_stored(world):
    quiet = found_alliance(programme=world.programme, key="quiet", name="Quiet", by=None)
    subject = {"programme": world.programme, "alliance": quiet}

    with pytest.raises(IntegrityError, match="reports_report_subject"), transaction.atomic():
        Report.objects.create(kind="poster", asked_by=world.person("leah"), **subject)


def test_report_of_a_programme_that_names_an_alliance_cannot_be_stored(world):
    subject = {"programme": world.programme, "alliance": world.abbot}

    with pytest.raises(IntegrityError, match="reports_report_subject"), transaction.atomic():
        Report.objects.create(kind="national", asked_by=world.person("nadia"), **subject)


def test_reports_from_before_are_of_the_first_enquiry_that_they_were_made_of(
    world, second, monkeypatch
):
    leah, moving = world.person("leah"), import_module(FILLING)
    monkeypatch.setattr(moving, "BATCH", 1)
    reports = [
        ask_about_enquiry(kind=kind, enquiry=second, by=leah) for kind in (Kind.POSTER, Kind.FINAL)
    ]
    quiet = found_alliance(programme=world.programme, key="quiet", name="Quiet", by=None)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE reports_report DROP CONSTRAINT reports_report_subject")
    Report.objects.update(enquiry=None)
    subject = {"programme": world.programme, "alliance": quiet, "asked_by": leah}
    Report.objects.create(kind="poster", status="failed", **subject)

    moving.fill_in(apps, None)

    assert list(Report.objects.order_by("pk").values_list("pk", "enquiry")) == [
        (report.pk, world.enquiry.pk) for report in reports
    ]


def test_national_report_tells_of_both_enquiries_and_counts_the_alliance_once(world, second):
    first = world.enquiry.listing
    cited, others = first.key_messages[:1], first.key_messages[1:]
    list_enquiry(enquiry=world.enquiry, key_messages=others)
    list_enquiry(enquiry=second, key_messages=cited)

    told = build_national(world.programme, [world.abbot.pk], "One")

    assert [figure.first for figure in told.figures[1:3]] == ["1", "1"]
    assert [account.title for account in told.accounts] == [FIRST, TITLE]
    assert [row.values for row in told.charts[0].rows] == [[1]]
    assert {m.code for m in told.messages if m.alliances == [world.abbot.name]} == {*cited, *others}


def test_accounts_of_two_enquiries_stand_under_ids_of_their_own(world, second):
    told = build_national(world.programme, [world.abbot.pk], "One")

    body = body_html("national", asdict(told))

    pk = world.abbot.pk
    assert [body.count(f'id="alliance-{pk}{again}"') for again in ("", "-2")] == [1, 1]
    assert re.findall(rf"{ABBOT}: ([^<]+)</h2>", body) == [FIRST, TITLE]


def test_research_that_both_enquiries_build_on_is_counted_once(world, second):
    owen = world.person("owen")
    edition = begin_edition(programme=world.programme, theme=world.abbot.theme, by=owen)
    edition.programme.fewest_schools = 1
    code = next(iter(words("enquiries", "claims")))
    for enquiry in (world.enquiry, second):
        list_enquiry(enquiry=enquiry, claims=[code])

    told = build_edition(edition)

    assert [pair.second for pair in told.research] == ["1"]


def test_what_is_due_tells_enquiries_of_one_alliance_apart_and_only_those(world):
    leah, today = world.person("leah"), date(2026, 11, 22)
    alone = {due.enquiry for due in due_from(leah, today)}

    another(world)

    assert alone == {""}
    assert {due.enquiry for due in due_from(leah, today)} == {FIRST, TITLE}


def test_enquiry_that_has_not_begun_has_no_account(world):
    another(world)

    told = build_national(world.programme, [world.abbot.pk], "One")

    assert [account.title for account in told.accounts] == [FIRST]
    assert told.figures[2] == Figure("1", "with a full account of their enquiry", "accounts")


def test_programme_counts_alliances_and_not_their_enquiries(world, second):
    alliances = world.programme.alliances.all()

    figures = headline_figures(world.programme, alliances, listed(alliances))

    assert [(figure["label"], figure["value"]) for figure in figures[1:3]] == [
        ("alliances shown", 4),
        ("with a full account", 2),
    ]
