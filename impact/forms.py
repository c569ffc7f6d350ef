from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import date_format

from alliances.fields import DayMonthYearField
from alliances.forms import Worded, wording_of
from enquiries.forms import SentOnce, today_or_earlier
from impact.models import Measure, Reading

# What each kind of reading must have, and what it may have.
NEEDED = {
    "number": ("value",),
    "proportion": ("numerator", "denominator"),
    "mean": ("value", "sd", "n"),
    "text": ("text",),
    "x": (),
    "z": (),
}
ALLOWED = {"number": ("n",), "text": ("n",)}
LARGEST = 2_147_483_647  # that fits a column


class PassageForm(Worded, forms.Form):
    """Why a group is let through a gate though something is missing."""

    wording = ("impact", "passage")

    reason = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}))


class DeadlineForm(Worded, forms.Form):
    wording = ("impact", "deadline")

    deadline = DayMonthYearField(required=False)


class MeasureForm(Worded, SentOnce, forms.ModelForm):
    wording = ("impact", "measure")

    class Meta:
        model = Measure
        fields = [
            "level",
            "name",
            "instrument",
            "scale",
            "better",
            "unit",
            "population",
            "group",
        ]
        widgets = {"level": forms.RadioSelect, "better": forms.RadioSelect}

    def __init__(self, *args, enquiry, **kwargs):
        super().__init__(*args, **kwargs)
        self.enquiry = enquiry
        self.fields["level"].choices = Measure._meta.get_field("level").choices

    def clean(self):
        cleaned = super().clean()
        same = {name: cleaned.get(name, "") for name in ("name", "population", "group")}
        taken = self.enquiry.measures.filter(**same).first()
        key = cleaned.get("submission")
        if taken and not (key and taken.submission == key):
            self.add_error("name", ValidationError("You measure this already in this group"))
        return cleaned


class ValueForm(Worded, SentOnce, forms.Form):
    """A dated value of one kind; ``fields_of_reading`` are what the action takes."""

    KINDS = (
        ("number", "A number"),
        ("proportion", "So many out of so many"),
        ("mean", "A mean with its spread"),
        ("text", "Words only"),
        ("x", "Not collected"),
    )

    kind = forms.ChoiceField(choices=KINDS, widget=forms.RadioSelect)
    on = DayMonthYearField(required=False, validators=[today_or_earlier])
    value = forms.DecimalField(required=False, max_digits=14, decimal_places=4)
    numerator = forms.IntegerField(required=False, min_value=0, max_value=LARGEST)
    denominator = forms.IntegerField(required=False, min_value=1, max_value=LARGEST)
    sd = forms.DecimalField(required=False, max_digits=14, decimal_places=4, min_value=0)
    n = forms.IntegerField(required=False, min_value=0, max_value=LARGEST)
    text = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def _words_of_fields(self) -> dict:
        return {**wording_of("impact", "value")["fields"], **self._words().get("fields", {})}

    def clean(self):
        cleaned = super().clean()
        kind = cleaned.get("kind")
        for name in NEEDED.get(kind, ()):
            if cleaned.get(name) in (None, "") and name not in self.errors:
                label = self.fields[name].label
                self.add_error(name, ValidationError(f"Enter {label[:1].lower()}{label[1:]}"))
        if NEEDED.get(kind) and not cleaned.get("on") and "on" not in self.errors:
            self.add_error("on", ValidationError("Enter the date of this reading"))
        self._check_part(cleaned)
        return cleaned

    def _check_part(self, cleaned):
        part, whole = cleaned.get("numerator"), cleaned.get("denominator")
        if part is not None and whole is not None and part > whole:
            self.add_error("numerator", ValidationError(f"Enter {whole} or fewer"))

    def fields_of_reading(self) -> dict:
        kind = self.cleaned_data["kind"]
        kept = NEEDED[kind] + ALLOWED.get(kind, ())
        on = self.cleaned_data["on"]
        fields = {name: self.cleaned_data[name] for name in ("submission", *kept)}
        if kind in Reading.Missing.values:
            fields |= {"kind": Reading.Kind.MISSING, "missing": kind}
        else:
            fields["kind"] = kind
        return {**fields, "on": on, "when": date_format(on, "j F Y") if on else ""}


class BaselineForm(ValueForm):
    wording = ("impact", "baseline")
    prefix = "baseline"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [*self.KINDS[:-1], ("none", "Not taken yet")]

    def fields_of_reading(self) -> dict | None:
        """None where the baseline has not been taken yet."""
        return None if self.cleaned_data["kind"] == "none" else super().fields_of_reading()


class ReadingForm(ValueForm):
    wording = ("impact", "reading")

    moment = forms.ChoiceField(
        choices=[(m.value, m.label) for m in Reading.Moment if m is not Reading.Moment.CHANGE],
        widget=forms.RadioSelect,
    )
    field_order = ["moment"]

    def __init__(self, *args, measure, **kwargs):
        super().__init__(*args, **kwargs)
        self.measure = measure

    def clean(self):
        cleaned = super().clean()
        on, moment = cleaned.get("on"), cleaned.get("moment")
        self._check_single_baseline(moment)
        others = self.measure.readings.exclude(on=None)
        if on and moment == Reading.Moment.BASELINE:
            if others.exclude(moment=moment).filter(on__lt=on).exists():
                self.add_error("on", ValidationError("The baseline is dated after an outcome"))
        elif on and others.filter(moment=Reading.Moment.BASELINE, on__gt=on).exists():
            self.add_error("on", ValidationError("This is dated before the baseline"))
        return cleaned

    def _check_single_baseline(self, moment: str | None):
        """Change is reckoned from one baseline; a second would move the start unseen."""
        taken = self.measure.readings.filter(moment=Reading.Moment.BASELINE, missing="").first()
        if moment == Reading.Moment.BASELINE and taken:
            when = f", of {taken.when}" if taken.when else ""
            self.add_error("moment", ValidationError(f"This measure has its baseline{when}"))

    def fields_of_reading(self) -> dict:
        return {**super().fields_of_reading(), "moment": self.cleaned_data["moment"]}
