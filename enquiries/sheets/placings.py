"""Forms on which one points at a place of a drawn grid: F08 and F21."""

from dataclasses import dataclass

from django import forms
from django.db import models
from django.forms.boundfield import BoundField
from django.utils import timezone

from alliances.fields import plain_errors
from alliances.forms import wording_of
from alliances.roles import Permission
from enquiries.forms import today_or_earlier
from enquiries.models import CollaborationPlacing, InnovationPlacing, Placing
from enquiries.sheets import Place, Sheet
from enquiries.sheets.activities import OF_AN_EVENT, EventForm

POINTED_AT = "place"


@dataclass(frozen=True)
class Cell:
    """A place on a grid: its step on each scale, and what it is called where it has a name."""

    down: tuple[str, str]
    across: tuple[str, str]
    name: str

    @property
    def code(self) -> str:
        return f"{self.down[0]},{self.across[0]}"


@dataclass(frozen=True)
class Grid:
    """Two scales and the places between them, row by row from the top; steps as code and label."""

    legend: str
    note: str
    down: str
    across: str
    rows: list[list[Cell]]

    @property
    def columns(self) -> list[str]:
        return [cell.across[1] for cell in self.rows[0]]

    def position(self, down: str, across: str) -> tuple[int, int]:
        """The row and the column of a place, counted from 0."""
        row = [line[0].down[0] for line in self.rows].index(down)
        return row, [cell.across[0] for cell in self.rows[0]].index(across)


def grid_of(sheet: Sheet) -> Grid:
    """The grid of a form, in the words of its content file."""
    model, words = sheet.model, wording_of(*sheet.form.wording)
    labels, corners = words["fields"], words["grid"].get("corners", {})
    rows, columns = _steps(model, model.down), _steps(model, model.across)
    return Grid(
        legend=words["grid"]["legend"],
        note=words["grid"].get("note", ""),
        down=labels[model.down]["label"],
        across=labels[model.across]["label"],
        rows=[
            [Cell(down, across, corners.get(f"{down[0]},{across[0]}", "")) for across in columns]
            for down in (reversed(rows) if model.upward else rows)
        ],
    )


def _steps(model: type[models.Model], name: str) -> list[tuple[str, str]]:
    return [(str(code), str(label)) for code, label in model._meta.get_field(name).choices]


class OnGrid(forms.Select):
    """One scale of a grid; ``half`` says which half of the place pointed at it takes: 0 or 1."""

    def __init__(self, half: int):
        super().__init__()
        self.half = half

    def value_from_datadict(self, data, files, name):
        if POINTED_AT not in data:
            return super().value_from_datadict(data, files, name)
        return f"{data.get(POINTED_AT)},".split(",")[self.half]

    def id_for_label(self, _):
        """Errors about either scale lead to the first place."""
        return f"id_{POINTED_AT}_00"


class PlacingForm(EventForm):
    """A place on a grid on one day; the grid stands after the question ``follows``."""

    follows = "held_on"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["held_on"].validators.append(today_or_earlier)
        if not self.instance.pk:
            self.initial["held_on"] = timezone.localdate()

    def add_cells(self):
        for half, name in enumerate(self.scales):
            field = self.fields[name]
            field.required, field.widget = False, OnGrid(half)
            field.choices = _steps(self._meta.model, name)

    @property
    def scales(self) -> tuple[str, str]:
        """The fields that a place answers together."""
        model: type[Placing] = self._meta.model
        return model.down, model.across

    @property
    def grid(self) -> Grid | None:
        """None for somebody who may not see the place."""
        return grid_of(self.sheet) if self.scales[0] in self.fields else None

    @property
    def pointed_at(self) -> str:
        """The code of the place that is chosen, as ``Cell.code`` has it."""
        return ",".join(self[name].value() or "" for name in self.scales)

    @property
    def grid_errors(self) -> list[str]:
        """What is wrong with the place, on either scale."""
        return [error for name in self.scales for error in plain_errors(self[name])]

    @property
    def _others(self) -> list[str]:
        return [name for name in self.fields if name not in self.scales]

    @property
    def above(self) -> list[BoundField]:
        return [self[name] for name in self._others[: self._others.index(self.follows) + 1]]

    @property
    def below(self) -> list[BoundField]:
        return [self[name] for name in self._others[self._others.index(self.follows) + 1 :]]

    def clean(self):
        cleaned = super().clean()
        down, across = self.scales
        is_asked = down in self.fields and not {down, across} & set(self.errors)
        if is_asked and not (cleaned.get(down) and cleaned.get(across)):
            self.add_error(down, "Select a place on the grid")
        return cleaned


class CollaborationForm(PlacingForm):
    wording = ("enquiries", "collaboration")

    class Meta:
        model = CollaborationPlacing
        exclude = OF_AN_EVENT


class InnovationForm(PlacingForm):
    wording = ("enquiries", "innovation")
    follows = "moment"

    class Meta:
        model = InnovationPlacing
        exclude = OF_AN_EVENT


COLLABORATION = Sheet(
    "F08",
    "collaboration",
    CollaborationPlacing,
    CollaborationForm,
    Place.MANY,
    "implementation",
    3,
    "CL",
    "External facilitator",
    write=Permission.WRITE_JUDGEMENT,
)
INNOVATION = Sheet(
    "F21",
    "innovation",
    InnovationPlacing,
    InnovationForm,
    Place.MANY,
    "innovation",
    2,
    "NR, OV",
    "The group with its facilitator",
    by_cycle=True,
    write=Permission.WRITE_GROUP_FORMS,
)
SHEETS = [COLLABORATION, INNOVATION]
