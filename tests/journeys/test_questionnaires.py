"""A questionnaire from its lead to the facilitator and the national team; a meeting of three."""

from enquiries.instruments import questions_of

POINTS = ["Strongly agree", "Agree", "Agree", "Uncertain", "Disagree"]


def test_lead_answers_and_those_who_support_them_read_it(sign_in, world):
    leah = sign_in("leah")
    leah.open(f"/enquiries/{world.enquiry.pk}/forms/")
    leah.follow("Progress questionnaire: implementation")
    leah.follow("Fill it in")
    leah.press("Save")
    leah.says("Say how far you agree: “Data shaped that focus or question.”")
    for question, point in zip(questions_of("progress-implementation"), POINTS, strict=False):
        group = leah.page.get_by_role("group", name=question.text)
        group.get_by_role("radio", name=point, exact=True).check()
    leah.write("Help needed with", "A test of confidence")
    leah.press("Save")
    leah.says("Progress questionnaire: implementation: saved.")
    leah.follow("Progress over time")
    leah.says("Strongly agree")

    faye = sign_in("faye")
    faye.open(f"/clusters/{world.south.pk}/")
    faye.says("A test of confidence")
    faye.follow("Read the questionnaire")
    faye.says("Uncertain")

    owen = sign_in("owen")
    owen.open(f"/programmes/{world.programme.pk}/")
    owen.follow("Where alliances say they are")
    owen.page.get_by_label("Divided by").select_option("Theme")
    owen.press("Apply filters")
    owen.says("Theme")
    assert len(owen.rows()) == len(POINTS)


def test_three_people_change_places_in_a_meeting(sign_in, world):
    tom = sign_in("tom")
    tom.open(f"/enquiries/{world.enquiry.pk}/forms/")
    tom.follow("Peer triad")
    tom.follow("Fill it in")
    tom.date("Date of the meeting", 3, 3, 2026)
    people = {"First_person": "Ann", "Second_person": "Bea", "Third_person": "Cal"}
    tom.fill(
        **people, Goals="Open questions", Strengths="Listening", Working_protocol="Ten minutes"
    )
    tom.page.get_by_label("Coach: Round 2").select_option("First person")
    tom.press("Save")
    tom.says("Give each role of round 2 to another person")
    tom.page.get_by_label("Coach: Round 2").select_option("Second person")
    tom.press("Save")
    tom.says("Peer triad: saved.")
