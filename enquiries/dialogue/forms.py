from uuid import uuid4

from django import forms

from alliances.forms import Worded
from alliances.models import User
from alliances.roles import Permission

WHOLE = [("", "All of it")]


class RemarkForm(Worded, forms.Form):
    """Words, whom to tell of them at once, and the key by which sending them twice is known."""

    wording = ("enquiries", "remark")

    text = forms.CharField(widget=forms.Textarea(attrs={"rows": 4}))
    tell = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    submission = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def __init__(self, *args, people: list[User], **kwargs):
        super().__init__(*args, **kwargs)
        self.people = people
        self.fields["tell"].choices = [(str(person.pk), str(person)) for person in people]
        if not people:
            del self.fields["tell"]

    def told(self) -> list[User]:
        """The people chosen."""
        chosen = self.cleaned_data.get("tell", [])
        return [person for person in self.people if str(person.pk) in chosen]


class CommentForm(RemarkForm):
    """A remark that opens a thread on one of the fields everybody who reads the form may see."""

    wording = ("enquiries", "comment")

    field = forms.ChoiceField(required=False)
    asks_change = forms.BooleanField(required=False)
    field_order = ("field", "text", "asks_change", "tell")

    def __init__(self, *args, labels: dict[str, str], allowed: set[Permission], **kwargs):
        super().__init__(*args, **kwargs)
        self.labels = labels
        self.fields["field"].choices = [*WHOLE, *labels.items()]
        if Permission.ASK_FOR_CHANGE not in allowed:
            del self.fields["asks_change"]

    def about(self) -> dict:
        """Which field, what it is called, and whether a change is asked for."""
        name = self.cleaned_data["field"]
        return {
            "field": name,
            "label": self.labels.get(name, ""),
            "asks_change": self.cleaned_data.get("asks_change", False),
        }


class ShareForm(Worded, forms.Form):
    """The private answers of a record, each with its words, to be ticked."""

    wording = ("enquiries", "share")

    answers = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args, answers: dict[str, tuple[str, str]], **kwargs):
        super().__init__(*args, **kwargs)
        self.written = answers
        self.fields["answers"].choices = [
            (name, f"{label}: {text}") for name, (label, text) in answers.items()
        ]

    def words(self) -> list[list[str]]:
        """[question, answer] of each ticked, as they stand."""
        return [list(self.written[name]) for name in self.cleaned_data["answers"]]


class AgreeForm(Worded, forms.Form):
    """Nothing to fill in: sending it is the agreement."""

    wording = ("enquiries", "agree")
