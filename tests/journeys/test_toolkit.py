"""From an alliance's own judgement to a choice of the toolkit; from a school that leaves to why."""

import pytest

from enquiries.models import InterventionChoice

STRAND = "Joint practice development"
JURASSIC = "Jurassic Coast TSA"
WALKS = "One common model for learning walks"


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_priority_leads_to_an_intervention(sign_in, world, script):
    leah = sign_in("leah", script=script)
    leah.open(f"/enquiries/{world.enquiry.pk}/forms/")
    leah.follow("Maturity self-evaluation")
    leah.follow("Fill it in")
    leah.date("Date", 3, 3, 2026)
    leah.page.get_by_label(f"Level: {STRAND}").select_option("Beginning")
    leah.page.get_by_role("checkbox", name=STRAND, exact=True).check()
    leah.press("Save")
    leah.says("Enter the evidence for")
    leah.write(f"Evidence: {STRAND}", "Two schools met once")
    leah.press("Save")
    leah.says("Maturity self-evaluation: saved.")
    leah.open(f"/enquiries/{world.enquiry.pk}/maturity/")
    leah.says("Two schools met once")

    leah.follow("go on to the toolkit")
    leah.says("These are the priorities of your last self-evaluation.")
    leah.page.get_by_text(JURASSIC, exact=True).click()
    leah.says("What came of it")
    leah.page.get_by_role("checkbox", name="Fit governance").check()
    leah.press("Apply filters")
    leah.says("Three-year business plan")

    leah.follow(f"Choose “{WALKS}”")
    said = ("Alliance need addressed", "Ownership plan", "Leadership and implementation")
    for label in said:
        leah.write(label, "Each head hosts once")
    leah.press("Save")
    leah.says("Enter success criteria and measures")
    leah.write("Success criteria and measures", "Ten visits by July")
    leah.press("Save")
    leah.says("Choice of intervention: saved.")
    saved = InterventionChoice.objects.get()
    assert (saved.about, saved.strands) == (WALKS, ["mat-joint-practice"])


def test_school_leaves_and_the_next_lead_reads_why(sign_in, world):
    leah = sign_in("leah")
    leah.open(f"/enquiries/{world.enquiry.pk}/")
    leah.follow("Schools", exact=True)
    leah.follow("A school joins")
    leah.fill(Name_of_the_school="Downs Primary")
    leah.date("Date it joined", 3, 2, 2026)
    leah.choose("Was told to join")
    leah.press("Let it join")
    leah.says("Downs Primary takes part now.")
    leah.follow("Leaves – Downs Primary")
    leah.date("Date it leaves", 4, 5, 2026)
    leah.fill(Reason="It joined a trust", Replacement="Hill Infants")
    leah.press("Let it leave")
    leah.says("Replaced by Hill Infants")

    leah.open(f"/enquiries/{world.enquiry.pk}/handover/")
    leah.says("Left 4 May 2026: It joined a trust. Replaced by Hill Infants")
