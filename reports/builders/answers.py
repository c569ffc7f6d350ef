"""The answers of filled forms, as they may leave their alliance."""

from collections.abc import Collection

from enquiries.models import SheetRecord
from enquiries.sheets import sheet_called
from enquiries.sheets.queries import private_fields
from reports.values import Pair


def answers_of(slug: str, record: SheetRecord | None, *, but: Collection[str] = ()) -> list[Pair]:
    """What was answered to each question of a form, ``but`` some; a question left open is not told.

    What a facilitator keeps and what may tell small numbers stays out.
    """
    if record is None:
        return []
    sheet = sheet_called(slug)
    hidden = private_fields(sheet) | sheet.withheld | sheet.exact | frozenset(but)
    form = sheet.form(instance=record, sheet=sheet, enquiry=record.enquiry, hidden=hidden)
    return [Pair(each["label"], each["text"]) for each in form.answers() if each["text"]]
