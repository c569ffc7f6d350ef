"""What each row of a spreadsheet of alliances would do, and what stands in its way."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from alliances.models import Alliance
from impact.intake.known import Known
from impact.intake.layout import ALLIANCE, HEADINGS, LEAD_SCHOOL, Line
from impact.spreadsheets.cells import plain
from impact.spreadsheets.faults import Fault


@dataclass(frozen=True)
class Step:
    """What a row does: an alliance of its own or of the programme, and what of it changes.

    ``places`` are new values by field, ``joining`` the URNs of schools that are not in it yet.
    ``names_lead`` keeps the lead's name; ``may_invite`` says that a lead waits for an invitation.
    """

    line: Line
    alliance: Alliance | None
    places: dict[str, object]
    joining: tuple[int, ...]
    names_lead: bool
    may_invite: bool

    @property
    def changes(self) -> bool:
        return bool(self.alliance is None or self.places or self.joining or self.names_lead)


def hindrances(lines: Iterable[Line], known: Known) -> Iterator[Fault]:
    """What is wrong with rows beside one another, the programme and the register."""
    first: dict[object, int] = {}
    for line in lines:
        named, alliance = known.alliances.get(plain(line.name), []), known.alliance(line.name)
        which = alliance.pk if alliance else plain(line.name)
        if len(named) > 1:
            meant = "; ".join(sorted(str(each) for each in named))
            yield _fault(line, ALLIANCE, f"May be any of these: {meant}. Enter the full name")
        elif which in first:
            yield _fault(line, ALLIANCE, f"Row {first[which]} is about the same alliance")
        elif alliance is None and not line.lead_school:
            yield _fault(line, LEAD_SCHOOL, "Enter the lead school: the alliance is new")
        first.setdefault(which, line.row)
        members = members_of(alliance)
        for urn, column in line.schools.items():
            if urn not in members and (reason := _why_not(urn, known)):
                yield _fault(line, column, reason)


def _why_not(urn: int, known: Known) -> str:
    school = known.register.get(urn)
    if school is None:
        return f"The national register has no school {urn}"
    if not school.is_open:
        return f"The national register says that {school} has closed"
    return "" if urn not in known.shut else f"{school} is in an alliance of another programme"


def _fault(line: Line, code: str, reason: str) -> Fault:
    return Fault(line.row, HEADINGS[code], reason)


def members_of(alliance: Alliance | None) -> dict[int, str]:
    """The names of an alliance's schools today, by URN; read with ``known_to``."""
    members = alliance.members_now if alliance else []
    return {each.school.urn: each.school.name for each in members}


def steps_of(lines: Iterable[Line], known: Known) -> list[Step]:
    """What every row does, in the order of the file."""
    return [_step(line, known) for line in lines]


def _step(line: Line, known: Known) -> Step:
    alliance = known.alliance(line.name)
    waits = _is_named(line, alliance)
    names_lead = bool(line.lead_email) and not (waits or _was_invited(line, alliance))
    return Step(
        line=line,
        alliance=alliance,
        places=_places(line, alliance, known),
        joining=_joining(line, alliance, known),
        names_lead=names_lead,
        may_invite=names_lead or waits,
    )


def _places(line: Line, alliance: Alliance | None, known: Known) -> dict[str, object]:
    """New values of the fields that a row fills in otherwise than they stand; a cluster by name."""
    given = {
        "theme": line.theme,
        "cohort": line.cohort,
        "region": line.region,
        "cluster": known.clusters.get(plain(line.cluster), line.cluster),
        "lead_school": _lead_school(line, alliance, known),
    }
    return {
        name: value
        for name, value in given.items()
        if value and (alliance is None or getattr(alliance, name) != value)
    }


def _lead_school(line: Line, alliance: Alliance | None, known: Known) -> str:
    """As the alliance calls it already, else as the register does."""
    if line.lead_school is None:
        return ""
    registered = known.register.get(line.lead_school)
    names = [members_of(alliance).get(line.lead_school), registered and registered.name]
    called = alliance.lead_school if alliance else ""
    same = any(name and plain(name) == plain(called) for name in names)
    return called if same else next(name for name in names if name)


def _joining(line: Line, alliance: Alliance | None, known: Known) -> tuple[int, ...]:
    """URNs of schools that are not in it, neither under their URN nor by name without one."""
    members = alliance.members_now if alliance else []
    unnumbered = {plain(each.school.name) for each in members if each.school.urn is None}
    return tuple(
        urn
        for urn in line.schools
        if urn not in members_of(alliance) and plain(known.register[urn].name) not in unnumbered
    )


def _is_named(line: Line, alliance: Alliance | None) -> bool:
    named = getattr(alliance, "named_lead", None)
    return named is not None and named.email == line.lead_email


def _was_invited(line: Line, alliance: Alliance | None) -> bool:
    """Whether the address has been invited, ever, or leads the alliance: it is not asked twice."""
    if alliance is None:
        return False
    known = {invited.email for invited in alliance.leads_invited}
    return line.lead_email in known | {lead.user.email for lead in alliance.leads_now}
