"""What a facilitator keeps to themselves does not come over the desk into what is published."""

import json
from uuid import uuid4

import pytest
from django.urls import reverse

from alliances.models import User
from enquiries.actions import attach_evidence, save_sheet
from enquiries.evidence.contents import examined
from enquiries.models import CollaborationPlacing
from impact.claims.sources import Sources
from reports import actions
from reports.actions import build_report
from reports.models import CaseStudyDraft
from tests.desk import WORDS, take, write
from tests.enquiries import files
from tests.journeys.visitor import text_of

PRIVATE, OPEN = "Quokka", "Axolotl"


@pytest.fixture
def placing(world) -> CollaborationPlacing:
    """A judgement of Faye's, with a photo of hers alone and one for everybody."""
    wanted = {"skill": "low", "participation_degree": "high", "next_steps": PRIVATE}
    record = save_sheet(
        CollaborationPlacing,
        place={"enquiry": world.enquiry, "key": uuid4()},
        seen={},
        wanted=wanted,
        by=world.person("faye"),
    )
    for caption, is_private in ((PRIVATE, True), (OPEN, False)):
        attach_evidence(
            enquiry=world.enquiry,
            sheet="collaboration",
            record=record.key,
            file=examined(files.photo(), "wall.jpg"),
            by=world.person("faye"),
            caption=caption,
            pupils_recognisable=False,
            consent_held=True,
            is_private=is_private,
        )
    return record


def everything_on_the_desk(world, client) -> str:
    """Every page of the desk of this enquiry, and of what is published of it."""
    pk = world.enquiry.pk
    addresses = [
        reverse("case-study", args=[pk]),
        reverse("case-study-read", args=[pk]),
        reverse("sheet", args=[pk, "case-study"]),
        reverse("case-study-step", args=[pk, "check"]),
    ]
    return "".join(client.get(address).content.decode() for address in addresses)


def test_private_photo_is_neither_offered_nor_shown_and_its_mark_leads_nowhere(
    world, placing, as_person
):
    marks = {
        p.text: p.mark for p in Sources([world.enquiry.pk]).pieces.values() if p.kind == "file"
    }
    write(world, **WORDS, context_shows=["F1", "F2"])
    actions.begin_with_logged(enquiry=world.enquiry, by=world.person("leah"))

    told = everything_on_the_desk(world, as_person("leah"))

    assert marks == {OPEN: "F2"}
    assert (PRIVATE in told, OPEN in told) == (False, True)


def test_published_case_study_holds_no_private_words_and_nobodys_name(world, placing, client):
    write(world, **WORDS, context_shows=["F2"])
    take(world, actions.send_for_critique, "leah", note=PRIVATE)
    take(world, actions.give_critique, "faye", is_done=True, note=PRIVATE)
    take(world, actions.check_consent, "leah", note=PRIVATE)
    take(world, actions.sign_off_case_study, "leah", note=PRIVATE)
    take(world, actions.choose_case_study, "owen", is_chosen=True, note=PRIVATE)
    publication = take(world, actions.publish_case_study, "owen")
    build_report(publication.report_id)

    publication.report.refresh_from_db()
    page = client.get(f"/case-studies/{publication.slug}/").content.decode()
    file = client.get(f"/case-studies/{publication.slug}.pdf").content
    told = "\n".join([json.dumps(publication.report.data), page, text_of(file)])

    people = [word for user in User.objects.all() for word in (user.name, user.email)]
    assert [word for word in (PRIVATE, *people) if word in told] == []
    assert (OPEN in page, OPEN in text_of(file)) == (True, True)


def test_photo_stands_in_the_page_and_in_the_file(world, placing, client, as_person):
    write(world, **WORDS, context_shows=["F2"])
    address = reverse("case-study-read", args=[world.enquiry.pk])

    page = as_person("leah").get(address).content.decode()
    pdf = as_person("leah").get(reverse("case-study-pdf", args=[world.enquiry.pk]))

    assert 'src="data:image/jpeg;base64,' in page
    assert pdf["Content-Type"] == "application/pdf"
    assert CaseStudyDraft.objects.get().context_shows == ["F2"]
