"""Matched scores in a spreadsheet: a row is one person, under a pseudonym the school made.

What is wrong is told without a word of what stands in the file, for it may be a name.
"""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from alliances.content import words
from impact.matched import identities
from impact.models.matched import MatchedRow
from impact.spreadsheets import cells
from impact.spreadsheets.cells import Cell, Unfit, plain
from impact.spreadsheets.faults import MOST_FAULTS, Fault, Found, refused
from impact.spreadsheets.tables import Row, Table, Unreadable, table_of

Arm = MatchedRow.Arm

CODES = ("pseudonym", "before", "after", "arm", "class")
NEEDED = ("pseudonym", "before", "after")
HEADINGS = {code: words("impact", "columns")[f"column-{code}"].title for code in CODES}
ARMS = {arm.label: arm for arm in Arm}
ANSWERS = {"yes": True, "no": False, "y": True, "n": False, "1": True, "0": False}
MOST_GROUPS = 12
LONGEST_GROUP = 40
TICK_EVERY = 250  # rows

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_./-]{0,29}")
_WORD = re.compile(r"[A-Za-z]{4}")
_HEX = re.compile(r"(?=.*\d)[0-9a-f]{8,30}")


@dataclass(frozen=True)
class Person:
    """One row: a pseudonym with its scores; ``groups`` are yes or no by the group's name."""

    row: int
    pseudonym: str
    before: Decimal | None
    after: Decimal | None
    arm: str = Arm.INTERVENTION
    class_code: str = ""
    groups: dict[str, bool] = field(default_factory=dict)


def read_matched(content: bytes, *, today: date, told: Callable[[int], None]) -> Found:
    """The people of a file, or everything that is wrong with it. ``told`` hears per cent."""
    try:
        table = table_of(content)
    except Unreadable as problem:
        return refused(str(problem))
    faults = heading_faults(table) or identity_faults(table, today)
    if faults:
        return Found((), tuple(faults), {})
    reader = _Reader(table)
    people = reader.people(told)
    if reader.faults:
        return Found((), tuple(reader.faults), {})
    if not people:
        return refused("The file holds nobody below its headings")
    return Found(tuple(people), (), preview_of(people))


# ---- columns -------------------------------------------------------------------------------


def heading_faults(table: Table) -> list[Fault]:
    """What is wrong with the first row. A heading that may be a name goes by its number."""
    written = [plain(heading) for heading in table.headings]
    missing = [HEADINGS[code] for code in NEEDED if plain(HEADINGS[code]) not in written]
    if len(missing) == len(NEEDED):
        return [Fault(1, "", "The first row must hold the headings of the template")]
    faults = [Fault(1, heading, "This column is missing") for heading in missing]
    known = {plain(heading) for heading in HEADINGS.values()}
    groups = [(n, h) for n, h in enumerate(table.headings, 1) if h and plain(h) not in known]
    for number, heading in groups:
        if what := identities.in_heading(heading):
            faults.append(Fault(1, f"Column {number}", _why_not(what)))
        elif len(heading) > LONGEST_GROUP:
            reason = f"Name the group in {LONGEST_GROUP} characters or fewer"
            faults.append(Fault(1, f"Column {number}", reason))
    if len(groups) > MOST_GROUPS:
        faults.append(Fault(1, "", f"Keep {MOST_GROUPS} groups or fewer"))
    return faults


def _why_not(what: str) -> str:
    return (
        f"This column would hold {what}. Remove it: scores are kept under pseudonyms, and only "
        "the school may know whose they are"
    )


def identity_faults(table: Table, today: date) -> list[Fault]:
    """Columns whose cells look like names, numbers or days that tell who somebody is."""
    found: Counter[tuple[str, str]] = Counter()
    first: dict[tuple[str, str], int] = {}
    for row in table.rows:
        for heading, cell in row.cells.items():
            if what := identities.in_cell(cell, today):
                found[heading, what] += 1
                first.setdefault((heading, what), row.number)
    own = {plain(heading): heading for heading in table.headings}
    return [
        Fault(first[key], own[key[0]], _why_not_these(key[1], number))
        for key, number in found.items()
    ]


def _why_not_these(what: str, rows: int) -> str:
    where = "This cell looks" if rows == 1 else f"From here on, {rows} cells look"
    return f"{where} like {what}. Use codes that only the school can read, such as P017"


# ---- rows ----------------------------------------------------------------------------------


class _Reader:
    """Turns rows into people and gathers what is wrong with them."""

    def __init__(self, table: Table):
        self.table = table
        known = {plain(heading) for heading in HEADINGS.values()}
        self.groups = [h for h in table.headings if h and plain(h) not in known]
        arm = plain(HEADINGS["arm"])
        self.has_arms = any(row.cells.get(arm) is not None for row in table.rows)
        self.faults: list[Fault] = []
        self.seen: dict[str, int] = {}

    def people(self, told: Callable[[int], None]) -> list[Person]:
        total, found = len(self.table.rows), []
        for at, row in enumerate(self.table.rows):
            if at % TICK_EVERY == 0:
                told(100 * at // total)
            if len(self.faults) >= MOST_FAULTS:
                self.faults.append(Fault(row.number, "", "Reading stopped here. Mend those above"))
                break
            found.append(self._person(row))
        return found

    def _person(self, row: Row) -> Person:
        pseudonym = self._take(row, HEADINGS["pseudonym"], _code, "Enter a code, such as P017")
        before = self._take(row, HEADINGS["before"], _score)
        after = self._take(row, HEADINGS["after"], _score)
        if not self._is_filled(row, "before") and not self._is_filled(row, "after"):
            self._fault(row, HEADINGS["after"], "Enter a score before, after, or both")
        return Person(
            row.number,
            self._once(row, pseudonym),
            before,
            after,
            self._arm(row),
            self._take(row, HEADINGS["class"], _class) or "",
            self._groups(row),
        )

    def _arm(self, row: Row) -> str:
        if not self.has_arms:
            return Arm.INTERVENTION
        instead = f"Enter {' or '.join(ARMS)}"
        return self._take(
            row, HEADINGS["arm"], lambda cell: cells.one_of(cell, ARMS, instead), instead
        )

    def _groups(self, row: Row) -> dict[str, bool]:
        """Yes or no for each group; what is left empty is not known."""
        answers = {name: self._take(row, name, _answer) for name in self.groups}
        return {name: answer for name, answer in answers.items() if answer is not None}

    def _once(self, row: Row, pseudonym: str | None) -> str:
        key = (pseudonym or "").casefold()
        if key and key in self.seen:
            reason = f"Row {self.seen[key]} has the same pseudonym"
            self._fault(row, HEADINGS["pseudonym"], reason)
        self.seen.setdefault(key, row.number)
        return pseudonym or ""

    def _is_filled(self, row: Row, code: str) -> bool:
        cell = row.cells.get(plain(HEADINGS[code]))
        return cell is not None and not _is_missing(cell)

    def _take(self, row: Row, heading: str, read: Callable, empty: str = ""):
        """What a cell holds; None where it is empty or cannot be taken, which is noted."""
        cell = row.cells.get(plain(heading))
        if cell is None:
            if empty:
                self._fault(row, heading, empty)
            return None
        try:
            return read(cell)
        except Unfit as unfit:
            self._fault(row, heading, str(unfit))
            return None

    def _fault(self, row: Row, heading: str, reason: str) -> None:
        self.faults.append(Fault(row.number, heading, reason))


def _code(cell: Cell) -> str:
    text = cells.words(cell, longest=30)
    if not _CODE.fullmatch(text):
        raise Unfit("Use letters without accents, digits, and - _ . / alone, such as P017")
    if _HEX.fullmatch(text):
        return text
    if _WORD.search(text) or not re.search(r"\d", text):
        raise Unfit("May be a name. Use a code with a digit and short of words, such as P017")
    return text


def _class(cell: Cell) -> str:
    text = cells.words(cell, longest=10)
    if _WORD.search(text):
        raise Unfit("May be a name. Use a code for the class, such as 4B")
    return text


def _score(cell: Cell) -> Decimal | None:
    """A number; the symbol x says that there is none."""
    return None if _is_missing(cell) else cells.number(cell)


def _is_missing(cell: Cell) -> bool:
    return isinstance(cell, str) and plain(cell) == "x"


def _answer(cell: Cell) -> bool:
    return cells.one_of(cell, ANSWERS, "Enter yes or no, or leave it empty")


# ---- what is shown before it is saved --------------------------------------------------------


def preview_of(people: list[Person]) -> dict:
    """How many there are of each kind; nothing of any one of them."""
    matched = sum(p.before is not None and p.after is not None for p in people)
    lines = [
        ["People", len(people)],
        ["With both scores, which are compared", matched],
        ["With a score before alone", sum(p.after is None for p in people)],
        ["With a score after alone", sum(p.before is None for p in people)],
    ]
    arms = Counter(Arm(p.arm).label for p in people)
    classes = {(p.arm, p.class_code) for p in people if p.class_code}
    groups = Counter(name for p in people for name, answer in p.groups.items() if answer)
    if Arm.COMPARISON.label in arms:
        lines += [[label, number] for label, number in arms.items()]
    if classes:
        lines.append(["Classes", len(classes)])
    lines += [[f"{name}: yes", number] for name, number in groups.items()]
    return {"rows": len(people), "lines": lines}
