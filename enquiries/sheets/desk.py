"""A form of the method as somebody has it before them: what every page of a form begins with."""

from dataclasses import dataclass, replace
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404

from alliances import access
from alliances.history import opens
from alliances.roles import Permission
from enquiries.models import Cycle, Enquiry, SheetRecord
from enquiries.sheets import Sheet, in_cycle, sheet_called
from enquiries.sheets.queries import hidden_fields, private_fields


@dataclass(frozen=True)
class Cycles:
    """The cycles of an enquiry in their order, and the one that a page shows."""

    listed: list[Cycle]
    shown: Cycle | None

    @property
    def current(self) -> Cycle | None:
        """The cycle under way, or the last one."""
        return self.listed[-1] if self.listed else None

    @property
    def is_earlier(self) -> bool:
        """Whether the page shows another cycle than the current one."""
        return self.shown != self.current

    @property
    def query(self) -> str:
        """What keeps a link in the cycle that is shown; the current one needs nothing."""
        return in_cycle("", self.shown) if self.is_earlier else ""


@dataclass(frozen=True)
class Desk:
    """A form of an enquiry as one person has it before them."""

    enquiry: Enquiry
    sheet: Sheet
    cycles: Cycles
    allowed: set[Permission]

    @property
    def cycle(self) -> Cycle | None:
        """The cycle whose records lie on it."""
        return self.cycles.shown

    @property
    def may_write(self) -> bool:
        return self.sheet.write in self.allowed

    @property
    def lacks_cycle(self) -> bool:
        """Whether the form belongs to a cycle and none has begun."""
        return self.sheet.by_cycle and self.cycle is None

    def with_record(self, record: SheetRecord) -> "Desk":
        """The same desk in the cycle of a record that lies on it."""
        if not self.sheet.by_cycle or record.cycle_id is None:
            return self
        own = next(cycle for cycle in self.cycles.listed if cycle.pk == record.cycle_id)
        return replace(self, cycles=replace(self.cycles, shown=own))

    def address(self, path: str) -> str:
        """Where what is typed on a page belongs: it names the cycle, for another may begin."""
        return in_cycle(path, self.cycle if self.sheet.by_cycle else None)

    def place(self, **more) -> dict:
        """Where a record of this form belongs."""
        cycle = {"cycle": self.cycle} if self.sheet.by_cycle else {}
        return {"enquiry": self.enquiry, **self.sheet.fixed, **cycle, **more}

    @property
    def may_read(self) -> bool:
        return self.sheet.read in self.allowed

    def record(self, key: UUID, *, or_withdrawn: bool = False) -> SheetRecord:
        """The form's record of that key, for those who may open it."""
        if not self.may_read:
            raise PermissionDenied
        records = self.sheet.model.everything if or_withdrawn else self.sheet.model.objects
        return get_object_or_404(records, enquiry=self.enquiry, key=key, **self.sheet.fixed)

    def form(self, record: SheetRecord | None, data: QueryDict | None = None):
        hidden = hidden_fields(self.sheet, self.allowed)
        if record is None:
            hidden -= self.sheet.exact  # who writes the first answers knows them
        return self.sheet.form(
            data,
            instance=record,
            sheet=self.sheet,
            enquiry=self.enquiry,
            cycle=self.cycle,
            hidden=hidden,
        )

    def hindrances(self, record: SheetRecord, answers: dict) -> list[str]:
        """What the form would say against these stored answers, and not against those there are."""
        standing, wanted = (
            self.form(record, self.form(record).as_sent(given)).errors for given in ({}, answers)
        )
        found = [e for name, said in wanted.items() if said != standing.get(name) for e in said]
        return list(dict.fromkeys(found))


def cycles_of(request, enquiry: Enquiry) -> Cycles:
    """The cycles of an enquiry, showing the one whose place the address names, else the current."""
    cycles = Cycles(list(enquiry.cycles.all()), None)
    asked = request.GET.get("cycle")
    if asked is None:
        return replace(cycles, shown=cycles.current)
    for cycle in cycles.listed:
        if str(cycle.position) == asked:
            return replace(cycles, shown=cycle)
    raise Http404


def desk_of(request, pk: int, slug: str) -> Desk:
    """The form of that address; only for those who may read the enquiry."""
    enquiries = Enquiry.objects.select_related("alliance__theme")
    enquiry = access.load(enquiries, request.user, Permission.READ_ENQUIRY, pk=pk)
    sheet = sheet_called(slug)
    if sheet is None:
        raise Http404
    allowed = access.permissions_over(request.user, enquiry.alliance)
    if private_fields(sheet) and {Permission.SEE_JUDGEMENT, sheet.read} <= allowed:
        opens(enquiry.alliance_id)
    cycles = cycles_of(request, enquiry)
    if not sheet.by_cycle:
        cycles = replace(cycles, shown=cycles.current)
    return Desk(enquiry, sheet, cycles, allowed)
