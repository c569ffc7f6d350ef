"""Pictures of how far figures can be trusted."""

from uuid import uuid4

from enquiries.actions import save_sheet
from impact.models import DataTest
from impact.queries import DataSet
from reports.builders.pictures import trust_chart


def test_every_tested_set_is_told_by_its_last_tests():
    chart = trust_chart([DataSet(1, "Mock", "pass", "fail", ""), DataSet(2, "View")])

    assert [(row.label, row.values, row.texts) for row in chart.rows] == [
        ("Mock", [1, 0, None], ["passed", "failed", "not tested"])
    ]
    assert chart.sentence == (
        "Mock: validity passed, triangulation failed, reliability not tested."
    )


def test_nothing_is_drawn_where_nothing_was_tested():
    assert trust_chart([DataSet(1, "View")]) is None


def test_page_of_measures_shows_what_was_tested(world, as_person, owen_reads):
    address = f"/enquiries/{world.enquiry.pk}/measures/"
    measure = world.enquiry.measures.first()
    before = as_person("owen").get(address).context["tests"]

    save_sheet(
        DataTest,
        place={"enquiry": world.enquiry, "key": uuid4()},
        seen={},
        wanted={
            "measure_id": measure.pk,
            "is_valid": "pass",
            "is_triangulated": "fail",
            "is_reliable": "pass",
            "methods": 1,
            "respondent_groups": 1,
        },
        by=world.person("leah"),
    )

    after = as_person("owen").get(address).context["tests"]
    assert before is None
    assert after["rows"][0]["texts"] == ["passed", "failed", "passed"]
