"""Every way out for what is measured, as people of other alliances have it: few pupils are in none.

Pages, forms with their past and on paper, downloads, reports and the weekly e-mail.
"""

import re
from datetime import date, datetime
from itertools import product
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse

from alliances.actions import open_alliance
from alliances.models import Mail
from enquiries.actions import save_sheet
from enquiries.models import Enquiry, Fidelity
from impact.models import Claim, ImpactPlan, MatchedSet, Measure, Reading
from reports.actions import (
    ask_for_case_study,
    ask_for_national,
    begin_edition,
    build_report,
    issue_edition,
    write_weeklies,
)
from reports.builders import build_case_study, build_national
from reports.exporting.files import FORMS as FORMS_OF_EXPORT
from reports.formats import offered
from tests.claims import claimed
from tests.impact.matching import ethics_told, scores_saved
from tests.impact.sheets import opened
from tests.impact.test_plans import PLAN
from tests.measuring import add_group, add_measure, add_reading
from tests.reports.test_private_fields import readable
from tests.tokens import Program

DAY = date(2026, 1, 12)
A_MONDAY = datetime(2026, 11, 23, 8, tzinfo=ZoneInfo("Europe/London"))
WORDS, CRITERION = "Wallaby", "Wombat"
# A mean of two pupils; a group of all but three; and a count that leaves three of the whole out.
WHOLE = "8642"
# Sizes of a group that a claim had, and that a school meant to reach: no more than two are left.
ONCE, MEANT = "31942", "41973"
# A target that goes with its criterion, how many a plan is about, and a mean change of three.
TARGET, PLANNED, MOVED = "6273.25", "51873", "3187.5"
MEASURED = {WORDS, WHOLE, "8731.25", "8639", "4178"}
MARKS = MEASURED | {CRITERION, TARGET, ONCE, MEANT, PLANNED, MOVED}
CLASS = "Year 4"


@pytest.fixture
def planted(world, as_person):
    """Leah's enquiry with figures of a few pupils that stand nowhere else."""
    leah, as_leah = world.person("leah"), as_person("leah")
    of = {"enquiry": world.enquiry, "by": leah}
    shared = {"level": "pupil", "instrument": "test", "population": CLASS}
    add_group(**of, name="Pupil premium", kind="pp")

    def outcome(group, kind, name="Reading aloud", criterion="", target=None, **value):
        about = {"name": name, "group": group, "unit": "points"}
        about |= {"criterion": criterion, "target": target}
        measure = add_measure(**of, **shared, **about)
        return add_reading(
            measure=measure, by=leah, moment="outcome", held_on=DAY, kind=kind, **value
        )

    outcome("SEND", "mean", criterion=CRITERION, target=float(TARGET), value=8731.25, sd=1, n=2)
    outcome("EAL", "text", text=WORDS, n=2)
    outcome("", "proportion", numerator=4181, denominator=8642)
    outcome("Pupil premium", "proportion", numerator=4178, denominator=8639)
    result = Reading.objects.get(value=8731.25)
    claim = claimed(
        world,
        level="pupil",
        statement="They read aloud.",
        other_initiatives="None",
        group_size=int(ONCE),
        result_id=result.pk,
    )
    claimed(world, key=claim.key, group_size=2)
    reach = {"pupils_reached": 2, "pupils_meant": int(MEANT)}
    school = world.enquiry.participations.first()
    place = {"enquiry": world.enquiry, "cycle": world.cycle, "participation": school}
    save_sheet(Fidelity, place=place, seen={}, wanted={"delivered": "partly", **reach}, by=leah)
    a_plan = reverse("sheet-record", args=[world.enquiry.pk, "impact-plan", UUID(int=1)])
    as_leah.post(a_plan, {**PLAN, "size": PLANNED})
    ethics_told(world)
    scores_saved(world, ["P01", "0", "3187.25"], ["P02", "0", "3187.5"], ["P03", "0", "3187.75"])
    return world


OF_AN_ENQUIRY = (
    *("enquiry", "measures", "account", "handover", "handover-pdf", "claims", "timeline", "sheets"),
    *("matched-sets", "overview", "overview-pdf"),
)
OF_A_PROGRAMME = (
    *("programme", "programme-clusters", "programme-progress", "programme-together", "figures"),
)
FORMS = {"reading": Reading, "claim": Claim, "measure": Measure, "impact-plan": ImpactPlan}
OF_A_RECORD = ("sheet-record", "sheet-history", "form-print", "form-print-pdf")


def exits(world) -> list[str]:
    """Addresses of what tells of measures, and of their forms and files."""
    enquiry = world.enquiry
    paths = [reverse(name, args=[enquiry.pk]) for name in OF_AN_ENQUIRY]
    paths += [reverse(name, args=[world.programme.pk]) for name in OF_A_PROGRAMME]
    paths += [reverse("cluster", args=[world.south.pk]), reverse("home"), reverse("my-week")]
    paths += [reverse("measures-file", args=[enquiry.pk, form]) for form in ("csv", "xlsx")]
    paths += [reverse("export-file", args=[form]) for form in FORMS_OF_EXPORT]
    paths += [reverse("template-of-enquiry", args=[enquiry.pk, form]) for form in ("csv", "xlsx")]
    paths += [reverse("measure", args=[m.pk]) for m in enquiry.measures.filter(population=CLASS)]
    paths += [reverse("claim", args=[claim.pk]) for claim in enquiry.claims.all()]
    paths += [reverse("matched-set", args=[each.pk]) for each in MatchedSet.objects.all()]
    for slug, model in FORMS.items():
        paths.append(reverse("sheet", args=[enquiry.pk, slug]))
        saved = model.objects.filter(enquiry=enquiry, saved_by__isnull=False)
        for name, row in product(OF_A_RECORD, saved):
            paths.append(reverse(name, args=[enquiry.pk, slug, row.key]))
    reached = Fidelity.objects.get(enquiry=enquiry)
    paths.append(reverse("sheet", args=[enquiry.pk, "fidelity"]))
    paths.append(
        reverse("sheet-of-school", args=[enquiry.pk, "fidelity", reached.participation_id])
    )
    for name in set(OF_A_RECORD) - {"sheet-record"}:
        paths.append(reverse(name, args=[enquiry.pk, "fidelity", reached.key]))
    return paths


def said(response) -> str:
    """What a page or a file says, of a spreadsheet its cells one after the other."""
    if "spreadsheetml" not in response.get("Content-Type", ""):
        return readable(response)
    sheets = opened(response.getvalue()).worksheets
    return str([cell for sheet in sheets for row in sheet.values for cell in row])


def marks_in(text: str) -> set[str]:
    """The marks that stand in a text by themselves, with numbers as they are typed."""
    plain = re.sub(r"(?<=\d),(?=\d{3})", "", text)
    return {mark for mark in MARKS if re.search(rf"(?<![\w.-]){re.escape(mark)}(?![\w-])", plain)}


def told(client, world, *, on_paper: bool = False) -> set[tuple[str, str]]:
    """Which marks stand where; PDFs take their time, and say what the pages beside them say."""
    paths = [path for path in exits(world) if on_paper or not path.endswith(".pdf")]
    pages = {path: said(client.get(path, follow=True)) for path in paths}
    return {(path, mark) for path, text in pages.items() for mark in marks_in(text)}


@pytest.mark.parametrize("person", ["faye", "marcus", "ravi", "nadia", "owen", "hana", "uma"])
def test_nobody_else_finds_a_figure_of_few_pupils(planted, as_person, person, owen_reads):
    found = told(as_person(person), planted, on_paper=person == "owen")

    assert {(path, mark) for path, mark in found if mark != WHOLE} == set()


@pytest.mark.parametrize("person", ["leah", "sam"])
def test_people_of_the_alliance_find_every_figure(planted, as_person, person):
    assert {mark for _, mark in told(as_person(person), planted)} == MARKS


def test_a_facilitator_finds_the_whole(planted, as_person):
    assert {mark for _, mark in told(as_person("faye"), planted)} == {WHOLE}


@pytest.mark.parametrize(("person", "marks"), [("leah", MEASURED | {TARGET}), ("faye", {WHOLE})])
def test_programs_are_told_what_their_owner_finds_on_the_pages(planted, person, marks):
    program, enquiry = Program(planted.person(person)), planted.enquiry.pk

    answers = [
        said(program.ask(reverse(name, args=[enquiry], query={"limit": 100})))
        for name in ("api-enquiry", "api-cycles", "api-measures", "api-claims")
    ]

    assert set().union(*map(marks_in, answers)) - {CRITERION} == marks


def test_reports_tell_no_figure_of_few_pupils(planted, as_person):
    nadia, owen = planted.person("nadia"), planted.person("owen")
    open_alliance(alliance=planted.enquiry.alliance, reason="A head rang us.", days=1, by=owen)
    everything = planted.programme.alliances.all()
    Enquiry.objects.filter(pk=planted.enquiry.pk).update(title="Reading aloud")
    edition = begin_edition(programme=planted.programme, theme=None, by=owen)
    asked = [
        ask_for_case_study(enquiry=planted.enquiry, by=owen),
        ask_for_national(programme=planted.programme, alliances=everything, about="All", by=nadia),
        issue_edition(edition=edition, by=owen),
    ]
    for report in asked:
        build_report(report.pk)
    names = ("report", "report-read", "report-file")
    paths = [reverse(name, args=[report.pk]) for report in asked for name in names]
    others = {report.kind: list(offered(report)) for report in asked}
    paths += [
        reverse("report-format", args=[report.pk, code])
        for report in asked
        for code in others[report.kind]
    ]

    texts = [said(as_person("owen").get(path)) for path in paths]

    national = ["xlsx", "csv", "json"]
    assert others == {
        "case-study": ["docx", *national],
        "national": national,
        "overarching": ["docx", *national],
    }
    pages = [False, True, True] * len(asked)
    assert [CLASS in text for text in texts] == pages + [True] * (len(paths) - len(pages))
    assert {mark for text in texts for mark in marks_in(text)} == {WHOLE}


def test_export_for_who_runs_the_site_holds_what_was_measured_and_no_scores(planted, tmp_path):
    call_command("export_enquiries", out=tmp_path)

    texts = [path.read_text("utf-8") for path in tmp_path.iterdir()]
    assert set().union(*map(marks_in, texts)) == MEASURED


def test_weekly_mail_tells_no_figure(planted):
    with time_machine.travel(A_MONDAY, tick=False):
        write_weeklies()

    texts = [f"{m.subject} {m.text} {m.html}" for m in Mail.objects.filter(kind=Mail.Kind.WEEKLY)]
    assert texts != []
    assert set().union(*map(marks_in, texts)) == set()


def test_claims_of_few_pupils_leave_without_figure_and_words(planted):
    few, many, teachers = (
        Claim.objects.create(
            enquiry=planted.enquiry,
            position=90 + value,
            level=level,
            statement=f"Stated of {value}",
            value=value,
            unit=level + "s",
            origin="programme",
        )
        for value, level in ((3, "pupil"), (7, "pupil"), (4, "teacher"))
    )
    study = build_case_study(planted.enquiry)
    national = build_national(planted.programme, [planted.abbot.pk], "One")

    printed = [pair.second for pair in study.claims if "Stated" in pair.second]
    told = [e for level in national.levels for e in level.examples if "Stated" in e.statement]
    assert printed == [f"Stated of 7 [C{many.position}]", f"Stated of 4 [C{teachers.position}]"]
    assert [(e.statement, e.figure) for e in told] == [
        ("Stated of 7", "7 pupils"),
        ("Stated of 4", "4 teachers"),
    ]
    assert f"[c] [C{few.position}]" in [pair.second for pair in study.claims]
    assert [pair.second for pair in national.symbols] == [
        "withheld, because it rests on few pupils, or could tell of fewer than 3 alliances"
    ]
