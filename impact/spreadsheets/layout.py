"""What a spreadsheet of readings looks like: its headings, and a reading as one row gives it."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from alliances.content import words
from impact.models import Reading
from impact.values import Symbol

Moment, Kind, Missing = Reading.Moment, Reading.Kind, Reading.Missing

CODES = ("measure", "moment", "date", "value", "whole", "spread", "people", "words", "symbol")
HEADINGS = {code: words("impact", "columns")[f"column-{code}"].title for code in CODES}
# What may be typed for a symbol: why there is no value, or that the one there is weak.
WEAK = Symbol.WEAK.value
TYPED = (*Missing.values, WEAK)
MOMENTS = {moment.label: moment for moment in Moment if moment is not Moment.CHANGE}


@dataclass(frozen=True)
class Subject:
    """A measure that may be filled in; ``taken`` are its readings by moment, day and being words.

    ``categories`` are the names a distribution counts with their ids, in order.
    """

    id: int
    label: str
    unit: str
    categories: dict[str, int] = field(default_factory=dict)
    taken: tuple[tuple[str, date | None, bool], ...] = ()
    has_baseline: bool = False


@dataclass(frozen=True)
class Entered:
    """A reading as a row gives it; ``counts`` are of a distribution, by the category's id."""

    row: int
    measure: int
    moment: str
    on: date | None
    kind: str
    value: Decimal | None = None
    numerator: int | None = None
    denominator: int | None = None
    sd: Decimal | None = None
    n: int | None = None
    text: str = ""
    missing: str = ""
    is_weak: bool = False
    counts: dict[int, Decimal] = field(default_factory=dict)

    @property
    def key(self) -> tuple[str, date | None, bool]:
        return self.moment, self.on, self.kind == Kind.TEXT


def headings_of(subjects: list[Subject]) -> dict[str, str]:
    """The headings of a template by code; a category's code is its heading.

    One measure has its unit in the heading, and no column that names it.
    """
    units = {subject.unit for subject in subjects}
    found = {code: HEADINGS[code] for code in CODES}
    if any(not subject.categories for subject in subjects):
        unit = units.pop() if len(units) == 1 else ""
        found["value"] += f" ({unit})" if unit else ""
    else:
        for code in ("value", "whole", "spread"):
            del found[code]
    if len(subjects) == 1:
        del found["measure"]
    names = {category_heading(name): "" for each in subjects for name in each.categories}
    return _with_categories(found, list(names))


def _with_categories(found: dict[str, str], names: list[str]) -> dict[str, str]:
    """Categories stand where values do: before the number of people."""
    before = {code: text for code, text in found.items() if code not in ("people", "words")}
    symbol = before.pop("symbol")
    counted = {name: name for name in names}
    rest = {code: found[code] for code in ("people", "words")}
    return {**before, **counted, **rest, "symbol": symbol}


def category_heading(name: str) -> str:
    """What stands over a category's numbers; the word keeps it apart from other headings."""
    return f"Category: {name}"
