"""What is measured, in whom, and its dated values, as forms like the others."""

from datetime import date
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.functional import cached_property

from alliances.content import words
from alliances.fields import DayMonthYearField, LinesField
from alliances.roles import Permission
from enquiries.forms import today_or_earlier
from enquiries.sheets import Place, Sheet
from enquiries.sheets.forms import SheetForm, box, one_of_them, plain
from enquiries.sheets.logs import DATED, OF_A_LOG
from impact.models import Group, Measure, Reading
from impact.models.measure import Better, Level
from impact.queries import comes_late, fixed_on

# What each kind of reading must have, and what it may have.
NEEDED = {
    "number": ("value",),
    "proportion": ("numerator", "denominator"),
    "mean": ("value", "sd", "n"),
    "text": ("text",),
}
ALLOWED = {"number": ("n",), "text": ("n",), "distribution": ("n",)}
VALUES = ("value", "numerator", "denominator", "sd", "n", "text")
LARGEST = 2_147_483_647  # that fits a column
# What is fixed of a measure when the first trial begins.
FIXED = ("better", "scale", "unit", "population", "group_id", "criterion", "target", "target_on")
# What of a measure may tell the few that a figure rests on.
EXACT = frozenset({"criterion", "target", "because", "withdrawn"})


def _asked(kind: str) -> tuple[str, ...]:
    """What a reading of this kind may hold."""
    return (*NEEDED.get(kind, ()), *ALLOWED.get(kind, ()))


class FigureField(forms.DecimalField):
    """Shown without the zeros that nobody typed."""

    def prepare_value(self, value):
        return plain(value) if isinstance(value, Decimal) else value


def _number(**more) -> forms.DecimalField:
    return FigureField(required=False, max_digits=14, decimal_places=4, **more)


def _whole(least: int) -> forms.IntegerField:
    return forms.IntegerField(required=False, min_value=least, max_value=LARGEST)


class OfMeasures(SheetForm):
    """What was fixed when the first trial began is changed only with a reason."""

    @cached_property
    def fixed_on(self) -> date | None:
        """The day from which its start stands; none before anything was tried."""
        return fixed_on(self.enquiry)

    def ask_why(self, names: tuple[str, ...], what: str) -> None:
        """Ask for a reason where a fixed answer changes, and for a new one each time."""
        before = self.stored()
        changed = [n for n in names if plain(self.cleaned_data.get(n)) != before[n]]
        why = self.cleaned_data.get("because")
        if self.fixed_on and changed and (not why or why == before["because"]):
            self.add_error("because", f"Say why {what} changes after the first trial has begun")


class GroupForm(OfMeasures):
    wording = ("impact", "group")

    kind = forms.ChoiceField(
        choices=lambda: [
            ("", "One of our own"),
            *((item.code, item.title) for item in words("impact", "groups").values()),
        ],
        required=False,
    )
    part_of_id = one_of_them(required=False)

    class Meta:
        model = Group
        exclude = [*OF_A_LOG, "part_of"]

    def add_cells(self):
        others = [g for g in self.enquiry.groups.all() if g.pk != self.instance.pk]
        self.offer("part_of_id", "None of them", [(str(g.pk), g.name) for g in others])

    def clean(self):
        cleaned = super().clean()
        same = self.enquiry.groups.filter(name=cleaned.get("name")).exclude(pk=self.instance.pk)
        if same.exists():
            self.add_error("name", "There is a group of this name already")
        if self._is_within_itself(cleaned.get("part_of_id")):
            self.add_error("part_of_id", "This group would lie within itself")
        return cleaned

    def _is_within_itself(self, holder: int | None) -> bool:
        groups = Group.everything.filter(enquiry=self.enquiry)
        holders = dict(groups.values_list("pk", "part_of"))
        while holder and holder != self.instance.pk:
            holder = holders.pop(holder, None)
        return bool(holder)


class MeasureForm(OfMeasures):
    wording = ("impact", "measure")

    participation_id = one_of_them(required=False)
    level = forms.ChoiceField(choices=Level.choices, widget=forms.RadioSelect)
    better = forms.ChoiceField(choices=Better.choices, widget=forms.RadioSelect)
    group_id = one_of_them(required=False)
    answers = LinesField(longest=300, required=False)
    target = _number()
    because = box("", required=False)

    field_order = [
        "level",
        "name",
        "participation_id",
        "population",
        "group_id",
        "instrument",
        "scale",
        "unit",
        "better",
        "answers",
        "criterion",
        "target",
        "target_on",
    ]

    class Meta:
        model = Measure
        exclude = [*OF_A_LOG, "group", "distribution", "note"]

    def add_cells(self):
        self.offer_schools()
        groups = [(str(group.pk), group.name) for group in self.enquiry.groups.all()]
        self.offer("group_id", "Everybody", groups)
        self.initial["answers"] = self.instance.answers
        if not self.fixed_on:
            del self.fields["because"]

    def clean_answers(self):
        """One a line; what has been counted keeps its place."""
        answers = self.cleaned_data["answers"]
        known = self.instance.answers.split("\n") if self.instance.answers else []
        if len(set(answers)) < len(answers):
            raise ValidationError("Two lines are the same")
        if len(answers) == 1:
            raise ValidationError("Enter at least two answers, one a line")
        if len(answers) < len(known):
            raise ValidationError("A line can be changed or added, but not taken away")
        return "\n".join(answers)

    def clean(self):
        cleaned = super().clean()
        same = {name: cleaned.get(name) for name in ("name", "population", "group_id")}
        same["distribution"] = self.instance.distribution
        if self.enquiry.measures.filter(**same).exclude(pk=self.instance.pk).exists():
            self.add_error("name", "You measure this already in this group")
        if self.instance.pk and "because" in self.fields:
            self.ask_why(FIXED, "it")
        return cleaned


class ReadingForm(OfMeasures):
    """Asks for the counts of the measure it is of, where that counts answers."""

    wording = ("impact", "reading")

    KINDS = (
        ("number", "A number"),
        ("proportion", "So many out of so many"),
        ("mean", "A mean with its spread"),
        ("distribution", "How many gave each answer"),
        ("text", "Words only"),
        *Reading.Missing.choices,
    )

    measure_id = one_of_them(required=True)
    moment = forms.ChoiceField(choices=Reading.Moment.choices, widget=forms.RadioSelect)
    held_on = DayMonthYearField(required=False, validators=[today_or_earlier])
    given = forms.ChoiceField(choices=KINDS, widget=forms.RadioSelect)
    value = _number()
    sd = _number(min_value=0)
    numerator = _whole(0)
    denominator = _whole(1)
    n = _whole(0)
    because = box("", required=False)

    field_order = [
        "measure_id",
        "moment",
        "held_on",
        "given",
        "value",
        "sd",
        "numerator",
        "denominator",
        "n",
        "text",
        "is_weak",
    ]

    class Meta:
        model = Reading
        exclude = [*DATED, "measure", "since", "when", "kind", "missing"]

    mark_optional = False
    script = "kinds.js"

    def add_cells(self):
        measures = self.enquiry.measures.select_related("group")
        self.offer("measure_id", "Select one", [(str(m.pk), m.about) for m in measures])
        self.initial["given"] = self.instance.value_of("given")
        self._ask_of(self.data.get("measure_id") or self.instance.measure_id)

    def begin_with(self, given: QueryDict) -> None:
        """With the measure and the moment that the address names."""
        for name in ("measure", "moment"):
            if name in given:
                self.initial[name.replace("measure", "measure_id")] = given[name]
        self._ask_of(given.get("measure"))

    def _ask_of(self, measure) -> None:
        """The questions that depend on which measure it is a reading of."""
        found = self.enquiry.measures.filter(pk=measure) if str(measure).isdecimal() else []
        self.measure = next(iter(found), None)
        categories = list(self.measure.categories.all()) if self.measure else []
        self.counts = {f"count.{category.pk}": category for category in categories}
        for name, category in self.counts.items():
            self.fields[name] = _number(min_value=0, label=category.label)
            self.initial[name] = self.instance.value_of(name) if self.instance.pk else None
        for name in (*VALUES, *self.counts):
            self.fields[name].widget.attrs["data-kinds"] = " ".join(self._kinds_with(name))
        kinds = [k for k in self.KINDS if k[0] != "distribution" or self.counts]
        self.fields["given"].choices = kinds
        if self.counts and not self.initial["given"]:
            self.initial["given"] = Reading.Kind.DISTRIBUTION
        if not self.fixed_on:
            self.fields.pop("because", None)
        people = self.field_order.index("n")
        order = [*self.field_order[:people], *self.counts, *self.field_order[people:]]
        self.order_fields(order)

    def _kinds_with(self, name: str) -> list[str]:
        """The kinds of reading that a question belongs to."""
        if name in self.counts:
            return ["distribution"]
        return [kind for kind in dict(self.KINDS) if name in _asked(kind)]

    def clean(self):
        cleaned = super().clean()
        kind = cleaned.get("given")
        if kind:
            self._ask_for_all_of(kind)
            self._forget_all_but(kind)
        self._check_part()
        self._check_moment()
        if "because" in self.fields and not self.errors and self._moves_the_start():
            self.ask_why(("moment", "given", "held_on", *VALUES, *self.counts), "the baseline")
        return cleaned

    def _moves_the_start(self) -> bool:
        """Whether a baseline changes; one taken in time may be written down late."""
        moment, on = self.cleaned_data.get("moment"), self.cleaned_data.get("held_on")
        if self.instance.pk:
            return Reading.Moment.BASELINE in (moment, self.instance.moment)
        return comes_late(moment, on, self.fixed_on)

    def _ask_for_all_of(self, kind: str) -> None:
        """What this kind of reading cannot be without."""
        names = (*NEEDED.get(kind, ()), *(self.counts if kind == "distribution" else ()))
        for name in names:
            if self.cleaned_data.get(name) in (None, "") and name not in self.errors:
                label = self.fields[name].label
                self.add_error(name, f"Enter {label[:1].lower()}{label[1:]}")
        has_value = kind not in Reading.Missing.values
        is_printed = self.instance.when != ""
        is_dated = is_printed or self.cleaned_data.get("held_on") or "held_on" in self.errors
        if has_value and not is_dated:
            self.add_error("held_on", "Enter the date of this reading")
        if not has_value and self.cleaned_data.get("is_weak"):
            self.add_error("is_weak", "There is no value that could be weak")

    def _forget_all_but(self, kind: str) -> None:
        """A reading is of one kind: what was typed for another is not kept."""
        for name in VALUES:
            if name not in _asked(kind) and name in self.cleaned_data:
                self.cleaned_data[name] = "" if name == "text" else None

    def _check_part(self) -> None:
        part, whole = self.cleaned_data.get("numerator"), self.cleaned_data.get("denominator")
        if part is not None and whole is not None and part > whole:
            self.add_error("numerator", f"Enter {whole} or fewer")

    def _check_moment(self) -> None:
        """Change is reckoned from one baseline, which comes first."""
        on, moment = self.cleaned_data.get("held_on"), self.cleaned_data.get("moment")
        if not self.measure or not moment:
            return
        others = self.measure.readings.exclude(pk=self.instance.pk)
        first = others.filter(moment=Reading.Moment.BASELINE, missing="").first()
        if moment == Reading.Moment.BASELINE and first:
            when = f", of {first.dated}" if first.dated else ""
            self.add_error("moment", f"This measure has its baseline{when}")
        elif on and moment == Reading.Moment.BASELINE:
            if others.filter(held_on__lt=on).exists():
                self.add_error("held_on", "The baseline is dated after an outcome")
        elif on and first and first.held_on and first.held_on > on:
            self.add_error("held_on", "This is dated before the baseline")

    def wanted(self):
        """The counts of a distribution alone are kept as counts."""
        wanted = super().wanted()
        if wanted["given"] != Reading.Kind.DISTRIBUTION:
            for name in self.counts:
                wanted[name] = self.instance.value_of(name) if self.instance.pk else None
        return wanted


def _of_measures(slug: str, form: type[SheetForm], minutes: int, **more) -> Sheet:
    return Sheet(
        "",
        slug,
        form._meta.model,
        form,
        Place.MANY,
        "any time",
        minutes,
        "IR, PO, NR",
        "School lead for a school, project lead for the alliance",
        home="measures",
        **more,
    )


SHEETS = [
    _of_measures("group", GroupForm, 1),
    _of_measures("measure", MeasureForm, 5, page="measure", exact=EXACT),
    _of_measures("reading", ReadingForm, 2, page="measure", read=Permission.SEE_SMALL_NUMBERS),
]
