"""How a school delivered what was planned (no form of the method; asked once a cycle)."""

from django import forms

from enquiries.models import Fidelity
from enquiries.sheets import Place, Sheet
from enquiries.sheets.c2l import PLACE_FIELDS
from enquiries.sheets.forms import SheetForm

DEPARTS = (Fidelity.Delivered.PARTLY, Fidelity.Delivered.OTHERWISE)


class FidelityForm(SheetForm):
    wording = ("enquiries", "fidelity")

    delivered = forms.ChoiceField(choices=Fidelity.Delivered.choices, widget=forms.RadioSelect)

    class Meta:
        model = Fidelity
        exclude = PLACE_FIELDS

    def clean(self):
        cleaned = super().clean()
        doses = [cleaned.get("dose_planned"), cleaned.get("dose_delivered")]
        if any(dose is not None for dose in doses) and not cleaned.get("dose_unit"):
            self.add_error("dose_unit", "Say what the dose is counted in")
        for who in ("pupils", "teachers"):
            self._check_reach(who, cleaned.get(f"{who}_reached"), cleaned.get(f"{who}_meant"))
        if cleaned.get("delivered") in DEPARTS and not cleaned.get("adaptations"):
            self.add_error("adaptations", "Say what was done differently")
        return cleaned

    def _check_reach(self, who: str, reached: int | None, meant: int | None) -> None:
        if reached is not None and meant is None:
            self.add_error(f"{who}_meant", "Say how many were to be reached")
        elif reached is not None and reached > meant:
            self.add_error(f"{who}_reached", f"Enter {meant} or fewer")


SHEETS = [
    Sheet(
        "",
        "fidelity",
        Fidelity,
        FidelityForm,
        Place.SCHOOL,
        "innovation",
        4,
        "IR, NR",
        "School lead",
        by_cycle=True,
        exact=frozenset({"pupils_reached", "pupils_meant"}),
    ),
]
