"""Forms with a row for each school, and the facilitator's guide with its own questions a cell."""

from django import forms

from alliances.content import words
from alliances.forms import wording_of
from alliances.roles import Permission
from enquiries.models import Cycle, Element, Fidelity, GuideCell, ImpactOverview, MeetingOverview
from enquiries.sheets import Place, Sheet
from enquiries.sheets.c2l import PLACE_FIELDS
from enquiries.sheets.forms import SheetForm, box
from enquiries.sheets.tables import TableForm


class GridForm(TableForm):
    """A table with a row for each school taking part."""

    def row_names(self):
        taking_part = self.enquiry.participations.select_related("school")
        return {str(school.pk): str(school.school) for school in taking_part}


class MeetingForm(GridForm):
    wording = ("enquiries", "meeting-overview")
    columns = ("feedback",)

    class Meta:
        model = MeetingOverview
        exclude = [*(name for name in PLACE_FIELDS if name != "held_on"), "cells"]


class OutcomesForm(GridForm):
    wording = ("enquiries", "impact-overview")
    columns = ("organisation", "professional", "student")

    class Meta:
        model = ImpactOverview
        exclude = [*PLACE_FIELDS, "cells"]

    @property
    def delivered(self) -> list[tuple[str, str]]:
        """Each school that noted it, and whether it delivered what was planned."""
        noted = Fidelity.objects.filter(enquiry=self.enquiry, cycle=self.cycle)
        return [
            (str(each.participation.school), each.get_delivered_display())
            for each in noted.select_related("participation__school")
        ]


def cell_of(sheet: Sheet):
    """The words of the cell of the guide that a form is about."""
    return words("enquiries", "guide")[sheet.slug.removeprefix("guide-")]


class GuideForm(SheetForm):
    """One cell of the guide: what to ask, how to weigh it, what to record, what to judge."""

    wording = ("enquiries", "guide")

    class Meta:
        model = GuideCell
        exclude = [*PLACE_FIELDS, "cells", "phase", "element"]

    @property
    def cell(self):
        return cell_of(self.sheet)

    def add_cells(self):
        for code, question in self.cell.extra["judgements"].items():
            name = f"judgement.{code}"
            kind = question["type"]
            choices = {"choice": ["low", "medium", "high"], "yes/no": ["yes", "no"]}.get(kind)
            label = question["label"]
            self.fields[name] = _one_of(label, choices) if choices else box(label)
            self.initial[name] = self.instance.value_of(name)
        if not self.cell.extra["agreement"]:
            del self.fields["agreement"]
        for name in self.sheet.private & set(self.fields):
            self.fields[name].help_text = wording_of(*self.wording)["private"]

    @property
    def page_title(self) -> str:
        return self.cell.title

    @property
    def page_intro(self) -> str:
        return self.cell.text


def _one_of(label: str, values: list[str]) -> forms.ChoiceField:
    choices = [(value, value.capitalize()) for value in values]
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, required=False)


def _private(code: str) -> frozenset[str]:
    """What the school may not read of a cell."""
    cell = words("enquiries", "guide")[code].extra
    judged = {
        f"judgement.{j}" for j, question in cell["judgements"].items() if not question["shared"]
    }
    return frozenset(
        judged | {"private_notes"} | (set() if cell["record_shared"] else {"recorded"})
    )


def _withheld(code: str) -> frozenset[str]:
    """What serves the facilitator's own decision and is shared with no school, not even by hand."""
    judgements = words("enquiries", "guide")[code].extra["judgements"]
    kept = {f"judgement.{j}" for j, asked in judgements.items() if asked.get("withheld")}
    return frozenset(kept | {"private_notes"})


def _guide() -> list[Sheet]:
    codes = {"implementation": "F07", "innovation": "F17", "impact": "F27"}
    return [
        Sheet(
            codes[phase],
            f"guide-{phase}-{element.value}",
            GuideCell,
            GuideForm,
            Place.SCHOOL,
            phase,
            10,
            "OV, CS",
            "External or school-based facilitator",
            by_cycle=True,
            home="guide",
            beside="enquiries/beside/guide.html",
            fixed={"phase": phase, "element": element.value},
            private=_private(f"{phase}-{element.value}"),
            withheld=_withheld(f"{phase}-{element.value}"),
            write=Permission.WRITE_GROUP_FORMS,
        )
        for phase in Cycle.Phase.values
        if phase in codes
        for element in Element
    ]


GUIDE = _guide()
OVERVIEWS = [
    Sheet(
        "F18",
        "meeting-overview",
        MeetingOverview,
        MeetingForm,
        Place.MANY,
        "innovation",
        15,
        "OV, CL",
        "Facilitator or note-taker",
        by_cycle=True,
        write=Permission.WRITE_GROUP_FORMS,
    ),
    Sheet(
        "F28",
        "impact-overview",
        ImpactOverview,
        OutcomesForm,
        Place.ONCE,
        "impact",
        20,
        "OV, NR",
        "Facilitator or project lead",
        by_cycle=True,
        beside="enquiries/beside/delivery.html",
        write=Permission.WRITE_GROUP_FORMS,
    ),
]
SHEETS = [*GUIDE, *OVERVIEWS]
