"""The forms of the method as a catalogue: what each is, where it belongs, who fills it in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from django.urls import reverse

from alliances.forms import wording_of
from alliances.roles import Permission
from enquiries.models import Cycle, SheetRecord
from enquiries.sheets.forms import SheetForm


class Place(StrEnum):
    """How many records a form has: one, one a school, one a meeting, or one each time."""

    ONCE = "once"
    SCHOOL = "each school"
    MEETING = "each meeting"
    MANY = "each time"


def in_cycle(address: str, cycle: Cycle | None) -> str:
    """The address of a page as it stands in a cycle, whichever is the current one by then."""
    return f"{address}?cycle={cycle.position}" if cycle else address


@dataclass(frozen=True)
class Sheet:
    """One form. ``by_cycle`` ones begin anew with each cycle; ``minutes`` is an honest guess.

    ``code`` is the method's number, empty where the method has none. ``fixed`` are values that
    every record of the form has, ``begins`` those that a new one starts with; ``home`` names the
    page of an enquiry that a form is reached from and leads back to, ``page`` that of a record of
    its own, to which a save leads.
    ``private`` fields stay with the facilitator; without them those that the model classes as
    judgement do; of these, ``withheld`` ones may not even be shared by hand. ``exact`` ones
    may tell small numbers and stay within the alliance. ``beside`` is a
    template with what its writer reads first, ``across`` the name of the address that looks across
    its records. Whoever may ``write`` may add a record; ``read`` is what it takes to open one.
    """

    code: str
    slug: str
    model: type[SheetRecord]
    form: type[SheetForm]
    place: Place
    phase: str
    minutes: int
    feeds: str
    who: str
    by_cycle: bool = False
    home: str = "sheets"
    page: str = ""
    beside: str = ""
    across: str = ""
    private: frozenset[str] = frozenset()
    withheld: frozenset[str] = frozenset()
    exact: frozenset[str] = frozenset()
    fixed: Mapping[str, str] = field(default_factory=dict)
    begins: Mapping[str, int] = field(default_factory=dict)
    name: str = ""
    write: Permission = Permission.WRITE_ENQUIRY
    read: Permission = Permission.READ_ENQUIRY

    @property
    def title(self) -> str:
        """Its name; of a form that goes by one with others, by their common words."""
        return self.name or wording_of(*self.form.wording)["title"]

    @property
    def across_title(self) -> str:
        """What the page is called that looks across its records."""
        return wording_of(*self.form.wording)["across"]

    def holds(self, record: SheetRecord) -> bool:
        """Whether a record of its model is one of this form."""
        return all(getattr(record, name) == value for name, value in self.fixed.items())

    def url_of(self, record: SheetRecord) -> str:
        """Where one of its records is read and filled in, in its own cycle."""
        place = [record.enquiry_id, self.slug]
        if self.place is Place.MANY:
            return reverse("sheet-record", args=[*place, record.key])
        if self.place is Place.MEETING:
            return reverse("sheet-of-meeting", args=[*place, record.meeting_id])
        cycle = record.cycle if self.by_cycle else None
        if self.place is Place.SCHOOL:
            return in_cycle(
                reverse("sheet-of-school", args=[*place, record.participation_id]), cycle
            )
        return in_cycle(reverse("sheet", args=place), cycle)


_CATALOGUE: dict[str, Sheet] = {}


def register(sheets: Iterable[Sheet]) -> None:
    """Each app adds its forms when it starts."""
    known = sorted([*_CATALOGUE.values(), *sheets], key=lambda sheet: (not sheet.code, sheet.code))
    _CATALOGUE.clear()
    _CATALOGUE.update({sheet.slug: sheet for sheet in known})


def catalogue() -> list[Sheet]:
    """Every form, in the order of the method's numbers; those without one come last."""
    return list(_CATALOGUE.values())


def sheet_called(slug: str) -> Sheet | None:
    """The form of that address."""
    return _CATALOGUE.get(slug)
