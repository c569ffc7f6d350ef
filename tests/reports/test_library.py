"""The public library: what is published, narrowed by what it tells."""

from dataclasses import asdict
from types import SimpleNamespace

import pytest
import time_machine
from django.urls import reverse

from alliances.actions import found_alliance
from enquiries.actions import open_enquiry
from reports.actions import withdraw_publication
from reports.charts.values import Chart, ChartRow
from reports.manuscript.library import Library, Wanted, choices
from reports.models import Publication, Report
from tests.alliances.test_pages import text_of
from tests.desk import published


def publish(world, name: str, **told) -> None:
    """A case study of a new alliance, which tells this besides its words."""
    alliance = found_alliance(programme=world.programme, key=name.lower(), name=name, by=None)
    enquiry = open_enquiry(alliance=alliance, by=world.person("leah"))
    publication = published(
        SimpleNamespace(enquiry=enquiry, person=world.person),
        title=f"{name} plans",
        summary="Two teachers planned one lesson.",
    )
    report = Report.objects.get(pk=publication.report_id)
    report.data |= told
    report.save(update_fields=["data"])


def section(**told) -> dict:
    """What writers tell in a section, and show in it."""
    return {
        "key": "impact",
        "title": "What changed",
        "paragraphs": [],
        "charts": [],
        "quotations": [],
    } | told


@pytest.fixture
def three(world) -> None:
    publish(
        world,
        "Ash",
        theme_title="Leading well",
        phases=["primary"],
        methods=["interviews", "tests"],
        rests_on=[{"strength": "Limited"}, {"strength": "Strong"}],
        told=[section(paragraphs=["The teachers planned", "all of it together [T1]."])],
    )
    publish(
        world, "Birch", strands=["Lesson study"], phases=["primary", "secondary"], methods=["tests"]
    )
    publish(world, "Cedar", theme_title="Leading well", rests_on=[{"strength": "Limited"}])


def titles(**wanted) -> list[str]:
    return sorted(book.title for book in Library(Wanted(**wanted))[:9])


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, ["Ash plans", "Birch plans", "Cedar plans"]),
        ({"theme": "Leading well"}, ["Ash plans", "Cedar plans"]),
        ({"phase": "primary"}, ["Ash plans", "Birch plans"]),
        ({"method": "interviews"}, ["Ash plans"]),
        ({"strength": "Limited"}, ["Ash plans", "Cedar plans"]),
        ({"theme": "Leading well", "phase": "primary"}, ["Ash plans"]),
        ({"phase": "prim"}, []),
        ({"strand": "Lesson study"}, ["Birch plans"]),
        ({"q": "cedar"}, ["Cedar plans"]),
        ({"q": "interviews"}, ["Ash plans"]),
        ({"q": "lesson study"}, ["Birch plans"]),
        ({"q": "teachers planned together"}, ["Ash plans"]),
        ({"q": "plan", "phase": "secondary"}, ["Birch plans"]),
        ({"q": "plan", "strength": "Moderate"}, []),
        ({"q": "…"}, []),
    ],
)
def test_case_studies_are_narrowed_by_what_they_tell(three, wanted, found):
    assert titles(**wanted) == found


def test_only_what_some_case_study_tells_can_be_chosen(three):
    offered = choices()

    assert offered.theme == ["Leading well"]
    assert offered.strand == ["Lesson study"]
    assert offered.phase == ["primary", "secondary"]
    assert offered.method == ["interviews", "tests"]
    assert offered.strength == ["Limited", "Strong"]


def test_words_looked_for_are_marked_where_they_stand(three):
    (found,) = Library(Wanted(q="together"))[:9]

    assert [piece.text for piece in found.pieces if piece.is_marked] == ["together"]


def test_word_that_was_meant_is_offered(three, client):
    page = client.get("/case-studies/", {"q": "birhc", "phase": "secondary"})

    assert 'href="?q=birch&amp;phase=secondary"' in page.content.decode()


def test_poster_shows_the_first_picture_and_voice_of_its_writers(world, client):
    voice = {"first": "I ask now.", "second": "A pupil [Q1]"}
    chart = asdict(
        Chart(
            kind="dumbbell",
            title="Questions asked",
            sentence="Four, then nine.",
            unit="a lesson",
            series=["Before", "After"],
            rows=[ChartRow("Year 7", "", [4, 9], ["", "[u]"])],
            low=0,
            high=10,
        )
    )
    publish(
        world,
        "Ash",
        question="Do pupils ask more?",
        told=[section(), section(quotations=[voice], charts=[chart])],
        symbols=[{"first": "[u]", "second": "rests on few"}, {"first": "[x]", "second": "none"}],
    )

    page = text_of(client.get("/posters/").content.decode())

    assert page.count("Do pupils ask more?") == 1
    assert page.count("“I ask now.” A pupil") == 1
    assert page.count("Four, then nine.") == 1
    assert page.count("[u] rests on few.") == 1
    assert ("[Q1]" in page, "[x]" in page) == (False, False)


@pytest.mark.parametrize("more", [1, 3])
def test_posters_take_as_many_queries_for_one_as_for_three(
    more, world, client, django_assert_num_queries
):
    for number in range(more):
        publish(world, f"Oak {number}")

    # count, page
    with django_assert_num_queries(2):
        page = client.get("/posters/")

    assert text_of(page.content.decode()).count("plans") == more


def test_word_of_the_record_of_an_alliance_finds_nothing(world):
    publish(world, "Ash", context="Quokkas")

    assert titles(q="quokkas") == []


def test_what_is_withdrawn_is_in_neither_library_nor_gallery(three, world, client):
    ash = Publication.objects.get(slug__contains="ash").report.enquiry
    withdraw_publication(enquiry=ash, reason="Untrue", by=world.person("owen"))

    assert titles(q="plans") == ["Birch plans", "Cedar plans"]
    assert text_of(client.get("/posters/").content.decode()).count("plans") == 2


def test_gallery_is_empty_until_something_is_published(world, client):
    assert "none has been published yet" in client.get("/posters/").content.decode()


def test_strongest_claim_is_told(three):
    found = {book.title: book.strongest for book in Library(Wanted())[:9]}

    assert found == {"Ash plans": "Strong", "Birch plans": "", "Cedar plans": "Limited"}


def test_phases_of_the_schools_are_frozen(world):
    school = world.enquiry.participations.first().school
    school.phase = "primary"
    school.save()

    publication = published(world)

    assert "primary" in publication.report.data["phases"]
    assert "unknown" not in publication.report.data["phases"]


def test_value_that_nobody_tells_narrows_nothing(three, client):
    page = client.get("/case-studies/", {"theme": "'; DROP", "method": "tests"})

    assert text_of(page.content.decode()).count("plans") == 2


def test_library_says_when_nothing_fits(three, client):
    page = client.get("/case-studies/", {"theme": "Leading well", "phase": "secondary"})

    assert "No case study" in page.content.decode()


@pytest.mark.parametrize("more", [1, 3])
def test_search_in_it_takes_as_many_queries_for_one_as_for_three(
    more, world, client, django_assert_num_queries
):
    for number in range(more):
        publish(world, f"Oak {number}")

    # what can be chosen; the best; their marks, addresses and rows
    with django_assert_num_queries(5):
        page = client.get("/case-studies/", {"q": "lesson"})

    assert page.content.decode().count('class="book"') == more


@pytest.mark.parametrize("more", [1, 3])
def test_library_takes_as_many_queries_for_one_as_for_three(
    more, world, client, django_assert_num_queries
):
    for number in range(more):
        publish(world, f"Oak {number}")

    # what can be chosen, count, page
    with django_assert_num_queries(3):
        page = client.get("/case-studies/")

    assert text_of(page.content.decode()).count("plans") == more


def test_page_tells_how_to_cite_it(world, client, settings):
    publication = published(world)

    page = client.get(reverse("publication", args=[publication.slug]))

    year = publication.published_at.year
    address = f"{settings.SITE_URL}/case-studies/{publication.slug}/versions/1/"
    assert (
        f"George Abbot Teaching School Alliance ({year}). Planning in pairs, version 1. "
        f"{settings.AGENCY_NAME}. {address}"
    ) in text_of(page.content.decode())


@pytest.mark.parametrize(
    ("path", "after"),
    [("/case-studies/", 200), ("/posters/", 200), ("/case-studies/{slug}/", 404)],
    ids=["list", "posters", "study"],
)
def test_page_that_did_not_change_is_sent_once_to_whoever_is_signed_out(path, after, world, client):
    publication = published(world)
    url = path.format(slug=publication.slug)
    first = client.get(url)

    again = client.get(url, headers={"If-None-Match": first["ETag"]})
    withdraw_publication(enquiry=world.enquiry, reason="Wrong.", by=world.person("leah"))
    later = client.get(url, headers={"If-None-Match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert first["Vary"] == "Cookie"
    assert later.status_code == after


@pytest.mark.parametrize("path", ["/case-studies/", "/case-studies/{slug}/"])
def test_answer_that_is_no_page_is_kept_by_nobody(path, world, client):
    url = path.format(slug=published(world).slug)

    refused = client.get(url, headers={"If-Match": '"another"'})

    assert (refused.status_code, refused["Cache-Control"]) == (412, "private, no-store")
    assert not refused.has_header("ETag")


def test_page_of_somebody_signed_in_is_kept_by_nobody(world, as_person):
    published(world)

    page = as_person("leah").get("/case-studies/")

    assert not page.has_header("ETag")
    assert page["Cache-Control"] == "private, no-store"


def test_words_are_looked_for_so_often_a_minute_from_one_address(three, client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"library_search": "2/m/ip"}

    def look(**wanted) -> int:
        return client.get("/case-studies/", wanted).status_code

    with time_machine.travel("2026-03-02T12:00:00Z", tick=False) as clock:
        asked = [look(q="lesson") for _ in range(3)]
        narrowed = look(phase="primary")
        clock.shift(61)
        later = look(q="lesson")

    assert (asked, narrowed, later) == ([200, 200, 429], 200, 200)
