from django import forms
from django.core.exceptions import ValidationError

from alliances import access
from alliances.fields import DayMonthYearField
from alliances.forms import Worded
from alliances.models import Designation, Membership, User
from enquiries.forms import today_or_earlier


class JoinForm(Worded, forms.Form):
    """A school that joins; by its URN it is the same school everywhere."""

    wording = ("enquiries", "school-join")

    name = forms.CharField(max_length=200)
    phase = forms.CharField(max_length=50, required=False)
    urn = forms.IntegerField(min_value=100000, max_value=999999, required=False)
    joined_on = DayMonthYearField(validators=[today_or_earlier])
    how_joined = forms.ChoiceField(choices=Membership.Joined.choices, widget=forms.RadioSelect)

    def __init__(self, *args, user: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_urn(self):
        urn = self.cleaned_data["urn"]
        if urn and not access.may_bring_in(self.user, urn):
            raise ValidationError("School is in another alliance. Ask the national team to move it")
        return urn


class LeaveForm(Worded, forms.Form):
    """Why a school leaves and who takes its place, not before it joined."""

    wording = ("enquiries", "school-leave")

    on = DayMonthYearField(validators=[today_or_earlier])
    reason = forms.CharField(widget=forms.Textarea(attrs={"rows": 4}))
    replaced_by = forms.CharField(max_length=200, required=False)

    def __init__(self, *args, membership: Membership | None, **kwargs):
        super().__init__(*args, **kwargs)
        self.membership = membership

    def clean_on(self):
        day = self.cleaned_data["on"]
        joined_on = self.membership.joined_on if self.membership else None
        if joined_on and day < joined_on:
            raise ValidationError("Date must be on or after the day the school joined")
        return day


class DesignationForm(Worded, forms.Form):
    """The next step of an alliance's teaching-school status."""

    wording = ("enquiries", "designation")

    status = forms.ChoiceField(choices=Designation.Status.choices, widget=forms.RadioSelect)
    since = DayMonthYearField(validators=[today_or_earlier])
    reason = forms.CharField(widget=forms.Textarea(attrs={"rows": 4}), required=False)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("status") == Designation.Status.LOST and not cleaned.get("reason"):
            self.add_error("reason", "Say why designation was lost")
        return cleaned
