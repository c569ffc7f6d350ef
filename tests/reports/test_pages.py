"""What the pages say to whom, and that a longer list costs no more queries."""

import re
from datetime import datetime
from html import unescape

import pytest
from django.template import Context, Template
from django.template.defaultfilters import filesizeformat
from django.utils.html import strip_tags

from alliances.actions import assign, list_alliance, record_cluster
from alliances.models import Alliance
from alliances.roles import Role
from enquiries.actions import list_enquiry, log_entry, open_enquiry
from enquiries.models import Challenge, Cycle, Enquiry, HelpRequest, LeadershipEntry, Trial
from reports.actions import ask_for_case_study, ask_for_national, build_report, keep_counts
from reports.models import Report
from reports.views.overview import ROWS_ON_A_PAGE
from tests.measuring import add_measure
from tests.pages import queries_of
from tests.world import SINCE, log

NUMBERS = [1, 3]


def text(response) -> str:
    """The words of a page's main part, with single spaces."""
    main = re.search(r"<main.*?</main>", response.content.decode(), re.DOTALL).group()
    return " ".join(unescape(strip_tags(main)).split())


def row_headings(response) -> list[str]:
    headings = re.findall(r'<th scope="row".*?</th>', response.content.decode(), re.DOTALL)
    links = [re.search(r"<a[^>]*>(.*?)</a>", heading, re.DOTALL) for heading in headings]
    return [unescape(strip_tags(link.group(1))).strip() for link in links if link]


def affinity() -> Enquiry:
    return Enquiry.objects.get(alliance__key="affinity")


@pytest.mark.parametrize(
    ("at", "told"),
    [
        ("2018-08-05T08:05:00+01:00", "5 August 2018, 8:05am"),
        ("2018-08-05T11:30:00+00:00", "5 August 2018, 12:30pm"),
        ("2018-12-31T23:59:00+00:00", "31 December 2018, 11:59pm"),
    ],
)
def test_moments_are_told_in_words_and_in_local_time(at, told):
    template = Template("{% load moments %}{{ at|moment }}")

    assert template.render(Context({"at": datetime.fromisoformat(at)})) == told


# ---- an enquiry ----------------------------------------------------------------------------


def fill(enquiry: Enquiry, world, number: int):
    leah = world.person("leah")
    cycle = log_entry(Cycle, enquiry=enquiry, by=leah, label="One", period="", tried="Pairs")
    for each in range(number):
        add_measure(
            enquiry=enquiry,
            by=leah,
            baseline={"kind": "number", "value": each},
            level="pupil",
            name=f"Measure {each}",
            instrument="test",
            population="Year 4",
        )
        log(LeadershipEntry, enquiry=enquiry, by=leah, behaviour="Trust", reflection="It.")
        log(
            Trial,
            cycle=cycle,
            by=leah,
            held_on=SINCE,
            strategy="Pairs",
            done="Did.",
            experienced="Saw.",
            reflection="Thought.",
            recommendation="Keep.",
        )
        log(HelpRequest, enquiry=enquiry, text="How?", by=leah)
        ask_for_case_study(enquiry=enquiry, by=leah)


@pytest.mark.parametrize("number", NUMBERS)
def test_longer_enquiry_takes_no_more_queries(as_person, world, number):
    enquiry = affinity()
    fill(enquiry, world, number)
    client = as_person("marcus")

    taken = {
        page: queries_of(client, f"/enquiries/{enquiry.pk}/{page}")
        for page in ("", "measures/", "account/")
    }

    assert taken == {"": 35, "measures/": 9, "account/": 38}


def test_lead_is_offered_to_log_and_to_change(as_person, world):
    page = as_person("leah").get(f"/enquiries/{world.enquiry.pk}/").content.decode()

    offered = {word for word in OFFERS if word in page}
    assert offered == OFFERS - {"Send answer", ">Answer<"}


OFFERS = {"Log something", "Ask for help", "Make the case study", ">Answer<", "Send answer"}


@pytest.mark.parametrize(
    ("person", "offered"),
    [
        ("tom", {"Log something", "Ask for help"}),
        ("faye", {"Log something", "Make the case study", ">Answer<"}),
        ("owen", {"Make the case study"}),
    ],
)
def test_others_are_offered_what_they_may_do(as_person, world, person, offered, owen_reads):
    page = as_person(person).get(f"/enquiries/{world.enquiry.pk}/").content.decode()

    assert {word for word in OFFERS if word in page} == offered


def test_bare_enquiry_says_what_comes_next(as_person, world):
    enquiry = affinity()
    assign(
        user=world.person("zoe"),
        role=Role.PROJECT_LEAD,
        scope=enquiry.alliance,
        by=None,
        starts_on=SINCE,
    )

    page = text(as_person("zoe").get(f"/enquiries/{enquiry.pk}/"))

    due = page.partition("What is due ")[2].partition(" Log something")[0]
    assert due == (
        "All that the method asks of this enquiry now, whoever is asked. What of it you are asked "
        "to do is a link here, and is in My week too. Start a cycle Start one, 5 minutes Due"
    )
    assert page.endswith(
        "Latest entries Nothing is in the logs yet Forms that were filled in are among the forms "
        "of the method. What the published account of the project says is on the page of "
        "everything logged. Start with what happened this week. "
        "Measures No measures yet Choose what you will measure and take its baseline before "
        "anything is tried. Add a measure"
    )


def test_latest_entries_lead_to_the_forms_they_were_written_in(world, as_person):
    leah = as_person("leah")
    logged = log(Challenge, enquiry=world.enquiry, by=world.person("leah"), challenge="Cover")

    page = leah.get(f"/enquiries/{world.enquiry.pk}/").content.decode()

    address = f"/enquiries/{world.enquiry.pk}/forms/challenge/{logged.key}/"
    assert f'<a class="govuk-link" href="{address}">Cover</a>' in page
    assert leah.get(address).status_code == 200


def test_measures_are_exact_for_the_alliance_and_withheld_for_others(as_person, world):
    path = f"/enquiries/{world.other_enquiry.pk}/measures/"

    pages = {person: text(as_person(person).get(path)) for person in ("ravi", "marcus")}

    assert {person: "[c]" in page for person, page in pages.items()} == {
        "ravi": False,
        "marcus": True,
    }
    assert pages["marcus"].endswith("[c] withheld, because it rests on few pupils.")


def test_page_without_measures_offers_to_add_one_to_those_who_may(as_person, world):
    path = f"/enquiries/{affinity().pk}/measures/"

    page = text(as_person("marcus").get(path))

    assert page == f"{affinity()} Measures and readings No measures yet"


# ---- an alliance and a cluster -------------------------------------------------------------


def test_alliance_is_open_to_a_partner_without_its_enquiry(as_person, world):
    page = as_person("uma").get(f"/alliances/{world.abbot.pk}/")

    assert "Peer-to-peer coaching between and within schools" in text(page)
    assert "Open the enquiry" not in text(page)
    assert "Make the case study" not in text(page)


@pytest.mark.parametrize("number", NUMBERS)
def test_alliance_with_more_enquiries_takes_seven_queries(
    as_person, world, number, django_assert_num_queries
):
    alliance = affinity().alliance
    for _ in range(number - 1):
        list_enquiry(enquiry=open_enquiry(alliance=alliance, by=None), focus="Marking")
    client = as_person("nadia")

    with django_assert_num_queries(7):
        page = client.get(f"/alliances/{alliance.pk}/")

    heading = '<h2 class="govuk-heading-l">Enquiry of Affinity TSA'
    assert page.content.decode().count(heading) == number


def test_cluster_puts_the_alliance_that_needs_most_first(as_person, world):
    page = as_person("faye").get(f"/clusters/{world.south.pk}/")

    assert row_headings(page) == ["Jurassic Coast TSA", "George Abbot Teaching School Alliance"]
    assert "one school left" in text(page)


@pytest.mark.parametrize(
    "keys", [["georgeabbot"], ["georgeabbot", "centralbeds", "affinity"]], ids=["1", "3"]
)
def test_cluster_takes_the_same_queries(as_person, world, keys, django_assert_num_queries):
    members = Alliance.objects.filter(key__in=keys)
    cluster = record_cluster(programme=world.programme, name="East", alliances=members, by=None)
    client = as_person("owen")

    with django_assert_num_queries(41):
        counted_now = client.get(f"/clusters/{cluster.pk}/")
    keep_counts()
    with django_assert_num_queries(14):
        kept = client.get(f"/clusters/{cluster.pk}/")

    assert len(row_headings(kept)) == len(keys)
    assert text(counted_now) == text(kept)


def test_empty_cluster_says_who_fills_it(as_person, world):
    cluster = record_cluster(programme=world.programme, name="East", alliances=[], by=None)

    page = text(as_person("owen").get(f"/clusters/{cluster.pk}/"))

    assert page == (
        "Cluster East Meetings of the cluster Alliances side by side "
        "No alliance is in this cluster yet The national team puts alliances into clusters."
    )


# ---- the programme -------------------------------------------------------------------------


def found(as_person, world, **query) -> list[str]:
    return row_headings(as_person("nadia").get(f"/programmes/{world.programme.pk}/", query))


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({"theme": "none"}, ["Affinity TSA"]),
        ({"text": "George Abbot TSA"}, ["George Abbot Teaching School Alliance"]),
        ({"theme": "3", "text": "trio"}, ["Jurassic Coast TSA"]),
        ({"cohort": "1"}, []),
    ],
)
def test_programme_is_filtered(as_person, world, query, names):
    assert found(as_person, world, **query) == names


def test_programme_filtered_by_cluster(as_person, world):
    assert found(as_person, world, cluster=world.midlands.pk) == [
        "Affinity TSA",
        "Central Bedfordshire Teaching School Partnership",
    ]


def test_programme_is_paged_and_keeps_its_filter(as_person, world):
    for number in range(ROWS_ON_A_PAGE + 1):
        listed(world, number)
    client, path = as_person("nadia"), f"/programmes/{world.programme.pk}/"

    first = client.get(path, {"text": "spelling"})
    second = client.get(path, {"text": "spelling", "page": "2"})
    beyond = client.get(path, {"page": "99"})

    assert len(row_headings(first)) == ROWS_ON_A_PAGE
    assert row_headings(second) == ["Zebra 25"]
    assert "Showing 26 to 26 of 26 enquiries" in text(second)
    assert 'href="?text=spelling&amp;page=1"' in second.content.decode()
    assert row_headings(beyond) == row_headings(client.get(path, {"page": "2"}))


def listed(world, number: int):
    alliance, _ = list_alliance(
        programme=world.programme,
        key=f"zebra-{number}",
        name=f"Zebra {number:02}",
        theme=None,
        cohort=None,
        other_names=[],
        partners=[],
        by=None,
        region="Dorset",
    )
    list_enquiry(enquiry=open_enquiry(alliance=alliance, by=None), focus="Spelling")


@pytest.mark.parametrize("wanted", [{"text": "trio"}, {"theme": "3"}], ids=["1", "3"])
def test_programme_takes_the_same_queries(as_person, world, wanted, django_assert_num_queries):
    client = as_person("nadia")

    with django_assert_num_queries(12):
        client.get(f"/programmes/{world.programme.pk}/", wanted)


def test_national_report_covers_what_the_filter_shows(as_person, world):
    answer = as_person("nadia").post(
        f"/programmes/{world.programme.pk}/report/", {"cluster": world.south.pk, "text": "trio"}
    )

    report = Report.objects.get()
    assert answer.url == f"/reports/{report.pk}/"
    assert (report.about, report.selected) == (
        "South; “trio”",
        [world.programme.alliances.get(key="jurassic").pk],
    )


def test_national_report_over_nothing_is_refused_in_words(as_person, world):
    answer = as_person("nadia").post(
        f"/programmes/{world.programme.pk}/report/", {"text": "nowhere"}, follow=True
    )

    assert Report.objects.count() == 0
    assert [str(message) for message in answer.context["messages"]] == [
        "No alliance fits the filter, so there is nothing to report on."
    ]


# ---- reports -------------------------------------------------------------------------------


@pytest.fixture
def report(world) -> Report:
    return ask_for_case_study(enquiry=affinity(), by=world.person("marcus"))


def page_of(as_person, report, person="marcus"):
    return as_person(person).get(f"/reports/{report.pk}/")


def test_waiting_report_says_that_it_waits(as_person, report):
    page = page_of(as_person, report)

    assert 'data-state="queued"' in page.content.decode()
    assert "Waiting for a free worker 0%" in text(page)
    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in page.content.decode()


def test_report_under_way_says_how_far_it_is(as_person, report):
    Report.objects.filter(pk=report.pk).update(
        status=Report.Status.BUILDING, progress=40, stage="Setting the pages"
    )

    page = page_of(as_person, report)

    assert 'data-state="building"' in page.content.decode()
    assert "Setting the pages 40%" in text(page)


def test_ready_report_offers_its_file_and_tells_fingerprints(as_person, report):
    build_report(report.pk)
    report.refresh_from_db()

    page = page_of(as_person, report)

    size = filesizeformat(len(report.rendition.file)).replace("\xa0", " ")
    assert f"Download PDF ({report.rendition.pages} pages, {size})" in text(page)
    assert f"Fingerprint of the data {report.data_hash}" in text(page)
    assert f"Fingerprint of the file {report.rendition.file_hash}" in text(page)
    assert "http-equiv" not in page.content.decode()


def test_ready_report_without_a_file_says_why_and_can_be_read(as_person, report):
    build_report(report.pk)
    Report.objects.filter(pk=report.pk).update(rendition=None, problem="Pango is missing.")

    page = page_of(as_person, report)
    file = as_person("marcus").get(f"/reports/{report.pk}/file/")

    assert "Pango is missing. Read it as a web page" in text(page)
    assert file.status_code == 404


def test_failed_report_says_why_and_offers_to_try_again(as_person, report):
    report.alliance.enquiries.update(document={"outline": [{}]})
    build_report(report.pk)

    page = page_of(as_person, report)

    assert (
        "The report could not be made Something went wrong while it was made. "
        f"Quote report {report.pk}. Try again"
    ) in text(page)


def test_unfinished_report_cannot_be_read_or_downloaded(as_person, report):
    marcus = as_person("marcus")

    answers = [marcus.get(f"/reports/{report.pk}/{what}/").status_code for what in ("read", "file")]

    assert answers == [404, 404]


def test_report_is_read_as_a_web_page(as_person, report):
    build_report(report.pk)

    page = as_person("marcus").get(f"/reports/{report.pk}/read/")

    assert (page.status_code, "Lesson study" in text(page)) == (200, True)


def test_file_is_sent_to_be_kept_under_a_telling_name(as_person, report):
    build_report(report.pk)
    report.refresh_from_db()

    answer = as_person("marcus").get(f"/reports/{report.pk}/file/")

    assert answer.content == bytes(report.rendition.file)
    assert answer["Content-Disposition"] == (
        f'attachment; filename="affinity-tsa-case-study-{report.pk}.pdf"'
    )
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_page_of_a_report_is_not_kept_by_the_browser(as_person, report):
    assert "no-store" in page_of(as_person, report)["Cache-Control"]


@pytest.mark.parametrize("what", ["", "read/", "file/"])
@pytest.mark.parametrize("person", ["leah", "faye", "uma", "zoe"])
def test_report_of_another_alliance_is_not_there(as_person, world, report, what, person):
    build_if_wanted(report, what)

    assert as_person(person).get(f"/reports/{report.pk}/{what}").status_code == 404


def build_if_wanted(report: Report, what: str):
    """Its page is there from the start; the rest would be missing for everybody before."""
    if what and report.rendition is None:
        build_report(report.pk)


def test_list_of_reports_is_empty_at_first(as_person, world):
    page = text(as_person("leah").get("/reports/"))

    assert page == (
        "Reports Export everything you may see, as CSV, Excel or JSON "
        "No reports yet Ask for a case study on the page of an enquiry or an alliance, "
        "and it will be listed here."
    )


@pytest.mark.parametrize("number", NUMBERS)
def test_list_of_reports_takes_three_queries(as_person, world, number, django_assert_num_queries):
    for each in range(number):
        ask_for_national(
            programme=world.programme,
            alliances=[world.abbot],
            about=f"Choice {each}",
            by=world.person("nadia"),
        )
    client = as_person("nadia")

    with django_assert_num_queries(3):
        page = client.get("/reports/")

    assert len(row_headings(page)) == number
