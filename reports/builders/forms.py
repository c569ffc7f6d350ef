"""Forms of the method on paper: blank for a staff room, or filled as their reader may see them."""

from dataclasses import replace

from django import forms
from django.conf import settings
from django.utils import timezone

from alliances.fields import DayMonthYearWidget
from alliances.models import Alliance
from alliances.roles import Permission
from alliances.templatetags.moments import moment
from enquiries.dialogue.queries import visible_judgements
from enquiries.evidence.queries import evidence_of
from enquiries.models import Cycle, Enquiry, MaturityReview, SheetRecord
from enquiries.sheets import Place, Sheet
from enquiries.sheets.forms import SheetForm
from enquiries.sheets.grids import GuideForm, cell_of
from enquiries.sheets.movement import Movement, movement_of, movement_up_to
from enquiries.sheets.overview import overview_of
from enquiries.sheets.queries import hidden_fields, private_fields, records_of
from enquiries.sheets.tables import Row
from reports.builders.maturity import build_profile, first_before
from reports.values import (
    Asked,
    AskedTable,
    AttachedOnPaper,
    FormOnPaper,
    Guidance,
    OverviewOnPaper,
    Pair,
    Profile,
)

EMPTY_ROWS = 6
ROOMS = [(DayMonthYearWidget, "date"), (forms.Textarea, "lines"), (forms.Widget, "line")]
BLANK_ABOUT = {
    Place.ONCE: ["Alliance", "Filled in by", "Date"],
    Place.SCHOOL: ["School", "Filled in by", "Date"],
    Place.MEETING: ["Alliance", "Cluster", "Date"],
    Place.MANY: ["Alliance or school", "Filled in by", "Date"],
}


def title_on_paper(sheet: Sheet) -> str:
    """What a form is called; one about a cell of the guide by that cell."""
    return cell_of(sheet).title if issubclass(sheet.form, GuideForm) else sheet.title


def build_blank_form(sheet: Sheet) -> FormOnPaper:
    """A form to be filled in by hand. What a facilitator keeps to themselves is not in it."""
    hidden = private_fields(sheet)
    about = [Pair(name, "") for name in BLANK_ABOUT[sheet.place]]
    grid = movement_of(sheet, [], hidden)
    return _on_paper(sheet, _form(sheet, None, hidden), about, grid, is_blank=True)


def build_filled_form(sheet: Sheet, record: SheetRecord, allowed: set[Permission]) -> FormOnPaper:
    """A record with the fields that somebody with these permissions may see."""
    hidden = hidden_fields(sheet, allowed)
    grid = movement_up_to(sheet, record, hidden)
    paper = _on_paper(sheet, _form(sheet, record, hidden), _about(record), grid, is_blank=False)
    return replace(
        paper,
        profile=_profile(sheet, record),
        evidence=_evidence(record),
        agreed=_agreed(record),
    )


def _profile(sheet: Sheet, record: SheetRecord) -> Profile | None:
    """Of a maturity self-evaluation its picture, beside the alliance's first."""
    if not isinstance(record, MaturityReview):
        return None
    return build_profile(record, first_before(record, records_of(sheet, record.enquiry, None)))


def build_overview(enquiry: Enquiry, cycle: Cycle | None) -> OverviewOnPaper:
    """The aggregate overview as it stands now."""
    found = overview_of(enquiry, cycle)
    return OverviewOnPaper(
        service=settings.SERVICE_NAME,
        agency=settings.AGENCY_NAME,
        title="Collaborative learning and enquiry overview",
        about=", ".join(filter(None, [enquiry.alliance.name, str(enquiry), cycle and str(cycle)])),
        group=[Pair(cell.name, cell.text) for cell in found.group],
        table=AskedTable(
            headings=["School", *found.headings],
            rows=[[line.school, *(cell.text for cell in line.cells)] for line in found.schools],
        ),
    )


def _form(sheet: Sheet, record: SheetRecord | None, hidden: frozenset[str]) -> SheetForm:
    nowhere = Enquiry(pk=0, alliance=Alliance(pk=0))  # without schools, measures or theme
    enquiry, cycle = (record.enquiry, record.cycle) if record else (nowhere, None)
    return sheet.form(instance=record, sheet=sheet, enquiry=enquiry, cycle=cycle, hidden=hidden)


def _on_paper(
    sheet: Sheet, form: SheetForm, about: list[Pair], grid: Movement | None, *, is_blank: bool
) -> FormOnPaper:
    answers = {} if is_blank else form.stored()
    tabled = hasattr(form, "headings")
    above = {box.name for box in form.above} if tabled or grid else set()
    pointed_at = form.scales if grid else ()
    names = [n for n in form.names if n not in pointed_at and not _in_table(form, n)]
    asked = {name: _asked(form, name, answers) for name in names}
    return FormOnPaper(
        service=settings.SERVICE_NAME,
        agency=settings.AGENCY_NAME,
        code=sheet.code,
        title=title_on_paper(sheet),
        intro=form.page_intro,
        filling=f"{sheet.who}. {sheet.phase.capitalize()}. About {sheet.minutes} minutes.",
        is_blank=is_blank,
        about=about,
        guidance=_guidance(form),
        note=form.cell.extra["note"] if isinstance(form, GuideForm) else "",
        above=[question for name, question in asked.items() if name in above],
        grid=grid,
        table=_table(form, answers) if tabled else None,
        below=[question for name, question in asked.items() if name not in above],
        evidence=[],
        agreed=[],
    )


def _about(record: SheetRecord) -> list[Pair]:
    """Whose form it is, and who saved it last."""
    saved_at = moment(timezone.localtime(record.saved_at))
    school = record.participation
    facts = {
        "Alliance": record.enquiry.alliance.name,
        "Enquiry": str(record.enquiry),
        "Cycle": str(record.cycle or ""),
        "School": str(school.school) if school else "",
        "Last saved": f"{saved_at}, {record.saved_by}" if record.saved_by else "",
    }
    return [Pair(name, text) for name, text in facts.items() if text]


def _evidence(record: SheetRecord) -> list[AttachedOnPaper]:
    """What is attached, in the order it came; nothing that facilitators keep: paper lies about."""
    return [
        AttachedOnPaper(
            caption=each.caption,
            about=", ".join([*filter(None, [each.name]), each.get_kind_display()]),
            photo=str(each.key) if each.is_photo else "",
        )
        for each in reversed(evidence_of(record, set()))
    ]


def _agreed(record: SheetRecord) -> list[Pair]:
    """What the facilitator shared and the alliance agreed to; of the rest paper says nothing."""
    shared = visible_judgements(record.enquiry, set()).filter(record=record.key)
    return [Pair(question, answer) for each in shared for question, answer in each.words]


# ---- questions -----------------------------------------------------------------------------


def _in_table(form: SheetForm, name: str) -> bool:
    return any(name == box.name for row in getattr(form, "rows", []) for box in row.boxes)


def _asked(form: SheetForm, name: str, answers: dict) -> Asked:
    field = form.fields[name]
    options = _options(field)
    room = next(room for kind, room in ROOMS if isinstance(field.widget, kind))
    return Asked(
        label=str(field.label),
        hint=str(field.help_text),
        answer=form.in_words(name, answers[name]) if name in answers else "",
        room="options" if options else room,
        options=options,
    )


def _options(field: forms.Field) -> list[str]:
    """What can be chosen, each option of a group with the group's name."""
    if isinstance(field, forms.BooleanField):
        return ["Yes", "No"]
    found = []
    for value, label in getattr(field, "choices", ()):
        if isinstance(label, list | tuple):
            found += [f"{value}: {str(title).lower()}" for _, title in label]
        elif value:
            found.append(str(label))
    return found


def _table(form, answers: dict) -> AskedTable:
    """The questions in the form's table; a row for each school is empty where none is known."""
    headings = [form.row_heading, *form.headings]
    rows = [
        [_row_name(row), *(form.in_words(b.name, answers.get(b.name, "")) for b in row.boxes)]
        for row in form.rows
    ]
    return AskedTable(headings, rows or [[""] * len(headings) for _ in range(EMPTY_ROWS)])


def _row_name(row: Row) -> str:
    return f"{row.group}: {row.name}" if row.group else row.name


def _guidance(form: SheetForm) -> list[Guidance]:
    """What the facilitator's guide says beside a cell; where the method is silent, that it is."""
    if not isinstance(form, GuideForm):
        return []
    cell = form.cell.extra
    return [
        Guidance("Ask", cell["questions"], "The method gives no questions here."),
        Guidance("Weigh the answers", cell["weighing"], "The method leaves the weighing open."),
        Guidance("Record", cell["record"], "The method leaves open what to record here."),
    ]
