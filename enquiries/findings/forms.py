from django import forms

from alliances.content import words
from alliances.forms import Worded
from enquiries.models import Finding, Verdict


class FindingForm(Worded, forms.ModelForm):
    """Carries the words its writer saw, so that nobody's later ones are lost."""

    wording = ("enquiries", "finding")

    message = forms.ChoiceField(required=False)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Finding
        fields = ["text", "message"]
        widgets = {"text": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        titles = [
            (item.code, f"{item.number} {item.title}")
            for item in words("enquiries", "messages").values()
        ]
        self.fields["message"].choices = [("", "None of them"), *titles]
        self.initial["seen"] = self.instance.wording

    def show_conflict(self, stored: Finding) -> None:
        """Tell how somebody else worded it meanwhile; a second save replaces that knowingly."""
        self.add_error("text", f"Somebody else worded it meanwhile: “{stored.text}”")
        self.data = self.data.copy()
        self.data["seen"] = stored.wording


class VerdictForm(Worded, forms.ModelForm):
    wording = ("enquiries", "verdict")

    affirmed = forms.ChoiceField(choices=Verdict.Affirmed, widget=forms.RadioSelect)

    class Meta:
        model = Verdict
        fields = ["affirmed", "not_so", "missing", "example"]
        widgets = dict.fromkeys(("not_so", "missing", "example"), forms.Textarea(attrs={"rows": 3}))
