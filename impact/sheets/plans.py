"""The plan of impact, the tests of its data, and the ways to measure it."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import date_format

from alliances.content import words
from alliances.roles import Permission
from enquiries.sheets import Place, Sheet
from enquiries.sheets.activities import OF_AN_EVENT
from enquiries.sheets.c2l import PLACE_FIELDS, choices
from enquiries.sheets.forms import SheetForm, one_of_them
from enquiries.sheets.placings import PlacingForm
from impact.models import DataTest, ImpactPlan, MethodPlacing
from impact.models.claims import Comparison
from impact.queries import BaselineState, baseline_states, data_sets
from impact.sheets.choices import data_types


def _baseline(state: BaselineState) -> str:
    """A measure and how it stands with its baseline."""
    if not state.is_taken:
        return f"{state.name} (no baseline yet)"
    taken = f"baseline of {date_format(state.on, 'j F Y')}" if state.on else "has a baseline"
    return f"{state.name} ({taken}{', after the first trial' if state.is_late else ''})"


class PlanForm(SheetForm):
    """Offers the enquiry's schools and its measures with the state of their baselines."""

    wording = ("impact", "plan")

    participation_id = one_of_them(required=False)
    level = forms.ChoiceField(choices=ImpactPlan.At.choices, widget=forms.RadioSelect)
    data_type = forms.ChoiceField(choices=data_types)
    collection = forms.ChoiceField(
        choices=lambda: choices("collection", "impact"), widget=forms.RadioSelect
    )
    measure_id = one_of_them(required=False)
    comparison = forms.ChoiceField(
        choices=Comparison.choices, widget=forms.RadioSelect, required=False
    )

    field_order = [
        "participation_id",
        "level",
        "recognised",
        "data_needed",
        "existing",
        "more_methods",
        "suitable",
        "data_type",
        "collection",
        "measure_id",
    ]

    class Meta:
        model = ImpactPlan
        exclude = [*PLACE_FIELDS, "measure"]

    def add_cells(self):
        self.offer_schools()
        measures = [(str(s.measure), _baseline(s)) for s in baseline_states(self.enquiry)]
        self.offer("measure_id", "None yet", measures)
        self.initial["comparison"] = self.instance.comparison

    def clean_comparison(self):
        return self.cleaned_data["comparison"] or Comparison.NONE

    def clean(self):
        cleaned = super().clean()
        chosen = words("impact", "data-types").get(cleaned.get("data_type", ""))
        if chosen and cleaned.get("level") and chosen.extra["level"] != cleaned["level"]:
            level = ImpactPlan.At(cleaned["level"]).label.lower()
            self.add_error("data_type", f"Select a data type that is listed for {level}")
        return cleaned


class DataTestForm(SheetForm):
    """Offers the enquiry's measures; each is a data set."""

    wording = ("impact", "data-test")

    measure_id = one_of_them(required=True)
    methods = forms.IntegerField(min_value=1, max_value=100)
    respondent_groups = forms.IntegerField(min_value=1, max_value=100)
    is_valid = forms.ChoiceField(choices=DataTest.Outcome.choices, widget=forms.RadioSelect)
    is_triangulated = forms.ChoiceField(choices=DataTest.Outcome.choices, widget=forms.RadioSelect)
    is_reliable = forms.ChoiceField(choices=DataTest.Outcome.choices, widget=forms.RadioSelect)

    field_order = [
        "measure_id",
        "validity",
        "is_valid",
        "methods",
        "respondent_groups",
        "triangulation",
        "is_triangulated",
        "reliability",
        "is_reliable",
    ]

    class Meta:
        model = DataTest
        exclude = [*PLACE_FIELDS, "measure"]

    def add_cells(self):
        sets = [(str(each.measure), each.name) for each in data_sets(self.enquiry)]
        self.offer("measure_id", "Select one", sets)

    def clean_is_triangulated(self):
        outcome = self.cleaned_data["is_triangulated"]
        most = max(self.cleaned_data.get(name) or 0 for name in ("methods", "respondent_groups"))
        if outcome == DataTest.Outcome.PASS and most == 1:
            problem = "It takes more than one method or more than one respondent group to pass"
            raise ValidationError(problem)
        return outcome


class WayOfMeasuringForm(PlacingForm):
    wording = ("impact", "way-of-measuring")
    follows = "method"

    class Meta:
        model = MethodPlacing
        exclude = OF_AN_EVENT


SHEETS = [
    Sheet(
        "F13",
        "impact-plan",
        ImpactPlan,
        PlanForm,
        Place.MANY,
        "implementation",
        15,
        "IR, PO, NR",
        "School lead for a school, project lead for the alliance",
        exact=frozenset({"size"}),
    ),
    Sheet(
        "F15",
        "data-test",
        DataTest,
        DataTestForm,
        Place.MANY,
        "impact",
        5,
        "IR, NR",
        "The group with its facilitator",
        write=Permission.WRITE_GROUP_FORMS,
    ),
    Sheet(
        "F40",
        "way-of-measuring",
        MethodPlacing,
        WayOfMeasuringForm,
        Place.MANY,
        "implementation",
        2,
        "F13",
        "The group with its facilitator",
        write=Permission.WRITE_GROUP_FORMS,
    ),
]
