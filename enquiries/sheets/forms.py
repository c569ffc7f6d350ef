"""What every form of the method does alike: plain values, what its writer saw, what changed."""

import json
from datetime import date
from decimal import Decimal

from django import forms
from django.db import models
from django.forms.models import ModelFormMetaclass
from django.http import QueryDict
from django.utils.formats import date_format

from alliances.fields import DayMonthYearField
from alliances.forms import Worded
from enquiries.examples import Example, examples_for


def plain(value):
    """A field's value as JSON holds it; an absent one and an empty one are alike."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value.replace("\r\n", "\n").strip()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:f}".rstrip("0").rstrip(".") if value % 1 else f"{value:.0f}"
    return value if isinstance(value, bool | list) else str(value)


def _field_for(field: models.Field, **kwargs):
    """Long texts get a box to write in, dates three boxes, yes-or-no one to tick."""
    if isinstance(field, models.DateField):
        return DayMonthYearField(required=not field.blank)
    if isinstance(field, models.TextField):
        kwargs["widget"] = forms.Textarea(attrs={"rows": 3})
    if field.choices and not field.has_default():
        kwargs["choices"] = field.get_choices(blank_choice=[("", "Select one")])
    return field.formfield(**kwargs)


def labels_of(field: forms.Field | None) -> dict[str, str]:
    """What each choice of a field is called, those in groups too."""
    found = {}
    for value, label in getattr(field, "choices", ()):
        options = label if isinstance(label, list | tuple) else [(value, label)]
        found.update({str(code): str(title) for code, title in options})
    return found


def box(label: str, *, required: bool = False) -> forms.CharField:
    """A box for a long text that is not a field of the model's own."""
    area = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, required=required, widget=area)


def one_of_them(*, required: bool) -> forms.TypedChoiceField:
    """A choice among rows of the enquiry; the form offers them once it knows which enquiry."""
    return forms.TypedChoiceField(
        coerce=lambda pk: int(pk) if pk else None, empty_value=None, required=required
    )


class SheetFormMeta(ModelFormMetaclass):
    def __new__(mcs, name, bases, namespace):
        if "Meta" in namespace:
            namespace["Meta"].formfield_callback = staticmethod(_field_for)
        return super().__new__(mcs, name, bases, namespace)


class SheetForm(Worded, forms.ModelForm, metaclass=SheetFormMeta):
    """Carries what its writer saw, so that only what they changed is saved, and nothing of others.

    ``hidden`` names fields this reader may not see; they are neither shown nor touched. A new
    record may begin with the fields in ``offered`` as its address has them. ``script`` is a module
    that makes its page easier to fill in, ``template`` draws its questions otherwise than in a row.
    """

    offered: tuple[str, ...] = ()
    script: str = ""
    template: str = ""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args, sheet, enquiry, cycle=None, hidden: frozenset[str] = frozenset(), **kwargs
    ):
        super().__init__(*args, **kwargs)
        self.sheet, self.enquiry, self.hidden = sheet, enquiry, hidden
        self.cycle = self.instance.cycle if self.instance.cycle_id else cycle
        self.add_cells()
        for name in [n for n in self.fields if n in hidden]:
            del self.fields[name]
        self.initial["seen"] = json.dumps(self.stored())

    def add_cells(self) -> None:
        """Questions that depend on the form's place; most forms have none."""

    def offer(self, name: str, empty: str, listed: list[tuple]) -> None:
        """The rows, or groups of rows, that one may be chosen of; ``empty`` is to choose none."""
        self.fields[name].choices = [("", empty), *listed]
        self.initial[name] = getattr(self.instance, name)

    def offer_schools(self) -> None:
        schools = self.enquiry.participations.select_related("school")
        listed = [(str(each.pk), str(each.school)) for each in schools]
        self.offer("participation_id", "The whole alliance", listed)

    @property
    def examples(self) -> list[Example]:
        """What published projects could have answered to its hard questions."""
        return examples_for(self, self.wording[1])

    @property
    def warning(self) -> str:
        """What to think of before saving, though it may be saved; most forms have nothing."""
        return ""

    def begin_with(self, given: QueryDict) -> None:
        """Fill in what the address of a new record offers."""
        for name in self.offered:
            if values := given.getlist(name):
                is_list = isinstance(self.fields[name], forms.MultipleChoiceField)
                self.initial[name] = values if is_list else values[0]

    @property
    def names(self) -> list[str]:
        """The fields that are saved, without the one that remembers."""
        return [name for name in self.fields if name != "seen"]

    def stored(self) -> dict:
        """The record's values as this form shows them."""
        return {name: plain(self.instance.value_of(name)) for name in self.names}

    def seen_values(self) -> dict:
        """What the writer saw when they opened the form."""
        try:
            seen = json.loads(self.cleaned_data.get("seen") or "{}")
        except ValueError:
            seen = {}
        return seen if isinstance(seen, dict) else {}

    def _clean_fields(self) -> None:
        super()._clean_fields()
        self._take_in_what_others_saved()

    def _take_in_what_others_saved(self) -> None:
        """What the writer left alone is what it is by now, so that all is checked together."""
        blank = type(self.instance)()
        before = {name: plain(blank.value_of(name)) for name in self.names} | self.seen_values()
        left_alone = [n for n in self.names if plain(self.cleaned_data.get(n)) == before[n]]
        news = {n: now for n, now in self.stored().items() if n in left_alone and now != before[n]}
        if not news:
            return
        self.data = self.data.copy()
        for name in news:
            self.cleaned_data[name] = self.instance.value_of(name)
            self._retype(name, self.cleaned_data[name])
        self._see(news)

    def _retype(self, name: str, value) -> None:
        """Put a value into a question's boxes as if it had been typed there."""
        widget = self.fields[name].widget if name in self.fields else None
        if isinstance(widget, forms.MultiWidget):
            for suffix, part in zip(widget.widgets_names, widget.decompress(value), strict=True):
                self.data[f"{name}{suffix}"] = plain(part)
        else:
            self.data.setlist(name, value if isinstance(value, list) else [plain(value)])

    def _see(self, stored: dict) -> None:
        """The writer has these values before them now."""
        self.cleaned_data["seen"] = json.dumps({**self.seen_values(), **stored})
        self.data["seen"] = self.cleaned_data["seen"]

    def as_sent(self, answers: dict) -> QueryDict:
        """What a writer would send who changed these stored answers, and no other."""
        self.data = QueryDict(mutable=True)
        for name in self.names:
            self._retype(name, self.instance.value_of(name))
        for name, value in answers.items():
            is_day = isinstance(self.fields.get(name), DayMonthYearField)
            self._retype(name, date.fromisoformat(value) if is_day and value else value)
        self.data["seen"] = json.dumps(self.stored())
        return self.data

    def wanted(self) -> dict:
        """What the writer wants, by field, as the model takes it."""
        return {name: self.cleaned_data[name] for name in self.names}

    def answers(self) -> list[dict]:
        """Each question with its stored answer in words, for those who only read."""
        return [
            {"label": self.fields[name].label, "text": self.in_words(name, value)}
            for name, value in self.stored().items()
        ]

    def in_words(self, name: str, value) -> str:
        """A stored value of a question as people read it: no code, no number of a row."""
        if value == "":
            return ""
        if isinstance(value, bool):
            return "Yes" if value else "No"
        if isinstance(self.fields[name], DayMonthYearField):
            return date_format(date.fromisoformat(value), "j F Y")
        labels = labels_of(self.fields[name])
        if isinstance(value, list):
            return "; ".join(labels.get(code, code) for code in value)
        return labels.get(value, value)

    def look_again(self) -> None:
        """Say what does not go with what others saved meanwhile, by its question if one tells."""
        self.full_clean()
        if not self.errors:
            self.add_error(None, "Somebody saved the like meanwhile: look at it first")

    def show_conflicts(self, stored: dict) -> None:
        """Say what others saved meanwhile; a second save then replaces it knowingly."""
        for name, theirs in stored.items():
            shown = self.in_words(name, theirs)
            self.add_error(name, f"Somebody else changed this meanwhile to: “{shown}”")
        self.data = self.data.copy()
        self._see(stored)
