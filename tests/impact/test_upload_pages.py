"""Sending a spreadsheet by the site's pages, and the templates handed out for it."""

import csv
import io
import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from impact.actions import take_up
from impact.models import Upload
from impact.spreadsheets import forms
from impact.spreadsheets.queries import subjects_of
from impact.spreadsheets.readings import read_readings
from tests.impact.sheets import (
    A_DAY,
    HEADINGS,
    a_distribution,
    a_measure,
    csv_file,
    lines_of,
    opened,
    saved,
)
from tests.pages import errors_said, queries_of

GOOD = ["Baseline", "27/3/2026", "98.5", "", "", "22", "", ""]


def post(client, url, content, name="readings.csv"):
    return client.post(url, {"file": SimpleUploadedFile(name, content)})


def sent(world, client, *lines) -> Upload:
    """A spreadsheet of a new measure, sent by the page and read by a worker."""
    url = reverse("upload-of-measure", args=[a_measure(world).pk])
    answer = post(client, url, csv_file(HEADINGS, *lines))
    upload = Upload.objects.get()
    assert answer.url == reverse("upload", args=[upload.pk])
    take_up(upload.pk)
    return upload


def cells(response) -> list[list[str]]:
    """The rows of a page's tables, without headings."""
    html = response.content.decode()
    found = re.findall(r"<tr class=\"govuk-table__row\">(.*?)</tr>", html, re.DOTALL)
    rows = [re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row, re.DOTALL) for row in found]
    return [[unescape(" ".join(text.split())) for text in row] for row in rows]


def state(response) -> str:
    return re.search(r'data-state="(\w+)"', response.content.decode())[1]


@pytest.mark.parametrize(
    ("sender", "reader", "status"),
    [("leah", "sam", 200), ("leah", "tom", 403), ("tom", "tom", 200), ("tom", "hana", 403)],
)
def test_a_file_is_opened_by_its_sender_and_who_may_see_small_numbers(
    world, as_person, sender, reader, status
):
    upload = sent(world, as_person(sender), GOOD)

    response = as_person(reader).get(reverse("upload", args=[upload.pk]))

    assert response.status_code == status


def test_a_file_is_sent_read_shown_and_saved(world, as_person):
    leah = as_person("leah")
    upload = sent(world, leah, GOOD)
    url = reverse("upload", args=[upload.pk])

    shown = leah.get(url)
    confirmed = leah.post(reverse("upload-confirm", args=[upload.pk]))
    waits = leah.get(url)
    take_up(upload.pk)
    done = leah.get(url)

    assert [state(page) for page in (shown, waits, done)] == ["ready", "saving", "saved"]
    assert cells(shown) == [
        ["Measure", "Moment", "Readings"],
        ["Reading age, Year 4", "Baseline", "1"],
        ["Row", "Measure", "Moment", "Date", "Value"],
        ["Row 2", "Reading age, Year 4", "Baseline", "27 March 2026", "98.5 months, n = 22"],
    ]
    assert confirmed.url == url
    assert upload.measure.readings.count() == 1


def test_page_of_work_under_way_asks_again_without_script(world, as_person):
    leah = as_person("leah")
    url = reverse("upload-of-measure", args=[a_measure(world).pk])

    page = leah.get(post(leah, url, csv_file(HEADINGS, GOOD)).url)

    assert state(page) == "waiting"
    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in page.content.decode()


def test_faults_are_listed_by_row_and_column(world, as_person):
    leah = as_person("leah")
    upload = sent(world, leah, GOOD, ["Outcome", "soon", "98,5"])

    page = leah.get(reverse("upload", args=[upload.pk]))

    assert cells(page) == [
        ["Row", "Column", "What is wrong"],
        ["Row 3", "Date", "Enter a date like 27/3/2026, with all four numbers of the year"],
        [
            "Row 3",
            "Value",
            "Write numbers without a comma: 12.5 rather than 12,5, 1250 rather than 1,250",
        ],
    ]


def test_dropped_file_is_gone(world, as_person):
    leah = as_person("leah")
    upload = sent(world, leah, GOOD)

    answer = leah.post(reverse("upload-drop", args=[upload.pk]))
    page = leah.get(reverse("upload", args=[upload.pk]))

    assert answer.url == reverse("measures", args=[world.enquiry.pk])
    assert state(page) == "dropped"
    assert Upload.objects.get().content is None


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", "The file is empty. Choose another"),
        (b"%PDF-1.7\x00", "Choose a spreadsheet: an XLSX workbook or a CSV file"),
        (b"x" * 11, "The file must be 10 bytes or smaller"),
    ],
)
def test_file_that_is_refused_at_the_door(world, as_person, monkeypatch, content, error):
    monkeypatch.setattr(forms, "LARGEST", 10)
    url = reverse("upload-of-measure", args=[a_measure(world).pk])

    answer = post(as_person("leah"), url, content, name="readings.xlsx")

    assert (answer.status_code, errors_said(answer)) == (422, {"file": error.replace(" ", " ")})
    assert Upload.objects.count() == 0


def test_nothing_to_fill_in_where_nothing_is_measured(world, as_person):
    world.enquiry.measures.all().delete()
    leah = as_person("leah")

    page = leah.get(reverse("upload-of-enquiry", args=[world.enquiry.pk]))
    template = leah.get(reverse("template-of-enquiry", args=[world.enquiry.pk, "csv"]))

    assert "Add a measure first." in page.content.decode()
    assert template.status_code == 404


# ---- templates -----------------------------------------------------------------------------


def template(client, name, pk, form) -> bytes:
    response = client.get(reverse(f"template-of-{name}", args=[pk, form]))
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-store"
    return response.content


def test_csv_template_of_a_measure(world, as_person):
    measure = a_measure(world)

    content = template(as_person("leah"), "measure", measure.pk, "csv")

    assert list(csv.reader(io.StringIO(content.decode("utf-8-sig")))) == [
        ["Moment", "Date", "Value (months)", *HEADINGS[3:]]
    ]


def test_workbook_of_a_measure(world, as_person):
    mood = a_distribution(world)

    book = opened(template(as_person("leah"), "measure", mood.pk, "xlsx"))

    assert book.sheetnames == ["Readings", "How to fill in", "Measures"]
    assert lines_of(book["Readings"]) == [
        (
            "Moment",
            "Date",
            "Category: Low",
            "Category: Middling",
            "Category: High",
            "Number of people",
            "In words",
            "Symbol",
        )
    ]
    assert lines_of(book["Measures"]) == [
        ("Measure", "Unit", "Categories"),
        ("Confidence, Year 4", "pupils", "Low, Middling, High"),
    ]
    rules = book["Readings"].data_validations.dataValidation
    assert {(str(rule.sqref), rule.formula1) for rule in rules} == {
        ("A2:A2000", '"Baseline,On the way,Outcome"'),
        ("H2:H2000", '"x,z,c,u"'),
    }


def test_workbook_says_how_to_fill_in_each_of_its_columns(world, as_person):
    book = opened(template(as_person("leah"), "measure", a_measure(world).pk, "xlsx"))

    said = {line[0] for line in lines_of(book["How to fill in"])}

    assert {cell.value for cell in book["Readings"][1]} <= said
    assert {"0", "x", "z", "c", "u"} <= said


def test_filled_template_is_taken_back(world, as_person):
    measure = a_measure(world)
    book = opened(template(as_person("leah"), "measure", measure.pk, "xlsx"))
    book["Readings"].append(["Baseline", A_DAY, 98.5, None, None, 22])

    found = read_readings(
        saved(book), subjects_of(world.enquiry, measure), today=A_DAY, told=lambda _: None
    )

    assert (found.faults, len(found.rows)) == ((), 1)


def test_name_that_begins_like_a_formula_is_handed_out_as_text_and_taken_back(world, as_person):
    world.enquiry.measures.all().delete()
    a_measure(world, name='=HYPERLINK("http://x")')
    a_measure(world)
    leah = as_person("leah")

    content = template(leah, "enquiry", world.enquiry.pk, "csv")
    book = opened(template(leah, "enquiry", world.enquiry.pk, "xlsx"))
    sheet = book["Readings"]
    sheet["B2"], sheet["C2"], sheet["D2"] = "Baseline", A_DAY, 98.5
    found = read_readings(saved(book), subjects_of(world.enquiry), today=A_DAY, told=lambda _: None)

    lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert [line[0] for line in lines] == [
        "Measure",
        '\'=HYPERLINK("http://x"), Year 4',
        "Reading age, Year 4",
    ]
    assert sheet["A2"].data_type == "s"
    assert (found.faults, len(found.rows)) == ((), 1)


# ---- what it costs -------------------------------------------------------------------------


@pytest.mark.parametrize("number", [1, 3])
def test_pages_ask_the_same_whatever_their_rows(world, as_person, number):
    world.enquiry.measures.all().delete()
    leah = as_person("leah")
    for n in range(number):
        measure = a_measure(world, f"Test {n}")
    upload = sent(world, leah, *[[moment, *GOOD[1:]] for moment in ("Baseline", "Outcome")])

    found = {
        name: queries_of(leah, reverse(name, args=args))
        for name, args in {
            "upload-of-enquiry": [world.enquiry.pk],
            "upload-of-measure": [measure.pk],
            "upload": [upload.pk],
            "template-of-enquiry": [world.enquiry.pk, "csv"],
            "template-of-measure": [measure.pk, "xlsx"],
        }.items()
    }

    assert found == {
        "upload-of-enquiry": 5,
        "upload-of-measure": 4,
        "upload": 4,
        "template-of-enquiry": 6,
        "template-of-measure": 6,
    }
