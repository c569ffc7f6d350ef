from django import forms

from alliances.content import words
from alliances.forms import Worded
from alliances.models import Programme
from reports.builders.progress import SPLITS
from reports.queries import AllianceFilter

NO_THEME = "none"


class FilterForm(Worded, forms.Form):
    """Narrows the alliances of a programme; every field may be left empty."""

    wording = ("reports", "filter")
    mark_optional = False

    theme = forms.ChoiceField(required=False)
    cohort = forms.ChoiceField(required=False)
    cluster = forms.ChoiceField(required=False)
    text = forms.CharField(required=False, max_length=100)

    def __init__(self, *args, programme: Programme, **kwargs):
        super().__init__(*args, **kwargs)
        themes = [(str(t.number), str(t)) for t in programme.themes.all()]
        self._choose("theme", "All themes", [*themes, (NO_THEME, "Theme 1 or 2, not stated")])
        self._choose(
            "cohort", "All cohorts", [(str(c.number), str(c)) for c in programme.cohorts.all()]
        )
        self._choose(
            "cluster", "All clusters", [(str(c.pk), c.name) for c in programme.clusters.all()]
        )

    def _choose(self, name: str, everything: str, choices: list[tuple[str, str]]):
        self.fields[name].choices = [("", everything), *choices]

    def chosen(self) -> AllianceFilter:
        """What was asked for; a value the form does not know narrows nothing."""
        given = self.cleaned_data if self.is_valid() else getattr(self, "cleaned_data", {})
        labels = [
            dict(self.fields[name].choices)[given[name]]
            for name in ("theme", "cohort", "cluster")
            if given.get(name)
        ]
        text = given.get("text", "")
        return AllianceFilter(
            theme=given.get("theme", ""),
            cohort=given.get("cohort", ""),
            cluster=given.get("cluster", ""),
            text=text,
            about="; ".join([*labels, f"“{text}”"] if text else labels) or "All alliances",
        )


class ToolkitForm(Worded, forms.Form):
    """The strands to look at."""

    wording = ("reports", "toolkit")
    mark_optional = False

    strand = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        strands = words("enquiries", "maturity").values()
        self.fields["strand"].choices = [(strand.code, strand.title) for strand in strands]

    def chosen(self) -> list[str]:
        """The codes asked for; what the form does not know asks for nothing."""
        return self.cleaned_data["strand"] if self.is_valid() else []


class ProgressForm(FilterForm):
    """Which questionnaire to look at, of which alliances, and by what to divide them."""

    wording = ("reports", "progress")

    questionnaire = forms.ChoiceField(required=False)
    divided = forms.ChoiceField(required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        titles = [(item.code, item.title) for item in words("enquiries", "instruments").values()]
        self.fields["questionnaire"].choices = titles
        splits = [(code, name) for code, (name, _) in SPLITS.items()]
        self._choose("divided", "Not divided", splits)
        self.order_fields(["questionnaire", "divided"])

    def _asked_for(self, name: str) -> str:
        """A value of the form; an empty one for a value that it does not know."""
        self.is_valid()
        return self.cleaned_data.get(name, "")

    @property
    def instrument(self) -> str:
        """The questionnaire asked for, else the first."""
        return self._asked_for("questionnaire") or self.fields["questionnaire"].choices[0][0]

    @property
    def instrument_title(self) -> str:
        return dict(self.fields["questionnaire"].choices)[self.instrument]

    @property
    def split(self) -> str:
        return self._asked_for("divided")


class CorrectionForm(Worded, forms.Form):
    """What a new version of a report corrects."""

    wording = ("reports", "correction")

    correction = forms.CharField(max_length=1000, widget=forms.Textarea)
