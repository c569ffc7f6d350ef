"""Nasty files are refused in words, within bounds of memory and time, and leave nothing behind."""

import io
import multiprocessing
import resource
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from config.headers import OF_DOWNLOADS
from enquiries import actions
from enquiries.evidence.contents import examined
from enquiries.models import Evidence, EvidenceFile
from impact.actions import take_up
from impact.models import MatchedRow, Reading, Upload
from impact.spreadsheets.tables import Unreadable, table_of
from tests.access.places import a_photo, a_priority
from tests.enquiries import files
from tests.impact.matching import matched_set_of
from tests.pages import errors_said
from tests.web import nasty

ROOM = 400_000_000  # bytes beyond what the process has already
SECONDS = 60  # of processor time

TABLES, ATTACHMENTS = nasty.tables(), nasty.attachments()
SCRIPTED = files.pdf()[:-6] + b"1 0 obj<</S/JavaScript/JS(app.alert(1))>>endobj\n%%EOF\n"


def in_a_small_room(work, *given) -> str:
    """What a process with little memory and time says of it: a refusal, or nothing."""
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe()
    child = context.Process(target=_within, args=(theirs, work, given))
    child.start()
    theirs.close()
    try:
        return ours.recv()
    except EOFError:
        return "it died"
    finally:
        child.join()


def _within(answer, work, given) -> None:
    has = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (has + ROOM, has + ROOM))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    try:
        work(*given)
    except (ValidationError, Unreadable) as refused:
        answer.send(f"refused: {getattr(refused, 'message', refused)}")
    except BaseException as broken:  # noqa: BLE001 - whatever it was, the test must say so
        answer.send(repr(broken))
    else:
        answer.send("")


@pytest.mark.parametrize("name", TABLES)
def test_nasty_spreadsheet_is_refused_in_little_room(name):
    told = in_a_small_room(table_of, TABLES[name])

    assert told[:9] == "refused: "


@pytest.mark.parametrize("name", ATTACHMENTS)
def test_nasty_attachment_is_refused_in_little_room(name):
    told = in_a_small_room(examined, ATTACHMENTS[name], "notes.txt")

    assert told[:9] == "refused: "


def test_room_is_small():
    assert in_a_small_room(bytes, 2 * ROOM) == "MemoryError()"


@pytest.mark.parametrize("kind", ["readings", "matched scores"])
@pytest.mark.parametrize("name", TABLES)
def test_nasty_spreadsheet_saves_nothing(world, as_person, name, kind):
    """Refused beside the field, or told on its page once a worker has read it."""
    url, leah = url_for(kind, world), as_person("leah")
    before = kept()

    response = leah.post(url, {"file": SimpleUploadedFile("readings.csv", TABLES[name])})
    sent = [*Upload.objects.values_list("pk", flat=True)]
    for pk in sent:
        take_up(pk)

    told = list(errors_said(response)) or [Upload.objects.get().status]
    assert (response.status_code, told) in [(422, ["file"]), (302, [Upload.Status.REFUSED])]
    assert kept() == before


@pytest.mark.parametrize("name", ATTACHMENTS)
def test_nasty_attachment_saves_nothing(world, as_person, name):
    record = a_priority(world)
    url = reverse("evidence-new", args=[world.enquiry.pk, "priority", record.key])
    sent = SimpleUploadedFile("notes.txt", ATTACHMENTS[name])

    response = as_person("leah").post(url, {"file": sent, "caption": "Our notes"})

    assert (response.status_code, [*errors_said(response)]) == (422, ["file"])
    assert Evidence.objects.count() + EvidenceFile.objects.count() == 0


def url_for(kind: str, world) -> str:
    if kind == "readings":
        return reverse("upload-of-measure", args=[world.enquiry.measures.first().pk])
    return reverse("matched-upload", args=[matched_set_of(world).pk])


def kept() -> dict[str, list]:
    """What spreadsheets are saved into."""
    return {model.__name__: list(model.objects.values()) for model in (Reading, MatchedRow)}


class Endless(io.RawIOBase):
    """What a browser sends that means to send a gigabyte; it counts what is taken of it."""

    taken = 0

    def read(self, size=-1):
        size = size if size > 0 else 65_536
        self.taken += size
        return b"x" * size


def test_gigabyte_is_refused_before_it_is_read(world, as_person):
    url = reverse("upload-of-measure", args=[world.enquiry.measures.first().pk])
    stream = Endless()
    kind = "multipart/form-data; boundary=x"

    response = as_person("leah").generic(
        "POST", url, content_type=kind, CONTENT_LENGTH=str(10**9), **{"wsgi.input": stream}
    )

    assert (response.status_code, stream.taken) == (413, 0)
    assert "too much to send at once" in response.content.decode()


def test_length_that_is_no_number_is_none(db):
    response = Client().post("/accounts/login/", CONTENT_LENGTH="many")

    assert response.status_code == 200


def test_enquiry_takes_no_more_files_than_it_has_room_for(world, as_person, settings):
    a_photo(world)
    settings.EVIDENCE_TOTAL = Evidence.objects.get().size + 10
    url = reverse("evidence-new", args=[world.enquiry.pk, "priority", a_priority(world).key])
    sent = SimpleUploadedFile("notes.pdf", files.pdf())

    refused = as_person("leah").post(url, {"file": sent, "caption": "Our notes"})

    assert [*errors_said(refused)] == ["file"]
    assert Evidence.objects.count() == 1


def test_pdf_with_script_leaves_as_a_download_in_a_sandbox(world, as_person):
    record = a_priority(world)
    kept = actions.attach_evidence(
        enquiry=world.enquiry,
        sheet="priority",
        record=record.key,
        file=examined(SCRIPTED, "notes.pdf"),
        by=world.person("leah"),
        caption="Our notes",
        name="notes.pdf",
    )

    response = as_person("leah").get(reverse("evidence-file", args=[kept.key]))

    assert response["Content-Disposition"] == 'attachment; filename="notes.pdf"'
    assert response["Content-Security-Policy"] == OF_DOWNLOADS
    assert response["X-Content-Type-Options"] == "nosniff"
