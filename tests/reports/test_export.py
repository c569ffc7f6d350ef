"""Everything somebody may see as files: no more than pages show them, and no formula."""

import csv
import io
import json
import zipfile
from datetime import date

import pytest
from django.urls import reverse

from alliances.models import Alliance, Read, User
from enquiries.actions import open_enquiry
from enquiries.models import Trial
from impact.exchange.exporting import enquiry_document
from impact.exchange.faults import read
from impact.exchange.schema import EnquiryDoc
from impact.models import Measure, Reading
from reports.exporting.files import METADATA
from tests.claims import claimed
from tests.impact.sheets import opened
from tests.measuring import add_measure, add_reading, measure_of_few
from tests.pages import queries_of
from tests.tokens import Program
from tests.world import PEOPLE, World, log

FEW, PLANTED, FORMULA = 41, "Quokka", "=1+1"


@pytest.fixture
def few(world) -> Measure:
    return measure_of_few(world, name=FORMULA, value=FEW)


def file_of(client, form: str) -> bytes:
    response = client.get(reverse("export-file", args=[form]))
    assert (response.status_code, response["Cache-Control"]) == (200, "private, no-store")
    return response.content


def unzipped(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def tables(client) -> dict[str, list[dict]]:
    """By name, the rows of each CSV file."""
    files = unzipped(file_of(client, "csv"))
    del files[METADATA]
    return {
        name.removesuffix(".csv"): list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
        for name, content in files.items()
    }


def test_tables_hold_what_their_reader_may_see(world, as_person):
    names = {
        name: {row["name"] for row in tables(as_person(name))["alliances"]}
        for name in ("leah", "ravi", "faye", "nadia", "zoe")
    }
    enquiries = {
        name: {row["enquiry"] for row in tables(as_person(name))["measures"]}
        for name in ("leah", "ravi", "uma", "nadia", "owen", "hana")
    }

    assert names == {
        "leah": {world.abbot.name},
        "ravi": {world.bedfordshire.name},
        "faye": {each.name for each in world.south.alliances.all()},
        "nadia": {each.name for each in Alliance.objects.all()},
        "zoe": set(),
    }
    nothing = dict.fromkeys(("uma", "nadia", "owen", "hana"), frozenset())
    own = {"leah": {str(world.enquiry.pk)}, "ravi": {str(world.other_enquiry.pk)}}
    assert enquiries == {**nothing, **own}


def as_cell(value: float | None) -> str:
    return "" if value is None else str(value)


@pytest.mark.parametrize(("name", "shown"), [("leah", "41.0"), ("tom", ""), ("faye", "")])
def test_figures_are_those_that_programs_are_told(name, shown, world, few, as_person):
    url = reverse("api-measures", args=[world.enquiry.pk], query={"limit": 100})
    told = Program(world.person(name)).ask(url).json()["items"]

    rows = tables(as_person(name))["readings"]

    readings = [reading for measure in told for reading in measure["readings"]]
    of_this = {row["id"]: (row["value"], row["symbol"]) for row in rows}
    assert of_this == {str(r["id"]): (as_cell(r["value"]), r["symbol"]) for r in readings}
    (baseline,) = few.readings.filter(moment="baseline")
    assert of_this[str(baseline.pk)] == (shown, "" if shown else "c")


def test_metadata_name_and_explain_every_column(world, as_person):
    files = unzipped(file_of(as_person("faye"), "csv"))
    told = json.loads(files.pop(METADATA))

    headings = {
        name: next(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
        for name, content in files.items()
    }
    columns = {each["url"]: each["tableSchema"]["columns"] for each in told["tables"]}
    assert {url: [column["name"] for column in own] for url, own in columns.items()} == headings
    kinds = {column["datatype"] for own in columns.values() for column in own}
    assert kinds == {"integer", "number", "boolean", "date", "string"}
    assert all(column["dc:description"] for own in columns.values() for column in own)


def test_workbook_has_the_same_rows(world, as_person, few):
    leah = as_person("leah")

    book = opened(file_of(leah, "xlsx"))

    own = tables(leah)
    assert book.sheetnames == ["About", *(name.capitalize() for name in own)]
    assert {name: book[name.capitalize()].max_row - 1 for name in own} == {
        name: len(rows) for name, rows in own.items()
    }


def test_no_cell_is_a_formula(world, as_person, few):
    leah = as_person("leah")

    (row,) = [r for r in tables(leah)["measures"] if r["id"] == str(few.pk)]
    cells = [c for line in opened(file_of(leah, "xlsx"))["Measures"].iter_rows() for c in line]

    assert row["name"] == f"'{FORMULA}"
    assert {cell.data_type for cell in cells} <= {"s", "inlineStr", "n", "b"}
    assert f"'{FORMULA}" in {cell.value for cell in cells}


def documents(client) -> dict[str, dict]:
    files = unzipped(file_of(client, "json"))
    return {name: json.loads(content) for name, content in files.items()}


def test_enquiry_comes_in_the_form_it_is_imported_by(world, as_person, few):
    found = documents(as_person("leah"))

    own = enquiry_document(world.enquiry)
    assert found == {f"{world.abbot.key}-{world.enquiry.pk}.json": own}
    assert read(json.dumps(own).encode(), EnquiryDoc).project.title == world.enquiry.title


def test_enquiry_that_leaves_its_alliance_tells_no_small_number(world, as_person, few):
    ((_, found),) = documents(as_person("faye")).items()

    told = read(json.dumps(found).encode(), EnquiryDoc)
    (measure,) = [each for each in told.measures if each.name == FORMULA]
    assert (measure.n, measure.baseline, measure.outcome) == (None, None, 52)
    assert "Baseline, 9 January 2026: withheld where it was collected" in measure.text_result
    assert str(FEW) not in measure.text_result


def test_withheld_figures_of_a_distribution_are_in_no_document(world, as_person):
    leah, grades = world.person("leah"), {"One": 2, "Two": 30, "Three": 4}
    measure = add_measure(
        enquiry=world.enquiry,
        by=leah,
        level="pupil",
        name="Grades",
        instrument="test",
        population="Year 4",
        unit="pupils",
        distribution="Grades",
        answers="\n".join(grades),
    )
    counts = {f"count.{c.pk}": grades[c.name] for c in measure.categories.all()}
    add_reading(measure=measure, by=leah, moment="baseline", kind="distribution", **counts)
    on_the_way = dict.fromkeys(counts, 30)
    add_reading(measure=measure, by=leah, moment="interim", kind="distribution", **on_the_way)

    ((_, exact),) = documents(as_person("leah")).items()
    ((_, shown),) = documents(as_person("faye")).items()

    def counted(document):
        return {
            row["name"]: (row["baseline"], row["text_result"])
            for row in document["measures"]
            if row["name"] in grades
        }

    withheld = (None, f"{Reading.Missing.SUPPRESSED.label}; On the way: 30")
    read(json.dumps(exact).encode(), EnquiryDoc)
    later = "On the way: 30"
    assert counted(exact) == {name: (number, later) for name, number in grades.items()}
    assert {counted(shown)[name] for name in ("One", "Three")} == {withheld}


def test_nobody_is_named_and_no_log_is_told(world, as_person):
    log(
        Trial,
        cycle=world.cycle,
        by=world.person("leah"),
        held_on=date(2026, 2, 3),
        **dict.fromkeys(("strategy", "done", "experienced", "reflection"), PLANTED),
        recommendation=PLANTED,
    )
    people = [word for user in User.objects.all() for word in (user.name, user.email)]

    files = [
        content.decode()
        for name in PEOPLE
        if name != "sid"
        for form in ("csv", "json")
        for content in unzipped(file_of(as_person(name), form)).values()
    ]

    told = "".join(files)
    assert world.enquiry.title in told
    assert [word for word in [*people, PLANTED] if word in told] == []


def test_taking_along_what_is_private_is_put_down(world, as_person):
    for form in ("csv", "json"):
        file_of(as_person("faye"), form)
    file_of(as_person("uma"), "csv")

    reads = Read.objects.filter(alliance=world.abbot).order_by("pk")
    assert list(reads.values_list("page", "by__name")) == [
        ("GET export-file csv", PEOPLE["faye"]),
        ("GET export-file json", PEOPLE["faye"]),
    ]


def test_form_that_there_is_not_is_not_found(world, as_person):
    assert as_person("leah").get(reverse("export-file", args=["docx"])).status_code == 404


@pytest.fixture
def grown(world, request) -> World:
    """So many enquiries of George Abbot's, each with a measure and a claim."""
    leah = world.person("leah")
    Measure.objects.all().delete()
    for number in range(request.param):
        enquiry = world.enquiry if number == 0 else open_enquiry(alliance=world.abbot, by=None)
        measure = add_measure(
            enquiry=enquiry,
            by=leah,
            baseline={"kind": "number", "value": 41, "n": 30},
            level="teacher",
            name="Talk",
            instrument="test",
            population="Year 4",
        )
        if number == 0:
            claimed(world, **{"evidence.measure": [measure.pk]})
    return world


@pytest.mark.parametrize("grown", [1, 3], indirect=True)
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_tables_ask_the_same_whatever_their_rows(form, grown, as_person):
    assert queries_of(as_person("leah"), reverse("export-file", args=[form])) == 31
