"""What a form’s history shows of a facilitator’s judgement, and what may be brought back."""

import json

import pytest

from enquiries.models import GuideCell, MethodChoice, Revision

JUDGED = "implementation-drive"  # its record stays with the facilitator
SHARED = "implementation-data"  # its record is shared with the school


@pytest.fixture
def cell(world, as_person):
    """Faye's words on one school, saved twice."""
    school = world.enquiry.participations.first()
    url = f"/enquiries/{world.enquiry.pk}/forms/guide-{JUDGED}/schools/{school.pk}/"
    seen = {}
    for words in ("Weak at the top", "Weaker than we thought"):
        said = {"recorded": words, "judgement.time_and_support_committed": words}
        as_person("faye").post(url, {**said, "seen": json.dumps(seen)})
        seen = said
    return GuideCell.objects.get()


def history(world, code: str, record) -> str:
    return f"/enquiries/{world.enquiry.pk}/forms/guide-{code}/{record.key}/history/"


def test_record_is_not_read_under_the_address_of_a_cell_that_shares_more(world, as_person, cell):
    leah = as_person("leah")

    own, borrowed = (leah.get(history(world, code, cell)) for code in (JUDGED, SHARED))

    assert own.status_code == 200
    assert own.context["saves"] == []
    assert borrowed.status_code == 404


def test_what_is_brought_back_leaves_that_cells_own_judgement_alone(world, as_person, cell):
    save = Revision.objects.filter(sheet="guidecell").first()

    back = as_person("leah").post(f"/revisions/{save.pk}/restore/")

    cell.refresh_from_db()
    assert back.url == history(world, JUDGED, cell)
    assert cell.recorded == "Weaker than we thought"
    assert list(cell.cells.values()) == ["Weaker than we thought"]


def test_what_a_form_must_have_is_not_taken_away_with_its_first_save(world, as_person):
    leah = as_person("leah")
    sent = {"methods": ["lesson-study"], "issue": "Writing", "why_suitable": "It is quick."}
    leah.post(f"/enquiries/{world.enquiry.pk}/forms/method/", {**sent, "seen": "{}"})

    leah.post(f"/revisions/{Revision.objects.first().pk}/restore/")

    assert MethodChoice.objects.get().methods == ["lesson-study"]


def test_what_others_wrote_since_one_read_the_history_is_not_replaced_unread(world, as_person):
    leah, sam = as_person("leah"), as_person("sam")
    url = f"/enquiries/{world.enquiry.pk}/forms/method/"
    sent = {"methods": ["lesson-study"], "why_suitable": "It is quick.", "issue": "Writing"}
    leah.post(url, {**sent, "seen": "{}"})
    leah.post(url, {**sent, "issue": "Talk", "seen": json.dumps(sent)})
    newest, _ = Revision.objects.all()[:2]
    seen = json.dumps({**sent, "issue": "Talk"})
    sam.post(url, {**sent, "issue": "Reading", "seen": seen})
    restore = f"/revisions/{newest.pk}/restore/"

    refused = leah.post(restore, {"newest": newest.pk}, follow=True)
    kept = MethodChoice.objects.get().issue
    leah.post(restore, {"newest": refused.context["newest"]})

    assert [str(message) for message in refused.context["messages"]][-1] == (
        "Somebody has changed these answers meanwhile. Look again first."
    )
    assert (kept, MethodChoice.objects.get().issue) == ("Reading", "Writing")


def test_history_tells_answers_in_the_order_of_the_form(world, as_person):
    leah = as_person("leah")
    sent = {"methods": ["lesson-study"], "issue": "Writing", "why_suitable": "It is quick."}
    leah.post(f"/enquiries/{world.enquiry.pk}/forms/method/", {**sent, "seen": "{}"})

    page = leah.get(f"/enquiries/{world.enquiry.pk}/forms/method/")
    key = MethodChoice.objects.get().key
    read = leah.get(f"/enquiries/{world.enquiry.pk}/forms/method/{key}/history/")

    asked = [field.label for field in page.context["form"].visible_fields()]
    told = [change.label for change in read.context["saves"][0].changes]
    assert told == [label for label in asked if label in told]
    assert len(told) == len(sent)
