"""A case study goes over the desk: written, criticised, revised, signed, chosen, published."""

from enquiries.models import Trial
from reports.models import CaseStudyDraft, Publication
from tests.desk import ethics_agreed
from tests.journeys.visitor import text_of

PUBLIC = "/case-studies/george-abbot-teaching-school-alliance/"


def write_and_send(leah, trial: Trial) -> None:
    """From the desk of the case study to its facilitator, with what was logged of a trial."""
    leah.follow("Write it in your own words")
    leah.fill(Title="Planning in pairs", Summary="Two teachers planned one lesson together.")
    leah.write("Context and why", "Four schools work together.")
    leah.page.get_by_text("What was logged for “Innovation”").click()
    leah.page.get_by_role("button", name=f"Put into the text: [T{trial.position}]").click()
    leah.page.get_by_role("checkbox", name=f"[T{trial.position}]").check()
    leah.press("Save")
    leah.follow("Send it for critique")
    leah.press("Send for critique")


def check_and_sign(leah) -> None:
    leah.follow("Check consent and anonymity")
    for point in (
        "Everybody who is quoted",
        "No pupil, teacher",
        "Everybody in a photo",
        "It says",
    ):
        leah.page.get_by_role("checkbox", name=point).check()
    leah.press("Confirm the check")
    leah.follow("Sign it off")
    leah.press("Sign off")


def choose_and_publish(owen) -> None:
    owen.follow("Choose it for publication")
    owen.choose("Yes, publish it")
    owen.write("Why?", "A cross-phase alliance.")
    owen.press("Record the choice")
    owen.follow("Publish it")
    owen.press("Publish")


def test_case_study_goes_from_the_log_to_the_public(sign_in, visit, world, begin_work):
    desk = f"/enquiries/{world.enquiry.pk}/case-study/"
    trial = Trial.objects.get(enquiry=world.enquiry)
    ethics_agreed(world)
    leah, faye, owen = sign_in("leah"), sign_in("faye"), sign_in("owen")

    leah.open(desk)
    write_and_send(leah, trial)
    draft = CaseStudyDraft.objects.get()
    assert draft.innovation == f"{trial.done} {trial.experienced} [T{trial.position}]"
    assert draft.innovation_shows == [f"T{trial.position}"]

    faye.open("/my-week/")
    faye.follow("A case study waits for you: with the facilitator")
    faye.follow("Read it section by section, and comment")
    faye.follow("Comment", exact=True)
    faye.page.get_by_label("What it is about").select_option("Context and why")
    faye.write("Your comment", "Say where the schools are.")
    faye.page.get_by_role("checkbox", name="Ask for a change").check()
    faye.press("Comment")
    faye.open(desk)
    faye.follow("Read it critically")
    faye.choose("Yes, I send it back")
    faye.write("What is to be done?", "Say where you are.")
    faye.press("Pass it back")

    leah.open(desk)
    leah.says("Say where you are.")
    leah.follow("Go on writing")
    leah.write("Context and why", "Four schools in Surrey work together.")
    leah.press("Save")
    leah.follow("Revise it, and send it again")
    leah.press("Send for critique")

    faye.open(f"/enquiries/{world.enquiry.pk}/forms/case-study/")
    faye.follow("Answer or resolve")
    faye.press("Accept the change")
    faye.open(desk)
    faye.follow("Read it critically")
    faye.choose("No, nothing more is to be done")
    faye.press("Pass it back")

    leah.open(desk)
    check_and_sign(leah)

    owen.open(f"/programmes/{world.programme.pk}/case-studies/")
    owen.follow("George Abbot Teaching School Alliance")
    choose_and_publish(owen)
    begin_work()
    owen.wait_for(lambda: Publication.objects.get().report.rendition_id is not None)

    reader = visit()
    reader.open("/case-studies/")
    reader.follow("Planning in pairs")
    reader.says("Four schools in Surrey work together.")
    pdf = reader.page.request.get(f"{reader.address}{PUBLIC.rstrip('/')}.pdf").body()
    assert "Four schools in Surrey work together." in text_of(pdf)


def test_words_of_the_log_are_copied_by_hand_without_script(sign_in, world):
    leah = sign_in("leah", script=False)

    leah.open(f"/enquiries/{world.enquiry.pk}/case-study/")
    leah.press("Begin with what was logged")
    leah.says("It still holds what was logged. Put it into your own words.")
    leah.write("Title", "Planning in pairs")
    leah.press("Save")

    assert CaseStudyDraft.objects.get().title == "Planning in pairs"
