"""Readings in a spreadsheet: a row is one reading of one measure, under the template's headings."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal

from impact.spreadsheets import cells
from impact.spreadsheets.cells import Unfit, plain
from impact.spreadsheets.clashes import clashes
from impact.spreadsheets.faults import MOST_FAULTS, Fault, Found, refused
from impact.spreadsheets.layout import (
    CODES,
    HEADINGS,
    MOMENTS,
    TYPED,
    WEAK,
    Entered,
    Kind,
    Subject,
    category_heading,
    headings_of,
)
from impact.spreadsheets.preview import preview_of
from impact.spreadsheets.tables import Row, Table, Unreadable, table_of

FIGURES = ("value", "whole", "spread", "people")
LONGEST_WORDS = 6000
TICK_EVERY = 250  # rows


def read_readings(
    content: bytes, subjects: list[Subject], *, today: date, told: Callable[[int], None]
) -> Found:
    """The readings of a file, or everything that is wrong with it. ``told`` hears per cent."""
    try:
        table = table_of(content)
    except Unreadable as problem:
        return refused(str(problem))
    reader = _Reader(table, subjects, today)
    if reader.faults:
        return Found((), tuple(reader.faults), {})
    entered = list(reader.entered(told))
    faults = sorted([*reader.faults, *clashes(entered, subjects)], key=lambda f: f.row)
    if not entered and not faults:
        return refused("The file holds no readings below its headings")
    if faults:
        return Found((), tuple(faults), {})
    return Found(tuple(entered), (), preview_of(entered, subjects))


class _Reader:
    """Turns rows into readings and gathers what is wrong with them."""

    def __init__(self, table: Table, subjects: list[Subject], today: date):
        self.table, self.today = table, today
        self.subjects = {subject.label: subject for subject in subjects}
        self.only = subjects[0] if len(subjects) == 1 else None
        self.headings = headings_of(subjects)
        self.faults: list[Fault] = []
        self._check_headings()

    def _check_headings(self) -> None:
        written = {plain(heading) for heading in self.table.headings if heading}
        if plain(HEADINGS["value"]) in written:
            self.headings["value"] = HEADINGS["value"]
        known = {plain(text) for text in [*self.headings.values(), HEADINGS["measure"]]}
        for heading in self.table.headings:
            if heading and plain(heading) not in known:
                self.faults.append(Fault(1, heading, self._why_unknown(heading)))
        for code in ("moment", "date", *(() if self.only else ("measure",))):
            if plain(self.headings[code]) not in written:
                self.faults.append(Fault(1, self.headings[code], "This column is missing"))

    def _why_unknown(self, heading: str) -> str:
        if plain(heading).startswith(plain(f"{HEADINGS['value']} (")):
            return "The unit is another than that of the measure. Download the template again"
        return "The template has no such column. Remove it"

    def entered(self, told: Callable[[int], None]) -> Iterator[Entered]:
        total = len(self.table.rows)
        for at, row in enumerate(self.table.rows):
            if at % TICK_EVERY == 0:
                told(100 * at // total)
            if len(self.faults) >= MOST_FAULTS:
                self.faults.append(Fault(row.number, "", "Reading stopped here. Mend those above"))
                return
            if set(row.cells) - {plain(HEADINGS["measure"])}:
                reading = _RowReader(row, self).reading()
                if reading:
                    yield reading


class _RowReader:
    """One row; ``reading`` is None where anything of it cannot be taken."""

    def __init__(self, row: Row, reader: _Reader):
        self.row, self.reader = row, reader
        self.is_faulty = False

    def reading(self) -> Entered | None:
        subject = self._subject()
        moment = self._take("moment", self._moment)
        on = self._take("date", lambda cell: cells.day(cell, latest=self.reader.today))
        if subject is None:
            return None
        given = self._given(subject)
        if given and not on and given["kind"] != Kind.MISSING and not self._has("date"):
            self._fault("date", "Enter the day the data were collected")
        if self.is_faulty or given is None:
            return None
        return Entered(self.row.number, subject.id, moment, on, **given)

    def _given(self, subject: Subject) -> dict | None:
        """The kind of value that the filled cells make, and what it holds."""
        symbol = self._take("symbol", _symbol, needed=False)
        if self._has("symbol") and symbol != WEAK:
            return self._missing(symbol)
        given = self._valued(subject)
        return {**given, "is_weak": symbol == WEAK} if given else None

    def _valued(self, subject: Subject) -> dict | None:
        if self._has("words"):
            return self._worded()
        if not any(map(self._has, [*FIGURES, *self._categories()])):
            self._fault("symbol", "Enter a value, words, or a symbol that says why there is none")
            return None
        if subject.categories:
            return self._distribution(subject)
        self._refuse(self._categories(), "The measure has no such category. Clear this cell")
        return self._figure()

    def _figure(self) -> dict:
        if self._has("whole"):
            return self._proportion()
        return self._mean() if self._has("spread") else self._number()

    def _missing(self, symbol: str | None) -> dict | None:
        if symbol is None:
            return None
        filled = [*FIGURES, "words", *self._categories()]
        self._refuse(filled, "Clear this cell, or the symbol that says there is no value")
        return {"kind": Kind.MISSING, "missing": symbol}

    def _worded(self) -> dict:
        filled = [code for code in FIGURES if code != "people"]
        self._refuse(
            [*filled, *self._categories()], "Give the figure a row of its own, without words"
        )
        text = self._take("words", lambda cell: cells.words(cell, longest=LONGEST_WORDS))
        return {"kind": Kind.TEXT, "text": text, "n": self._people()}

    def _distribution(self, subject: Subject) -> dict:
        own = {category_heading(name): pk for name, pk in subject.categories.items()}
        others = [heading for heading in self._categories() if heading not in own]
        self._refuse(others, "The measure has no such category. Clear this cell")
        single = ["value", "whole", "spread"]
        self._refuse(single, "This measure counts categories. Clear this cell")
        counts = {pk: self._take(heading, _share) for heading, pk in own.items()}
        return {"kind": Kind.DISTRIBUTION, "counts": counts, "n": self._people()}

    def _proportion(self) -> dict:
        self._refuse(["spread"], "A part of a whole has no standard deviation. Clear this cell")
        self._refuse(["people"], "Out of says already how many there are. Clear this cell")
        part, whole = self._take("value", cells.count), self._take("whole", _whole)
        if part is not None and whole is not None and part > whole:
            self._fault("value", f"Enter {whole} or fewer, since it is a part of the whole")
        return {"kind": Kind.PROPORTION, "numerator": part, "denominator": whole}

    def _mean(self) -> dict:
        if not self._has("people"):
            self._fault("people", "Enter how many people the mean is of")
        value, spread = self._take("value", cells.number), self._take("spread", _spread)
        return {"kind": Kind.MEAN, "value": value, "sd": spread, "n": self._people()}

    def _number(self) -> dict:
        value = self._take("value", cells.number)
        return {"kind": Kind.NUMBER, "value": value, "n": self._people()}

    def _people(self) -> int | None:
        return self._take("people", cells.count, needed=False)

    def _moment(self, cell) -> str:
        return cells.one_of(cell, MOMENTS, WHICH_MOMENT)

    def _subject(self) -> Subject | None:
        if not self._has("measure"):
            if not self.reader.only:
                self._fault("measure", "Enter which measure the row is about")
            return self.reader.only
        instead = "Is not a measure of this template. Copy its name from there"
        return self._take("measure", lambda cell: cells.one_of(cell, self.reader.subjects, instead))

    # Cells by code

    def _heading(self, code: str) -> str:
        return self.reader.headings.get(code, HEADINGS.get(code, code))

    def _cell(self, code: str):
        return self.row.cells.get(plain(self._heading(code)))

    def _has(self, code: str) -> bool:
        return self._cell(code) is not None

    def _categories(self) -> list[str]:
        """The headings of categories that the row fills in."""
        return [code for code in self.reader.headings if code not in CODES and self._has(code)]

    def _take(self, code: str, read: Callable, *, needed: bool = True):
        """What a cell holds; None where it is empty or cannot be taken, which is noted."""
        cell = self._cell(code)
        if cell is None:
            if needed and code != "date":
                self._fault(code, _EMPTY.get(code, "Enter a number. Where nobody is counted, 0"))
            return None
        try:
            return read(cell)
        except Unfit as unfit:
            self._fault(code, str(unfit))
            return None

    def _refuse(self, codes: list[str], reason: str) -> None:
        for code in codes:
            if self._has(code):
                self._fault(code, reason)

    def _fault(self, code: str, reason: str) -> None:
        self.is_faulty = True
        self.reader.faults.append(Fault(self.row.number, self._heading(code), reason))


def _either(offered: Iterable[str]) -> str:
    """One, two or three."""
    *others, last = offered
    return f"{', '.join(others)} or {last}"


WHICH_MOMENT = f"Enter {_either(MOMENTS)}"
_EMPTY = {"moment": WHICH_MOMENT}


def _symbol(cell) -> str:
    offered = {symbol: symbol for symbol in TYPED}
    return cells.one_of(cell, offered, f"Enter {_either(TYPED)}, or leave it empty")


def _share(cell) -> Decimal:
    found = cells.number(cell)
    if found < 0:
        raise Unfit("Enter a number that is 0 or more")
    return found


def _spread(cell) -> Decimal:
    return _share(cell)


def _whole(cell) -> int:
    found = cells.count(cell)
    if not found:
        raise Unfit("Enter a whole number, 1 or more")
    return found
