"""What the pages of what happened, and of what was done, may be narrowed to."""

from datetime import date, datetime, time, timedelta

from django import forms
from django.db.models import Q
from django.utils.timezone import make_aware

from alliances.fields import DayMonthYearField
from alliances.forms import Worded
from alliances.models import User
from reports.acts import acts_of_kind
from reports.happenings import kinds


class HappeningsForm(Worded, forms.Form):
    """Narrows what happened in an alliance to a person or a kind, or shows who read instead."""

    READS = "reads"

    wording = ("reports", "happenings")
    mark_optional = False

    person = forms.ChoiceField(required=False)
    kind = forms.ChoiceField(required=False)

    def __init__(self, *args, people: list[User], with_reads: bool, **kwargs):
        super().__init__(*args, **kwargs)
        listed = [(str(person.pk), str(person)) for person in people]
        self.fields["person"].choices = [("", "Everybody"), *listed]
        reads = [(self.READS, "Who opened private material")] if with_reads else []
        self.fields["kind"].choices = [("", "Every change"), *kinds(), *reads]

    def wanted(self) -> dict[str, str]:
        """Person and kind asked for; empty where nothing, or nothing known, was asked."""
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in self.fields}


class ActsForm(Worded, forms.Form):
    """Narrows what was done in a programme to a person, a kind, or a time."""

    wording = ("reports", "acts")
    mark_optional = False

    person = forms.CharField(required=False, max_length=200)
    kind = forms.ChoiceField(required=False)
    since = DayMonthYearField(required=False)
    until = DayMonthYearField(required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", "Everything"), *kinds()]

    def clean(self):
        answers = super().clean()
        since, until = answers.get("since"), answers.get("until")
        if since and until and until < since:
            self.add_error("until", "The last day must be the first day or later")
        return answers

    def chosen(self) -> Q:
        """The acts asked for; an answer that is wrong narrows nothing."""
        self.is_valid()
        wanted = self.cleaned_data
        found = acts_of_kind(wanted.get("kind", ""))
        if wanted.get("person"):
            person = wanted["person"]
            found &= Q(by__name__icontains=person) | Q(by__email__icontains=person)
        if wanted.get("since"):
            found &= Q(at__gte=_midnight(wanted["since"]))
        if wanted.get("until"):
            found &= Q(at__lt=_midnight(wanted["until"] + timedelta(days=1)))
        return found


def _midnight(day: date) -> datetime:
    return make_aware(datetime.combine(day, time()))
