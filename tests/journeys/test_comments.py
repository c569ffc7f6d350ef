"""A facilitator asks for a change beside a form; the lead makes it and says so."""

from tests.waiting import change_asked_for


def test_change_is_asked_for_made_and_accepted(sign_in, world):
    thread = change_asked_for(world)
    leah, faye = sign_in("leah"), sign_in("faye")

    leah.open("/my-week/")
    leah.follow("A change is asked for: School’s own priority")
    leah.says("Which year?")
    leah.write("Your answer", "Year 4, from now on.")
    leah.press("Answer")
    faye.open(f"/comments/{thread.pk}/")
    faye.says("Year 4, from now on.")
    faye.press("Accept the change")

    faye.says("Resolved by Faye Osborne")
    thread.refresh_from_db()
    assert [remark.text for remark in thread.remarks.all()] == [
        "Which year?",
        "Year 4, from now on.",
    ]


def test_comment_is_written_beside_a_form(sign_in, world):
    change_asked_for(world)
    place = world.enquiry.participations.first().pk
    faye = sign_in("faye")
    faye.open(f"/enquiries/{world.enquiry.pk}/forms/priority/schools/{place}/")
    faye.follow("Comment", exact=True)
    faye.write("Your comment", "Say whose writing.")
    faye.press("Comment")

    faye.says("Say whose writing.")
