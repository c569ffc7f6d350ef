"""A report as a document of Word: what editors and those who are read to rely on."""

import io
import re
import zipfile
from base64 import b64decode, b64encode
from dataclasses import asdict, fields, replace

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.table import Table
from PIL import Image

from reports.rendering import body_html
from reports.rendering.formats import format_of
from reports.rendering.formats.blocks import Picture
from reports.rendering.formats.drawings import as_png
from reports.values import CaseStudy, ClaimLine, EvidenceLine
from reports.values.case_study import Photo, ToldSection
from tests.reports.samples import FULL, SAMPLES
from tests.reports.test_format_tables import IMPRINT


def made(study: CaseStudy = FULL):
    return Document(io.BytesIO(format_of("docx", "case-study", asdict(study), IMPRINT)))


def found(document, tag: str) -> list:
    return list(document.element.body.iter(qn(f"w:{tag}")))


def value(element, name: str) -> str | None:
    return element.get(qn(f"w:{name}"))


def of_style(document, style: str) -> list[str]:
    return [p.text for p in document.paragraphs if p.style.name == style]


@pytest.fixture(scope="module")
def full():
    return made()


def test_headings_are_those_of_the_page_in_styles_of_word(full):
    page = body_html("case-study", asdict(FULL))
    counts = [len(re.findall(f"<{tag}[ >]", page)) for tag in ("h2", "h3")]

    assert of_style(full, "Title") == ["Coaching across phases"]
    assert of_style(full, "Heading 1")[:3] == [
        "At a glance",
        "1 Context",
        "2 What we set out to do",
    ]
    # the contents have a heading of their own style
    told = [len(of_style(full, name)) for name in ("TOC Heading", "Heading 1", "Heading 2")]
    assert told == [1, counts[0] - 1, counts[1]]


def test_lists_quotations_and_captions_have_styles_of_word(full):
    assert of_style(full, "List Bullet")[:2] == ["The university", "Project lead: deputy head"]
    assert of_style(full, "Quote") == [
        "“We talked about teaching again.”",
        "teacher",
        "Felt trusted.",
        "head (reported)",
    ]
    assert of_style(full, "Caption")[:3] == [
        "Table 1: Schools in the enquiry",
        "Figure 1: The cycles of the enquiry, in order",
        "Table 2: Trial notes, Year 1",
    ]


def test_every_table_with_headings_repeats_them_and_is_called_by_its_caption(full):
    tables = [each for each in full.iter_inner_content() if isinstance(each, Table)]
    marked = [value(t._tbl.tblPr.find(qn("w:tblLook")), "firstRow") == "1" for t in tables]
    repeated = [len(list(t._tbl.iter(qn("w:tblHeader")))) for t in tables]
    called = [t._tbl.tblPr.find(qn("w:tblCaption")) is not None for t in tables]

    assert repeated == [int(each) for each in marked]
    assert [sum(marked), sum(called), len(tables)] == [13, 13, 17]


def test_cells_are_those_of_the_page(full):
    tables = [each for each in full.iter_inner_content() if isinstance(each, Table)]

    (changes,) = [t for t in tables if t.cell(0, 1).text == "Baseline" and len(t.columns) == 5]

    assert [[cell.text for cell in row.cells] for row in changes.rows] == [
        ["Measure", "Baseline", "Outcome", "Change", "n"],
        [
            "Two levels of progress\nYear 6\nteacher assessment",
            "93%\n2013",
            "92%\n2014",
            "−1\nworse",
            "240",
        ],
    ]


def test_a_cell_over_several_rows_is_one_cell(full):
    (answers,) = [t for t in full.tables if t.cell(0, 0).text == "Group"]

    assert [cell.text for cell in answers.columns[0].cells] == [
        "Group",
        "Class 10R4",
        "Class 10R4",
    ]
    assert [value(m, "val") for m in answers._tbl.iter(qn("w:vMerge"))] == ["restart", None]


def test_pictures_are_told_in_words(full):
    told = [each.get("descr") for each in full.element.body.iter(qn("wp:docPr"))]

    assert told[1:3] == [
        "Per cent agreeing. Useful: 62%. Clear: 91%.",
        "From baseline to outcome, per cent. Two levels of progress went from 93% to 92%.",
    ]
    assert len(told) == 4
    assert all(told)


def test_pictures_are_drawn_at_two_hundred_dots_an_inch():
    box = '<rect width="100" height="50" fill="#ff0000"/>'
    drawn = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 50">{}</svg>'
    red, empty = (Picture(drawn.format(each), "", 100, 50) for each in (box, ""))

    pictures = [Image.open(io.BytesIO(each)) for each in as_png([red, empty])]

    middles = [each.convert("RGB").getpixel((600, 300)) for each in pictures]
    assert middles == [(255, 0, 0), (255, 255, 255)]
    assert [each.size[0] for each in pictures] == [1308, 1308]
    assert abs(pictures[0].info["dpi"][0] - 200) < 0.1


def photo(width: int, height: int) -> str:
    """A photo of this size, as a report holds it."""
    held = io.BytesIO()
    Image.new("RGB", (width, height)).save(held, "JPEG")
    return b64encode(held.getvalue()).decode()


def test_photos_are_kept_as_they_are_with_their_captions_and_no_larger_than_on_paper():
    photos = [Photo("F1", "Our talk wall", photo(400, 200)), Photo("F2", "Door", photo(10, 90))]
    silent = {field.name: [] for field in fields(ToldSection)}
    section = ToldSection(**silent | {"key": "what", "title": "What we did", "photos": photos})

    document = made(replace(FULL, told=[section]))

    pictures = [shape._inline for shape in document.inline_shapes]
    sizes = [(round(p.extent.cx / Mm(1)), round(p.extent.cy / Mm(1))) for p in pictures]
    assert [p.docPr.get("descr") for p in pictures] == ["Our talk wall", "Door"]
    assert sizes == [(130, 65), (12, 110)]
    assert of_style(document, "Caption")[:1] == ["Figure 1: Our talk wall [F1]"]
    kept = [part.blob for part in document.part.package.iter_parts() if part.partname.ext == "jpg"]
    assert kept == [b64decode(each.jpeg) for each in photos]


def test_document_is_in_english_has_a_title_and_numbers_its_pages(full):
    spoken = full.styles.element.find(f".//{qn('w:docDefaults')}//{qn('w:lang')}")
    foot = full.sections[0].footer
    title = "Coaching across phases – Northern Hills Alliance"
    fields = [each.text.strip() for each in foot._element.iter(qn("w:instrText"))]

    assert value(spoken, "val") == "en-GB"
    assert full.core_properties.title == title
    assert full.core_properties.language == "en-GB"
    assert foot.paragraphs[0].text == f"Case study: {title}. Page 1 of 1"
    assert fields == ["PAGE", "NUMPAGES"]


def test_contents_are_a_field_that_lists_the_sections_until_it_is_renewed(full):
    kinds = [value(each, "fldCharType") for each in found(full, "fldChar")]
    (code,) = [each.text.strip() for each in found(full, "instrText")]

    assert kinds == ["begin", "separate", "end"]
    assert code == 'TOC \\o "1-2" \\h \\z \\u'
    assert of_style(full, "toc 1")[:2] == ["1 Context", "2 What we set out to do"]


def marked() -> CaseStudy:
    claim = ClaimLine("C1", "Confidence rose.", ["M2"], "Strong", "Signed off", 1)
    piece = EvidenceLine("M2", "Measure", "Two levels of progress", "")
    return replace(FULL, rests_on=[claim], evidence=[piece])


def test_marks_lead_to_bookmarks_and_no_link_leads_nowhere():
    document = made(marked())
    links = [value(each, "anchor") for each in found(document, "hyperlink")]
    places = [value(each, "name") for each in found(document, "bookmarkStart")]

    assert "M2" in links
    assert set(links) <= set(places)
    assert len(places) == len(set(places))
    (row,) = [r for t in document.tables for r in t.rows if r.cells[0].text == "[M2]"]
    assert [value(each, "name") for each in row._tr.iter(qn("w:bookmarkStart"))] == ["M2"]


@pytest.mark.parametrize("sample", SAMPLES)
def test_rows_of_a_table_have_the_same_columns(sample):
    document = Document(io.BytesIO(format_of("docx", *SAMPLES[sample], IMPRINT)))

    widths = [
        {sum(cell.grid_span for cell in row._tr.tc_lst) for row in table.rows}
        for table in document.tables
    ]

    assert widths == [{len(table.columns)} for table in document.tables]


def test_every_part_of_the_file_is_of_one_time():
    content = format_of("docx", "case-study", asdict(FULL), IMPRINT)

    with zipfile.ZipFile(io.BytesIO(content)) as held:
        times = {each.date_time for each in held.infolist()}
        core = held.read("docProps/core.xml").decode()

    assert times == {(1980, 1, 1, 0, 0, 0)}
    assert re.findall(r">([^<]*)</dcterms", core) == ["2026-11-02T00:00:00Z"] * 2
