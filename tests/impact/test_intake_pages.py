"""The pages on which alliances are brought in."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from alliances.models import Alliance, Invitation
from impact.actions import take_up
from impact.intake.layout import EXPLAINED
from impact.models import Upload
from tests.impact.intake import HEAD, brought_in, read_in, registered, row
from tests.impact.sheets import csv_file, lines_of, opened
from tests.pages import queries_of, text

FULL = {"school": "300001", "person": "Ada Byrne", "email": "ada@example.org"}


@pytest.fixture
def owen(world, as_person):
    registered("Cliff School")
    return as_person("owen")


def test_file_is_sent_looked_at_and_saved(world, owen):
    url = reverse("bring-in", args=[world.programme.pk])
    file = SimpleUploadedFile("ours.csv", csv_file(HEAD, row("Coast Alliance", **FULL)))
    sent = owen.post(url, {"file": file})
    upload = Upload.objects.get()
    take_up(upload.pk)

    shown = text(owen.get(sent.url))
    confirmed = owen.post(reverse("upload-confirm", args=[upload.pk]), {"invites": "on"})
    take_up(upload.pk)
    done = text(owen.get(confirmed.url))

    told = "1 alliance in the file: 1 to be made, 0 to be changed, 0 left as they are."
    assert told in shown
    assert "Row 2 Coast Alliance Lead school: Cliff School" in shown
    assert "1 lead in the file has not been invited yet." in shown
    assert "Everything in the file has been saved." in done
    assert Alliance.objects.filter(name="Coast Alliance").exists()
    assert Invitation.objects.get().email == "ada@example.org"


def test_page_offers_nothing_to_save_where_all_is_there(world, owen):
    brought_in(world, row("Coast Alliance", school="300001"))
    upload = read_in(world, row("Coast Alliance", school="300001"))

    shown = owen.get(reverse("upload", args=[upload.pk]))

    assert "0 to be made, 0 to be changed, 1 left as it is." in text(shown)
    assert reverse("upload-drop", args=[upload.pk]) in shown.content.decode()
    assert "Save these alliances" not in text(shown)


def test_refused_file_leads_back_to_where_a_mended_one_is_sent(world, owen):
    upload = read_in(world, row("Coast Alliance"))

    shown = owen.get(reverse("upload", args=[upload.pk]))

    again = reverse("bring-in", args=[world.programme.pk])
    assert f'href="{again}">Send the corrected file' in shown.content.decode()
    assert "Row 2 Lead school URN Enter the lead school: the alliance is new" in text(shown)


def test_template_says_what_to_enter_and_offers_what_there_is(world, owen):
    answer = owen.get(reverse("bring-in-template", args=[world.programme.pk, "xlsx"]))

    book = opened(answer.content)
    assert book.sheetnames == ["Alliances", "How to fill in"]
    assert lines_of(book["Alliances"]) == [tuple(HEAD), tuple(EXPLAINED.values())]
    offered = [rule.formula1 for rule in book["Alliances"].data_validations.dataValidation]
    assert offered == ['"1,2,3"', '"1,2,3"']
    assert ("Cluster", "Midlands") in lines_of(book["How to fill in"])


def test_template_can_be_had_as_csv(world, owen):
    answer = owen.get(reverse("bring-in-template", args=[world.programme.pk, "csv"]))

    assert answer.content == csv_file(HEAD, EXPLAINED.values())


def test_queries_do_not_grow_with_what_was_sent_before(world, owen):
    url = reverse("bring-in", args=[world.programme.pk])
    asked = []
    for number in (1, 3):
        while Upload.objects.count() < number:
            read_in(world, row("Coast Alliance", school="300001"))
        asked.append(queries_of(owen, url))

    assert asked == [5, 5]
