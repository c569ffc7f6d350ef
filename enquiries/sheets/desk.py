"""A form of the method as somebody has it before them: what every page of a form begins with."""

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse

from alliances import access
from alliances.roles import Permission
from enquiries.models import Cycle, Enquiry, SheetRecord
from enquiries.queries import current_cycle
from enquiries.sheets import Place, Sheet, sheet_called
from enquiries.sheets.queries import hidden_fields


@dataclass(frozen=True)
class Desk:
    """A form of an enquiry as one person has it before them."""

    enquiry: Enquiry
    sheet: Sheet
    cycle: Cycle | None
    allowed: set[Permission]

    @property
    def may_write(self) -> bool:
        return self.sheet.write in self.allowed

    def place(self, **more) -> dict:
        """Where a record of this form belongs."""
        cycle = {"cycle": self.cycle} if self.sheet.by_cycle else {}
        return {"enquiry": self.enquiry, **self.sheet.fixed, **cycle, **more}

    def record(self, key: UUID, *, or_withdrawn: bool = False) -> SheetRecord:
        """The form's record of that key."""
        records = self.sheet.model.everything if or_withdrawn else self.sheet.model.objects
        return get_object_or_404(records, enquiry=self.enquiry, key=key, **self.sheet.fixed)

    def url_of(self, record: SheetRecord) -> str:
        """Where a record is filled in and read."""
        address = [self.enquiry.pk, self.sheet.slug]
        match self.sheet.place:
            case Place.MANY:
                return reverse("sheet-record", args=[*address, record.key])
            case Place.SCHOOL:
                return reverse("sheet-of-school", args=[*address, record.participation_id])
        return reverse("sheet", args=address)

    def form(self, record: SheetRecord | None, data: QueryDict | None = None):
        hidden = hidden_fields(self.sheet, self.allowed)
        return self.sheet.form(
            data,
            instance=record,
            sheet=self.sheet,
            enquiry=self.enquiry,
            cycle=self.cycle,
            hidden=hidden,
        )


def desk_of(request, pk: int, slug: str) -> Desk:
    """The form of that address; only for those who may read the enquiry."""
    enquiries = Enquiry.objects.select_related("alliance__theme")
    enquiry = access.load(enquiries, request.user, Permission.READ_ENQUIRY, pk=pk)
    sheet = sheet_called(slug)
    if sheet is None:
        raise Http404
    allowed = access.permissions_over(request.user, enquiry.alliance)
    return Desk(enquiry, sheet, current_cycle(enquiry), allowed)
