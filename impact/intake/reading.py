"""Alliances in a spreadsheet: a row is one alliance, under the headings of the template."""

import re
from collections.abc import Callable, Iterator

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from alliances.models import Programme, User
from alliances.register.reading import is_urn
from impact.intake.known import Choices, choices_of, known_to
from impact.intake.layout import (
    ALLIANCE,
    CLUSTER,
    COHORT,
    EXPLAINED,
    HEADINGS,
    LEAD_EMAIL,
    LEAD_NAME,
    LEAD_SCHOOL,
    PARTNERS,
    REGION,
    THEME,
    Line,
)
from impact.intake.steps import hindrances, steps_of
from impact.intake.summary import summary_of
from impact.spreadsheets.cells import Cell, Unfit, one_of, plain, words
from impact.spreadsheets.faults import Fault, Found, refused
from impact.spreadsheets.tables import Row, Table, Unreadable, table_of

MOST_ALLIANCES = 1000
LONGEST = {ALLIANCE: 200, REGION: 100, CLUSTER: 100, LEAD_NAME: 150, LEAD_EMAIL: 254}
URNS_ONLY = "Enter URNs of six digits, such as 125269, with a comma or a space between them"


def read_alliances(
    content: bytes, programme: Programme, *, by: User, told: Callable[[int], None]
) -> Found:
    """The alliances of a file, or everything that is wrong with it. ``told`` hears per cent."""
    try:
        table = table_of(content)
    except Unreadable as problem:
        return refused(str(problem))
    if len(table.rows) > MOST_ALLIANCES:
        return refused(f"The file has more than {MOST_ALLIANCES:,} alliances. Send it in parts")
    if faults := tuple(_misnamed(table)):
        return Found((), faults, {})
    reader = _Reader(choices_of(programme))
    lines = [line for row in table.rows if not _explains(row) and (line := reader.line(row))]
    told(50)
    known = known_to(by, programme, {urn for line in lines for urn in line.schools})
    faults = [*reader.faults, *hindrances(lines, known)]
    if faults:
        return Found((), tuple(sorted(faults, key=lambda fault: fault.row)), {})
    if not lines:
        return refused("The file holds no alliances below its headings")
    return Found(tuple(lines), (), summary_of(steps_of(lines, known), known))


def _misnamed(table: Table) -> Iterator[Fault]:
    """Headings that the template does not have, and the one that must be there."""
    known = {plain(heading) for heading in HEADINGS.values()}
    for heading in table.headings:
        if heading and plain(heading) not in known:
            yield Fault(1, heading, "The template has no such column. Remove it")
    if plain(HEADINGS[ALLIANCE]) not in map(plain, table.headings):
        yield Fault(1, HEADINGS[ALLIANCE], "This column is missing")


def _explains(row: Row) -> bool:
    """Whether a row is the template's own, which says what to enter."""
    return row.cells.get(plain(HEADINGS[ALLIANCE])) == EXPLAINED[ALLIANCE]


class _Reader:
    """Turns rows into alliances and gathers what is wrong with their cells."""

    def __init__(self, choices: Choices):
        self.choices = choices
        self.faults: list[Fault] = []

    def line(self, row: Row) -> Line | None:
        """The alliance of a row; None where anything of it cannot be taken."""
        before = len(self.faults)
        found = Line(
            row=row.number,
            name=self._text(row, ALLIANCE),
            lead_school=next(iter(self._urns(row, LEAD_SCHOOL)), None),
            cohort=self._chosen(row, COHORT, self.choices.cohorts),
            theme=self._chosen(row, THEME, self.choices.themes),
            region=self._text(row, REGION),
            cluster=self._text(row, CLUSTER),
            lead_name=self._text(row, LEAD_NAME),
            lead_email=self._take(row, LEAD_EMAIL, _email, ""),
            partners=self._urns(row, PARTNERS),
        )
        if len(self.faults) > before:
            return None
        self._check(row, found)
        return found if len(self.faults) == before else None

    def _check(self, row: Row, line: Line) -> None:
        if not line.name:
            self._fault(row, ALLIANCE, "Enter the name of the alliance")
        if line.lead_email and not line.lead_name:
            self._fault(row, LEAD_NAME, "Enter the name of the lead as well")
        if line.lead_name and not line.lead_email:
            self._fault(row, LEAD_EMAIL, "Enter the e-mail of the lead as well")

    def _text(self, row: Row, code: str) -> str:
        return self._take(row, code, lambda cell: words(cell, longest=LONGEST[code]), "")

    def _chosen(self, row: Row, code: str, offered: dict):
        numbers = [text for text in offered if text.isdigit()]
        instead = f"The programme has no such {code.rpartition('-')[2]}. Enter {_either(numbers)}"
        return self._take(row, code, lambda cell: one_of(cell, offered, instead), None)

    def _urns(self, row: Row, code: str) -> tuple[int, ...]:
        found = self._take(row, code, _urns, ())
        if code == LEAD_SCHOOL and len(found) > 1:
            self._fault(row, code, "Enter one URN: an alliance has one lead school")
        return found

    def _take(self, row: Row, code: str, read: Callable[[Cell], object], empty):
        cell = row.cells.get(plain(HEADINGS[code]), "")
        if cell == "":
            return empty
        try:
            return read(cell)
        except Unfit as reason:
            self._fault(row, code, str(reason))
            return empty

    def _fault(self, row: Row, code: str, reason: str) -> None:
        self.faults.append(Fault(row.number, HEADINGS[code], reason))


def _either(numbers: list[str]) -> str:
    *first, last = numbers or ["nothing"]
    return f"{', '.join(first)} or {last}" if first else last


def _email(cell: Cell) -> str:
    text = words(cell, longest=LONGEST[LEAD_EMAIL]).lower()
    try:
        validate_email(text)
    except ValidationError:
        raise Unfit("Enter an e-mail address, such as name@school.org.uk") from None
    return text


def _urns(cell: Cell) -> tuple[int, ...]:
    found = re.split(r"[\s,;]+", words(cell, longest=2000).strip(" ,;"))
    if not all(map(is_urn, found)):
        raise Unfit(URNS_ONLY)
    return tuple(dict.fromkeys(map(int, found)))
