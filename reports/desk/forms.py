"""One short form for each step; what each says stands in content/forms.toml."""

from django import forms
from django.db.models import QuerySet

from alliances.forms import Worded
from alliances.models import Alliance, Programme
from reports.manuscript.standing import Standing, State

CONFIRMED = ("quoted", "nobody", "photos", "few")


def _words(*, required: bool) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 4})
    return forms.CharField(max_length=1000, required=required, widget=area)


def _either(yes: str, no: str) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        choices=[("yes", yes), ("no", no)],
        coerce=lambda answer: answer == "yes",
        widget=forms.RadioSelect,
    )


class StepForm(Worded, forms.Form):
    """Carries the number of the save that the person read: a step is about that and no other."""

    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, standing: Standing, **kwargs):
        super().__init__(*args, **kwargs)
        self.standing = standing
        self.initial["revision"] = standing.revision


class SendForm(StepForm):
    wording = ("reports", "step-send")

    note = _words(required=False)


class CritiqueForm(StepForm):
    wording = ("reports", "step-critique")
    mark_optional = False

    is_done = _either("No, nothing more is to be done", "Yes, I send it back")
    note = _words(required=False)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("is_done") is False and not cleaned.get("note"):
            self.add_error("note", "Say what is to be done")
        return cleaned


class CheckForm(StepForm):
    wording = ("reports", "step-check")

    quoted = forms.BooleanField()
    nobody = forms.BooleanField()
    photos = forms.BooleanField()
    few = forms.BooleanField()
    note = _words(required=False)

    def clean(self):
        """That each was confirmed is what the step says; it is not kept once more."""
        cleaned = super().clean()
        return {name: value for name, value in cleaned.items() if name not in CONFIRMED}


class SignOffForm(StepForm):
    wording = ("reports", "step-sign-off")

    note = _words(required=False)


class ChooseForm(StepForm):
    wording = ("reports", "step-choose")

    is_chosen = _either("Yes, publish it", "No")
    note = _words(required=True)


class PublishForm(StepForm):
    """Asks what is corrected only where there is a version before."""

    wording = ("reports", "step-publish")

    correction = _words(required=True)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.standing.publications:
            del self.fields["correction"]


class WithdrawForm(StepForm):
    wording = ("reports", "step-withdraw")

    reason = _words(required=True)

    def clean(self):
        """What is public is withdrawn, whatever the draft has become."""
        cleaned = super().clean()
        cleaned.pop("revision", None)
        return cleaned


class CaseStudiesForm(Worded, forms.Form):
    """Narrows the case studies of a programme; every field may be left empty."""

    wording = ("reports", "case-studies")
    mark_optional = False

    state = forms.ChoiceField(required=False, choices=[("", "Anywhere"), *State.choices])
    theme = forms.ChoiceField(required=False)
    phase = forms.ChoiceField(required=False)

    def __init__(self, *args, programme: Programme, **kwargs):
        super().__init__(*args, **kwargs)
        self.programme = programme
        themes = [(str(theme.number), str(theme)) for theme in programme.themes.all()]
        self.fields["theme"].choices = [("", "All themes"), *themes]
        phases = programme.alliances.values_list("phases", flat=True)
        named = sorted({phase for each in phases for phase in each})
        self.fields["phase"].choices = [("", "All phases"), *((name, name) for name in named)]

    def _asked_for(self, name: str) -> str:
        """A value of the form; an empty one for a value that it does not know."""
        self.is_valid()
        return self.cleaned_data.get(name, "")

    @property
    def state_wanted(self) -> str:
        return self._asked_for("state")

    def alliances(self) -> QuerySet[Alliance]:
        """Those of the theme and the phase asked for."""
        found = self.programme.alliances.all()
        if theme := self._asked_for("theme"):
            found = found.filter(theme__number=int(theme))
        if phase := self._asked_for("phase"):
            found = found.filter(phases__contains=[phase])
        return found
