from django import forms

from alliances.forms import Worded
from alliances.models import Alliance, Programme
from enquiries.forms import SentOnce
from reports.forms import FilterForm
from reports.roll.queries import LEADS, RollFilter


class RollForm(FilterForm):
    """Narrows the list of alliances; every field may be left empty."""

    wording = ("reports", "roll")

    region = forms.ChoiceField(required=False)
    lead = forms.ChoiceField(required=False, choices=[("", "All"), *LEADS.items()])
    quiet = forms.BooleanField(required=False)

    field_order = ["theme", "cohort", "cluster", "region", "lead", "quiet", "text"]

    def __init__(self, *args, programme: Programme, **kwargs):
        super().__init__(*args, programme=programme, **kwargs)
        regions = programme.alliances.exclude(region="").order_by("region")
        named = regions.values_list("region", flat=True).distinct()
        self._choose("region", "All regions", [(region, region) for region in named])

    def wanted(self) -> RollFilter:
        """What was asked for; a value the form does not know narrows nothing."""
        places = self.chosen()
        given = self.cleaned_data
        return RollFilter(
            places,
            region=given.get("region", ""),
            lead=given.get("lead", ""),
            is_quiet=given.get("quiet", False),
        )


class PlaceForm(Worded, forms.ModelForm):
    """Where chosen alliances belong; what is left empty stays as it is with each."""

    wording = ("reports", "place-together")
    mark_optional = False

    class Meta:
        model = Alliance
        fields = ["theme", "cohort", "cluster"]

    def __init__(self, *args, programme: Programme, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.queryset = getattr(programme, f"{name}s").all()
            field.empty_label = "Leave as it is"

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not self.places():
            raise forms.ValidationError("Select a theme, a cohort or a cluster")
        return cleaned

    def places(self) -> dict:
        """What the action takes: what was selected."""
        return {name: value for name, value in self.cleaned_data.items() if value}


def on_one_line(text: str) -> None:
    if not text.isprintable():
        raise forms.ValidationError("Write the subject on one line")


class MessageForm(Worded, SentOnce):
    """A message to people of the chosen alliances."""

    wording = ("reports", "message")
    mark_optional = False

    TO = {"leads": "the project leads", "everybody": "everybody who takes part"}

    to = forms.ChoiceField(
        choices=[(code, text.capitalize()) for code, text in TO.items()],
        widget=forms.RadioSelect,
        initial="leads",
    )
    subject = forms.CharField(max_length=120, validators=[on_one_line])
    text = forms.CharField(widget=forms.Textarea(attrs={"rows": 12}))

    @property
    def everybody(self) -> bool:
        return self.cleaned_data["to"] == "everybody"
