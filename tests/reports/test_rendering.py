import gc
import json
import logging
import os
import re
import subprocess
import sys
from dataclasses import asdict, replace
from hashlib import sha256
from io import BytesIO
from operator import delitem

import pikepdf
import pypdfium2
import pytest
from pikepdf import Dictionary, Name

import reports.rendering
from reports.rendering import (
    PdfUnavailable,
    body_html,
    fingerprint,
    gate,
    prime,
    render_pdf,
    shaped_by,
)
from reports.rendering.printer import Page, Shelf, print_document
from reports.rendering.typography import typeset
from reports.values import Pair
from tests.reports.samples import FULL, SAMPLES, without

RENDER = """
import json, sys
from hashlib import sha256
import django
django.setup()
from reports.rendering import render_pdf
for kind, data in json.load(sys.stdin):
    print(sha256(render_pdf(kind, data).content).hexdigest())
"""


@pytest.fixture(scope="module")
def pdfs():
    """Every sample, printed once."""
    return {name: render_pdf(kind, data) for name, (kind, data) in SAMPLES.items()}


def words(content: bytes, page: int) -> str:
    """The text of a page, with single spaces."""
    document = pypdfium2.PdfDocument(content)
    text = document[page].get_textpage().get_text_range()
    document.close()
    return " ".join(text.replace("\ufffe", "-").split())


def all_words(content: bytes, pages: int) -> str:
    return " ".join(words(content, page) for page in range(pages))


# ---- what is printed -----------------------------------------------------------------------


def test_cover(pdfs):
    assert words(pdfs["full"].content, 0) == (
        "National College Case study Coaching across phases Northern Hills Alliance Northumberland "
        "Theme 3: Leadership of great pedagogy Themes project 2012-14 September 2013 to July 2014"
    )


def test_a_bare_alliance_says_what_is_not_yet_recorded(pdfs):
    assert pdfs["bare"].pages == 2
    assert words(pdfs["bare"].content, 0) == (
        "National College Case study Northern Hills Alliance Themes project 2012-14"
    )
    assert words(pdfs["bare"].content, 1) == (
        "At a glance Not yet recorded What kind of alliance "
        "this is; which schools take part; what the alliance aims for; what was tried, cycle by "
        "cycle; what was measured, with baselines and outcomes; what was learnt about leadership; "
        "which challenges were met, and what was done about them; how the learning was shared; "
        "what happens next. Northern Hills Alliance At a glance National College Page 2 of 2"
    )


@pytest.mark.parametrize(
    ("sample", "pages"),
    [("full", 7), ("listing", 3), ("bare", 2), ("national", 13), ("empty national", 3)],
)
def test_pages(pdfs, sample, pages):
    assert abs(pdfs[sample].pages - pages) <= 2
    assert len(pypdfium2.PdfDocument(pdfs[sample].content)) == pdfs[sample].pages


@pytest.mark.parametrize(
    "told",
    [
        "Figure 1: The cycles of the enquiry, in order",
        "Table 1: Schools in the enquiry",
        "Table 2: Trial notes, Year 1",
        "Figure 3: From baseline to outcome, per cent",
        "Table 3: Pupils: measures over time",
        "93% 2013 92% 2014 −1 worse 240",
        "Table 4: Pupils: figures from one point in time",
        "Table 5: Vectors question, test",
        "Class 10R4 Baseline 0 – 22 Outcome 14 [c] 22",
        "Correct: Printed as 64 per cent",
        "Table 6: Pupils: evidence in words",
        "Pupils’ view Mostly positive",
        "Table 7: The alliance: figures from one point in time",
        "A figure that rests on fewer than 6 pupils is withheld",
        "[c] withheld, because it rests on few pupils; – nothing recorded.",
        "“We talked about teaching again.”",
        "Felt trusted. head (reported)",
    ],
)
def test_a_case_study_tells(pdfs, told):
    assert told in all_words(*vars(pdfs["full"]).values())


def test_words_of_others_are_not_put_in_quotation_marks(pdfs):
    assert "“Felt trusted" not in all_words(*vars(pdfs["full"]).values())


def test_contents_and_page_numbers(pdfs):
    pdf = pdfs["listing"]
    assert words(pdf.content, 1).startswith(
        "Contents 1 What we set out to do 3 2 Key messages and sources 3 At a glance"
    )
    assert words(pdf.content, 2).endswith(f"Page 3 of {pdf.pages}")


def test_a_national_report_cites_and_counts(pdfs):
    told = all_words(*vars(pdfs["national"]).values())
    assert "Alliances cited: Alliance 000, Alliance 003, Alliance 006, Alliance 009." in told
    assert "No alliance in this report is cited for “Manage risks”." in told
    assert "Writing improved. 24 months 000:640" in told


def test_bookmarks(pdfs):
    with (
        pikepdf.open(BytesIO(pdfs["national"].content)) as pdf,
        pdf.open_outline() as outline,
    ):
        titles = [item.title for item in outline.root]
    assert titles == [
        "Themes project 2012-14",
        "Contents",
        "1 Summary",
        "2 The alliances and their enquiries",
        "3 Impact, level by level",
        "4 Impact by area of focus",
        "5 Leadership learning",
        "6 Challenges and actions",
        "7 Key messages",
        "Appendix A Key messages and the alliances cited",
        "Appendix B The programme",
        "Appendix C How this report was made",
    ]


def test_metadata_names_the_report_and_no_moment(pdfs):
    with pikepdf.open(BytesIO(pdfs["full"].content)) as pdf:
        assert {key: str(value) for key, value in pdf.docinfo.items() if key != "/Producer"} == {
            "/Title": "Coaching across phases – Northern Hills Alliance",
            "/Author": "National College",
            "/Subject": "Case study: Themes project 2012-14",
            "/Creator": "Alliance Enquiry",
        }
        assert str(pdf.Root.Lang) == "en-GB"


def test_only_our_fonts_are_used(pdfs):
    with pikepdf.open(BytesIO(pdfs["full"].content)) as pdf:
        fonts = {
            str(item.FontName).partition("+")[2]
            for item in pdf.objects
            if isinstance(item, Dictionary) and item.get("/Type") == "/FontDescriptor"
        }
    assert {re.sub("[^A-Za-z].*", "", name) for name in fonts} == {"Enquiry"}


@pytest.mark.parametrize(
    ("straight", "curled"),
    [
        ("Pupils' view of 'good' work", "Pupils’ view of ‘good’ work"),
        ("She said \"stop\" (in '10R4')", "She said “stop” (in ‘10R4’)"),
        ({"a": ["it's", 3, None]}, {"a": ["it’s", 3, None]}),
    ],
)
def test_quotation_marks_are_curled(straight, curled):
    assert typeset(straight) == curled


# ---- same values, same bytes ---------------------------------------------------------------


def test_two_processes_print_the_same_bytes(pdfs):
    samples = ["full", "national"]
    given = json.dumps([SAMPLES[sample] for sample in samples])
    prints = {
        subprocess.run(
            [sys.executable, "-c", RENDER],
            input=given,
            capture_output=True,
            text=True,
            check=True,
            env=os.environ | {"PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }
    here = [sha256(pdfs[sample].content).hexdigest() for sample in samples]
    assert [text.split() for text in prints] == [here]


@pytest.mark.parametrize("sample", ["full", "national"])
def test_what_is_left_out_of_the_librarys_style_changes_no_byte(pdfs, monkeypatch, sample):
    monkeypatch.delattr(Page, "_ua_stylesheets")

    assert render_pdf(*SAMPLES[sample]).content == pdfs[sample].content


def test_a_primed_process_prints_the_same_bytes(pdfs):
    prime()

    assert gc.get_freeze_count() > 0
    assert render_pdf(*SAMPLES["bare"]).content == pdfs["bare"].content
    gc.unfreeze()


def test_the_fingerprint_follows_what_shapes_the_file(monkeypatch):
    kind, data = SAMPLES["full"]
    marks = {shaped_by(kind, data), shaped_by(kind, dict(reversed(data.items())))}
    assert len(marks) == 1
    marks.add(shaped_by(kind, data | {"title": "Other"}))
    monkeypatch.setattr(fingerprint, "_maker", lambda: b"other fonts")
    marks.add(shaped_by(kind, data))
    assert len(marks) == 3


def test_the_fingerprint_covers_templates_style_fonts_and_code():
    names = {path.name for path in fingerprint._sources()}
    expected = {
        "print.html",
        "drawing.svg",
        "print.css",
        "serif-italic.ttf",
        "printer.py",
        "slope.py",
    }
    assert expected <= names


# ---- nothing gets in -----------------------------------------------------------------------

PLANTED = '<img src="http://203.0.113.5/x.png"><link rel=stylesheet href="file:///etc/passwd">'


def planted(value):
    """The value with markup put into every text."""
    if isinstance(value, str):
        return f"{value} {PLANTED}"
    if isinstance(value, list):
        return [planted(item) for item in value]
    return {key: planted(item) for key, item in value.items()} if isinstance(value, dict) else value


def planted_study() -> dict:
    data = planted(SAMPLES["full"][1])
    kinds = [chart["kind"] for chart in SAMPLES["full"][1]["charts"]]
    for chart, kind in zip(data["charts"], kinds, strict=True):
        chart["kind"] = kind
        for row in chart["rows"]:
            row["symbols"] = []
    return data


def test_markup_is_shown_and_not_obeyed():
    body = body_html("case-study", planted_study())
    assert "<img" not in body
    assert "<link" not in body
    assert body.count("&lt;img src=") > 100


def test_planted_addresses_fetch_nothing(monkeypatch):
    asked = []
    fetch = Shelf.fetch

    def noted(shelf, url, headers=None):
        asked.append(url)
        return fetch(shelf, url, headers)

    monkeypatch.setattr(Shelf, "fetch", noted)
    content = render_pdf("case-study", planted_study()).content
    assert {url for url in asked if not url.startswith("shelf:/fonts/")} == {"shelf:/cover.svg"}
    assert gate.problems(content) == []


def test_even_markup_that_got_through_fetches_nothing(caplog):
    addresses = ["file:///etc/hostname", "http://203.0.113.5/x.png", "data:image/gif;base64,R0lG"]
    images = "".join(f'<img alt="x" src="{address}">' for address in addresses)
    html = f"<html lang=en><title>x</title><body><h1>x</h1>{images}"
    with caplog.at_level(logging.ERROR, logger="weasyprint"):
        print_document(html, {}, b"0" * 16)
    refused = [record.getMessage() for record in caplog.records]
    assert len(refused) == 3
    assert all("may not fetch" in message for message in refused)


def test_style_and_templates_are_understood_without_warnings(caplog):
    with caplog.at_level(logging.WARNING, logger="weasyprint"):
        render_pdf(*SAMPLES["national"])
    assert [record.getMessage() for record in caplog.records] == []


@pytest.mark.parametrize("sample", SAMPLES)
def test_the_screen_body_suits_a_strict_content_security_policy(sample):
    body = body_html(*SAMPLES[sample])
    assert re.findall(r"<style|<script|\sstyle=|\son\w+=|javascript:", body) == []


@pytest.mark.parametrize("sample", SAMPLES)
def test_the_screen_body_has_no_id_twice_and_no_link_to_nowhere(sample):
    body = body_html(*SAMPLES[sample])
    ids = re.findall(r'\sid="([^"]+)"', body)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'(?:href="#|labelledby=")([^"]+)"', body)) <= set(ids)


@pytest.mark.parametrize("lines", [20, 200])
def test_rows_too_high_to_stay_together_leave_no_caption_alone(lines):
    row = f'<tr><th scope="row">Measure</th><td>{"Words<br>" * lines}</td></tr>'
    head = '<thead><tr><th scope="col">What</th><th scope="col">Words</th></tr></thead>'
    table = f"<caption>Told at length</caption>{head}<tbody>{row * 3}</tbody>"
    html = (
        '<html lang="en"><head><title>Long</title></head><body><main class="doc"><h1>Long</h1>'
        f'<table class="doc-table doc-keep">{table}</table></main></body></html>'
    )

    content, pages = print_document(html, {}, b"0" * 16)

    assert gate.problems(content) == []
    assert [number for number in range(pages) if "What Words" not in words(content, number)] == []


def test_a_machine_without_the_libraries_says_so(monkeypatch):
    monkeypatch.delattr(reports.rendering, "printer", raising=False)
    monkeypatch.setitem(sys.modules, "reports.rendering.printer", None)
    with pytest.raises(PdfUnavailable, match="cannot be made here"):
        render_pdf(*SAMPLES["bare"])


# ---- the gate ------------------------------------------------------------------------------


@pytest.mark.parametrize("sample", SAMPLES)
def test_every_sample_passes_the_gate(pdfs, sample):
    assert gate.problems(pdfs[sample].content) == []


def elements(pdf: pikepdf.Pdf, kind: str) -> list[Dictionary]:
    return [
        item
        for item in pdf.objects
        if isinstance(item, Dictionary) and item.get("/S") == f"/{kind}" and "/P" in item
    ]


def first_annotation(pdf: pikepdf.Pdf) -> Dictionary:
    return next(page.Annots[0] for page in pdf.pages if "/Annots" in page)


def forget_fonts(pdf: pikepdf.Pdf) -> None:
    for item in pdf.objects:
        if isinstance(item, Dictionary) and item.get("/Type") == "/FontDescriptor":
            del item["/FontFile2"]


def no_headers(pdf: pikepdf.Pdf) -> None:
    for cell in elements(pdf, "TH"):
        cell.S = Name.TD
        del cell["/ID"]


BREAKAGES = {
    "does not say that it is tagged": lambda pdf: delitem(pdf.Root, "/MarkInfo"),
    "no structure tree": lambda pdf: delitem(pdf.Root, "/StructTreeRoot"),
    "language is not stated": lambda pdf: delitem(pdf.Root, "/Lang"),
    "title is not stated": lambda pdf: delitem(pdf.Root, "/Metadata"),
    "not say that it is PDF/UA-1": lambda pdf: delitem(pdf.Root, "/Metadata"),
    "file name instead of the title": lambda pdf: delitem(pdf.Root, "/ViewerPreferences"),
    "figure has no text": lambda pdf: delitem(elements(pdf, "Figure")[0], "/Alt"),
    "TR stands in Div": lambda pdf: elements(pdf, "TBody")[0].update({"/S": Name.Div}),
    "TD stands in Sect": lambda pdf: elements(pdf, "TR")[0].update({"/S": Name.Sect}),
    "table has no header cells": no_headers,
    "header that is not there": lambda pdf: elements(pdf, "TH")[0].update({"/ID": b"lost"}),
    "level 4 follows": lambda pdf: elements(pdf, "H2")[0].update({"/S": Name.H4}),
    "first heading is of level 2": lambda pdf: elements(pdf, "H1")[0].update({"/S": Name.H2}),
    "link on page 2 is not described": lambda pdf: delitem(first_annotation(pdf), "/Contents"),
    "link on page 2 is not tied": lambda pdf: delitem(first_annotation(pdf), "/StructParent"),
    "Page 2 is not tied": lambda pdf: pdf.pages[1].obj.update({"/StructParents": 0}),
    "tree does not fit page 1": lambda pdf: pdf.pages[0].obj.update({"/StructParents": 1}),
    "is not embedded": forget_fonts,
}


@pytest.mark.parametrize("problem", BREAKAGES)
def test_the_gate_finds(pdfs, problem):
    broken = BytesIO()
    with pikepdf.open(BytesIO(pdfs["full"].content)) as pdf:
        BREAKAGES[problem](pdf)
        pdf.save(broken)
    assert any(problem in found for found in gate.problems(broken.getvalue()))


def test_the_gate_sees_that_pages_of_another_file_were_added(pdfs):
    joined = BytesIO()
    with (
        pikepdf.open(BytesIO(pdfs["full"].content)) as pdf,
        pikepdf.open(BytesIO(pdfs["listing"].content)) as other,
    ):
        pdf.add_pages_from(other)
        pdf.save(joined)
    pages = pdfs["full"].pages
    assert f"Page {pages + 1} is not tied to the structure tree" in gate.problems(joined.getvalue())


def test_the_gate_says_that_it_cannot_read_nonsense():
    assert gate.problems(b"nonsense")[0].startswith("The file cannot be read")


# ---- gaps ----------------------------------------------------------------------------------


def test_parts_without_content_leave_no_heading():
    study = without(FULL, "title", "challenges")
    headings = re.findall(r"<h2[^>]*>(.*?)</h2>", body_html("case-study", asdict(study)))
    assert headings == [
        "Contents",
        "At a glance",
        '<span class="doc-number">1</span> Challenges and actions',
    ]


def test_numbers_follow_the_parts_that_are_there():
    study = replace(without(FULL, "title", "challenges"), claims=[Pair("Teachers", "New roles.")])
    captions = re.findall(r"(Table \d+):", body_html("case-study", asdict(study)))
    assert captions == ["Table 1", "Table 2"]
