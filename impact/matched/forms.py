from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from alliances.fields import DayMonthYearField
from alliances.forms import Worded
from enquiries.forms import SentOnce, today_or_earlier
from enquiries.models import Participation
from impact.models import MatchedSet


def later(day) -> None:
    if day <= timezone.localdate():
        raise ValidationError("Date must be in the future")


class _MeasureField(forms.ModelChoiceField):
    def label_from_instance(self, obj):
        return obj.about


class _SchoolField(forms.ModelChoiceField):
    def label_from_instance(self, obj):
        return str(obj.school)


class MatchedSetForm(Worded, SentOnce, forms.ModelForm):
    wording = ("impact", "matched")

    measure = _MeasureField(queryset=None)
    participation = _SchoolField(queryset=None)
    before_on = DayMonthYearField(validators=[today_or_earlier])
    after_on = DayMonthYearField(validators=[today_or_earlier])
    retain_until = DayMonthYearField(validators=[later])

    field_order = ["measure", "participation"]

    class Meta:
        model = MatchedSet
        fields = ["instrument", "phase", "before_on", "after_on", "consent", "retain_until"]

    def __init__(self, *args, enquiry, **kwargs):
        super().__init__(*args, **kwargs)
        schools = enquiry.participations.exclude(part=Participation.Part.LEFT)
        self.fields["participation"].queryset = schools.select_related("school")
        self.fields["measure"].queryset = enquiry.measures.select_related("group")
        for name in ("instrument", "consent"):
            self.fields[name].required = True

    def clean(self):
        cleaned = super().clean()
        before, after = cleaned.get("before_on"), cleaned.get("after_on")
        if before and after and after <= before:
            self.add_error("after_on", ValidationError("Date must be after the first one"))
        return cleaned


class ExtensionForm(Worded, forms.Form):
    """A later day of deletion, and why."""

    wording = ("impact", "extension")

    retain_until = DayMonthYearField(validators=[later])
    because = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args, matched_set: MatchedSet, **kwargs):
        super().__init__(*args, **kwargs)
        self.matched_set = matched_set

    def clean_retain_until(self):
        day = self.cleaned_data["retain_until"]
        if day <= self.matched_set.retain_until:
            raise ValidationError("Date must be later than the one there is")
        return day
