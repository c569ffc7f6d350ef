"""Faye takes a meeting of her cluster on a phone, part by part; the alliance reads the minutes."""

from tests.journeys.visitor import PHONE


def test_meeting_is_planned_taken_on_a_phone_and_closed(sign_in):
    faye = sign_in("faye")
    faye.follow("Meetings of the cluster")
    faye.follow("Plan a meeting")
    faye.date("Date", 3, 3, 2026)
    faye.fill(Place="Guildford")
    faye.page.get_by_label("Jurassic Coast TSA").uncheck()
    faye.page.get_by_label("Leah Marsh").check()
    faye.press("Save")
    faye.says("How do we measure confidence?")
    faye.says("its update, the decision and the next focus missing")

    faye.page.set_viewport_size(PHONE)
    faye.follow("George Abbot Teaching School Alliance")
    faye.write("Update", "Pairs plan together.")
    faye.press("Save draft")
    faye.says("This is your draft")
    faye.choose("The same intervention")
    faye.write("Next cycle’s focus", "Pairs across schools.")
    faye.press("Save")
    faye.press("Close the meeting and send the minutes")

    faye.says("Pairs across schools.")
    faye.says("On its way")
    leah = sign_in("leah")
    leah.follow("Cluster meetings")
    leah.follow("Read the minutes of 3 March 2026")
    assert leah.heading == "Minutes of South, 3 March 2026"
    leah.says("Pairs plan together.")


def test_facilitator_logs_a_call_and_reads_why_to_look(sign_in):
    faye = sign_in("faye")
    faye.follow("George Abbot Teaching School Alliance", exact=True)
    faye.follow("Forms of the method")
    faye.follow("Check-in call")
    faye.follow("Fill it in")
    faye.date("Date of the call", 3, 3, 2026)
    faye.choose("At risk")
    faye.press("Save call")
    faye.open("/clusters/")

    assert faye.page.locator(".standings__why").all_inner_texts() == [
        "No project lead; nothing logged by a person yet; baseline missing",
        "Asks for help; at risk at the last call; one school left",
    ]
    faye.follow("How they are put in order")
    faye.says("The last check-in call found the alliance at risk")


def test_national_team_compares_clusters_and_drills_down(sign_in):
    owen = sign_in("owen")
    owen.open("/")
    owen.follow("Teaching schools R&D network")
    owen.follow("Across clusters")

    assert owen.column("Alliances")[:3] == ["2", "2", "4"]
    owen.follow("South")
    assert owen.heading == "South"
