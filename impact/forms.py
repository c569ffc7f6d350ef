from django import forms

from alliances.fields import DayMonthYearField
from alliances.forms import Worded


class PassageForm(Worded, forms.Form):
    """Why a group is let through a gate though something is missing."""

    wording = ("impact", "passage")

    reason = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}))


class DeadlineForm(Worded, forms.Form):
    wording = ("impact", "deadline")

    deadline = DayMonthYearField(required=False)
