from datetime import date
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from alliances.content import words
from alliances.fields import LinesField
from alliances.forms import Worded
from enquiries.models import Cycle, Enquiry


def _area(rows: int = 4):
    return forms.Textarea(attrs={"rows": rows})


def today_or_earlier(day: date) -> None:
    if day > timezone.localdate():
        raise ValidationError("Date must be today or in the past")


class SentOnce(forms.Form):
    """Mixin for forms that add something: a key by which the same page sent twice is known."""

    submission = forms.UUIDField(required=False, widget=forms.HiddenInput, initial=uuid4)


class NewEnquiryForm(Worded, forms.ModelForm):
    """What an alliance sets out to learn next; the rest is written once it has begun."""

    wording = ("enquiries", "new-enquiry")

    class Meta:
        model = Enquiry
        fields = ["title", "focus", "question"]
        widgets = {"focus": _area(), "question": _area(2)}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("title", "focus"):
            self.fields[name].required = True

    def show_taken(self):
        """The alliance has an enquiry of that title."""
        self.add_error("title", "The alliance has an enquiry of this title")


class EnquiryForm(Worded, forms.ModelForm):
    """Carries the version its writer opened, so that nobody's later words are lost."""

    wording = ("enquiries", "enquiry")

    version = forms.IntegerField(widget=forms.HiddenInput)
    aims = LinesField(longest=500, required=False)
    methods = LinesField(longest=200, required=False)
    interventions = LinesField(longest=200, required=False)
    research_claims = forms.MultipleChoiceField(
        choices=lambda: [(c.code, c.title) for c in words("enquiries", "claims").values()],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    class Meta:
        model = Enquiry
        fields = [
            "title",
            "focus",
            "question",
            "aims",
            "methods",
            "interventions",
            "research_claims",
            "version",
        ]
        widgets = {"focus": _area(), "question": _area(2)}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("title", "focus"):
            self.fields[name].required = True
        self._offer_listed()

    def _offer_listed(self):
        """Where the alliance has not spoken yet, begin with what the programme says of it."""
        listing = getattr(self.instance, "listing", None)
        for name in ("focus", "question"):
            if listing and not self.initial.get(name):
                self.initial[name] = getattr(listing, name)

    def show_conflict(self, stored: Enquiry):
        """Tell what somebody else saved meanwhile, and let a second save replace it knowingly."""
        for name in [name for name in self.fields if name != "version"]:
            theirs = getattr(stored, name)
            if theirs != self.cleaned_data[name]:
                shown = ", ".join(theirs) if isinstance(theirs, list) else theirs
                self.add_error(name, f"Somebody else saved this meanwhile: “{shown}”")
        self.data = self.data.copy()
        self.data["version"] = stored.version


class CycleForm(Worded, SentOnce, forms.ModelForm):
    wording = ("enquiries", "cycle")

    class Meta:
        model = Cycle
        fields = ["label", "period", "tried"]
        widgets = {"tried": _area()}


class WithdrawalForm(Worded, forms.Form):
    """Why a record no longer counts."""

    wording = ("enquiries", "withdrawal")

    reason = forms.CharField(widget=_area(2))


class AnswerForm(Worded, forms.Form):
    wording = ("enquiries", "answer")

    answer = forms.CharField(widget=_area())
