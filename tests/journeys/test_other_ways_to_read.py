"""The same pages on paper, in the reader's own colours, and as a screen reader hears them."""

import pytest

from tests.claims import claimed, measured, with_tests

PRESSED = "nav:visible, button:visible, .govuk-button:visible, .govuk-breadcrumbs:visible"


@pytest.fixture
def judged_claim(world):
    """A claim whose measure has failed a test: its page has a chart."""
    measure = measured(world)
    with_tests(world, measure, is_reliable="fail")
    claimed(world, **{"evidence.measure": [measure.pk]})


def heard(visitor) -> list[tuple[str, str]]:
    """What the browser tells a screen reader, in order: role and name of each thing."""
    nodes = visitor.devtools.send("Accessibility.getFullAXTree")["nodes"]
    told = [node for node in nodes if not node["ignored"]]
    return [(node["role"]["value"], node.get("name", {}).get("value", "")) for node in told]


@pytest.mark.parametrize(
    "path", ["/", "/enquiries/{}/", "/enquiries/{}/forms/innovation/new/", "/enquiries/{}/claims/"]
)
def test_paper_has_nothing_to_press_and_all_that_is_folded(sign_in, world, judged_claim, path):
    leah = sign_in("leah")
    leah.open(path.format(world.enquiry.pk))
    on_screen = leah.page.locator(PRESSED).count()

    leah.page.emulate_media(media="print")

    assert on_screen > 0
    left = leah.page.locator(PRESSED).evaluate_all("all => all.map(e => e.outerHTML.slice(0, 150))")
    assert left == []
    heights = "() => [...document.querySelectorAll('details')].map((each) => each.offsetHeight)"
    printed = leah.page.evaluate(heights)
    leah.page.emulate_media(media="screen")
    folded = leah.page.evaluate(heights)
    assert [p for p, f in zip(printed, folded, strict=True) if p <= f] == []


def test_chart_is_told_in_a_sentence_and_as_a_table(sign_in, world, judged_claim):
    leah = sign_in("leah")
    leah.open(f"/enquiries/{world.enquiry.pk}/claims/")
    leah.page.locator(".chart-figure details summary").click()

    told = heard(leah)

    [picture] = [name for role, name in told if role == "image"]
    assert "How strong the evidence is" in picture
    headings = [name for role, name in told if role == "columnheader"]
    assert headings[-9:] == [
        "Claim",
        "Validity",
        "Triangulation",
        "Reliability",
        "Comparison",
        "People",
        "Lost",
        "Self-rated",
        "Moderated",
    ]
    assert ("cell", "Failed") in told


def test_grid_is_told_as_one_question_with_a_name_for_each_place(sign_in, world):
    leah = sign_in("leah")
    leah.open(f"/enquiries/{world.enquiry.pk}/forms/innovation/new/")

    told = heard(leah)

    places = [name.strip("\xa0") for role, name in told if role == "radio"]
    assert len(places) == len(set(places)) == 9
    assert [name for name in places if not name.startswith("Distance from existing")] == []


def test_chart_keeps_its_colours_and_focus_its_edge_in_own_colours(sign_in, world, judged_claim):
    leah = sign_in("leah")
    leah.open(f"/enquiries/{world.enquiry.pk}/claims/")

    leah.page.emulate_media(forced_colors="active", color_scheme="dark")

    chart = leah.page.locator("svg.chart:visible").first
    words = chart.locator("text").first
    link = leah.page.locator("main a.govuk-link").first
    link.focus()
    assert chart.evaluate("e => getComputedStyle(e).backgroundColor") == "rgb(255, 255, 255)"
    assert words.evaluate("e => getComputedStyle(e).forcedColorAdjust") == "none"
    assert link.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
    assert link.evaluate("e => getComputedStyle(e).outlineColor") != "rgba(0, 0, 0, 0)"
