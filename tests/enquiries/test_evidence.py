"""Evidence attached to forms: who may attach, see, download and remove it, and what is asked."""

from hashlib import sha256
from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from PIL import Image

from alliances.models import AuditRecord
from enquiries import actions
from enquiries.actions import save_sheet
from enquiries.evidence.contents import KINDS_TAKEN, examined
from enquiries.models import (
    CollaborationPlacing,
    Evidence,
    EvidenceFile,
    GuideCell,
    Quotation,
    ReportingReview,
    SchoolPriority,
)
from impact.models import Reading
from tests.enquiries import files
from tests.pages import errors_said, labels

PHOTO_ANSWERS = {"pupils_recognisable": "no", "consent_held": "on"}
GUIDE = "guide-implementation-diagnosis"
QUESTIONS = [
    "File",
    "What does it show?",
    "If it is a photo: can pupils be recognised in it?",
]


def saved(world, model, by="leah", wanted=None, **place):
    place = {"enquiry": world.enquiry, **place}
    return save_sheet(model, place=place, seen={}, wanted=wanted or {}, by=world.person(by))


@pytest.fixture
def priority(world):
    """A form of one school that everybody who reads the enquiry may read."""
    school = world.enquiry.participations.first()
    return saved(world, SchoolPriority, wanted={"priority": "Writing"}, participation=school)


@pytest.fixture
def cell(world):
    """A cell of the facilitator's guide, with words for Faye alone."""
    place = {"phase": "implementation", "element": "diagnosis", "cycle": world.cycle}
    school = world.enquiry.participations.first()
    return saved(world, GuideCell, "faye", {"private_notes": "Thin"}, participation=school, **place)


def attaching(record, slug: str = "priority") -> str:
    return f"/enquiries/{record.enquiry_id}/forms/{slug}/{record.key}/evidence/new/"


def sent(content: bytes, name: str = "photo.jpg", **more) -> dict:
    return {"file": SimpleUploadedFile(name, content), "caption": "Our talk wall", **more}


def attached(record, by, content: bytes = b"a,b\n", *, slug="priority", **described) -> Evidence:
    given = {"caption": "Results", "name": "results.csv", **described}
    return actions.attach_evidence(
        enquiry=record.enquiry,
        sheet=slug,
        record=record.key,
        file=examined(content, given["name"]),
        by=by,
        **given,
    )


@pytest.fixture
def leah(as_person):
    return as_person("leah")


@pytest.fixture
def table(world, priority):
    """A CSV table that Leah attached to the priority."""
    return attached(priority, world.person("leah"))


@pytest.fixture
def display(world, priority):
    """A photo that Leah attached to the priority."""
    answers = {"pupils_recognisable": True, "consent_held": True}
    named = {"name": "wall.jpg", "caption": "Our talk wall"}
    return attached(priority, world.person("leah"), files.photo(), **named, **answers)


@pytest.fixture
def secret(world, cell):
    """A file that Faye attached to the guide for facilitators alone."""
    named = {"name": "Quokka.txt", "caption": "Quokka", "is_private": True}
    return attached(cell, world.person("faye"), b"Quokka", slug=GUIDE, **named)


# Attaching


def test_photo_attached_is_stored_with_what_was_said_of_it(world, leah, priority):
    content = files.photo_from_a_phone()

    response = leah.post(attaching(priority), sent(content, "IMG_1.JPEG", **PHOTO_ANSWERS))

    found = Evidence.objects.get()
    stored = bytes(found.file.content)
    school = priority.participation_id
    assert response.url == f"/enquiries/{world.enquiry.pk}/forms/priority/schools/{school}/"
    assert (found.kind, found.caption, found.name) == ("jpg", "Our talk wall", "IMG_1.JPEG")
    assert (found.pupils_recognisable, found.consent_held, found.is_private) == (False, True, False)
    assert (found.sheet, found.record) == ("priority", priority.key)
    assert (found.size, found.sha256) == (len(stored), sha256(stored).hexdigest())
    assert found.attached_by == world.person("leah")
    assert AuditRecord.objects.filter(act="attached", subject_id=found.pk).count() == 1


def test_file_that_is_no_photo_is_asked_for_no_consent(leah, priority):
    leah.post(attaching(priority), sent(files.pdf(), "agenda.pdf", **PHOTO_ANSWERS))

    found = Evidence.objects.get()
    assert (found.kind, found.pupils_recognisable, found.consent_held) == ("pdf", None, None)
    assert found.file.thumbnail is None


def test_limits_are_said_before_a_file_is_chosen(settings, leah, priority):
    settings.EVIDENCE_LARGEST, settings.EVIDENCE_MOST = 3 * 1024 * 1024, 7

    hint = leah.get(attaching(priority)).context["form"].fields["file"].help_text

    assert hint.endswith("At most 3\xa0MB each, and 7 files on one form.")


def test_empty_page_says_what_is_missing(leah, priority):
    response = leah.post(attaching(priority), {"caption": ""})

    assert response.status_code == 422
    assert errors_said(response) == {
        "file": "Choose a file",
        "caption": "Say what the file shows",
    }
    assert Evidence.objects.count() == 0


def test_photo_without_consent_is_refused(leah, priority):
    response = leah.post(attaching(priority), sent(files.photo()))

    assert response.status_code == 422
    assert errors_said(response) == {
        "file": "Choose the file again, because a browser does not keep it",
        "pupils_recognisable": "Select whether pupils can be recognised",
        "consent_held": "A photo can be attached only with the consent it needs",
    }
    assert Evidence.objects.count() == 0


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", "The file is empty. Choose another"),
        (b"x" * 1001, "The file must be 1000 bytes or smaller"),
        (b"<html>", KINDS_TAKEN),
    ],
)
def test_file_that_may_not_be_kept_is_refused_by_its_field(
    settings, leah, priority, content, error
):
    settings.EVIDENCE_LARGEST = 1000

    response = leah.post(attaching(priority), sent(content, "photo.jpg"))

    said = errors_said(response)
    assert (response.status_code, list(said)) == (422, ["file"])
    assert said["file"] == error
    assert Evidence.objects.count() == 0


def test_largest_file_allowed_is_taken(settings, leah, priority):
    settings.EVIDENCE_LARGEST = 1000

    leah.post(attaching(priority), sent(b"x" * 1000, "notes.txt"))

    assert Evidence.objects.get().size == 1000


def test_same_page_sent_twice_attaches_one_file(leah, priority):
    once = str(uuid4())

    for _ in range(2):
        leah.post(attaching(priority), sent(files.pdf(), submission=once))

    assert Evidence.objects.count() == EvidenceFile.objects.count() == 1


def test_record_with_as_many_files_as_it_may_have_takes_no_more(settings, leah, table, priority):
    settings.EVIDENCE_MOST = 1

    refused = leah.post(attaching(priority), sent(files.pdf()))
    page = leah.get(refused.context["back"]).content.decode()
    actions.remove_evidence(evidence=table, by=table.attached_by)
    taken = leah.post(attaching(priority), sent(files.pdf()))

    assert errors_said(refused) == {
        "file": "This form has 1 files already. Remove one that matters less"
    }
    assert "Attach a photo or a file" not in page
    assert taken.status_code == 302


FULL = """
CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END $$;
CREATE TRIGGER full_disk BEFORE INSERT ON enquiries_evidencefile
FOR EACH ROW EXECUTE FUNCTION full_disk();
"""


def test_full_disk_leaves_nothing_half_stored(leah, priority):
    with connection.cursor() as cursor:
        cursor.execute(FULL)

    response = leah.post(attaching(priority), sent(files.pdf()))

    assert response.status_code == 422
    assert errors_said(response) == {
        "file": "There is no room for the file now. Nothing was stored. Try again tomorrow"
    }
    assert Evidence.objects.count() == AuditRecord.objects.filter(act="attached").count() == 0


def test_file_of_a_row_that_is_rolled_back_is_gone_with_it(world, priority):
    with transaction.atomic():
        attached(priority, world.person("leah"))
        transaction.set_rollback(True)

    assert EvidenceFile.objects.count() == Evidence.objects.count() == 0


@pytest.mark.parametrize("consent", [None, False])
def test_database_holds_no_photo_without_consent(display, consent):
    with pytest.raises(IntegrityError), transaction.atomic():
        Evidence.objects.update(consent_held=consent)


def test_nothing_is_attached_to_a_record_of_another_form_or_enquiry(as_person, leah, priority):
    wrong_form = leah.post(attaching(priority, "norms"), sent(files.pdf()))
    wrong_record = leah.post(
        attaching(priority).replace(str(priority.key), str(uuid4())), sent(files.pdf())
    )

    assert (wrong_form.status_code, wrong_record.status_code) == (404, 404)
    assert as_person("ravi").post(attaching(priority), sent(files.pdf())).status_code == 404
    assert Evidence.objects.count() == 0


# Downloading


def test_download_is_the_file_under_its_owners_name(leah, table):
    response = leah.get(f"/evidence/{table.key}/")

    assert response.content == b"a,b\n"
    assert {name: response[name] for name in ("Content-Type", "Content-Disposition")} == {
        "Content-Type": "text/csv",
        "Content-Disposition": 'attachment; filename="results.csv"',
    }
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("photo.html", 'attachment; filename="photo.txt"'),
        ("run.exe.bat", 'attachment; filename="run.exe.txt"'),
        ("Année.txt", "attachment; filename*=utf-8''Ann%C3%A9e.txt"),
        ('a"b.txt', 'attachment; filename="a\\"b.txt"'),
        ("", 'attachment; filename="evidence.txt"'),
    ],
)
def test_download_has_the_ending_of_what_it_is(world, leah, priority, name, header):
    found = attached(priority, world.person("leah"), b"Notes", name=name)

    assert leah.get(f"/evidence/{found.key}/")["Content-Disposition"] == header


def test_thumbnail_is_a_small_jpeg_shown_in_the_page(leah, display):
    response = leah.get(f"/evidence/{display.key}/small/")

    assert response["Content-Type"] == "image/jpeg"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert Image.open(BytesIO(response.content)).format == "JPEG"


def test_file_that_is_no_photo_has_no_thumbnail(leah, table):
    assert leah.get(f"/evidence/{table.key}/small/").status_code == 404


def test_file_the_browser_has_is_not_sent_again_but_asked_for_each_time(as_person, leah, table):
    etag = leah.get(f"/evidence/{table.key}/")["ETag"]

    again = leah.get(f"/evidence/{table.key}/", headers={"If-None-Match": etag})
    outsider = as_person("ravi").get(f"/evidence/{table.key}/", headers={"If-None-Match": etag})

    assert (again.status_code, again.content, again["ETag"]) == (304, b"", etag)
    assert outsider.status_code == 404


# What facilitators keep


def test_facilitator_is_asked_who_may_see_it_where_a_form_has_what_they_keep(
    world, as_person, priority, cell
):
    placed = {"skill": "low", "participation_degree": "high", "next_steps": "Meet"}
    placing = saved(world, CollaborationPlacing, "faye", placed, key=uuid4())
    review = saved(world, ReportingReview, wanted={"effort": "Well"}, key=uuid4())
    asked = {
        person: [
            labels(as_person(person).get(attaching(record, slug)))[3:]
            for record, slug in [(cell, GUIDE), (placing, "collaboration")]
            if person == "faye" or slug == GUIDE
        ]
        for person in ("faye", "leah")
    }

    plain = labels(as_person("leah").get(attaching(review, "review")))

    assert asked == {"faye": [["Who may see it?"]] * 2, "leah": [[]]}
    assert plain == QUESTIONS


def test_facilitators_file_is_private_unless_they_say_otherwise(as_person, cell):
    faye = as_person("faye")
    form = faye.get(attaching(cell, GUIDE)).context["form"]

    for readers in ("facilitators", "everybody", ""):
        faye.post(attaching(cell, GUIDE), sent(files.pdf(), readers=readers, caption=readers or 1))

    assert form["readers"].value() == "facilitators"
    assert dict(Evidence.objects.values_list("caption", "is_private")) == {
        "facilitators": True,
        "everybody": False,
    }


def test_school_cannot_make_a_file_private(leah, cell):
    leah.post(attaching(cell, GUIDE), sent(files.pdf(), readers="facilitators"))

    assert Evidence.objects.get().is_private is False


@pytest.mark.parametrize(
    ("person", "status"), [("faye", 200), ("leah", 403), ("owen", 403), ("ravi", 404)]
)
def test_private_file_is_for_facilitators_alone(as_person, secret, person, status):
    client = as_person(person)

    assert client.get(f"/evidence/{secret.key}/").status_code == status
    assert client.get(f"/evidence/{secret.key}/remove/").status_code == status


def naming(client, cell) -> list[bool]:
    """Whether form, history and list of evidence speak of the secret file."""
    enquiry = f"/enquiries/{cell.enquiry_id}"
    pages = [
        f"{enquiry}/forms/{GUIDE}/schools/{cell.participation_id}/",
        f"{enquiry}/forms/{GUIDE}/{cell.key}/history/",
        f"{enquiry}/evidence/",
    ]
    return ["Quokka" in client.get(page).content.decode() for page in pages]


@pytest.mark.parametrize("person", ["leah", "owen"])
def test_private_file_is_named_on_nobody_elses_page(as_person, cell, secret, person):
    faye, other = as_person("faye"), as_person(person)

    before = naming(faye, cell), naming(other, cell)
    actions.remove_evidence(evidence=secret, by=secret.attached_by)
    after = naming(faye, cell), naming(other, cell)

    assert before == ([True] * 3, [False] * 3)
    assert after == ([False, True, True], [False] * 3)


# Removing


def test_removed_file_is_deleted_and_its_history_says_by_whom(world, as_person, leah, display):
    page = f"/evidence/{display.key}/remove/"

    asked = leah.get(page)
    still_there = EvidenceFile.objects.count()
    leah.post(page)

    display.refresh_from_db()
    assert (asked.status_code, still_there, EvidenceFile.objects.count()) == (200, 1, 0)
    assert (display.name, display.removed_by) == ("", world.person("leah"))
    assert leah.get(f"/evidence/{display.key}/").status_code == 404
    assert leah.get(f"/evidence/{display.key}/small/").status_code == 404
    assert leah.post(page).status_code == 404
    assert AuditRecord.objects.filter(act="removed", subject_id=display.pk).count() == 1


def test_file_of_a_withdrawn_form_can_be_removed_from_its_history(world, leah):
    wanted = {"text": "Okapi", "attribution": "Year 4"}
    quotation = saved(world, Quotation, wanted=wanted, key=uuid4())
    file = attached(quotation, world.person("leah"), slug="quotation")
    actions.withdraw(record=quotation, reason="Told twice.", by=world.person("leah"))
    page = f"/evidence/{file.key}/remove/"

    history = f"/enquiries/{world.enquiry.pk}/forms/quotation/{quotation.key}/history/"
    is_offered = page in leah.get(history).content.decode()
    removed = leah.post(page, follow=True)

    assert (is_offered, removed.status_code, EvidenceFile.objects.count()) == (True, 200, 0)


def test_removing_twice_keeps_who_was_first(world, table):
    actions.remove_evidence(evidence=table, by=world.person("sam"))

    actions.remove_evidence(evidence=table, by=world.person("leah"))

    table.refresh_from_db()
    assert table.removed_by == world.person("sam")


# Lists


def test_evidence_page_lists_what_there_is_and_what_was_removed(world, leah, table, display):
    actions.remove_evidence(evidence=table, by=world.person("sam"))

    page = leah.get(f"/enquiries/{world.enquiry.pk}/evidence/")

    kept, removed = page.context["kept"], page.context["removed"]
    school = world.enquiry.participations.first()
    address = f"/enquiries/{world.enquiry.pk}/forms/priority/schools/{school.pk}/"
    form = ("School’s own priority", address)
    assert [each.evidence for each in kept] == [display]
    assert [each.evidence for each in removed] == [table]
    assert [(each.form, each.form_url) for each in kept + removed] == [form, form]


@pytest.mark.parametrize("how_many", [1, 3])
def test_lists_ask_as_often_whatever_is_attached(
    world, leah, priority, how_many, django_assert_num_queries
):
    for _ in range(how_many):
        attached(priority, world.person("leah"))
    pages = {
        f"/enquiries/{world.enquiry.pk}/evidence/": 5,
        f"/enquiries/{world.enquiry.pk}/forms/priority/{priority.key}/history/": 8,
        f"/enquiries/{world.enquiry.pk}/forms/priority/schools/{priority.participation_id}/": 12,
    }

    for page, queries in pages.items():
        with django_assert_num_queries(queries):
            leah.get(page)


def test_evidence_of_a_withdrawn_record_is_shown_by_its_history_alone(world, as_person):
    leah, client = world.person("leah"), as_person("leah")
    stays = saved(world, ReportingReview, cycle=world.cycle, key=uuid4())
    gone = saved(world, ReportingReview, cycle=world.cycle, key=uuid4())
    kept, hidden = (attached(record, leah, slug="review") for record in (stays, gone))
    removed = attached(gone, leah, slug="review")
    actions.remove_evidence(evidence=removed, by=leah)
    actions.withdraw(record=gone, reason="Twice.", by=leah)

    page = client.get(f"/enquiries/{world.enquiry.pk}/evidence/").context
    history = client.get(f"/enquiries/{world.enquiry.pk}/forms/review/{gone.key}/history/").context

    assert [each.evidence for each in page["kept"]] == [kept]
    assert page["removed"] == []
    assert history["evidence"] == [removed, hidden]


def test_evidence_leads_to_the_record_of_its_own_cycle(world, as_person):
    earlier = world.enquiry.cycles.first()
    school = world.enquiry.participations.first()
    place = {"phase": "implementation", "element": "diagnosis", "cycle": earlier}
    cell = saved(world, GuideCell, "faye", {"recorded": "Talk"}, participation=school, **place)
    attached(cell, world.person("faye"), slug=GUIDE)

    page = as_person("leah").get(f"/enquiries/{world.enquiry.pk}/evidence/").context

    form = f"/enquiries/{world.enquiry.pk}/forms/{GUIDE}/schools/{school.pk}/"
    assert [each.form_url for each in page["kept"]] == [f"{form}?cycle={earlier.position}"]


def test_file_of_a_form_that_not_everybody_opens_is_read_by_those_who_do(
    world, as_person, owen_reads
):
    reading = Reading.objects.filter(enquiry=world.enquiry).first()
    marks = attached(reading, world.person("leah"), slug="reading")
    listed = f"/enquiries/{world.enquiry.pk}/evidence/"

    found = {
        name: (
            as_person(name).get(f"/evidence/{marks.key}/").status_code,
            len(as_person(name).get(listed).context["kept"]),
        )
        for name in ("leah", "sam", "tom", "faye", "owen")
    }

    opens, does_not = (200, 1), (403, 0)
    assert found == {
        "leah": opens,
        "sam": opens,
        "tom": does_not,
        "faye": does_not,
        "owen": does_not,
    }
