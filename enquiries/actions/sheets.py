"""Saves the forms of the method field by field, so that nobody undoes anybody."""

from django.db import IntegrityError, transaction
from django.db.models import Field
from django.utils import timezone

from alliances.models import User
from enquiries.actions.entries import hold, next_position
from enquiries.models import Draft, Enquiry, LoggedRecord, Revision, SheetRecord
from enquiries.sheets.forms import plain


class ChangedByOthers(Exception):
    """Fields that this person changed and somebody else has changed too: their stored values."""

    def __init__(self, stored: dict):
        self.stored = stored
        super().__init__(", ".join(stored))


class SavedMeanwhile(Exception):
    """Somebody has changed what this person wants to bring back since they read the history."""


class DoesNotFit(Exception):
    """What is to be saved goes against what stands by now, as a second one of a name would."""


class Withdrawn(Exception):
    """Somebody withdrew the record; it is changed again only once it has been brought back."""


@transaction.atomic
def save_sheet(
    model: type[SheetRecord], *, place: dict, seen: dict, wanted: dict, by: User
) -> SheetRecord:
    """Save what the writer changed since they saw it; ``place`` finds or makes the record.

    Saves nothing where it raises: ChangedByOthers where somebody else changed one of those fields,
    Withdrawn where somebody withdrew it, DoesNotFit where it goes against what stands.
    """
    enquiry = Enquiry.objects.select_for_update().get(pk=place["enquiry"].pk)
    record = model.everything.filter(**place).first() or model(**place)
    if record.withdrawn and "withdrawn" not in wanted:
        raise Withdrawn
    stored = {name: plain(record.value_of(name)) for name in wanted}
    before = {name: plain(model().value_of(name)) for name in wanted} | seen
    mine = {name for name, value in wanted.items() if plain(value) != before[name]}
    clashes = {
        name: stored[name]
        for name in mine
        if stored[name] not in (before[name], plain(wanted[name]))
    }
    if clashes:
        raise ChangedByOthers(clashes)
    changes = {n: [stored[n], plain(wanted[n])] for n in mine if stored[n] != plain(wanted[n])}
    if changes or record.pk is None:
        try:
            with transaction.atomic():
                _write(record, {name: wanted[name] for name in mine}, by)
        except IntegrityError as problem:
            raise DoesNotFit from problem
        Revision.objects.create(
            enquiry=enquiry, sheet=model._meta.model_name, record=record.pk, by=by, changes=changes
        )
    return record


def _write(record: SheetRecord, values: dict, by: User) -> None:
    for name, value in values.items():
        record.put(name, value)
    record.saved_by, record.saved_at = by, timezone.now()
    if isinstance(record, LoggedRecord) and record.pk is None:
        record.position = next_position(type(record), record.enquiry)
        record.logged_by, record.logged_at = by, record.saved_at
    record.save()
    for row in record.dropped():
        row.delete()
    for row in record.rows():
        row.save()


@transaction.atomic
def withdraw(*, record: SheetRecord, reason: str, by: User) -> SheetRecord:
    """Take a record out of everything but its own history; the first reason stays."""
    return _count_or_not(record, reason, by=by)


@transaction.atomic
def bring_back(*, record: SheetRecord, by: User) -> SheetRecord:
    """Let a withdrawn record count again; raises DoesNotFit where another has taken its place."""
    return _count_or_not(record, "", by=by)


def _count_or_not(record: SheetRecord, reason: str, *, by: User) -> SheetRecord:
    hold(record.enquiry)
    record.refresh_from_db(fields=["withdrawn"])
    if bool(record.withdrawn) == bool(reason):
        return record
    return save_sheet(
        type(record),
        place={"enquiry": record.enquiry, "key": record.key},
        seen={"withdrawn": record.withdrawn},
        wanted={"withdrawn": reason},
        by=by,
    )


@transaction.atomic
def keep_draft(*, enquiry: Enquiry, address: str, typed: dict, by: User) -> Draft:
    """Remember what somebody has typed at an address; the last one counts."""
    draft, _ = Draft.objects.update_or_create(
        by=by,
        address=address,
        defaults={"enquiry": enquiry, "typed": typed, "kept_at": timezone.now()},
    )
    return draft


@transaction.atomic
def drop_draft(*, address: str, by: User) -> None:
    """Forget a draft, once it has been saved or is not wanted."""
    Draft.objects.filter(by=by, address=address).delete()


@transaction.atomic
def restore(
    *, revision: Revision, model: type[SheetRecord], keep: frozenset[str], newest: int, by: User
) -> SheetRecord:
    """Bring back what a save replaced, but for the fields in ``keep``; that is a save too.

    ``newest`` is the last save this person has read of; raises SavedMeanwhile where a later one
    changed one of these fields, and what ``save_sheet`` raises.
    """
    hold(revision.enquiry)
    record = model.everything.get(pk=revision.record)
    before = replaced(revision, model, keep)
    later = Revision.objects.filter(
        sheet=revision.sheet, record=revision.record, pk__gt=max(newest, revision.pk)
    )
    if any(before.keys() & save.changes.keys() for save in later):
        raise SavedMeanwhile
    seen = {name: plain(record.value_of(name)) for name in before}
    wanted = {name: _typed(model, name, old) for name, old in before.items()}
    place = {"enquiry": record.enquiry, "key": record.key}
    return save_sheet(model, place=place, seen=seen, wanted=wanted, by=by)


def replaced(revision: Revision, model: type[SheetRecord], keep: frozenset[str]) -> dict:
    """The answers that a save replaced, as JSON holds them, but for the fields in ``keep``."""
    return {
        name: old
        for name, (old, _) in revision.changes.items()
        if name not in keep and (old != "" or _may_be_empty(model, name))
    }


def _field(model: type[SheetRecord], name: str) -> Field | None:
    """The column an answer is kept in; none where rows or several columns hold it."""
    columns = {field.attname: field for field in model._meta.concrete_fields}
    return columns.get(name)


def _may_be_empty(model: type[SheetRecord], name: str) -> bool:
    """Whether a form may be without the answer: what it must have, nothing takes away again."""
    field = _field(model, name)
    return field.blank or field.null if field else "." in name


def _typed(model: type[SheetRecord], name: str, value):
    """A plain value as the model's field takes it."""
    field = _field(model, name)
    if field is None:
        return value
    return None if value == "" and field.null else field.to_python(value)
