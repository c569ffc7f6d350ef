"""Whoever is quoted decides whether it is published: in no report stands what was not agreed to."""

import json
from dataclasses import asdict
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from enquiries.actions import save_sheet
from enquiries.models import Quotation
from reports.actions import begin_edition, choose
from reports.builders import build_case_study, build_told_case_study
from reports.builders.claims import UNAGREED
from reports.manuscript.hindrances import hindrances
from reports.manuscript.standing import standing_of
from reports.models import Kind
from tests.claims import claimed
from tests.desk import write
from tests.pages import errors_said
from tests.reports.issued import everything, issue_every_kind
from tests.reports.test_leaks import where
from tests.world import log

MARKER = "Quokka"
DOCUMENT, TABLES = ["data", "page", "pdf", "docx"], ["xlsx", "csv"]
FORMATS = [*DOCUMENT, *TABLES, "json"]
AGREED = {
    Kind.CASE_STUDY: FORMATS,
    Kind.INTERIM: FORMATS,
    Kind.FINAL: FORMATS,
    Kind.THEME: [*DOCUMENT, "json"],
}


@pytest.fixture
def voice(world):
    """What somebody of Leah's alliance said, behind a claim, with what they said about consent."""

    def logged(consent: str) -> Quotation:
        said = {"text": f"{MARKER}.", "attribution": "Year 5 teacher", "consent": consent}
        found = log(Quotation, enquiry=world.enquiry, by=world.person("leah"), **said)
        claimed(world, **{"evidence.quotation": [found.pk]})
        return found

    return logged


def mark(quotation: Quotation) -> str:
    return f"Q{quotation.position}"


def put_under_a_message(world, said: Quotation) -> None:
    """Its editors choose it for the report on the theme."""
    owen = world.person("owen")
    edition = begin_edition(programme=world.programme, theme=world.abbot.theme, by=owen)
    chosen = {"sheet": "quotation", "record": said.key, "message": "km6", "is_included": True}
    choose(edition=edition, **chosen, reason="It says it best.", by=owen)


@pytest.mark.parametrize(
    ("consents", "told"), [(["inside", ""], {}), (["given"], AGREED)], ids=["without", "with"]
)
def test_a_quotation_stands_in_reports_only_with_consent(world, voice, consents, told):
    for consent in consents:
        put_under_a_message(world, voice(consent))

    printed = {
        kind: everything(report)
        for kind, report in issue_every_kind(world, timezone.localdate()).items()
    }

    assert where(printed, MARKER) == told


def test_what_is_printed_already_is_quoted_until_somebody_changes_it(world):
    said = world.enquiry.quotations.first()
    before = said in world.enquiry.quotations.agreed()

    place = {"enquiry": world.enquiry, "key": said.key}
    wanted = {"text": "Put otherwise."}
    save_sheet(
        Quotation, place=place, seen={"text": said.text}, wanted=wanted, by=world.person("leah")
    )

    assert (before, said in world.enquiry.quotations.agreed()) == (True, False)


@pytest.mark.parametrize(("consent", "told"), [("inside", False), ("given", True)])
def test_evidence_of_a_claim_is_quoted_only_with_consent(world, voice, consent, told):
    said = voice(consent)

    lines = {line.mark: line.text for line in build_case_study(world.enquiry).evidence}

    assert lines[mark(said)] == (f"“{MARKER}.” Year 5 teacher" if told else UNAGREED)


def test_a_case_study_that_shows_somebody_who_has_not_agreed_cannot_be_signed_off(world, voice):
    said = voice("inside")
    draft = write(world, summary="Pupils ask more.", impact_shows=[mark(said)])

    found = [each for each in hindrances(standing_of(world.enquiry)) if mark(said) in each.text]

    assert MARKER not in json.dumps(asdict(build_told_case_study(draft)))
    who = f"Whoever is quoted in [{mark(said)}]"
    assert [(each.text, each.url) for each in found] == [
        (
            f"{who} has not agreed to be: ask them, or do not show it",
            reverse("sheet-record", args=[world.enquiry.pk, "quotation", said.key]),
        )
    ]


def test_a_quotation_that_is_not_agreed_to_is_offered_to_nobody_who_writes_a_report(
    world, voice, as_person
):
    voice("inside")
    owen = world.person("owen")
    edition = begin_edition(programme=world.programme, theme=world.abbot.theme, by=owen)

    desk = as_person("leah").get(reverse("sheet", args=[world.enquiry.pk, "case-study"]))
    choices = as_person("owen").get(reverse("choices", args=[edition.pk, "quotation"]))

    assert [MARKER in page.content.decode() for page in (desk, choices)] == [False, False]


def test_whoever_logs_a_quotation_says_whether_its_speaker_agreed(world, as_person):
    address = reverse("sheet-record", args=[world.enquiry.pk, "quotation", uuid4()])

    answer = as_person("tom").post(address, {"text": MARKER, "attribution": "A teacher"})

    assert errors_said(answer) == {
        "consent": "Select an answer to “Has whoever said it agreed that it is published?”"
    }
