"""The forms of the method: saved field by field, kept as drafts, with their history."""

import json
import re
import uuid

import pytest

from enquiries.models import Draft, Question, Revision, SchoolPriority
from enquiries.sheets import Place, catalogue
from enquiries.sheets.c2l import QuestionForm
from tests.meetings import part_url, planned

OF_THE_FACILITATOR = {"collaboration", "check-in-call"}
ANSWERS = {
    name: f"About {name}" for name in QuestionForm.base_fields if name not in ("seen", "tests")
}


def address(world, slug: str, *parts) -> str:
    tail = "".join(f"{part}/" for part in parts)
    return f"/enquiries/{world.enquiry.pk}/forms/{slug}/{tail}"


def opened(client, url: str) -> dict:
    """What a browser would send back untouched from a form's page."""
    form = client.get(url).context["form"]
    return {
        name: form[name].value() if form[name].value() is not None else "" for name in form.fields
    }


@pytest.mark.parametrize("sheet", catalogue(), ids=lambda sheet: sheet.slug)
def test_form_opens_for_its_writer(world, as_person, sheet):
    client = as_person("faye" if sheet.slug in OF_THE_FACILITATOR else "leah")
    url = address(world, sheet.slug)
    if sheet.place is Place.MANY:
        url = client.get(f"{url}new/").url
    if sheet.place is Place.SCHOOL:
        url = f"{url}schools/{world.enquiry.participations.first().pk}/"
    if sheet.place is Place.MEETING:
        url = part_url(world, planned(world))

    response = client.get(url)

    assert response.status_code == 200
    assert response.context["may_write"] is True


def test_form_saved_keeps_every_answer(world, as_person):
    client = as_person("leah")

    response = client.post(address(world, "question"), {**ANSWERS, "seen": "{}"})

    saved = Question.objects.get()
    assert response.status_code == 302
    assert {name: getattr(saved, name) for name in ANSWERS} == ANSWERS
    assert saved.saved_by == world.person("leah")


def test_two_people_changing_different_fields_undo_nothing(world, as_person):
    leah, sam = as_person("leah"), as_person("sam")
    leah.post(address(world, "question"), {**ANSWERS, "seen": "{}"})
    hers, his = (opened(person, address(world, "question")) for person in (leah, sam))

    leah.post(address(world, "question"), {**hers, "find_out": "Leah’s words"})
    sam.post(address(world, "question"), {**his, "why_know": "Sam’s words"})

    saved = Question.objects.get()
    assert (saved.find_out, saved.why_know) == ("Leah’s words", "Sam’s words")


def test_two_people_changing_one_field_second_sees_both_and_chooses(world, as_person):
    leah, sam = as_person("leah"), as_person("sam")
    leah.post(address(world, "question"), {**ANSWERS, "seen": "{}"})
    hers, his = (opened(person, address(world, "question")) for person in (leah, sam))
    leah.post(address(world, "question"), {**hers, "find_out": "Leah’s words"})

    refused = sam.post(address(world, "question"), {**his, "find_out": "Sam’s words"})
    form = refused.context["form"]
    again = {name: form[name].value() for name in form.fields}
    accepted = sam.post(address(world, "question"), again)

    assert refused.status_code == 422
    assert form.errors["find_out"] == ["Somebody else changed this meanwhile to: “Leah’s words”"]
    assert form["find_out"].value() == "Sam’s words"
    assert accepted.status_code == 302
    assert Question.objects.get().find_out == "Sam’s words"


def test_same_form_sent_twice_makes_one_record_and_one_revision(world, as_person):
    client = as_person("leah")
    url = address(world, "review", uuid.uuid4())
    names = ["which_point", "strongest", "next_priority", "data_say", "record_quality", "effort"]
    sent = dict.fromkeys(names, "Well.")

    for _ in range(2):
        client.post(url, {**sent, "seen": "{}"})

    assert Revision.objects.filter(sheet="reportingreview").count() == 1


def test_draft_is_kept_for_its_writer_alone_and_gone_once_saved(world, as_person):
    leah, sam = as_person("leah"), as_person("sam")
    url = address(world, "question")

    leah.post(url, {"find_out": "Half a thought", "draft": "quietly", "seen": "{}"})

    assert leah.get(url).context["form"]["find_out"].value() == "Half a thought"
    assert leah.get(url).context["form"].errors == {}
    assert sam.get(url).context["form"]["find_out"].value() is None
    leah.post(url, {**ANSWERS, "seen": "{}"})
    assert Draft.objects.count() == 0


def test_form_that_was_begun_is_offered_to_its_writer_where_the_form_is_listed(world, as_person):
    leah, sam = as_person("leah"), as_person("sam")
    trials = address(world, "trial")
    begun = leah.get(f"{trials}new/").url

    leah.post(begun, {"strategy": "Half a thought", "draft": "quietly", "seen": "{}"})

    offered = [
        re.findall(r'href="([^"?]*)[^"]*">Finish it', each.get(trials).content.decode())
        for each in (leah, sam)
    ]
    assert offered == [[begun], []]


def test_history_shows_each_change_and_brings_it_back(world, as_person):
    client = as_person("leah")
    url = address(world, "question")
    client.post(url, {**ANSWERS, "seen": "{}"})
    client.post(url, {**opened(client, url), "find_out": "Something else"})
    record = Question.objects.get()

    saves = client.get(f"{url}{record.key}/history/").context["saves"]
    client.post(f"/revisions/{saves[0].revision.pk}/restore/")

    assert [(c.before, c.after) for c in saves[0].changes] == [("About find_out", "Something else")]
    assert Question.objects.get().find_out == "About find_out"


def test_judgement_is_the_facilitators_alone(world, as_person):
    faye, leah = as_person("faye"), as_person("leah")
    url = address(world, "collaboration", uuid.uuid4())
    day = {"held_on_day": "3", "held_on_month": "3", "held_on_year": "2026"}
    sent = {**day, "place": "low,high", "next_steps": "Meet twice.", "seen": "{}"}
    faye.post(url, sent)

    hers = faye.get(url).context["form"].stored()
    theirs = leah.get(url).context["form"].stored()
    refused = leah.post(url, {**sent, "place": "high,high"})

    shared = {"held_on": "2026-03-03", "next_steps": "Meet twice."}
    assert hers == {**shared, "skill": "low", "participation_degree": "high"}
    assert theirs == shared
    assert refused.status_code == 403


def test_reason_that_is_no_reason_is_refused(world, as_person):
    sent = {"methods": ["lesson-study"], "issue": "Writing", "why_suitable": "Not sure."}

    response = as_person("leah").post(address(world, "method"), {**sent, "seen": "{}"})

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["why_suitable"]


def test_synthesis_needs_the_trials_of_two_people(world, as_person):
    client = as_person("leah")
    url = address(world, "synthesis", uuid.uuid4())
    form = client.get(url).context["form"]
    sent = {name: "Yes." for name in form.names if name != "next_move"}

    response = client.post(url, {**sent, "next_move": "refine", "seen": "{}"})

    assert response.context["form"].non_field_errors() == [
        "A synthesis needs the trial notes of at least two people in this cycle"
    ]


def test_school_priority_is_one_for_each_school(world, as_person):
    client = as_person("sam")
    first, second = world.enquiry.participations.all()[:2]

    for school in (first, second):
        url = address(world, "priority", "schools", school.pk)
        client.post(url, {"priority": f"Of {school.pk}", "seen": json.dumps({})})

    assert list(SchoolPriority.objects.values_list("participation", "priority")) == [
        (first.pk, f"Of {first.pk}"),
        (second.pk, f"Of {second.pk}"),
    ]


def test_overview_holds_what_the_schools_and_the_group_wrote(world, as_person):
    leah = as_person("leah")
    school = world.enquiry.participations.first()
    leah.post(
        address(world, "priority", "schools", school.pk),
        {"priority": "Reading for meaning", "strategies": "Pairs", "seen": "{}"},
    )
    meeting = {
        "held_on_0": "3",
        "held_on_1": "3",
        "held_on_2": "2026",
        "working_well": "The pairs",
        "to_revisit": "The rooms",
        "next_steps": "Meet in May",
        f"feedback.{school.pk}": "Pupils talk more",
    }
    saved = leah.post(address(world, "meeting-overview", uuid.uuid4()), {**meeting, "seen": "{}"})

    overview = leah.get(f"/enquiries/{world.enquiry.pk}/overview/").context["overview"]

    assert saved.status_code == 302
    assert [cell.text for cell in overview.schools[0].cells] == [
        "Reading for meaning",
        "Pairs",
        "Pupils talk more",
        "",
        "",
        "",
        "",
    ]
    assert [cell.text for cell in overview.group][3:6] == ["The pairs", "The rooms", "Meet in May"]


def test_guide_keeps_what_is_private_from_the_school(world, as_person):
    faye, leah = as_person("faye"), as_person("leah")
    school = world.enquiry.participations.first()
    url = address(world, "guide-implementation-diagnosis", "schools", school.pk)
    said = {
        "recorded": "Marker of evidence",
        "agreement": "Two visits",
        "private_notes": "Doubtful",
        "judgement.capacity_to_collaborate": "low",
    }

    saved = faye.post(url, {**said, "seen": "{}"})

    assert saved.status_code == 302
    assert faye.get(url).context["form"].stored()["judgement.capacity_to_collaborate"] == "low"
    assert leah.get(url).context["form"].stored() == {"agreement": "Two visits"}
    for word in ("Marker of evidence", "Doubtful"):
        assert word not in leah.get(url).content.decode()


def test_guide_and_visit_pages_open(world, as_person):
    client = as_person("faye")
    school = world.enquiry.participations.first()

    pages = [
        client.get(f"/enquiries/{world.enquiry.pk}/guide/"),
        client.get(f"/enquiries/{world.enquiry.pk}/guide/innovation/{school.pk}/"),
    ]

    assert [page.status_code for page in pages] == [200, 200]


def test_choice_left_open_says_what_to_do(world):
    forms = [
        sheet.form(instance=None, sheet=sheet, enquiry=world.enquiry, cycle=world.cycle)
        for sheet in catalogue()
    ]

    choices = [field.choices for f in forms for field in f.fields.values() if _chooses(field)]

    left_open = {label for listed in choices for value, label in listed if not value}
    assert left_open == {
        "Everybody",
        "None of them",
        "Select one",
        "No single cycle",
        "None",
        "None yet",
        "Not judged",
        "Not rated yet",
        "One of our own",
        "The whole alliance",
    }


def _chooses(field) -> bool:
    return hasattr(field, "choices")
