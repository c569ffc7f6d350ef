"""What support staff ask for, and what the national team says when it lends the role."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format

from alliances.actions import LONGEST_LOAN
from alliances.fields import DayMonthYearField
from alliances.forms import Worded
from alliances.models import Assignment


class LookUpForm(Worded, forms.Form):
    """Whom or what somebody rings about."""

    wording = ("reports", "support-look-up")
    mark_optional = False

    q = forms.CharField(required=False, max_length=200)

    def wanted(self) -> str:
        """What was typed; empty where nothing that could be looked for was."""
        self.is_valid()
        return self.cleaned_data.get("q", "").strip()


class ResetForm(Worded, forms.Form):
    """Why somebody's second step is taken away, and how it was made sure that it is them."""

    wording = ("reports", "support-second-step")

    reason = forms.CharField(max_length=300)
    checked = forms.CharField(max_length=300)


class AddressForm(Worded, forms.Form):
    """The address that an invitation was meant for."""

    wording = ("reports", "support-invitation")
    mark_optional = False

    email = forms.EmailField()


class GiveSupportForm(Worded, forms.Form):
    """To whom the role is lent, and until when; nobody of ``staff``, who hold it now."""

    wording = ("reports", "support-give")

    email = forms.EmailField()
    ends_on = DayMonthYearField()

    def __init__(self, *args, staff: list[Assignment], **kwargs):
        super().__init__(*args, **kwargs)
        self.staff = staff

    def clean_email(self):
        email = self.cleaned_data["email"]
        for held in self.staff:
            if held.user.email.casefold() == email.casefold():
                until = date_format(held.ends_on)
                raise ValidationError(f"{held.user} is support staff until {until}. End that first")
        return email

    def clean_ends_on(self):
        ends_on, today = self.cleaned_data["ends_on"], timezone.localdate()
        if not today < ends_on <= today + LONGEST_LOAN:
            raise ValidationError("The day it ends must be after today and within a year")
        return ends_on
