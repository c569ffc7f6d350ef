"""Tabs closed, sessions ended, lines cut, buttons pressed twice: nothing lost, nothing doubled."""

import pytest
from playwright.sync_api import expect

from enquiries.models import Draft, ReportingReview, Revision, SchoolPriority, Trial

PRIORITY = "Talk in pairs before writing"
STRATEGY = "Silent debate"


@pytest.fixture
def priority(world) -> str:
    school = world.enquiry.participations.first()
    return f"/enquiries/{world.enquiry.pk}/forms/priority/schools/{school.pk}/"


def describe_trial(visitor):
    visitor.date("When was it?", 9, 3, 2026)
    visitor.fill(
        Strategy_tried=STRATEGY,
        What_was_done="Wrote first.",
        What_was_experienced="All wrote.",
        Reflection="It helps.",
        Recommendation="Keep it.",
    )


def draft_state(visitor, words: str):
    """Wait until the page says of its draft what is expected."""
    expect(visitor.page.locator("[data-draft-state]")).to_contain_text(words)


def test_closed_tab_leaves_its_draft(sign_in, priority):
    leah = sign_in("leah")
    leah.open(priority)
    leah.write("Priority", PRIORITY)
    draft_state(leah, "Draft kept at")

    leah.reopen(priority)

    leah.says("This is your draft of")
    assert leah.page.get_by_label("Priority").input_value() == PRIORITY
    leah.press("Save")
    assert SchoolPriority.objects.get().priority == PRIORITY
    assert Draft.objects.count() == 0


def test_tab_left_in_the_middle_of_a_word_keeps_it(sign_in, priority, world):
    leah = sign_in("leah")
    leah.open(priority)
    leah.write("Priority", PRIORITY)

    leah.open("/my-week/")

    leah.wait_for(Draft.objects.exists)
    assert Draft.objects.get().typed["priority"] == [PRIORITY]


@pytest.mark.parametrize("script", [True, False])
def test_session_that_has_ended_costs_no_word(sign_in, priority, script):
    leah = sign_in("leah", script=script)
    leah.open(priority)
    leah.write("Priority", PRIORITY)
    leah.context.clear_cookies(name="sessionid")

    leah.press("Save")
    leah.give_password("leah")
    saved_before = SchoolPriority.objects.count()
    leah.press("Send it again")

    leah.says("saved.")
    assert saved_before == 0
    assert SchoolPriority.objects.get().priority == PRIORITY


def test_lost_connection_is_told_and_made_good(sign_in, priority):
    leah = sign_in("leah")
    leah.open(priority)
    leah.context.set_offline(True)
    leah.write("Priority", PRIORITY)
    draft_state(leah, "Your words are still on this page. Trying again.")

    leah.context.set_offline(False)
    draft_state(leah, "Draft kept at")

    leah.forgive("ERR_INTERNET_DISCONNECTED")
    assert Draft.objects.get().typed["priority"] == [PRIORITY]


def test_signed_out_writer_is_told_before_they_save(sign_in, priority):
    leah = sign_in("leah")
    leah.open(priority)
    leah.context.clear_cookies(name="sessionid")

    leah.write("Priority", PRIORITY)

    draft_state(leah, "You have been signed out")
    leah.forgive("status of 401")
    assert Draft.objects.count() == 0


@pytest.mark.parametrize("script", [True, False])
def test_two_clicks_make_one_form_and_one_trial(sign_in, world, script):
    leah = sign_in("leah", script=script)
    leah.open(f"/enquiries/{world.enquiry.pk}/forms/review/new/")
    for box in leah.page.locator("main textarea").all():
        box.fill("Well.")
    leah.click_twice("Save")
    leah.open(f"/enquiries/{world.enquiry.pk}/forms/trial/new/")
    describe_trial(leah)
    leah.click_twice("Save trial")

    assert ReportingReview.objects.count() == 1
    assert Revision.objects.filter(sheet="reportingreview").count() == 1
    assert Trial.objects.filter(strategy=STRATEGY).count() == 1


def test_back_after_saving_neither_doubles_nor_overwrites(sign_in, priority):
    leah, sam = sign_in("leah"), sign_in("sam")
    leah.open(priority)
    leah.write("Priority", PRIORITY)
    leah.press("Save")
    leah.back()
    leah.press("Save")
    saves = Revision.objects.filter(sheet="schoolpriority").count()
    sam.open(priority)
    sam.write("Priority", "Reading aloud")
    sam.press("Save")

    leah.back()
    shown = leah.page.get_by_label("Priority").input_value()
    leah.press("Save")

    assert saves == 1
    assert shown == SchoolPriority.objects.get().priority == "Reading aloud"


def test_back_after_logging_a_trial_logs_no_second_one(sign_in, world):
    leah = sign_in("leah")
    leah.open(f"/enquiries/{world.enquiry.pk}/forms/trial/new/")
    describe_trial(leah)
    leah.press("Save trial")

    leah.back()
    leah.press("Save trial")

    assert Trial.objects.filter(strategy=STRATEGY).count() == 1
