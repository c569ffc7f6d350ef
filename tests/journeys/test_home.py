"""The first page on a phone: the first thing to do is there before anybody scrolls."""

import pytest

SCREEN = {"width": 360, "height": 640}


@pytest.mark.parametrize("name", ["leah", "faye", "owen", "nadia", "uma"])
def test_first_act_stands_on_the_first_screen_of_a_phone(sign_in, name):
    visitor = sign_in(name)
    visitor.open("/")
    visitor.page.set_viewport_size(SCREEN)

    acts = visitor.page.locator("main .govuk-task-list__link, main .govuk-button")
    box = acts.first.bounding_box()

    assert box["y"] + box["height"] <= SCREEN["height"]
