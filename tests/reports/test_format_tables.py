"""The tables of a report as a workbook and as CSV files: those of the page, and as it reads."""

import csv
import io
import json
import re
import zipfile
from dataclasses import asdict, replace
from datetime import date
from decimal import Decimal

import pytest

from reports.rendering import body_html
from reports.rendering.formats import Imprint, format_of
from reports.rendering.formats.figures import quantity_in
from reports.rendering.formats.grids import grids
from reports.rendering.formats.reading import read
from reports.values import MeasureTable, Pair, SchoolLine
from tests.impact.sheets import opened
from tests.reports.samples import ANSWERS, DECLINE, FULL, SAMPLES, line

IMPRINT = Imprint(
    kind="Case study",
    subject="Northern Hills Alliance",
    title="Coaching across phases",
    version=2,
    corrects=1,
    correction="A figure was read wrongly.",
    asked_on=date(2026, 11, 2),
    data_hash="ab" * 32,
    made_with={"words": "w1", "methods": "m1", "months": "Table, 1"},
)


def book(study):
    return opened(format_of("xlsx", "case-study", asdict(study), IMPRINT))


def files(study) -> dict[str, list[list[str]]]:
    content = format_of("csv", "case-study", asdict(study), IMPRINT)
    with zipfile.ZipFile(io.BytesIO(content)) as held:
        texts = {name: held.read(name).decode("utf-8-sig") for name in held.namelist()}
    return {name: list(csv.reader(io.StringIO(text))) for name, text in texts.items()}


def table(sheet) -> list[list]:
    """The values of a sheet's table, headings first."""
    (found,) = sheet.tables.values()
    return [[cell.value for cell in row] for row in sheet[found.ref]]


def measured(*lines):
    return replace(FULL, charts=[], measures=[MeasureTable("pupil", "Pupils", list(lines))])


# ---- numbers -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "number", "shown"),
    [
        ("0", "0", "0"),
        ("1,234", "1234", "#,##0"),
        ("−1", "-1", "0"),
        ("+3.50", "3.50", '"+"0.00'),
        ("12.5%", "12.5", '0.0"%"'),
        ("24 months", "24", '0" months"'),
        ("−0.25 points", "-0.25", '0.00" points"'),
        ("£1,500", "1500", '"£"#,##0'),
    ],
)
def test_a_figure_is_a_number_with_its_unit_and_decimals(text, number, shown):
    found = quantity_in(text, with_unit=True)

    assert (found.number, found.shown, found.text) == (Decimal(number), shown, text)
    assert str(found.number) == number


@pytest.mark.parametrize(
    "text",
    [
        "",
        "–",
        "[c]",
        "[x]",
        "[z]",
        "[u]",
        "14 of 22 pupils",
        "about 5",
        "007",
        "000:640",
        "1,23",
        "2012-14",
        "31 to 40",
        '3 "half" terms',
        "1234567890123456",
        "5 March 2014",
        "12 [c]",
    ],
)
def test_what_is_not_one_figure_stays_text(text):
    assert quantity_in(text, with_unit=True) is None


@pytest.mark.parametrize(("text", "found"), [("24 months", False), ("93%", True), ("22", True)])
def test_words_after_a_number_are_a_unit_only_in_a_column_of_figures(text, found):
    assert (quantity_in(text, with_unit=False) is not None) == found


# ---- the workbook --------------------------------------------------------------------------


@pytest.mark.parametrize("sample", SAMPLES)
def test_every_table_of_the_page_has_a_sheet_and_a_file(sample):
    kind, data = SAMPLES[sample]
    tables = body_html(kind, data).count("<table")

    sheets = opened(format_of("xlsx", kind, data, IMPRINT)).sheetnames
    with zipfile.ZipFile(io.BytesIO(format_of("csv", kind, data, IMPRINT))) as held:
        names = held.namelist()

    assert sheets[:2] == ["About", "Contents"]
    assert (len(sheets) - 2, len(names) - 1) == (tables, tables)


@pytest.mark.parametrize("sample", ["full", "national"])
def test_tables_hold_what_the_captions_of_the_page_say(sample):
    kind, data = SAMPLES[sample]
    found = opened(format_of("xlsx", kind, data, IMPRINT))

    captions = re.findall(r"<caption[^>]*><span[^>]*>(Table \d+):", body_html(kind, data))

    assert [name for name in found.sheetnames if name.startswith("Table")] == captions
    assert [found[name]["A1"].value.partition(":")[0] for name in captions] == captions


def test_a_table_keeps_numbers_with_units_and_moves_their_dates_beside_them():
    sheet = book(measured(DECLINE))["Table 3"]

    assert table(sheet) == [
        [
            "Measure",
            "Baseline",
            "Baseline: note",
            "Outcome",
            "Outcome: note",
            "Change",
            "Change: note",
            "n",
        ],
        [
            "Two levels of progress\nYear 6\nteacher assessment",
            93,
            "2013",
            92,
            "2014",
            -1,
            "worse",
            240,
        ],
    ]
    assert [sheet[name].number_format for name in ("B6", "F6", "H6")] == ['0"%"', "0", "0"]


def test_symbols_stay_text_and_nought_stays_a_number():
    lines = [
        line("Withheld", baseline="0%", outcome="[c]", n="[c]"),
        line("Missing", baseline="[x]", outcome="[z]"),
        line("Weak", baseline="40% [u]", outcome="41%", outcome_when="May"),
    ]

    rows = table(book(measured(*lines))["Table 3"])

    assert rows[1:] == [
        ["Withheld", 0, None, "[c]", None, "–", "[c]"],
        ["Missing", "[x]", None, "[z]", None, "–", "–"],
        ["Weak", 40, "[u]", 41, "May", "–", "–"],
    ]


def test_a_cell_over_several_rows_stands_in_each():
    moments = ["Baseline", "On the way", "Outcome"]
    answers = line("Vectors", who="Class 10R4", how="test", moments=moments, n="22")
    answers = replace(answers, categories=[["correct", "0", "7", "14", ""]])
    others = replace(answers, name="Matrices", categories=[["correct", "", "8", "", ""]])

    sheet = book(measured(answers, others))["Table 3"]

    assert table(sheet) == [
        ["Measure", "When", "correct", "n"],
        ["Vectors", "Baseline", 0, 22],
        ["Vectors", "On the way", 7, 22],
        ["Vectors", "Outcome", 14, 22],
        ["Matrices", "Baseline", "–", 22],
        ["Matrices", "On the way", 8, 22],
        ["Matrices", "Outcome", "–", 22],
    ]


def test_a_sheet_has_its_caption_and_notes_on_top_and_its_headings_in_sight():
    sheet = book(measured(ANSWERS))["Table 3"]

    assert [cell.value for cell in sheet["A"]][:7] == [
        "Table 3: Vectors question, test",
        "4 Impact on pupils, teachers and schools – Pupils",
        "Correct: Printed as 64 per cent",
        "Contents",
        None,
        "Group",
        "Class 10R4",
    ]
    assert (sheet.freeze_panes, sheet["A4"].hyperlink.location) == ("A7", "'Contents'!A1")


def test_contents_lead_to_every_sheet():
    found = book(FULL)
    contents = found["Contents"]

    links = [row[0].hyperlink.location for row in contents.iter_rows(min_row=2)]

    assert links == [f"'{name}'!A1" for name in found.sheetnames[2:]]


def test_a_workbook_says_what_it_was_made_from_and_what_its_signs_mean():
    rows = [row for row in book(FULL)["About"].iter_rows(values_only=True) if row[0]]

    assert rows == [
        ("Coaching across phases", None),
        ("Kind of report", "Case study"),
        ("Subject", "Northern Hills Alliance"),
        ("Version", "2"),
        ("Corrects version", "1"),
        ("What was wrong", "A figure was read wrongly."),
        ("Asked for on", "2026-11-02"),
        ("Fingerprint of the data", "ab" * 32),
        ("Version of the methods", "m1"),
        ("Table of months", "Table, 1"),
        ("Version of the words", "w1"),
        ("Sign in a cell", "What it means"),
        ("[x]", "not collected"),
        ("[z]", "not applicable"),
        ("[c]", "withheld, because it rests on few pupils"),
        ("[u]", "of low reliability"),
        ("0", "a true zero"),
        ("–", "nothing recorded"),
    ]


# ---- what people type ----------------------------------------------------------------------

FORMULAS = ["=1+1", "+1+1", "-1+1", "@SUM(A1)"]


def typed(texts: list[str]):
    schools = [SchoolLine(text, "secondary", text, text) for text in texts]
    return replace(FULL, title=texts[0], alliance=texts[0], schools=schools)


def test_what_begins_like_a_formula_is_text_in_every_cell():
    imprint = replace(IMPRINT, subject="=1+1", title="=1+1", correction="=1+1")
    given = ("case-study", asdict(typed(FORMULAS)), imprint)

    found = opened(format_of("xlsx", *given))
    cells = [cell for sheet in found for row in sheet.iter_rows() for cell in row]
    with zipfile.ZipFile(io.BytesIO(format_of("csv", *given))) as held:
        texts = [held.read(name).decode("utf-8-sig") for name in held.namelist()]
    records = [cell for text in texts for row in csv.reader(io.StringIO(text)) for cell in row]

    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []
    assert [r for r in records if r[:1] in ("=", "@", "\t", "\r")] == []
    assert [r for r in records if re.match(r"[+-](?!\d+(\.\d+)?$)", r)] == []
    assert [row[0] for row in table(found["Table 1"])[1:]] == [f"'{text}" for text in FORMULAS]


def test_characters_that_no_office_file_may_hold_are_blanks():
    odd = "Lesson\x0bstudy\x01\ufffe"

    rows = table(book(typed([odd]))["Table 1"])
    word = format_of("docx", "case-study", asdict(typed([odd])), IMPRINT)

    assert [rows[1][0].split(), word[:2]] == [["Lesson", "study"], b"PK"]


def test_tables_under_one_long_heading_have_names_of_their_own():
    own = "<table><tbody><tr><th>Tried</th><td>Pairs</td></tr></tbody></table>"
    named = "<h2>About</h2>", "<h2>Lesson study: [all] the schools / years</h2>"

    found = grids(read(named[0] + own + named[1] + own * 3))

    assert [grid.name for grid in found] == [
        "About (2)",
        "Lesson study all the schools ye",
        "Lesson study all the school (2)",
        "Lesson study all the school (3)",
    ]


def test_columns_with_the_same_heading_are_told_apart():
    heads = '<tr><th colspan="2">Year</th><th></th></tr>'
    row = "<tr><td>4</td><td>5</td><td>Both</td></tr>"

    table = f"<table><thead>{heads}</thead><tbody>{row}</tbody></table>"

    (grid,) = grids(read(f"<h2>Years</h2>{table}"))

    assert grid.headings == ["Year", "Year (2)", "Column"]


# ---- CSV and JSON --------------------------------------------------------------------------


def test_csv_files_hold_bare_numbers_and_else_what_is_read():
    found = files(measured(DECLINE, line("Withheld", baseline="1,240", outcome="[c]")))

    assert list(found)[:3] == ["about.csv", "01-at-a-glance.csv", "02-table-1.csv"]
    (rows,) = [rows for name, rows in found.items() if name.endswith("-table-3.csv")]
    assert rows[1:] == [
        [
            "Two levels of progress\nYear 6\nteacher assessment",
            "93%",
            "2013",
            "92%",
            "2014",
            "-1",
            "worse",
            "240",
        ],
        ["Withheld", "1240", "", "[c]", "", "–", "", "–"],
    ]


def test_about_names_every_csv_file_with_its_caption_place_and_notes():
    found = files(measured(ANSWERS))
    start = found["about.csv"].index(
        ["File", "What it holds", "Where it stands in the report", "Notes"]
    )
    listed = found["about.csv"][start + 1 :]

    assert [row[0] for row in listed] == list(found)[1:]
    assert listed[5] == [
        "06-table-3.csv",
        "Table 3: Vectors question, test",
        "4 Impact on pupils, teachers and schools – Pupils",
        "Correct: Printed as 64 per cent",
    ]


def test_json_is_the_frozen_data_under_a_header():
    kind, data = SAMPLES["full"]

    told = json.loads(format_of("json", kind, data, IMPRINT))

    assert told == {
        "report": {
            "kind": "Case study",
            "subject": "Northern Hills Alliance",
            "title": "Coaching across phases",
            "version": 2,
            "corrects": 1,
            "correction": "A figure was read wrongly.",
            "asked_on": "2026-11-02",
            "data_hash": "ab" * 32,
            "made_with": {"words": "w1", "methods": "m1", "months": "Table, 1"},
            "signs": {
                "0": "a true zero",
                "–": "nothing recorded",
                "[c]": "withheld, because it rests on few pupils",
                "[u]": "of low reliability",
                "[x]": "not collected",
                "[z]": "not applicable",
            },
        },
        "data": json.loads(json.dumps(data)),
    }


def test_a_table_without_headings_names_its_columns():
    study = replace(FULL, key_messages=[Pair("Scope", "Keep it.")])

    assert table(book(study)["9 Key messages and sources"]) == [
        ["About", "What is told"],
        ["Scope", "Keep it."],
    ]
