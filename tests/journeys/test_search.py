"""What people look for and find, by the box on every page and in the public library."""

import pytest

from tests import desk


@pytest.mark.parametrize("script", [True, False])
def test_leah_mistypes_and_still_finds_her_trial(sign_in, script):
    leah = sign_in("leah", script=script)
    leah.page.get_by_role("searchbox", name="Search everything you may read").fill("piared")
    leah.press("Search")

    leah.follow("paired", exact=True)
    leah.follow("What was logged", exact=True)
    marked = leah.page.locator("mark").all_inner_texts()
    leah.follow("Trial: Paired planning")

    assert marked == ["Paired", "pairs"]
    assert leah.page.get_by_label("Strategy tried").input_value() == "Paired planning"


def test_keyboard_alone_leads_from_any_page_to_what_was_found(sign_in):
    leah = sign_in("leah")
    box = leah.page.get_by_role("searchbox", name="Search everything you may read")
    for _ in range(12):
        leah.page.keyboard.press("Tab")
        if box.evaluate("box => box === document.activeElement"):
            break

    leah.page.keyboard.type("paired")
    with leah.page.expect_navigation():
        leah.page.keyboard.press("Enter")
    leah.look()

    assert leah.heading == "Search"
    assert leah.page.locator("mark").first.inner_text() == "Paired"


def test_visitor_finds_a_case_study_and_looks_at_its_poster(visit, world):
    desk.published(world)
    visitor = visit()
    visitor.open("/case-studies/")
    visitor.write("Words to look for", "teachers planned")
    visitor.press("Apply filters")
    visitor.says("1 case study")
    visitor.follow("Clear filters")
    visitor.follow("Look at all of them as posters")
    visitor.follow("Planning in pairs")

    assert visitor.heading == "Planning in pairs"
