"""Forms that ask in a table: a row for each school, person or round, a box in each column."""

from dataclasses import dataclass

from django import forms
from django.forms.boundfield import BoundField

from alliances.forms import wording_of
from enquiries.sheets.forms import SheetForm, box


@dataclass(frozen=True)
class Row:
    """What a row is about, the group of rows it stands in, and its boxes, one for each column."""

    name: str
    group: str
    boxes: list[BoundField]


class TableForm(SheetForm):
    """``columns`` and ``row_names`` span the table; each box is the field ``column.row``.

    The table stands after the question ``follows``, or first of all.
    """

    columns: tuple[str, ...]
    follows = ""

    def row_names(self) -> dict[str, str]:
        """What each row is called, by the code that stands in its fields' names."""
        raise NotImplementedError

    def group_of(self, _row: str) -> str:
        """The heading above the rows that this one belongs to; most tables have none."""
        return ""

    def box_for(self, _column: str, label: str) -> forms.Field:
        """What is asked in a box: a long text, unless the form has it otherwise."""
        return box(label)

    def add_cells(self):
        names, self.table_rows = wording_of(*self.wording)["columns"], self.row_names()
        for row, about in self.table_rows.items():
            for column in self.columns:
                name = f"{column}.{row}"
                self.fields[name] = self.box_for(column, f"{names[column]}: {about}")
                self.initial[name] = self.instance.value_of(name)

    @property
    def row_heading(self) -> str:
        return wording_of(*self.wording)["row"]

    @property
    def headings(self) -> list[str]:
        names = wording_of(*self.wording)["columns"]
        return [names[column] for column in self.columns]

    @property
    def rows(self) -> list[Row]:
        return [
            Row(about, self.group_of(row), [self[f"{column}.{row}"] for column in self.columns])
            for row, about in self.table_rows.items()
        ]

    @property
    def _others(self) -> list[BoundField]:
        return [self[name] for name in self.fields if "." not in name]

    @property
    def _before(self) -> int:
        """How many questions stand before the table."""
        names = [box.name for box in self._others]
        return names.index(self.follows) + 1 if self.follows else 0

    @property
    def above(self) -> list[BoundField]:
        return self._others[: self._before]

    @property
    def below(self) -> list[BoundField]:
        return self._others[self._before :]
