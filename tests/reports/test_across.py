"""The programme cluster by cluster, and what is withheld from those who see no alliance."""

from uuid import UUID

import pytest

from alliances.actions import found_alliance, record_cluster
from enquiries.actions import open_enquiry, save_sheet
from enquiries.models import Challenge, Enquiry, MaturityReview, Response
from reports.across import COLUMNS, across_clusters
from reports.actions import keep_counts
from tests.reports.test_standings import TODAY, grown


def figures(world, *, exact: bool) -> dict[str, list[str]]:
    found = across_clusters(world.programme, TODAY, exact=exact)
    return {str(line.cluster or "all"): line.figures for line in found.lines}


def enlarged(world, cluster, count: int, named: str = "more") -> None:
    """The cluster with so many more alliances."""
    for n in range(count):
        alliance = found_alliance(
            programme=world.programme, key=f"{named}-{n}", name=f"{named} {n}", by=None
        )
        open_enquiry(alliance=alliance, by=None)
        record_cluster(programme=world.programme, name=cluster.name, alliances=[alliance], by=None)


def test_clusters_are_counted_one_by_one_and_in_all(world):
    found = figures(world, exact=True)

    assert COLUMNS[:6] == (
        "Alliances", "Implementation", "Innovation", "Impact", "Ended", "Entries in 4 weeks"
    )  # fmt: skip
    assert found == {
        "Midlands": ["2", "0", "0", "1", "0", "0", "0", "Not answered"],
        "South": ["2", "0", "0", "1", "0", "0", "1", "Not answered"],
        "all": ["4", "0", "0", "2", "0", "0", "1", "Not answered"],
    }


def test_figures_of_fewer_than_three_alliances_are_withheld(world):
    enlarged(world, world.south, 1)

    found = figures(world, exact=False)

    assert found["Midlands"] == ["2", *["[c]"] * 7]


def test_total_does_not_give_a_withheld_cluster_away(world):
    enlarged(world, world.south, 1)

    found = figures(world, exact=False)

    assert found["South"] == ["3", *["[c]"] * 7]
    assert found["all"][0] == "5"


@pytest.mark.parametrize(("exact", "count"), [(True, "1"), (False, "[c]")])
def test_challenges_and_levels_count_alliances(world, exact, count):
    leah = world.person("leah")
    wanted = {"challenge": "Cover", "kind": "challenge-2"}
    for key in (UUID(int=1), UUID(int=2)):
        place = {"enquiry": world.enquiry, "key": key}
        save_sheet(Challenge, place=place, seen={}, wanted=wanted, by=leah)
    level = {"level.strand": "level-leading"}
    MaturityReview.objects.create(enquiry=world.enquiry, saved_by=leah, held_on=TODAY, cells=level)

    found = across_clusters(world.programme, TODAY, exact=exact)

    named = {tally.title: tally.count for tally in (*found.challenges, *found.maturity)}
    assert (named["Time"], named["Leading"], named["Beginning"]) == (count, count, "0")
    assert found.is_cut is not exact


@pytest.mark.parametrize(("exact", "shown"), [(True, "1 of 1"), (False, "[c]")])
def test_answers_of_fewer_than_three_alliances_are_withheld(world, exact, shown):
    enlarged(world, world.south, 2)
    place = {"enquiry": world.enquiry, "instrument": "progress-impact", "version": 1}
    items = {"answer.pq-impact-1": "A"}
    save_sheet(Response, place=place, seen={}, wanted=items, by=world.person("leah"))

    found = figures(world, exact=exact)

    assert (found["South"][-1], found["all"][-1]) == (shown, shown)


def test_total_does_not_give_the_answers_of_a_few_away(world):
    enlarged(world, world.south, 3)
    enlarged(world, world.midlands, 2, "other")
    items = {"answer.pq-impact-1": "A"}
    for cluster, many in ((world.south, 3), (world.midlands, 1)):
        for enquiry in Enquiry.objects.filter(alliance__cluster=cluster)[:many]:
            place = {"enquiry": enquiry, "instrument": "progress-impact", "version": 1}
            save_sheet(Response, place=place, seen={}, wanted=items, by=world.person("leah"))

    found = figures(world, exact=False)

    assert {name: line[-1] for name, line in found.items()} == {
        "Midlands": "[c]",
        "South": "[c]",
        "all": "4 of 4",
    }


@pytest.mark.parametrize(("name", "exact"), [("owen", True), ("nadia", False)])
def test_only_the_national_team_drills_down(name, exact, world, as_person):
    page = as_person(name).get(f"/programmes/{world.programme.pk}/clusters/")

    assert page.context["exact"] is exact
    assert (f"/clusters/{world.south.pk}/" in page.content.decode()) is exact


@pytest.mark.parametrize(("clusters", "each"), [(1, 1), (1, 3), (3, 3)])
def test_queries_across_clusters(clusters, each, world, as_person, django_assert_num_queries):
    grown(world, clusters, each)
    keep_counts()
    owen = as_person("owen")

    with django_assert_num_queries(12):
        owen.get(f"/programmes/{world.programme.pk}/clusters/")
