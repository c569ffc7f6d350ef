"""What people log as it happens, as forms: each may be filled in as often as there is something."""

from django import forms
from django.core.exceptions import ValidationError

from alliances.content import Item, words
from alliances.fields import DayMonthYearField
from alliances.roles import Permission
from enquiries.forms import today_or_earlier
from enquiries.models import (
    Challenge,
    Dissemination,
    HelpRequest,
    LeadershipEntry,
    NextStep,
    Quotation,
    Trial,
)
from enquiries.models.entries import ENTRY
from enquiries.sheets import Place, Sheet
from enquiries.sheets.c2l import PLACE_FIELDS, choices, several
from enquiries.sheets.forms import SheetForm, one_of_them

OF_A_LOG = [*PLACE_FIELDS, *ENTRY.split(), "logged_by"]
DATED = [name for name in OF_A_LOG if name != "held_on"]


def _one_of(name: str) -> forms.ChoiceField:
    """A choice of a content file that may be left open."""
    return forms.ChoiceField(choices=lambda: [("", "Select one"), *choices(name)], required=False)


# What of a leadership entry can be picked out as a quotation, in the order of its form.
PASSAGES = (
    "reflection",
    "evidence",
    "went_well",
    "did_not_work",
    "problems",
    "decisions",
    "differed",
)


class TrialForm(SheetForm):
    wording = ("enquiries", "trial")

    held_on = DayMonthYearField(validators=[today_or_earlier])
    feedback = _one_of("methods")

    class Meta:
        model = Trial
        exclude = DATED


class LeadershipForm(SheetForm):
    """Asks for at least one skill or behaviour, of the method's ten or in other words."""

    wording = ("enquiries", "leadership")

    cycle_id = one_of_them(required=False)
    behaviours = several("behaviours", required=False)
    behaviour = forms.CharField(max_length=200, required=False)

    field_order = ["cycle_id"]

    class Meta:
        model = LeadershipEntry
        exclude = OF_A_LOG

    def add_cells(self):
        listed = [(str(cycle.pk), cycle.label) for cycle in self.enquiry.cycles.all()]
        self.offer("cycle_id", "No single cycle", listed)
        if self.instance.pk is None:
            self.initial["cycle_id"] = self.cycle and self.cycle.pk

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("behaviours") and not cleaned.get("behaviour"):
            self.add_error("behaviours", "Select what you drew on, or say it in other words")
        return cleaned


NAMED_BY = {"programme": "Across the programme", "theme 3": "In leading an alliance"}


def _kinds_of_challenge() -> list[tuple]:
    """Every known challenge under the account that names it."""
    listed = words("enquiries", "challenges").values()
    return [
        ("", "Select one"),
        *(
            (title, [(item.code, item.title) for item in listed if item.extra["from"] == source])
            for source, title in NAMED_BY.items()
        ),
    ]


class ChallengeForm(SheetForm):
    wording = ("enquiries", "challenge")

    kind = forms.ChoiceField(choices=_kinds_of_challenge, required=False)

    class Meta:
        model = Challenge
        exclude = DATED

    @property
    def known(self) -> list[Item]:
        """What others met, with what was done about each."""
        return list(words("enquiries", "challenges").values())


class SharingForm(SheetForm):
    wording = ("enquiries", "sharing")

    channel = _one_of("sharing")

    class Meta:
        model = Dissemination
        exclude = DATED


class NextStepForm(SheetForm):
    wording = ("enquiries", "next-step")

    class Meta:
        model = NextStep
        exclude = OF_A_LOG


class QuotationForm(SheetForm):
    wording = ("enquiries", "quotation")

    consent = forms.ChoiceField(choices=Quotation.Consent.choices, widget=forms.RadioSelect)

    class Meta:
        model = Quotation
        exclude = [*OF_A_LOG, "reported"]

    def begin_with(self, given):
        """With a passage of a leadership entry, where the address names the two."""
        entries = {str(e.pk): e for e in LeadershipEntry.objects.filter(enquiry=self.enquiry)}
        entry, part = entries.get(given.get("entry", "")), given.get("part")
        if entry and part in PASSAGES:
            self.initial["text"] = getattr(entry, part)

    def clean_text(self):
        """The page sets its own quotation marks."""
        text = self.cleaned_data["text"].strip("\"“”‘’'").strip()
        if not text:
            raise ValidationError(forms.Field.default_error_messages["required"])
        return text


class HelpForm(SheetForm):
    wording = ("enquiries", "help")

    class Meta:
        model = HelpRequest
        exclude = [*OF_A_LOG, "answer", "answered_by", "answered_at"]


def _log(code: str, slug: str, form: type[SheetForm], *rest, **more) -> Sheet:
    return Sheet(code, slug, form._meta.model, form, Place.MANY, *rest, home="enquiry", **more)


ALWAYS, LEAD, EVERYBODY = "any time", "Project lead", "Everybody taking part"
TRIED = "Teacher taking part, school lead"

SHEETS = [
    _log("F19", "trial", TrialForm, "innovation", 5, "F20, IR", TRIED, by_cycle=True),
    _log(
        "F23",
        "leadership",
        LeadershipForm,
        ALWAYS,
        8,
        "CL, CS, NR",
        LEAD,
        across="leadership-log",
    ),
    _log("F35", "sharing", SharingForm, "impact", 4, "CS, NR", LEAD),
    _log(
        "F37",
        "challenge",
        ChallengeForm,
        ALWAYS,
        4,
        "CL, CS, NR",
        "Project lead, external facilitator",
        beside="enquiries/beside/challenges.html",
        write=Permission.WRITE_GROUP_FORMS,
    ),
    _log("", "next-step", NextStepForm, "impact", 2, "CS", LEAD),
    _log("", "quotation", QuotationForm, ALWAYS, 2, "CS", EVERYBODY, across="quoted"),
    _log("", "help", HelpForm, ALWAYS, 2, "CL", EVERYBODY),
]
