from collections.abc import Iterable
from dataclasses import asdict
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.text import capfirst

from alliances.content import Item, words
from alliances.forms import Worded
from alliances.models import Cluster, Programme
from alliances.terms import Term, calendar_of
from reports.builders.progress import SPLITS
from reports.manuscript.library import Wanted, choices
from reports.models import Choice, Edition, Passage
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
        self._choose("theme", "All themes", [*themes, (NO_THEME, "Theme not stated")])
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


class LibraryForm(Worded, forms.Form):
    """Narrows the published case studies; offers only what some of them tell."""

    wording = ("reports", "library")
    mark_optional = False

    q = forms.CharField(required=False, max_length=200)
    theme = forms.ChoiceField(required=False)
    strand = forms.ChoiceField(required=False)
    phase = forms.ChoiceField(required=False)
    method = forms.ChoiceField(required=False)
    strength = forms.ChoiceField(required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, told in asdict(choices()).items():
            self.fields[name].choices = [("", "All"), *((each, capfirst(each)) for each in told)]

    def wanted(self) -> Wanted:
        """What was asked for; a value that no case study tells narrows nothing."""
        self.is_valid()
        return Wanted(**{name: self.cleaned_data.get(name, "") for name in self.fields})


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


class TermForm(Worded, forms.Form):
    """Which term of a cluster to summarise: one of the last that have begun."""

    wording = ("reports", "term")
    mark_optional = False

    since = forms.ChoiceField()

    def __init__(self, *args, cluster: Cluster, **kwargs):
        super().__init__(*args, **kwargs)
        terms = calendar_of(cluster.programme_id).terms(timezone.localdate())
        self.terms = {term.since.isoformat(): term for term in terms}
        self.fields["since"].choices = [(day, term.title) for day, term in self.terms.items()]

    def chosen(self) -> Term:
        return self.terms[self.cleaned_data["since"]]


class CorrectionForm(Worded, forms.Form):
    """What a new version of a report corrects."""

    wording = ("reports", "correction")

    correction = forms.CharField(max_length=1000, widget=forms.Textarea)


class TitleForm(Worded, forms.ModelForm):
    """Carries the title its writer saw, so that nobody's later one is lost."""

    wording = ("reports", "edition")

    seen = forms.CharField(widget=forms.HiddenInput)

    class Meta:
        model = Edition
        fields = ["title"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["seen"] = self.instance.title

    def show_conflict(self, stored: Edition) -> None:
        """Tell how somebody else named it meanwhile; a second save replaces that knowingly."""
        self.add_error("title", f"Somebody else saved it meanwhile: {_as_saved(stored.title)}")
        self.data = self.data.copy()
        self.data["seen"] = stored.title


class NewPassageForm(Worded, forms.ModelForm):
    """A passage of the editors' own; its key is given before it is saved, so sent twice is one."""

    wording = ("reports", "passage-new")

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    class Meta:
        model = Passage
        fields = ["heading", "words"]
        widgets = {"words": forms.Textarea(attrs={"rows": 10})}


class PassageForm(Worded, forms.ModelForm):
    """Carries the version its writer saw, so that nobody's later words are lost."""

    wording = ("reports", "passage")

    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Passage
        fields = ["heading", "words", "is_included", "reason"]
        widgets = {
            "words": forms.Textarea(attrs={"rows": 10}),
            "reason": forms.Textarea(attrs={"rows": 2}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version

    def clean(self):
        answers = super().clean()
        if answers.get("is_included"):
            answers["reason"] = ""
        elif not answers.get("reason"):
            self.add_error("reason", "Say why it is left out")
        return answers

    def show_conflict(self, stored: Passage) -> None:
        """Tell how somebody else has it meanwhile; a second save replaces that knowingly."""
        theirs = {name: getattr(stored, name) for name in self.Meta.fields}
        for name, said in theirs.items():
            if self.cleaned_data[name] != said:
                self.add_error(name, f"Somebody else saved it meanwhile: {_as_saved(said)}")
        self.data = self.data.copy()
        self.data["version"] = stored.version


def _as_saved(said: str | bool) -> str:
    """An answer of somebody else in words."""
    if isinstance(said, bool):
        return "it is part of the report" if said else "it is left out"
    return f"“{said}”"


class ChoiceForm(Worded, forms.ModelForm):
    """Whether a report tells of a thing, under which message, and why."""

    wording = ("reports", "choice")

    is_included = forms.TypedChoiceField(
        choices=[("yes", "It is told"), ("no", "It is left out")],
        coerce=lambda answer: answer == "yes",
        widget=forms.RadioSelect,
    )
    message = forms.ChoiceField(required=False)

    class Meta:
        model = Choice
        fields = ["is_included", "message", "reason"]
        widgets = {"reason": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, messages: Iterable[Item], **kwargs):
        """``messages`` are those that the thing can be told under, if it is told under one."""
        super().__init__(*args, **kwargs)
        titles = [(message.code, f"{message.number} {message.title}") for message in messages]
        if not titles:
            del self.fields["message"]
            return
        self.fields["message"].choices = [("", "Select one"), *titles]

    def clean(self):
        answers = super().clean()
        if answers.get("is_included") and "message" in self.fields and not answers.get("message"):
            self.add_error("message", "Choose the message that it is told under")
        return answers
