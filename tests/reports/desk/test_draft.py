"""The case study in its writers' words: the form, its offers, and the document made of it."""

import json
from dataclasses import asdict

import pytest

from enquiries.models import Challenge, Quotation, Trial
from impact.claims.queries import claims_with_evidence
from reports import rendering
from reports.actions import begin_with_logged
from reports.builders import build_told_case_study
from reports.builders.shelf import Shelf
from reports.manuscript.advice import LOGGED, advice_on
from reports.models import CaseStudyDraft
from tests.claims import claimed
from tests.desk import WORDS, write
from tests.measuring import add_measure

ADDRESS = "/enquiries/{}/forms/case-study/"


def address(world) -> str:
    return ADDRESS.format(world.enquiry.pk)


def test_draft_of_the_first_writer_is_empty(world, as_person):
    form = as_person("leah").get(address(world)).context["form"]

    assert {name: value for name, value in form.stored().items() if value not in ("", [])} == {}


def test_section_offers_what_was_logged_for_it(world, as_person):
    form = as_person("leah").get(address(world)).context["form"]

    offered = {part.words.name: part.shows for part in form.parts if part.shows}
    trial = world.cycle.trials.get()
    assert offered["innovation"].field.choices[:2] == [
        ("cycles", "The cycles in their order"),
        (f"T{trial.position}", f"[T{trial.position}] Paired planning, 3 February 2026"),
    ]
    assert [code for code, _ in offered["challenges"].field.choices] == ["challenges"]
    measures = [code for code, _ in offered["impact"].field.choices if code.startswith("M")]
    assert len(measures) == world.enquiry.measures.count()


def test_words_and_choices_are_saved_with_history(world, as_person):
    leah = as_person("leah")
    form = leah.get(address(world)).context["form"]

    response = leah.post(
        address(world),
        {**WORDS, "innovation_shows": ["cycles", "T1"], "seen": json.dumps(form.stored())},
    )

    assert response.url == f"/enquiries/{world.enquiry.pk}/case-study/"
    draft = CaseStudyDraft.objects.get()
    assert (draft.innovation, draft.innovation_shows) == (WORDS["innovation"], ["cycles", "T1"])
    assert draft.revisions().get().changes["innovation_shows"] == [[], ["cycles", "T1"]]


def test_two_writers_keep_each_their_section(world, as_person):
    write(world, context="Four schools.", impact="Pupils ask more.")
    leah, sam = as_person("leah"), as_person("sam")
    seen = json.dumps(leah.get(address(world)).context["form"].stored())
    old = {"context": "Four schools.", "impact": "Pupils ask more.", "seen": seen}

    leah.post(address(world), {**old, "context": "Four schools in Surrey."})
    sam.post(address(world), {**old, "impact": "Pupils ask more questions."})

    draft = CaseStudyDraft.objects.get()
    assert (draft.context, draft.impact) == (
        "Four schools in Surrey.",
        "Pupils ask more questions.",
    )


def test_second_writer_of_a_section_chooses_between_both_texts(world, as_person):
    write(world, context="Four schools.")
    leah, sam = as_person("leah"), as_person("sam")
    seen = json.dumps(leah.get(address(world)).context["form"].stored())

    leah.post(address(world), {"context": "Four schools in Surrey.", "seen": seen})
    response = sam.post(address(world), {"context": "Five schools.", "seen": seen})

    assert response.status_code == 422
    assert response.context["form"].errors["context"] == [
        "Somebody else changed this meanwhile to: “Four schools in Surrey.”"
    ]
    assert CaseStudyDraft.objects.get().context == "Four schools in Surrey."


def test_what_was_withdrawn_since_it_was_chosen_is_told_and_keeps_nobody_from_saving(
    world, as_person
):
    write(world, innovation_shows=["T9"])
    leah = as_person("leah")
    form = leah.get(address(world)).context["form"]

    saved = leah.post(
        address(world),
        {"title": "Pairs", "innovation_shows": ["T9"], "seen": json.dumps(form.stored())},
    )

    assert form.fields["innovation_shows"].choices[-1] == ("T9", "[T9] is no longer there")
    assert saved.status_code == 302


# ---- advice --------------------------------------------------------------------------------


@pytest.fixture
def few(world):
    """A measure of three pupils."""
    return add_measure(
        enquiry=world.enquiry,
        by=world.person("leah"),
        baseline={"kind": "number", "value": 2, "n": 3},
        level="pupil",
        name="Reading aloud",
        instrument="test",
        population="Year 4",
    )


def test_advice_counts_words_and_names_marks_that_lead_nowhere(world):
    told = advice_on("context", "We began [M999] and [T1].", Shelf(world.enquiry))

    assert told == ["5 words so far; 150 to 350 read well.", "[M999] names nothing that is there."]


def test_advice_warns_of_a_figure_beside_a_measure_of_few_pupils(world, few):
    mark = f"M{few.position}"

    told = advice_on("impact", f"Two of 3 read aloud. [{mark}] They like it.", Shelf(world.enquiry))

    warning = (
        f"A figure stands beside [{mark}]. Figures of it that rest on few people are withheld: "
        "make sure that this is none of them."
    )
    assert told[1:] == [warning]


@pytest.mark.parametrize(
    "text", ["Some read aloud [{}].", "Some read aloud [{}]. There were 3 lessons."]
)
def test_advice_lets_words_beside_such_a_measure_stand(world, few, text):
    told = advice_on("impact", text.format(f"M{few.position}"), Shelf(world.enquiry))

    assert len(told) == 1


def test_empty_part_needs_no_advice(world):
    assert advice_on("context", " ", Shelf(world.enquiry)) == []


# ---- begin with what was logged ------------------------------------------------------------


def test_beginning_fills_empty_sections_alone_and_says_where_the_words_are_from(world):
    write(world, innovation="We planned in pairs.")

    draft = begin_with_logged(enquiry=world.enquiry, by=world.person("leah"))

    assert draft.innovation == "We planned in pairs."
    challenges = Challenge.objects.filter(enquiry=world.enquiry)
    first = challenges.first()
    assert draft.challenges.split("\n\n")[:2] == [LOGGED, f"{first.challenge} {first.response}"]
    told = advice_on("challenges", draft.challenges, Shelf(world.enquiry))
    assert told[-1] == "It still holds what was logged. Put it into your own words."


def test_beginning_leaves_out_claims_about_few_pupils(world):
    claimed(world, level="pupil", statement="Quokka reads aloud.", group_size=3)
    claimed(world, statement="Teachers plan together.")

    draft = begin_with_logged(enquiry=world.enquiry, by=world.person("leah"))

    assert ("Quokka" in draft.impact, "Teachers plan together." in draft.impact) == (False, True)


# ---- the document --------------------------------------------------------------------------


def section(study, key: str):
    return next(told for told in study.told if told.key == key)


def test_document_has_the_sections_that_say_something_in_their_order(world):
    draft = write(world, **WORDS, challenges_shows=["challenges"])

    study = build_told_case_study(draft)

    assert (study.title, study.summary) == (WORDS["title"], [WORDS["summary"]])
    assert [(told.key, told.title) for told in study.told] == [
        ("context", "Context and why"),
        ("innovation", "Innovation"),
        ("challenges", "Challenges"),
    ]
    assert section(study, "context").paragraphs == [
        "Four schools work together.",
        "Pupils ask few questions.",
    ]


def test_document_shows_what_was_chosen_and_nothing_else(world):
    claim = claimed(world)
    claimed(world, statement="Quokka.")
    quotation = Quotation.objects.filter(enquiry=world.enquiry).first()
    measure = world.enquiry.measures.first()
    draft = write(
        world,
        impact="It helped.",
        impact_shows=[f"C{claim.position}", f"M{measure.position}", f"Q{quotation.position}"],
    )

    study = build_told_case_study(draft)

    impact = section(study, "impact")
    bare = f"Teachers: {claim.statement} (no evidence linked) [C{claim.position}]"
    assert impact.claims == [bare]
    assert [line.id for table in impact.measures for line in table.lines] == [measure.pk]
    assert [voice.first for voice in impact.quotations] == [quotation.text]
    assert [line.mark for line in study.rests_on] == [f"C{claim.position}"]
    told = json.dumps(asdict(study))
    assert [words for words in ("Quokka", "Planned one lesson together") if words in told] == []


def test_marks_in_the_words_lead_to_the_evidence_on_the_page(world):
    trial = Trial.objects.get(enquiry=world.enquiry)
    draft = write(world, innovation=f"We planned in pairs [T{trial.position}] [M999].")

    study = build_told_case_study(draft)
    page = rendering.body_html("case-study", asdict(study))

    assert [piece.mark for piece in study.evidence] == [f"T{trial.position}"]
    mark = f"T{trial.position}"
    assert f'<p>We planned in pairs <a href="#{mark}">[{mark}]</a> [M999].</p>' in page
    assert f'id="{mark}"' in page


def test_markup_in_the_words_is_text(world):
    draft = write(world, context="<b>Bold</b> [T1]")

    page = rendering.body_html("case-study", asdict(build_told_case_study(draft)))

    assert "&lt;b&gt;Bold&lt;/b&gt;" in page


def test_small_numbers_are_withheld_where_they_are_shown(world, few):
    draft = write(world, impact="See below.", impact_shows=[f"M{few.position}"])

    (table,) = section(build_told_case_study(draft), "impact").measures
    (line,) = table.lines

    assert (line.baseline, line.n) == ("[c]", "")


def test_claim_about_few_pupils_is_withheld_where_it_is_shown(world):
    claim = claimed(world, level="pupil", statement="Quokka reads aloud.", group_size=3)
    draft = write(world, impact_shows=[f"C{claim.position}"])

    told = json.dumps(asdict(build_told_case_study(draft)))

    assert (("Quokka" in told), "[c]" in told) == (False, True)


def test_pdf_is_made_of_the_same_body_and_can_be_read_aloud(world):
    measure = world.enquiry.measures.first()
    draft = write(
        world,
        **WORDS,
        impact="It helped.",
        impact_shows=[f"M{measure.position}"],
        innovation_shows=["cycles", "T1"],
        context_shows=["schools"],
        challenges_shows=["challenges"],
    )

    pdf = rendering.render_checked_pdf("case-study", asdict(build_told_case_study(draft)))

    assert pdf.pages > 3


def test_claims_of_the_enquiry_are_those_of_the_shelf(world):
    claimed(world)

    shelf = Shelf(world.enquiry)

    assert list(shelf.claims) == [each.mark for each in claims_with_evidence([world.enquiry.pk])]


def test_form_on_paper_asks_the_same(world, as_person):
    page = as_person("leah").get("/forms/case-study/blank/").content.decode()

    assert "Sharing and next steps" in page
