"""The forms of the Connect to Learn route, with the rules that each of them has of its own."""

import re

from django import forms
from django.core.exceptions import ValidationError

from alliances.content import words
from alliances.roles import Permission
from enquiries.models import (
    ClaimReflection,
    CollaborationModel,
    Ethics,
    MethodChoice,
    Norms,
    Partnership,
    Question,
    ReportingReview,
    SchoolPriority,
    Synthesis,
)
from enquiries.models.sheets import PLACE
from enquiries.queries import enough_have_tried
from enquiries.sheets import Place, Sheet
from enquiries.sheets.forms import SheetForm

PLACE_FIELDS = [*PLACE.split(), "saved_by"]


# The claims that an alliance of each theme reflects on, beside those on leadership.
THEME_FAMILIES = {
    1: {"Pedagogy"},
    2: {"Professional development"},
    3: set(),
    None: {"Pedagogy", "Professional development"},
}


def choices(name: str, app: str = "enquiries") -> list[tuple[str, str]]:
    """Codes and titles of a content file, in its order."""
    return [(item.code, item.title) for item in words(app, name).values()]


def several(*names: str, required: bool = True) -> forms.MultipleChoiceField:
    """Boxes to tick, one for each item of content files."""
    return forms.MultipleChoiceField(
        choices=lambda: [choice for name in names for choice in choices(name)],
        widget=forms.CheckboxSelectMultiple,
        required=required,
    )


class QuestionForm(SheetForm):
    wording = ("enquiries", "question")

    tests = several("question-tests", required=False)

    class Meta:
        model = Question
        exclude = PLACE_FIELDS


class PriorityForm(SheetForm):
    wording = ("enquiries", "priority")

    class Meta:
        model = SchoolPriority
        exclude = PLACE_FIELDS


class MethodForm(SheetForm):
    wording = ("enquiries", "method")

    methods = several("methods")

    class Meta:
        model = MethodChoice
        exclude = PLACE_FIELDS

    def clean_why_suitable(self):
        reason = self.cleaned_data["why_suitable"]
        if re.fullmatch(r"\W*(we are |we're |i am )?(not sure|unsure)\W*", reason.lower()):
            raise ValidationError("Say which issue the method suits; “not sure” is no reason yet")
        return reason

    def clean(self):
        cleaned = super().clean()
        if "other" in cleaned.get("methods", []) and not cleaned.get("other"):
            self.add_error("other", "Name the other method")
        return cleaned


class PartnershipForm(SheetForm):
    wording = ("enquiries", "partnership")

    channels = several("channels")

    class Meta:
        model = Partnership
        exclude = PLACE_FIELDS

    def clean_channels(self):
        channels = self.cleaned_data["channels"]
        if len(channels) == 1:
            raise ValidationError("Select at least two, since any single one fails some day")
        return channels


class NormsForm(SheetForm):
    wording = ("enquiries", "norms")

    class Meta:
        model = Norms
        exclude = PLACE_FIELDS


class ReflectionForm(SheetForm):
    """Offers the claims of the alliance's theme, and those on leadership."""

    wording = ("enquiries", "reflection")

    claim = forms.ChoiceField()

    class Meta:
        model = ClaimReflection
        exclude = PLACE_FIELDS

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        theme = self.enquiry.alliance.theme
        families = {"Leadership"} | THEME_FAMILIES[theme.number if theme else None]
        offered = [
            (item.code, f"{item.title}: {item.text}")
            for item in words("enquiries", "claims").values()
            if item.extra["family"] in families
        ]
        self.fields["claim"].choices = [("", "Select one"), *offered]


class EthicsForm(SheetForm):
    wording = ("enquiries", "ethics")

    consent_from = several("consent")

    class Meta:
        model = Ethics
        exclude = PLACE_FIELDS

    NEEDS = {
        "is_sensitive": ("safeguards", "Say how the sensitive data are guarded"),
        "is_identifiable": ("how_reduced", "Say how the risk of being recognised is kept low"),
        "is_published": ("extra_check", "Say who checks the data again before publication"),
    }

    def clean(self):
        cleaned = super().clean()
        for ticked, (name, problem) in self.NEEDS.items():
            if cleaned.get(ticked) and not cleaned.get(name):
                self.add_error(name, problem)
        return cleaned


class SynthesisForm(SheetForm):
    wording = ("enquiries", "synthesis")

    class Meta:
        model = Synthesis
        exclude = PLACE_FIELDS

    def clean(self):
        cleaned = super().clean()
        if not (self.cycle and enough_have_tried(self.cycle)):
            problem = "A synthesis needs the trial notes of at least two people in this cycle"
            raise ValidationError(problem)
        return cleaned


class ReviewForm(SheetForm):
    wording = ("enquiries", "review")

    class Meta:
        model = ReportingReview
        exclude = PLACE_FIELDS


class ModelForm(SheetForm):
    wording = ("enquiries", "model")

    shape = forms.ChoiceField(choices=lambda: choices("models"), widget=forms.RadioSelect)

    class Meta:
        model = CollaborationModel
        exclude = PLACE_FIELDS


def _sheet(*what, **more) -> Sheet:
    """A form; those of the group may be written by its facilitator too."""
    code, slug, form, *rest = what
    if rest[-1] == GROUP:
        more["write"] = Permission.WRITE_GROUP_FORMS
    return Sheet(code, slug, form._meta.model, form, *rest, **more)


START, TURN, JUDGE, ALWAYS = "implementation", "innovation", "impact", "any time"
LEAD, GROUP = "Project lead", "The group with its facilitator"

SHEETS = [
    _sheet("F03", "partnership", PartnershipForm, Place.ONCE, START, 15, "CS", LEAD),
    _sheet("F04", "norms", NormsForm, Place.ONCE, START, 20, "CS", GROUP),
    _sheet("F06", "claims", ReflectionForm, Place.MANY, START, 5, "IR, CS, NR", LEAD),
    _sheet("F09", "question", QuestionForm, Place.ONCE, START, 15, "OV, IR, CS, NR", GROUP),
    _sheet("F09", "priority", PriorityForm, Place.SCHOOL, START, 5, "OV, CS", "School lead"),
    _sheet(
        "F11", "method", MethodForm, Place.ONCE, START, 8, "OV, IR, CS, NR", GROUP, by_cycle=True
    ),
    _sheet("F14", "ethics", EthicsForm, Place.ONCE, START, 15, "IR, NR", LEAD),
    _sheet(
        "F20", "synthesis", SynthesisForm, Place.MANY, TURN, 15, "OV, IR, CS", GROUP, by_cycle=True
    ),
    _sheet("F39", "model", ModelForm, Place.MANY, ALWAYS, 8, "NR", LEAD),
    _sheet("F43", "review", ReviewForm, Place.MANY, JUDGE, 10, "IR", LEAD, by_cycle=True),
]
