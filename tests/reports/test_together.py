"""What the figures of a programme say together: findings counted, and few alliances protected."""

import pytest
from django.urls import reverse

from impact.queries import measures_across
from reports.together import Row, together
from tests import world as cast
from tests.claims import claimed


def told_by(world, *keys: str) -> None:
    """George Abbot's enquiry told by other alliances too, word for word."""
    (doc,) = cast.enquiry_docs("george-abbot").values()
    for key in keys:
        name = world.programme.alliances.get(key=key).name
        alliance = doc.alliance.model_copy(update={"name": name, "short_name": name})
        docs = {key: doc.model_copy(update={"alliance": alliance})}
        cast.import_enquiries(docs, programme=world.programme, by=None)


def figures(rows) -> dict[str, list[str]]:
    return {row.title: row.figures for row in rows}


def test_findings_are_counted_by_whose_change_they_show(world):
    found = together(world.programme, exact=True)

    lines = figures(found.by_level)
    assert found.columns == ["Improved", "No change", "Worse", "Cannot be told", "In all"]
    assert list(lines) == ["Pupils", "Teachers", "Schools", "The alliance", "In all"]
    assert lines["Teachers"] == ["2", "0", "0", "25", "27"]
    assert lines["Schools"] == ["0", "0", "0", "4", "4"]
    assert lines["The alliance"] == ["0", "0", "0", "1", "1"]
    assert (lines["Pupils"][-1], lines["In all"][-1]) == ("37", "69")


def test_background_and_who_took_part_are_left_out(world):
    found = together(world.programme, exact=True)

    measures = sum(map(len, measures_across(world.programme).values()))
    assert found.left_out == "2"
    assert measures == 69 + 2


def test_reasons_add_up_to_what_cannot_be_told(world):
    found = together(world.programme, exact=True)

    counts = [int(row.figures[0]) for row in found.reasons]
    assert sum(counts) == int(figures(found.by_level)["In all"][3])
    assert counts == sorted(counts, reverse=True)


def test_figures_of_fewer_alliances_than_wanted_are_withheld(world):
    told_by(world, "affinity")

    found = together(world.programme, exact=False)

    assert figures(found.by_level)["Teachers"] == ["[c]", "0", "0", "40"]


def test_sums_and_reasons_are_only_for_who_sees_each_alliance(world):
    told_by(world, "affinity")

    found = together(world.programme, exact=False)

    assert found.columns == ["Improved", "No change", "Worse", "Cannot be told"]
    assert list(figures(found.by_level)) == ["Pupils", "Teachers", "Schools", "The alliance"]
    assert found.reasons == []


@pytest.mark.parametrize(("fewest", "improved"), [(3, "6"), (4, "[c]")])
def test_programme_says_how_many_are_enough(world, fewest, improved):
    told_by(world, "affinity", "jurassic")
    world.programme.fewest_schools = fewest

    found = together(world.programme, exact=False)

    assert figures(found.by_level)["Teachers"][0] == improved


def test_claims_are_counted_by_strength_and_by_the_way_their_measure_went(world):
    grades = world.enquiry.measures.filter(name__startswith="Self-assessed Ofsted grade")
    strands = world.enquiry.measures.filter(name__startswith="Effect of project strand")
    for measures in ([grades[0]], list(grades), [grades[0], strands[0]]):
        claimed(world, **{"evidence.measure": [measure.pk for measure in measures]})
    claimed(world)

    found = together(world.programme, exact=True)

    assert found.by_strength == [
        Row("Very strong", ["0", "0", "0", "0", "0"]),
        Row("Strong", ["0", "0", "0", "0", "0"]),
        Row("Moderate", ["0", "0", "0", "0", "0"]),
        Row("Limited", ["2", "0", "0", "1", "3"]),
        Row("Very limited", ["0", "0", "0", "0", "0"]),
    ]


def test_without_a_claim_on_evidence_there_is_nothing_to_count(world):
    assert together(world.programme, exact=True).by_strength == []


@pytest.mark.parametrize(("name", "exact"), [("owen", True), ("nadia", False)])
def test_only_the_national_team_reads_every_figure(name, exact, world, as_person):
    page = as_person(name).get(reverse("programme-together", args=[world.programme.pk]))

    assert page.context["exact"] is exact
    assert ("In all" in page.content.decode()) is exact


@pytest.mark.parametrize("more", [[], ["affinity", "jurassic"]])
def test_queries_together(world, more, as_person, django_assert_num_queries):
    told_by(world, *more)
    owen = as_person("owen")

    with django_assert_num_queries(27):
        owen.get(reverse("programme-together", args=[world.programme.pk]))
