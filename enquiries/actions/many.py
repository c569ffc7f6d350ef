"""Schools and forms by the thousand, with the same rows as if each had come by itself."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import Max, Model
from django.utils import timezone

from alliances.actions import Joining, join_schools
from alliances.models import User
from enquiries.models import Enquiry, LoggedRecord, Participation, Revision, SheetRecord
from enquiries.sheets.forms import plain

AT_ONCE = 1000


@dataclass(frozen=True)
class Filled:
    """A form that nobody has saved yet: where it belongs, what it says, who says so, and when."""

    model: type[SheetRecord]
    place: dict
    wanted: dict
    by: User
    at: datetime = field(default_factory=timezone.now)


@transaction.atomic
def join_enquiries(joinings: Sequence[tuple[Enquiry, Joining]], *, by: User) -> list[Participation]:
    """New participations of schools of the register: what ``join_enquiry`` does for one.

    None of them may have taken part in the same enquiry before.
    """
    enquiries = [enquiry for enquiry, _ in joinings]
    _hold(enquiries)
    schools = join_schools([joining for _, joining in joinings], by=by)
    position = _Positions(Participation, enquiries)
    return Participation.objects.bulk_create(
        (
            Participation(
                enquiry=enquiry,
                school=school,
                position=position.after(enquiry),
                part=Participation.Part.PARTICIPANT,
            )
            for enquiry, school in zip(enquiries, schools, strict=True)
        ),
        AT_ONCE,
    )


@transaction.atomic
def save_new_sheets(filled: Sequence[Filled]) -> list[SheetRecord]:
    """The record of each, in their order: what ``save_sheet`` does for one in a place of its own.

    Django's IntegrityError where one does not fit, and then none is saved.
    """
    _hold({each.place["enquiry"] for each in filled})
    by_model = defaultdict(list)
    for each in filled:
        by_model[each.model].append(each)
    records: dict[int, SheetRecord] = {}
    saves: list[Revision] = []
    for model, forms in by_model.items():
        made = _records(model, forms)
        records |= zip(map(id, forms), made, strict=True)
        saves += [_first_save(record, form) for record, form in zip(made, forms, strict=True)]
    Revision.objects.bulk_create(saves, AT_ONCE)
    return [records[id(each)] for each in filled]


def _records(model: type[SheetRecord], forms: list[Filled]) -> list[SheetRecord]:
    position = _Positions(model, [each.place["enquiry"] for each in forms])
    records = [_record(each, position) for each in forms]
    model._base_manager.bulk_create(records, AT_ONCE)
    rows = defaultdict(list)
    for record in records:
        for row in record.rows():
            rows[type(row)].append(row)
    for kind, kept in rows.items():
        kind._base_manager.bulk_create(kept, AT_ONCE)
    return records


def _record(form: Filled, position: "_Positions") -> SheetRecord:
    record, empty = form.model(**form.place), form.model()
    for name, value in form.wanted.items():
        if plain(value) != plain(empty.value_of(name)):
            record.put(name, value)
    record.saved_by, record.saved_at = form.by, form.at
    if isinstance(record, LoggedRecord):
        record.position = position.after(record.enquiry)
        record.logged_by, record.logged_at = form.by, form.at
    return record


def _first_save(record: SheetRecord, form: Filled) -> Revision:
    empty = form.model()
    told = {n: [plain(empty.value_of(n)), plain(value)] for n, value in form.wanted.items()}
    return Revision(
        enquiry=record.enquiry,
        sheet=form.model._meta.model_name,
        record=record.pk,
        by=form.by,
        at=form.at,
        changes={name: change for name, change in told.items() if change[0] != change[1]},
    )


def _hold(enquiries: Iterable[Enquiry]) -> None:
    """Let nobody else add to them meanwhile."""
    pks = {enquiry.pk for enquiry in enquiries}
    list(Enquiry.objects.select_for_update().filter(pk__in=pks).order_by("pk"))


class _Positions:
    """The next place of each enquiry in a list; a kind without positions never asks."""

    def __init__(self, kind: type[Model], enquiries: Iterable[Enquiry]) -> None:
        self.last: dict[int, int] = {}
        if any(column.name == "position" for column in kind._meta.concrete_fields):
            pks = {enquiry.pk for enquiry in enquiries}
            found = kind._base_manager.order_by().filter(enquiry__in=pks)
            self.last = dict(found.values_list("enquiry").annotate(last=Max("position")))

    def after(self, enquiry: Enquiry) -> int:
        self.last[enquiry.pk] = self.last.get(enquiry.pk, 0) + 1
        return self.last[enquiry.pk]
