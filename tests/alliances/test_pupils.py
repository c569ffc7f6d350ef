"""Whoever types what may tell who a pupil is, is warned beside it, and loses nothing."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from alliances.models import AuditRecord
from enquiries.models import Draft, Question, Remark
from tests.enquiries.test_sheets import ANSWERS
from tests.pages import errors_said, typed
from tests.world import PASSWORD

NUMBER = "H801200001001"
NAMES = "We chose Sam Jones, Aisha Khan and Jay Obi."
REFUSED = "Take out the unique pupil number: it tells who a pupil is"
ASKED = "Take out what may tell who a pupil is, or tick that nobody can be recognised"
TICK = "nobody-recognisable"


@pytest.fixture
def url(world) -> str:
    return f"/enquiries/{world.enquiry.pk}/forms/question/"


def warnings(response) -> dict[str, list[str]]:
    """What is told beside each question, by the name of its field."""
    html = response.content.decode()
    found = re.findall(r'<div class="signs" id="id_(\w+)_signs">.*?<ul[^>]*>(.*?)</ul>', html, re.S)
    return {name: re.findall(r"<li>(.*?)</li>", told) for name, told in found}


def confirmed() -> list[dict]:
    records = AuditRecord.objects.filter(act="nobody recognisable")
    return [{"by": record.by.email, **record.detail} for record in records]


def test_pupils_number_is_refused_and_cannot_be_ticked_away(as_person, url):
    leah = as_person("leah")
    sent = {**ANSWERS, "seen": "{}", "find_out": f"Whether {NUMBER} reads.", TICK: "find_out"}

    response = leah.post(url, sent)

    assert (response.status_code, errors_said(response)) == (422, {"find_out": REFUSED})
    assert warnings(response) == {"find_out": [f"pupil number: “{NUMBER}”"]}
    assert f'name="{TICK}"' not in response.content.decode()
    assert (Question.objects.count(), confirmed()) == (0, [])


def test_list_of_names_is_taken_once_its_writer_ticks_and_that_is_put_down(as_person, url):
    leah = as_person("leah")
    answers = {**ANSWERS, "seen": "{}", "find_out": NAMES}

    asked = leah.post(url, answers)
    taken = leah.post(url, {**answers, TICK: "find_out"})

    assert errors_said(asked)["find_out"] == ASKED
    assert taken.status_code == 302
    assert Question.objects.get().find_out == NAMES
    assert confirmed() == [{"by": "leah@example.org", "page": url, "questions": ["find_out"]}]


def test_what_was_confirmed_and_left_alone_is_not_asked_about_again(as_person, url):
    leah = as_person("leah")
    leah.post(url, {**ANSWERS, "seen": "{}", "find_out": NAMES, TICK: "find_out"})

    again = leah.post(url, {**typed(leah.get(url)), "why_know": "We asked."})

    assert again.status_code == 302


def test_draft_keeps_every_word_and_warns(as_person, url):
    leah = as_person("leah")
    sent = {**ANSWERS, "seen": "{}", "find_out": f"{NAMES} {NUMBER}", "draft": "1"}

    response = leah.post(url, sent, follow=True)

    assert Draft.objects.get().typed["find_out"] == [f"{NAMES} {NUMBER}"]
    assert list(warnings(response)) == ["find_out"]
    assert confirmed() == []


def test_comment_with_a_pupils_number_is_not_said(world, as_person, url):
    leah = as_person("leah")
    leah.post(url, {**ANSWERS, "seen": "{}", "find_out": "Whether they read."})
    key = Question.objects.get().key
    comments = f"/enquiries/{world.enquiry.pk}/forms/question/{key}/comment/"
    page = leah.get(comments)

    refused = leah.post(comments, {**typed(page), "text": NUMBER})

    assert (page.status_code, refused.status_code) == (200, 422)
    assert errors_said(refused) == {"text": REFUSED}
    assert Remark.objects.count() == 0


def test_name_of_a_file_is_looked_through_too(world, as_person, url):
    leah = as_person("leah")
    leah.post(url, {**ANSWERS, "seen": "{}", "find_out": "Whether they read."})
    key = Question.objects.get().key
    attaching = f"/enquiries/{world.enquiry.pk}/forms/question/{key}/evidence/new/"
    upload = SimpleUploadedFile(f"{NUMBER}_reading.csv", b"a,b\n")

    response = leah.post(attaching, {**typed(leah.get(attaching)), "file": upload})

    assert errors_said(response)["file"] == REFUSED


def test_sign_in_is_not_looked_through(as_person):
    response = as_person(None).post("/accounts/login/", {"login": NUMBER, "password": PASSWORD})

    assert warnings(response) == {}
