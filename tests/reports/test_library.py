"""The public library: what is published, narrowed by what it tells."""

from types import SimpleNamespace

import pytest
from django.urls import reverse

from alliances.actions import found_alliance
from enquiries.actions import open_enquiry
from reports.manuscript.library import Wanted, books, choices, find
from reports.models import Report
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


@pytest.fixture
def three(world) -> None:
    publish(
        world,
        "Ash",
        theme_title="Leading well",
        phases=["primary"],
        methods=["interviews", "tests"],
        rests_on=[{"strength": "Limited"}, {"strength": "Strong"}],
    )
    publish(world, "Birch", phases=["primary", "secondary"], methods=["tests"])
    publish(world, "Cedar", theme_title="Leading well", rests_on=[{"strength": "Limited"}])


def titles(**wanted) -> list[str]:
    return sorted(book.title for book in books(find(Wanted(**wanted))))


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
    ],
)
def test_case_studies_are_narrowed_by_what_they_tell(three, wanted, found):
    assert titles(**wanted) == found


def test_only_what_some_case_study_tells_can_be_chosen(three):
    offered = choices()

    assert offered.theme == ["Leading well"]
    assert offered.phase == ["primary", "secondary"]
    assert offered.method == ["interviews", "tests"]
    assert offered.strength == ["Limited", "Strong"]


def test_strongest_claim_is_told(three):
    found = {book.title: book.strongest for book in books(find(Wanted()))}

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
