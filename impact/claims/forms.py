"""The impact record (F29): what changed for whom, and everything that this rests on."""

from django import forms
from django.core.exceptions import ValidationError

from alliances.forms import wording_of
from alliances.roles import Permission
from enquiries.sheets import Place, Sheet
from enquiries.sheets.c2l import choices
from enquiries.sheets.forms import SheetForm, one_of_them
from enquiries.sheets.logs import OF_A_LOG
from impact.claims.sources import KINDS, Sources
from impact.models import Claim, Reading
from impact.models.claims import Comparison
from impact.models.measure import Level
from impact.sheets.choices import data_types
from impact.strength import Strength, levels

KEPT_ELSEWHERE = ["value", "unit", "origin", "source", "baseline", "result"]
ORDER = [
    *("level", "participation_id", "statement", "kind", "justification", "is_unexpected"),
    *("is_negative", "baseline_id", "result_id", "group_size", "comparison"),
    *(f"evidence.{kind}" for kind in KINDS),
    *("data_type", "collection", "other_initiatives", "strength"),
    *("moderated", "moderated_because"),
]


def _degrees() -> list[tuple[str, str]]:
    rated = [(level.code, f"{level.title}: {level.text}") for level in levels().values()]
    return [("", "Not rated yet"), *rated]


def _degree() -> forms.ChoiceField:
    return forms.ChoiceField(choices=_degrees, required=False, widget=forms.RadioSelect)


class Ticked(forms.MultipleChoiceField):
    """Boxes to tick, answered in the order of the rows they stand for."""

    widget = forms.CheckboxSelectMultiple

    def clean(self, value):
        return sorted(super().clean(value), key=int)


class ClaimForm(SheetForm):
    """Offers what the enquiry has to show; what was withdrawn stays linked and does not count."""

    wording = ("impact", "claim")

    level = forms.ChoiceField(choices=Level.choices, widget=forms.RadioSelect)
    participation_id = one_of_them(required=False)
    baseline_id = one_of_them(required=False)
    result_id = one_of_them(required=False)
    kind = forms.ChoiceField(choices=Claim.Kind.choices, widget=forms.RadioSelect)
    comparison = forms.ChoiceField(
        choices=Comparison.choices, widget=forms.RadioSelect, required=False
    )
    data_type = forms.ChoiceField(choices=data_types, required=False)
    collection = forms.ChoiceField(
        choices=lambda: [("", "Select one"), *choices("collection", "impact")], required=False
    )
    strength = _degree()
    moderated = _degree()

    class Meta:
        model = Claim
        exclude = [*OF_A_LOG, *KEPT_ELSEWHERE]

    def add_cells(self):
        self.sources = Sources([self.enquiry.pk])
        self.offer_schools()
        self.initial["comparison"] = self.instance.comparison
        self.offer("baseline_id", "None", self._readings(is_baseline=True))
        self.offer("result_id", "None", self._readings(is_baseline=False))
        for kind, label in wording_of(*self.wording)["columns"].items():
            self._offer_evidence(kind, label)
        self.order_fields(ORDER)

    def _offer_evidence(self, kind: str, label: str) -> None:
        """Boxes for the pieces of a kind; none where there is nothing to tick yet."""
        name = f"evidence.{kind}"
        linked = self.instance.value_of(name)
        listed = [
            (str(piece.id), f"{piece.text} ({piece.fault})" if piece.fault else piece.text)
            for piece in self.sources.of(self.enquiry.pk, kind)
            if piece.counts or kind == "measure" or str(piece.id) in linked
        ]
        if listed or not self.enquiry.pk:
            self.fields[name] = Ticked(choices=listed, label=label, required=False)
            self.initial[name] = linked

    def _readings(self, *, is_baseline: bool) -> list[tuple[str, list]]:
        """Under each measure its readings that have a value, by what they are and when."""
        found = []
        for piece in self.sources.of(self.enquiry.pk, "measure"):
            own = [
                (str(reading.pk), _moment(reading))
                for reading in self.sources.readings[piece.id]
                if (reading.moment == Reading.Moment.BASELINE) == is_baseline
                and not reading.missing
            ]
            found += [(f"{piece.mark} {piece.text}", own)] if own else []
        return found

    def clean_comparison(self):
        return self.cleaned_data["comparison"] or Comparison.NONE

    @property
    def warning(self) -> str:
        """What weakens a stored claim, though it may be kept as it is."""
        if self.instance.pk is None:
            return ""
        said = wording_of(*self.wording)["warning"]
        has_evidence = any(piece.counts for piece in self.sources.behind(self.instance))
        lacks = {"evidence": not has_evidence, "group_size": not self.instance.group_size}
        return " ".join(said[name] for name, is_lacking in lacks.items() if is_lacking)

    @property
    def rating(self) -> Strength | None:
        """How strong the stored evidence can be called; None of a claim that is not stored."""
        return self.sources.strength(self.instance) if self.instance.pk else None

    @property
    def has_scores(self) -> bool:
        """Whether matched scores stand behind the stored claim, which then count."""
        return bool(self.instance.pk and self.sources.matched(self.instance))

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("kind") == Claim.Kind.CAUSE and not cleaned.get("justification"):
            self.add_error("justification", "Say what justifies speaking of a cause")
        if cleaned.get("level") == Level.PUPIL and not cleaned.get("other_initiatives"):
            problem = "Say which other initiatives were running, or that none were"
            self.add_error("other_initiatives", problem)
        self._check_unit(cleaned)
        self._check_strength(cleaned)
        return cleaned

    def _check_unit(self, cleaned) -> None:
        before = self.sources.reading(cleaned.get("baseline_id"))
        after = self.sources.reading(cleaned.get("result_id"))
        if before and after and before.measure_id != after.measure_id:
            self.add_error("result_id", "Choose a result of the same measure as the baseline")

    def _check_strength(self, cleaned) -> None:
        """Neither rating is above what the evidence that is being saved allows."""
        stored = self.instance
        claim = Claim(enquiry=self.enquiry, key=stored.key, group_size=stored.group_size)
        for name in self.names:
            if name in cleaned:
                claim.put(name, cleaned[name])
        allowed = self.sources.strength(claim)
        for name in ("strength", "moderated"):
            if (rated := cleaned.get(name)) and not allowed.allows(rated):
                because = allowed.execution.because[0].title
                because = because[:1].lower() + because[1:]
                problem = f"At most {allowed.level.title.lower()} here: {because}"
                self.add_error(name, ValidationError(problem))
        differs = cleaned.get("moderated") not in ("", None, cleaned.get("strength"))
        if differs and not cleaned.get("moderated_because"):
            self.add_error("moderated_because", "Say why you rate it differently")


def _moment(reading: Reading) -> str:
    return ", ".join(filter(None, [reading.get_moment_display(), reading.dated]))


CLAIM = Sheet(
    "F29",
    "claim",
    Claim,
    ClaimForm,
    Place.MANY,
    "impact",
    8,
    "PO, IR, CS, NR",
    "School lead for a school, project lead for the alliance",
    by_cycle=True,
    home="claims",
    beside="impact/beside/claim.html",
    across="claims",
    fixed={"origin": Claim.Origin.ALLIANCE},
    private=frozenset({"moderated", "moderated_because"}),
    exact=frozenset({"group_size"}),
    write=Permission.WRITE_GROUP_FORMS,
)
