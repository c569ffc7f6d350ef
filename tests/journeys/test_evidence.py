"""A photo and a document attached to a form, looked at, downloaded and removed."""

from pathlib import Path

import pytest

from enquiries.actions import save_sheet
from enquiries.models import SchoolPriority
from tests.enquiries import files


@pytest.fixture
def priority(world):
    school = world.enquiry.participations.first()
    place = {"enquiry": world.enquiry, "participation": school}
    wanted = {"priority": "Writing"}
    record = save_sheet(
        SchoolPriority, place=place, seen={}, wanted=wanted, by=world.person("leah")
    )
    return f"/enquiries/{record.enquiry_id}/forms/priority/schools/{school.pk}/"


def choose(visitor, name: str, content: bytes):
    file = {"name": name, "mimeType": "", "buffer": content}
    visitor.page.get_by_label("File", exact=True).set_input_files(file)


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_photo_is_attached_seen_on_the_form_and_removed(sign_in, priority, script):
    leah = sign_in("leah", script=script)
    leah.open(priority)
    leah.follow("Attach a photo or a file")
    choose(leah, "wall.heic", b"\x00\x00\x00\x18ftypheic")
    leah.write("What does it show?", "Our talk wall")
    leah.press("Attach")
    leah.says("File is a HEIC photo. Save it as JPEG")

    choose(leah, "wall.jpg", files.photo_from_a_phone())
    leah.choose("No, or only with a face hidden")
    leah.page.get_by_role("checkbox").check()
    leah.press("Attach")

    shown = leah.page.get_by_role("img", name="Our talk wall")
    shown.scroll_into_view_if_needed()
    leah.page.wait_for_function("[...document.images].every(image => image.naturalWidth)")
    assert leah.path == priority
    leah.follow("Remove Our talk wall")
    leah.press("Remove")
    assert shown.count() == 0
    leah.follow("History")
    assert leah.rows()[-1] == "Our talk wall"


def test_document_is_found_and_downloaded_by_the_facilitator(sign_in, priority):
    leah, agenda = sign_in("leah"), files.office("docx")
    leah.open(priority)
    leah.follow("Attach a photo or a file")
    choose(leah, "Agenda.docx", agenda)
    leah.write("What does it show?", "Agenda of the launch")
    leah.press("Attach")

    faye = sign_in("faye")
    faye.open(priority.partition("forms")[0])
    faye.follow("Evidence: photos and files")
    assert faye.rows() == ["Agenda of the launch"]
    with faye.page.expect_download() as waiting:
        faye.page.get_by_role("link", name="Agenda of the launch").click()

    assert waiting.value.suggested_filename == "Agenda.docx"
    assert Path(waiting.value.path()).read_bytes() == agenda
