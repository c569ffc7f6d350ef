"""Forms of the method on paper: blank, filled, and the overview on one sheet."""

import sys
from dataclasses import asdict
from datetime import UTC, datetime
from io import BytesIO
from uuid import uuid4

import pikepdf
import pypdfium2
import pytest

from alliances import access
from enquiries.actions import (
    agree_judgement,
    attach_evidence,
    remove_evidence,
    save_sheet,
    share_judgement,
)
from enquiries.evidence.contents import examined
from enquiries.models import (
    CollaborationPlacing,
    Enquiry,
    GuideCell,
    ImpactOverview,
    Participation,
    Question,
)
from enquiries.sheets import catalogue, sheet_called
from enquiries.sheets.queries import private_fields
from reports.builders import build_blank_form, build_filled_form, build_overview
from reports.management.commands.form_table import TABLE, form_table
from reports.models import Rendition
from reports.rendering import gate, render_checked_pdf
from reports.values import Asked, AskedTable, AttachedOnPaper, Pair
from tests.enquiries import files

MARKER = "Quokka"
GUIDE = "guide-implementation-diagnosis"
A4, A3 = (842, 595), (1191, 842)


def text_of(content: bytes) -> str:
    """The words of a PDF, with single spaces."""
    return " ".join(pages_of(content))


def pages_of(content: bytes) -> list[str]:
    """The words of each page, with single spaces."""
    document = pypdfium2.PdfDocument(content)
    found = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return [" ".join(page.replace("\ufffe", "-").split()) for page in found]


def sizes(content: bytes) -> list[tuple[int, int]]:
    """Width and height of every page in points."""
    document = pypdfium2.PdfDocument(content)
    found = [tuple(round(side) for side in page.get_size()) for page in document]
    document.close()
    return found


def saved(world, model, by: str, wanted: dict, **place):
    place = {"enquiry": world.enquiry, "key": uuid4(), **place}
    return save_sheet(model, place=place, seen={}, wanted=wanted, by=world.person(by))


def printed(world, client, slug: str, record) -> tuple[str, str]:
    """A record's page and its PDF, as words."""
    url = f"/enquiries/{world.enquiry.pk}/forms/{slug}/{record.key}/print"
    page, pdf = client.get(f"{url}/"), client.get(f"{url}.pdf")
    assert (page.status_code, pdf.status_code) == (200, 200)
    return page.content.decode(), text_of(pdf.content)


@pytest.mark.parametrize("sheet", catalogue(), ids=lambda sheet: sheet.slug)
def test_every_blank_form_can_be_read_aloud(world, sheet):
    pdf = render_checked_pdf("form", asdict(build_blank_form(sheet)))

    assert gate.problems(pdf.content) == []
    assert set(sizes(pdf.content)) == {(595, 842)}


def test_blank_plan_asks_what_the_page_asks(world):
    form = build_blank_form(sheet_called("impact-plan"))

    assert (form.code, form.title, form.is_blank) == ("F13", "Baseline and impact plan", True)
    assert [pair.first for pair in form.about] == ["Alliance or school", "Filled in by", "Date"]
    assert [question.room for question in form.below] == [
        "line",
        "options",
        *["lines"] * 5,
        "options",
        "options",
        "line",
        "lines",
        "date",
        "line",
        "line",
        "options",
    ]
    assert form.below[1] == Asked(
        label="Level",
        hint="Student learning matters most: without it the collaboration itself is in question",
        answer="",
        room="options",
        options=["Student learning", "Professional learning", "Organisational learning"],
    )


def test_blank_grid_has_empty_rows(world):
    table = build_blank_form(sheet_called("impact-overview")).table

    assert table == AskedTable(
        headings=[
            "School",
            "Organisation outcomes",
            "Professional outcomes",
            "Student outcomes",
        ],
        rows=[[""] * 4] * 6,
    )


@pytest.mark.parametrize("sheet", catalogue(), ids=lambda sheet: sheet.slug)
def test_blank_form_has_nothing_that_a_facilitator_keeps(world, as_person, sheet):
    """Not even for the facilitator: it may lie on a staff-room table."""
    form = sheet.form(sheet=sheet, enquiry=world.enquiry, cycle=world.cycle)
    kept = [form.fields[name].label for name in private_fields(sheet) & set(form.fields)]

    page = as_person("faye").get(f"/forms/{sheet.slug}/blank/").content.decode()

    assert [label for label in kept if f"<h2>{label}</h2>" in page] == []


def test_filled_form_says_what_was_answered_and_by_whom(world, as_person, owen_reads):
    record = saved(world, Question, "leah", {"find_out": MARKER}, participation=None, cycle=None)

    page, pdf = printed(world, as_person("owen"), "question", record)

    assert page.count(MARKER) == pdf.count(MARKER) == 1
    assert "Leah Marsh" in pdf
    assert "What do we want to find out? Quokka" in pdf


def test_filled_form_says_when_it_was_saved_as_pages_do(world):
    record = saved(world, Question, "leah", {"find_out": MARKER}, participation=None, cycle=None)
    record.saved_at = datetime(2026, 3, 5, 15, 7, tzinfo=UTC)

    paper = build_filled_form(sheet_called("question"), record, set())

    assert paper.about[-1] == Pair("Last saved", "5 March 2026, 3:07pm, Leah Marsh")


@pytest.fixture
def judged(world):
    """Two records with a marker in every field that the facilitator keeps."""
    school = world.enquiry.participations.first()
    diagnosis = {
        "phase": "implementation",
        "element": "diagnosis",
        "participation": school,
        "cycle": world.cycle,
    }
    said = {
        "recorded": MARKER,
        "private_notes": MARKER,
        "judgement.support_needed": MARKER,
        "agreement": "Two visits",
    }
    placed = {"skill": "low", "participation_degree": "high", "next_steps": "Meet in May"}
    return {
        "guide-implementation-diagnosis": saved(world, GuideCell, "faye", said, **diagnosis),
        "collaboration": saved(world, CollaborationPlacing, "faye", placed),
    }


@pytest.mark.parametrize("person", ["leah", "sam", "tom", "owen"])
def test_judgement_is_on_nobody_elses_paper(world, as_person, judged, person, owen_reads):
    papers = [
        paper
        for slug, record in judged.items()
        for paper in printed(world, as_person(person), slug, record)
    ]

    assert [MARKER in paper for paper in papers] == [False] * 4
    assert ["Two visits" in paper for paper in papers] == [True, True, False, False]
    assert ["Meet in May" in paper for paper in papers] == [False, False, True, True]
    assert [paper for paper in papers[2:] if "Low" in paper or "High" in paper] == []


def test_judgement_is_on_the_facilitators_paper(world, as_person, judged):
    slug = "guide-implementation-diagnosis"

    papers = printed(world, as_person("faye"), slug, judged[slug])

    assert [MARKER in paper for paper in papers] == [True, True]


def test_record_is_not_printed_as_another_form(world, as_person, judged):
    """Another cell of the guide has other private fields."""
    record = judged["guide-implementation-diagnosis"]
    other = f"/enquiries/{world.enquiry.pk}/forms/guide-impact-drive/{record.key}/print"

    found = [as_person("leah").get(f"{other}{ending}").status_code for ending in ("/", ".pdf")]

    assert found == [404, 404]


def test_record_is_not_printed_under_another_enquiry(world, as_person):
    record = saved(world, Question, "leah", {"find_out": MARKER}, participation=None, cycle=None)

    url = f"/enquiries/{world.other_enquiry.pk}/forms/question/{record.key}/print/"

    assert as_person("ravi").get(url).status_code == 404


@pytest.mark.parametrize("schools", [1, 3])
def test_printing_a_grid_asks_the_same_whatever_its_rows(
    world, as_person, schools, django_assert_num_queries
):
    keep_schools(world.enquiry, schools)
    record = saved(
        world,
        ImpactOverview,
        "leah",
        {"recommendations": "Share it"},
        participation=None,
        cycle=world.cycle,
    )
    client = as_person("leah")

    with django_assert_num_queries(7):
        client.get(f"/enquiries/{world.enquiry.pk}/forms/impact-overview/{record.key}/print/")


def keep_schools(enquiry: Enquiry, number: int) -> None:
    """Leave the enquiry this many schools."""
    kept = list(enquiry.participations.values_list("pk", flat=True)[:number])
    Participation.objects.filter(enquiry=enquiry).exclude(pk__in=kept).delete()
    assert enquiry.participations.count() == number


# ---- the overview --------------------------------------------------------------------------


@pytest.mark.parametrize(("words", "size"), [(3, A4), (30, A3), (36, A3)])
def test_overview_stands_on_one_landscape_sheet(world, words, size):
    overview = asdict(build_overview(world.enquiry, world.cycle))
    said = "Pupils talk " * words
    overview["group"] = [asdict(Pair(f"Heading {number}", said)) for number in range(7)]
    overview["table"]["rows"] = [[f"School {number}", *[said] * 7] for number in range(3)]

    pdf = render_checked_pdf("overview", overview)

    assert sizes(pdf.content) == [size]


def test_overview_too_long_for_any_sheet_loses_nothing(world):
    overview = asdict(build_overview(world.enquiry, world.cycle))
    overview["table"]["rows"] = [[f"School {number}", *["Talk " * 400] * 7] for number in range(9)]

    pdf = render_checked_pdf("overview", overview)

    assert text_of(pdf.content).count("Talk") == 9 * 7 * 400
    assert set(sizes(pdf.content)) == {A3}
    assert text_of(pdf.content).count("Too much for one sheet: it goes on overleaf.") == 1


def test_overview_without_a_school_says_so(world):
    keep_schools(world.enquiry, 0)

    pdf = render_checked_pdf("overview", asdict(build_overview(world.enquiry, world.cycle)))

    assert "No school takes part yet." in text_of(pdf.content)


def test_overview_holds_what_was_written(world, as_person):
    cell = f"student.{world.enquiry.participations.first().pk}"
    wanted = {"recommendations": "Share it", cell: MARKER}
    here = {"participation": None, "cycle": world.cycle}
    saved(world, ImpactOverview, "leah", wanted, **here)

    response = as_person("leah").get(f"/enquiries/{world.enquiry.pk}/overview.pdf")

    found = text_of(response.content)
    assert response["Content-Type"] == "application/pdf"
    assert (found.count(MARKER), found.count("Share it")) == (1, 1)


@pytest.mark.parametrize("schools", [1, 3])
def test_overview_asks_the_same_whatever_its_schools(world, schools, django_assert_num_queries):
    keep_schools(world.enquiry, schools)
    enquiry = Enquiry.objects.select_related("alliance").get(pk=world.enquiry.pk)

    with django_assert_num_queries(9):
        overview = build_overview(enquiry, world.cycle)

    assert len(overview.table.rows) == schools


# ---- the paper for a visit -----------------------------------------------------------------


@pytest.mark.parametrize("person", ["faye", "leah"])
def test_paper_for_a_visit_says_whose_it_is_on_every_page_and_tells_no_judgement(
    world, as_person, person
):
    school = world.enquiry.participations.first()
    cell = {"cycle": world.cycle, "participation": school, "phase": "impact", "element": "data"}
    saved(world, GuideCell, "faye", {"recorded": MARKER, "private_notes": MARKER}, **cell)

    response = as_person(person).get(f"/enquiries/{world.enquiry.pk}/guide/impact/{school.pk}.pdf")

    pages = pages_of(response.content)
    own = f"Visit to {school.school} – the visitor’s own paper, not to be passed on"
    assert [page.count(own) for page in pages] == [1] * len(pages)
    assert (MARKER in " ".join(pages), Rendition.objects.count()) == (False, 0)


# ---- where no PDF can be made --------------------------------------------------------------


@pytest.mark.parametrize(
    ("pdf", "page"),
    [
        ("/forms/question/blank.pdf", "/forms/question/blank/"),
        ("/enquiries/{pk}/overview.pdf", "/enquiries/{pk}/overview/"),
    ],
)
def test_where_no_pdf_can_be_made_the_page_is_the_answer(world, as_person, monkeypatch, pdf, page):
    monkeypatch.setitem(sys.modules, "reports.rendering.printer", None)
    monkeypatch.delattr("reports.rendering.printer", raising=False)

    response = as_person("leah").get(pdf.format(pk=world.enquiry.pk))

    assert (response.status_code, response.url) == (302, page.format(pk=world.enquiry.pk))


# ---- the table in the docs -----------------------------------------------------------------


def test_table_of_forms_is_up_to_date():
    assert TABLE.read_text("utf-8") == form_table(), "run ./run manage form_table"


def attach(world, record, slug: str, content: bytes, **described):
    return attach_evidence(
        enquiry=world.enquiry,
        sheet=slug,
        record=record.key,
        file=examined(content, ""),
        by=world.person("faye"),
        **described,
    )


@pytest.fixture
def evidenced(world, judged):
    """A record of the guide with a photo, an agenda, what Faye keeps, and what she took away."""
    record = judged["guide-implementation-diagnosis"]
    consent = {"pupils_recognisable": False, "consent_held": True}
    wall = {"caption": "Our talk wall", "name": "wall.jpg"}
    attach(world, record, GUIDE, files.photo(), **wall, **consent)
    attach(world, record, GUIDE, files.pdf(), caption="The agenda", name="agenda.pdf")
    attach(world, record, GUIDE, b"Kept", caption=MARKER, is_private=True)
    removed = attach(world, record, GUIDE, b"Gone", caption="Gone")
    remove_evidence(evidence=removed, by=world.person("faye"))
    return record


@pytest.mark.parametrize("person", ["faye", "leah"])
def test_filled_form_lists_its_evidence_without_what_is_private(world, evidenced, person):
    allowed = access.permissions_over(world.person(person), world.abbot)

    form = build_filled_form(sheet_called(GUIDE), evidenced, allowed)

    photo = evidenced.enquiry.evidence.get(kind="jpg")
    assert form.evidence == [
        AttachedOnPaper("Our talk wall", "wall.jpg, JPEG photo", str(photo.key)),
        AttachedOnPaper("The agenda", "agenda.pdf, PDF", ""),
    ]


def test_photo_is_a_figure_with_its_caption_on_page_and_in_the_file(world, as_person, evidenced):
    photo = evidenced.enquiry.evidence.get(kind="jpg")
    leah = as_person("leah")
    url = f"/enquiries/{world.enquiry.pk}/forms/{GUIDE}/{evidenced.key}/print"

    page, pdf = leah.get(f"{url}/").content.decode(), leah.get(f"{url}.pdf").content

    assert f'<img src="/evidence/{photo.key}/small/" alt="Our talk wall">' in page
    assert "Evidence Our talk wall (wall.jpg, JPEG photo)" in text_of(pdf)
    assert figures_in(pdf) == ["Our talk wall"]
    assert gate.problems(pdf) == []


def figures_in(content: bytes) -> list[str]:
    """What the figures of a PDF are said to show; each has an image."""
    with pikepdf.open(BytesIO(content)) as document:
        images = [name for page in document.pages for name in page.get_images()]
        nodes = [item for item in document.objects if isinstance(item, pikepdf.Dictionary)]
        told = [str(node.Alt) for node in nodes if node.get("/S") == pikepdf.Name.Figure]
    assert len(images) == len(told)
    return told


@pytest.mark.parametrize(
    ("is_agreed", "printed"), [(True, [Pair("Collaborative skill", MARKER)]), (False, [])]
)
def test_filled_form_prints_what_was_agreed_and_nothing_merely_shared(world, is_agreed, printed):
    faye = world.person("faye")
    record = save_sheet(
        CollaborationPlacing,
        place={"enquiry": world.enquiry, "key": uuid4()},
        seen={},
        wanted={"skill": "low", "participation_degree": "high", "next_steps": "Meet."},
        by=faye,
    )
    words = [["Collaborative skill", MARKER]]
    shared = share_judgement(record=record, sheet="collaboration", words=words, by=faye)
    if is_agreed:
        agree_judgement(judgement=shared, by=world.person("leah"))
    sheet = sheet_called("collaboration")

    doc = build_filled_form(sheet, record, set())

    assert doc.agreed == printed
    assert (MARKER in text_of(render_checked_pdf("form", asdict(doc)).content)) == is_agreed
