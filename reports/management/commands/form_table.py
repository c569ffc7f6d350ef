"""The table of docs/forms.md, drawn from the forms themselves."""

from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand
from django.urls import get_resolver

from enquiries.sheets import Place, Sheet, catalogue
from enquiries.sheets.grids import GUIDE

TABLE = Path(settings.BASE_DIR) / "docs" / "forms.md"
OPENING = """# The forms of the method

Which form stands where, who fills it in, when, and which outputs it feeds: CS case study, IR impact
report, PO poster, CL cluster summary, OV aggregate overview, NR national report. A form “by cycle”
begins anew with each cycle. Every form prints blank under `/forms/<form>/blank/` and, once filled,
under `/enquiries/<enquiry>/forms/<form>/<record>/print/`; with `.pdf` for the last stroke, as PDF.

`./run manage form_table` writes this file; a test fails where it is out of date.

"""
HEADINGS = ["Code", "Form", "URL", "Who", "When", "Feeds"]
PLACES = {
    Place.ONCE: "once",
    Place.SCHOOL: "once for each school",
    Place.MEETING: "once for each meeting of the cluster",
    Place.MANY: "as often as needed",
}


@dataclass(frozen=True)
class Line:
    """One form in the table."""

    code: str
    title: str
    url: str
    who: str
    when: str
    feeds: str


def _url(name: str) -> str:
    """A page's address with its parts named instead of filled in."""
    (pattern, parameters), *_ = get_resolver().reverse_dict.getlist(name)[0][0]
    names = {"pk": "enquiry" if pattern.startswith("enquiries") else "cycle", "slug": "form"}
    return "/" + pattern % {part: f"<{names.get(part, part)}>" for part in parameters}


OTHERS = [  # forms that are no sheets, because they write themselves
    ("F10", "Group overview: implementation", "overview", "Nobody: it is drawn from F09 and F11",
     "Implementation", "OV, CL, NR"),
    ("F31", "Aggregate overview", "overview", "Nobody: it is drawn from F09, F11, F18, F20 and F28",
     "Any time, by cycle", "OV, NR"),
]  # fmt: skip


def lines() -> list[Line]:
    """Every form in the order of the method's numbers; a guide's cells count as one form."""
    sheets = groupby(catalogue(), key=lambda s: (s.code, s.home if s in GUIDE else s.slug))
    found = [_line(next(group)) for _, group in sheets]
    others = [Line(code, title, _url(name), *rest) for code, title, name, *rest in OTHERS]
    return sorted([*found, *others], key=lambda line: (not line.code, line.code))


def _line(sheet: Sheet) -> Line:
    when = [sheet.phase.capitalize(), PLACES[sheet.place]]
    guided = sheet in GUIDE
    url = _url("guide") if guided else _url("sheet").replace("<form>", sheet.slug)
    if sheet.by_cycle:
        when.append("by cycle")
    title = f"{sheet.title}: {sheet.phase}" if guided else sheet.title
    return Line(sheet.code, title, url, sheet.who, ", ".join(when), sheet.feeds)


def form_table() -> str:
    """The whole file."""
    rows = [[x.code, x.title, f"`{x.url}`", x.who, x.when, x.feeds] for x in lines()]
    table = [HEADINGS, ["---"] * len(HEADINGS), *rows]
    return OPENING + "".join(f"| {' | '.join(row)} |\n" for row in table)


class Command(BaseCommand):
    help = "Write docs/forms.md anew from the forms."

    def handle(self, **options):
        TABLE.write_text(form_table(), "utf-8")
        self.stdout.write(f"{TABLE.name} written.")
