"""The forms of the cluster route, with the rules that each of them has of its own."""

from django import forms
from django.core.exceptions import ValidationError

from alliances.content import Item, words
from alliances.forms import wording_of
from alliances.roles import Permission
from enquiries.models import (
    ImpactTracking,
    InterventionChoice,
    MaturityReview,
    MessageExample,
    Risk,
    RlcChecklist,
    SchoolRecord,
)
from enquiries.sheets import Place, Sheet
from enquiries.sheets.activities import EventForm
from enquiries.sheets.c2l import PLACE_FIELDS, choices, several
from enquiries.sheets.forms import SheetForm, box
from enquiries.sheets.tables import TableForm

WITHOUT_DATE = [name for name in PLACE_FIELDS if name != "held_on"]
MOST_INTERVENTIONS = 3
THEME_OF_CLUSTERS = 3
OTHER_RISK = "other-risk"


class SchoolForm(SheetForm):
    wording = ("enquiries", "school")

    class Meta:
        model = SchoolRecord
        exclude = PLACE_FIELDS

    @property
    def warning(self):
        has_nobody = self.instance.pk is not None and not self.instance.successor
        return wording_of(*self.wording)["warning"] if has_nobody else ""

    def clean_champion(self):
        champion, theme = self.cleaned_data["champion"], self.enquiry.alliance.theme
        if theme and theme.number == THEME_OF_CLUSTERS and not champion:
            raise ValidationError("Enter the champion: theme 3 asks for one in each school")
        return champion


class MaturityForm(EventForm, TableForm):
    """Twelve strands under three dimensions; a level always comes with its evidence."""

    wording = ("enquiries", "maturity")
    columns = ("level", "evidence")
    follows = "held_on"

    priorities = several("maturity", required=False)

    class Meta:
        model = MaturityReview
        exclude = [*WITHOUT_DATE, "cells"]

    def row_names(self):
        return dict(choices("maturity"))

    def group_of(self, row):
        return words("enquiries", "maturity")[row].extra["dimension"]

    def box_for(self, column, label):
        if column == "evidence":
            return box(label)
        levels = [("", "Not judged"), *choices("maturity-levels")]
        return forms.ChoiceField(label=label, choices=levels, required=False)

    def clean(self):
        cleaned = super().clean()
        judged = {
            strand: (cleaned.get(f"level.{strand}"), cleaned.get(f"evidence.{strand}"))
            for strand in self.table_rows
        }
        names = self.row_names()
        for strand, (level, evidence) in judged.items():
            if level and not evidence:
                self.add_error(f"evidence.{strand}", f"Enter the evidence for {names[strand]}")
            if evidence and not level:
                self.add_error(f"level.{strand}", f"Select a level for {names[strand]}")
        if not any(level or evidence for level, evidence in judged.values()):
            raise ValidationError("Judge at least one strand")
        return cleaned


def _toolkit() -> list[tuple]:
    """Every entry of the toolkit under the first of its strands."""
    entries = words("enquiries", "toolkit").values()
    return [
        ("", "One of our own"),
        *(
            (title, [(e.code, described(e)) for e in entries if e.extra["strands"][0] == strand])
            for strand, title in choices("maturity")
        ),
    ]


def described(entry: Item) -> str:
    """An entry of the toolkit with the parts it has."""
    return f"{entry.title} ({entry.text})" if entry.text else entry.title


class InterventionForm(SheetForm):
    wording = ("enquiries", "intervention")
    offered = ("intervention", "strands")

    intervention = forms.ChoiceField(choices=_toolkit, required=False)
    strands = several("maturity")

    class Meta:
        model = InterventionChoice
        exclude = PLACE_FIELDS

    @property
    def warning(self):
        """Above three at a time nobody can tell what made the difference."""
        if self.cycle is None:
            return ""
        chosen = InterventionChoice.objects.filter(enquiry=self.enquiry, cycle=self.cycle)
        others = chosen.exclude(pk=self.instance.pk).count()
        return wording_of(*self.wording)["warning"] if others >= MOST_INTERVENTIONS else ""

    def clean(self):
        cleaned = super().clean()
        listed, own = cleaned.get("intervention"), cleaned.get("own")
        if listed and own:
            self.add_error("own", "Choose one from the toolkit or name your own, not both")
        if not listed and not own:
            self.add_error("intervention", "Select an intervention, or name your own")
        if own and not cleaned.get("earlier_practice"):
            self.add_error("earlier_practice", "Say what earlier practice guides your own")
        return cleaned


class RiskForm(EventForm):
    wording = ("enquiries", "risk")

    risk = forms.ChoiceField(choices=lambda: [("", "Select one"), *choices("risks")])

    class Meta:
        model = Risk
        exclude = WITHOUT_DATE

    @property
    def known(self) -> list[Item]:
        """The challenges that the method knows, with what was done about each."""
        return list(words("enquiries", "challenges").values())

    def clean(self):
        cleaned = super().clean()
        is_other = cleaned.get("risk") == OTHER_RISK
        if is_other and not cleaned.get("other"):
            self.add_error("other", "Name the other risk")
        if cleaned.get("other") and not is_other:
            self.add_error("other", "Leave this empty, or select “Other” as the risk")
        return cleaned


class ExampleForm(SheetForm):
    wording = ("enquiries", "example")

    messages = several("messages", "cross-cutting")

    class Meta:
        model = MessageExample
        exclude = PLACE_FIELDS


class TrackingForm(SheetForm):
    wording = ("enquiries", "tracking")

    class Meta:
        model = ImpactTracking
        exclude = PLACE_FIELDS


class RlcForm(EventForm, TableForm):
    wording = ("enquiries", "rlc")
    columns = ("kept", "note")
    follows = "held_on"

    class Meta:
        model = RlcChecklist
        exclude = [*WITHOUT_DATE, "cells"]

    def row_names(self):
        return dict(choices("rlc"))

    def box_for(self, column, label):
        if column == "note":
            return box(label)
        answers = [("", "Select one"), ("yes", "Yes"), ("no", "No")]
        return forms.ChoiceField(label=label, choices=answers)


def _sheet(code: str, slug: str, form: type[SheetForm], place: Place, phase: str, *what, **more):
    """A form; ``what`` are its minutes, what it feeds and who fills it in."""
    return Sheet(code, slug, form._meta.model, form, place, phase, *what, **more)


START, ALWAYS, EACH_TIME = "implementation", "any time", Place.MANY

SHEETS = [
    _sheet("F02", "school", SchoolForm, Place.SCHOOL, START, 6, "CS, IR, NR", "Project lead"),
    _sheet(
        "F05",
        "maturity",
        MaturityForm,
        EACH_TIME,
        START,
        30,
        "CS, NR",
        "Leaders of the alliance",
        across="maturity",
    ),
    _sheet(
        "F12",
        "intervention",
        InterventionForm,
        EACH_TIME,
        START,
        12,
        "CS, IR, NR",
        "Leaders of the alliance",
        by_cycle=True,
        across="toolkit",
    ),
    _sheet(
        "F36",
        "example",
        ExampleForm,
        EACH_TIME,
        ALWAYS,
        4,
        "NR",
        "Project lead or facilitator",
        write=Permission.WRITE_GROUP_FORMS,
    ),
    _sheet(
        "F38",
        "risk",
        RiskForm,
        EACH_TIME,
        ALWAYS,
        5,
        "NR",
        "Project lead",
        beside="enquiries/beside/challenges.html",
    ),
    _sheet(
        "F41",
        "tracking",
        TrackingForm,
        EACH_TIME,
        ALWAYS,
        10,
        "IR",
        "A middle leader with a colleague",
    ),
    _sheet("F42", "rlc", RlcForm, EACH_TIME, ALWAYS, 8, "IR", "A senior leader with a teacher"),
]
