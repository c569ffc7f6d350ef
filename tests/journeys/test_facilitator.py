"""Faye, who looks after a cluster: she sees who needs her, answers, and reads everything."""


def test_facilitator_answers_a_request_for_help_and_reads_everything(sign_in):
    faye = sign_in("faye")
    side_by_side = (faye.heading, faye.rows(), faye.column("Help and risks"))
    phases, reasons = faye.column("Cycle"), faye.page.locator(".standings__why").all_inner_texts()
    faye.says("How do we measure confidence?")

    faye.follow("Answer George Abbot")
    faye.write("Your answer", "Ask pupils the same three questions twice.")
    faye.press("Send answer")
    faye.says("Your answer has been sent.")
    faye.says("Ask pupils the same three questions twice.")
    faye.follow("Everything logged so far")
    faye.says("Planned one lesson together and taught it twice.")
    faye.says("Building trust and social capital")
    faye.open("/")
    faye.follow("South", exact=True)

    assert side_by_side == (
        "South",
        ["Jurassic Coast TSA", "George Abbot Teaching School Alliance"],
        ["No help asked for No high risk", "Help asked for No high risk"],
    )
    assert phases == ["No cycle yet", "Impact Year 2"]
    assert reasons == [
        "No project lead; nothing logged by a person yet; baseline missing",
        "Asks for help; one school left",
    ]
    assert faye.column("Help and risks") == ["No help asked for No high risk"] * 2


def test_facilitator_reads_measures_with_small_numbers_withheld(sign_in):
    marcus = sign_in("marcus")

    marcus.follow("Central Bedfordshire Teaching School Partnership")
    marcus.follow("All measures and readings")

    marcus.says("[c] withheld, because it rests on few pupils")
    assert marcus.page.get_by_role("link", name="Add reading").count() == 0
