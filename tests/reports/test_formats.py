"""The formats of a report on the site: which are offered, and one content gives one file."""

import csv
import hashlib
import io
import json
import os
import subprocess
import sys
import zipfile
from dataclasses import asdict
from datetime import date

import pytest
from django.urls import reverse

from alliances.models import Cluster, Programme, Theme
from enquiries.models import Enquiry
from reports.actions import (
    ask_about_cluster,
    ask_for_case_study,
    ask_for_national,
    begin_edition,
    build_report,
    issue_edition,
)
from reports.formats import FORMATS, file_of, offered
from reports.models import Kind, Report
from reports.rendering.formats import format_of, shaped_format
from tests.impact.sheets import opened
from tests.pages import queries_of
from tests.reports.samples import FULL, SAMPLES
from tests.reports.test_cluster_summary import SPRING
from tests.reports.test_format_tables import IMPRINT
from tests.reports.test_pages import text
from tests.reports.unpacked import words_in

CODES = ["docx", "xlsx", "csv", "json"]
# What reports tell since they have had it; an older one does not.
LATER = {"strength", "rests_on", "issue", "moments", "mark"}


def built(report: Report) -> Report:
    build_report(report.pk)
    report.refresh_from_db()
    return report


def again(report: Report) -> Report:
    return Report.objects.get(pk=report.pk)


@pytest.fixture
def study(world) -> Report:
    enquiry = Enquiry.objects.get(alliance__key="affinity")
    return built(ask_for_case_study(enquiry=enquiry, by=world.person("marcus")))


@pytest.fixture
def national(world) -> Report:
    everything = world.programme.alliances.all()
    asked = {"programme": world.programme, "alliances": everything, "about": "All"}
    return built(ask_for_national(**asked, by=world.person("nadia")))


def get(as_person, report, code, person="", **headers):
    reader = as_person(person or report.asked_by.email.partition("@")[0])
    return reader.get(reverse("report-format", args=[report.pk, code]), headers=headers)


# ---- what is offered -----------------------------------------------------------------------


def test_a_finished_report_offers_its_formats_and_says_what_each_is_for(as_person, study):
    page = as_person("marcus").get(reverse("report", args=[study.pk]))

    told = text(page)
    places = [told.find(f"{each.title} {each.text}") for each in FORMATS]
    assert places == sorted(places)
    assert places[0] > 0
    assert told.count("Other formats") == 1


def test_a_report_under_way_offers_no_format(as_person, world):
    waiting = ask_for_case_study(enquiry=world.enquiry, by=world.person("faye"))

    page = as_person("faye").get(reverse("report", args=[waiting.pk]))
    answers = [get(as_person, waiting, code).status_code for code in CODES]

    assert text(page).count("Other formats") == 0
    assert answers == [404] * 4


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_is_offered_with_its_tables_and_what_editors_work_on_in_word(kind):
    edited = {"case-study", "interim-report", "final-report", "theme", "overarching"}

    assert list(offered(Report(kind=kind))) == (CODES if kind in edited else CODES[1:])


def test_what_is_not_offered_is_not_found(as_person, national):
    assert [get(as_person, national, code).status_code for code in ("docx", "odt", "pdf")] == [
        404,
        404,
        404,
    ]


# ---- the files -----------------------------------------------------------------------------

TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "application/zip",
    "json": "application/json",
}


def test_a_file_is_saved_under_a_name_and_kept_by_nothing_between(as_person, study):
    answers = {code: get(as_person, study, code) for code in CODES}

    assert {code: answer["Content-Type"] for code, answer in answers.items()} == TYPES
    assert [answer["Content-Disposition"] for answer in answers.values()] == [
        f'attachment; filename="affinity-tsa-case-study-{end}"'
        for end in (
            f"{study.pk}.docx",
            f"{study.pk}.xlsx",
            f"csv-{study.pk}.zip",
            f"{study.pk}.json",
        )
    ]
    assert {answer["X-Content-Type-Options"] for answer in answers.values()} == {"nosniff"}
    assert {answer["Cache-Control"] for answer in answers.values()} == {"private, no-cache"}


def test_a_file_that_somebody_has_is_not_sent_again(as_person, study):
    marks = {code: get(as_person, study, code)["ETag"] for code in CODES}

    again = [get(as_person, study, code, if_none_match=mark) for code, mark in marks.items()]

    assert [(a.status_code, a.content, a["ETag"]) for a in again] == [
        (304, b"", mark) for mark in marks.values()
    ]
    assert len(set(marks.values())) == 4


def test_a_format_asks_little_of_the_database(as_person, study):
    paths = [reverse("report-format", args=[study.pk, code]) for code in CODES]

    assert [queries_of(as_person("marcus"), path) for path in paths] == [5] * 4


def test_every_format_tells_of_the_report_it_was_made_from(study):
    told = {code: words_in(file_of(study, each)) for code, each in offered(study).items()}

    assert [code for code, words in told.items() if study.data_hash in words] == CODES
    assert [code for code, words in told.items() if study.data["alliance"] in words] == CODES


def test_files_name_cluster_theme_and_programme_as_they_were_called_when_frozen(world):
    faye, owen, theme = world.person("faye"), world.person("owen"), world.abbot.theme
    editions = [
        begin_edition(programme=world.programme, theme=each, by=owen) for each in (theme, None)
    ]
    reports = [
        built(ask_about_cluster(cluster=world.south, term=SPRING, by=faye)),
        *(built(issue_edition(edition=edition, by=owen)) for edition in editions),
    ]
    frozen = [f"South, {SPRING.title}", str(theme), str(world.programme)]
    Cluster.objects.filter(pk=world.south.pk).update(name="Renamed")
    Theme.objects.update(title="Renamed")
    Programme.objects.update(title="Renamed")

    said = [json.loads(file_of(again(each), offered(each)["json"]))["report"] for each in reports]

    assert [each["subject"] for each in said] == frozen


def test_files_give_the_reasons_for_which_this_report_withholds(national):
    said = {symbol["first"]: symbol["second"] for symbol in national.data["symbols"]}
    files = {code: file_of(national, each) for code, each in offered(national).items()}

    about = dict(opened(files["xlsx"])["About"].iter_rows(max_col=2, values_only=True))
    with zipfile.ZipFile(io.BytesIO(files["csv"])) as held:
        rows = list(csv.reader(io.StringIO(held.read("about.csv").decode("utf-8-sig"))))
    told = {
        "xlsx": about["[c]"],
        "csv": next(row[1] for row in rows if row[0] == "[c]"),
        "json": json.loads(files["json"])["report"]["signs"]["[c]"],
    }

    assert said["[c]"].endswith("could tell of fewer than 3 alliances")
    assert told == dict.fromkeys(files, said["[c]"])


def test_a_word_document_that_cannot_be_drawn_is_not_handed_out(as_person, study, no_pango):
    Report.objects.filter(pk=study.pk).update(data=asdict(FULL))

    answer = as_person("marcus").get(reverse("report-format", args=[study.pk, "docx"]), follow=True)

    assert answer.redirect_chain == [(reverse("report", args=[study.pk]), 302)]
    assert "Word document: this format cannot be made here." in text(answer)


# ---- the same content, the same file -------------------------------------------------------

MAKE = """
import hashlib, json, sys
import django
django.setup()
from datetime import date
from reports.rendering.formats import Imprint, format_of
kind, data, imprint = json.load(sys.stdin)
imprint = Imprint(**imprint | {"asked_on": date(2026, 11, 2)})
for code in ("docx", "xlsx", "csv", "json"):
    print(hashlib.sha256(format_of(code, kind, data, imprint)).hexdigest())
"""


def test_two_processes_make_the_same_bytes():
    given = json.dumps([*SAMPLES["full"], IMPRINT.header()])
    made = {
        subprocess.run(
            [sys.executable, "-c", MAKE],
            input=given,
            capture_output=True,
            text=True,
            check=True,
            env=os.environ | {"PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }
    here = [format_of(code, *SAMPLES["full"], IMPRINT) for code in CODES]

    assert [each.split() for each in made] == [[hashlib.sha256(f).hexdigest() for f in here]]
    assert IMPRINT.asked_on == date(2026, 11, 2)


def test_a_fingerprint_follows_format_content_and_what_is_said_of_it():
    kind, data = SAMPLES["full"]
    other = type(IMPRINT)(**vars(IMPRINT) | {"version": 3, "corrects": 2})

    marks = [
        shaped_format("xlsx", kind, data, IMPRINT),
        shaped_format("csv", kind, data, IMPRINT),
        shaped_format("xlsx", kind, data | {"area": "Devon"}, IMPRINT),
        shaped_format("xlsx", kind, data, other),
    ]

    assert len({*marks, shaped_format("xlsx", kind, dict(data), IMPRINT)}) == 4


# ---- reports that were frozen before ---------------------------------------------------------


def older(value):
    """The same content as it was frozen before reports told more."""
    if isinstance(value, dict):
        return {key: older(item) for key, item in value.items() if key not in LATER}
    return [older(item) for item in value] if isinstance(value, list) else value


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("sample", ["full", "national"])
def test_a_report_frozen_earlier_opens_in_each_format(sample, code):
    kind, data = SAMPLES[sample]

    made = words_in(format_of(code, kind, older(data), IMPRINT))

    alliance = "Northern Hills Alliance" if sample == "full" else "Alliance 003"
    assert alliance in made
    assert "Themes project 2012-14" in made or code in ("xlsx", "csv")


def test_a_report_older_than_its_provenance_opens_in_each_format(as_person, study):
    Report.objects.filter(pk=study.pk).update(made_with={}, data=older(study.data))

    assert [get(as_person, study, code).status_code for code in CODES] == [200] * 4


def test_a_corrected_report_says_so_in_each_format(study):
    issue = {"version": 2, "corrects": {"version": 1, "on": "2 November 2026"}, "text": "Misread."}
    data = asdict(FULL) | {"issue": issue}
    imprint = type(IMPRINT)(**vars(IMPRINT) | {"correction": "Misread."})

    told = [words_in(format_of(code, "case-study", data, imprint)) for code in CODES]

    assert ["Misread." in each for each in told] == [True] * 4
