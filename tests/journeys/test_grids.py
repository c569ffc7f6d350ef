"""A place on a drawn grid, by keyboard and without script; the coach beside the question."""

from playwright.sync_api import expect

from enquiries.actions import list_enquiry
from enquiries.models import InnovationPlacing
from tests.journeys.visitor import PHONE

PLACE = "Distance from existing practice: {} existing practice. Extent of change: {}."
FOCUSED = "() => document.activeElement.labels?.[0]?.innerText.trim() ?? ''"


def test_place_is_pointed_at_with_the_arrow_keys_on_a_phone(sign_in, world):
    leah = sign_in("leah")
    leah.open(f"/enquiries/{world.enquiry.pk}/forms/innovation/new/")
    leah.page.set_viewport_size(PHONE)
    leah.page.get_by_label("Which placing is this?").focus()
    leah.page.keyboard.type("Int")
    leah.page.keyboard.press("Tab")
    assert leah.page.evaluate(FOCUSED).startswith(PLACE.format("near", "minor"))

    for key in ("ArrowDown", "ArrowRight", "ArrowRight", "ArrowRight", "ArrowDown"):
        leah.page.keyboard.press(key)
    assert leah.page.evaluate(FOCUSED).startswith(PLACE.format("far from", "major"))
    leah.page.keyboard.press("Tab")
    with leah.page.expect_navigation():
        leah.page.keyboard.press("Enter")
    leah.look()

    leah.says("Innovation grid: saved.")
    leah.open(f"/enquiries/{world.enquiry.pk}/forms/innovation/")
    assert leah.column("Extent of change") == ["Major"]


def test_place_is_pointed_at_without_script(sign_in, world):
    leah = sign_in("leah", script=False)
    leah.open(f"/enquiries/{world.enquiry.pk}/forms/innovation/new/")
    leah.press("Save")
    leah.says("Select a place on the grid")
    leah.page.get_by_label("Which placing is this?").select_option("As it turned out")
    leah.page.locator('.placing__cell:has(input[value="near,major"])').click()
    leah.press("Save")

    leah.says("Innovation grid: saved.")
    placing = InnovationPlacing.objects.get()
    assert (placing.distance, placing.extent) == ("near", "major")


def test_others_who_ask_alike_appear_as_the_question_is_written(sign_in, world):
    jurassic = world.programme.alliances.get(key="jurassic")
    list_enquiry(enquiry=jurassic.enquiries.get(), focus="Zebras", question="Why stripes?")
    leah = sign_in("leah")
    leah.open(f"/enquiries/{world.enquiry.pk}/edit/")
    others = leah.page.locator("[data-coach-others]")
    assert "Why stripes?" not in others.inner_text()

    leah.fill(Collective_question_of_enquiry="Do stripes help pupils to write?")

    expect(others).to_contain_text("Why stripes?")
    leah.look()
    leah.follow("Test the question")
    leah.says("It has passed 0 of its 6 tests")
