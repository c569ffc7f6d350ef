"""Matched scores: begun with the day they will be deleted, filled by a spreadsheet, deleted."""

from collections.abc import Callable
from datetime import date

from django.db import transaction
from django.utils import timezone

from alliances import audit
from alliances.models import User
from enquiries.actions import hold, sent_before
from enquiries.models import Enquiry
from impact.matched.reading import Person, read_matched
from impact.models import MatchedRow, MatchedSet, Upload
from impact.spreadsheets.faults import Fault, Found

AT_ONCE = 1000

Gone = MatchedSet.Gone


@transaction.atomic
def begin_matched(*, enquiry: Enquiry, by: User, **fields) -> MatchedSet:
    """A set without rows; a form sent twice makes one."""
    hold(enquiry)
    if before := sent_before(MatchedSet, fields.get("submission")):
        return before
    begun = MatchedSet(enquiry=enquiry, begun_by=by, **fields)
    begun.full_clean()
    begun.save()
    audit.record("began", begun, by=by, until=str(begun.retain_until))
    return begun


@transaction.atomic
def extend_matched(*, matched_set: MatchedSet, retain_until: date, because: str, by: User) -> bool:
    """Put off the day of deletion, with a reason; False where the set has been deleted."""
    kept = MatchedSet.objects.kept().filter(pk=matched_set.pk)
    extended = kept.update(retain_until=retain_until, extended_because=because)
    if extended:
        days = {"before": str(matched_set.retain_until), "after": str(retain_until)}
        audit.record("extended", matched_set, by=by, **days, because=because)
    return bool(extended)


@transaction.atomic
def delete_matched(*, matched_set: MatchedSet, by: User | None) -> bool:
    """Delete a set's rows for good; without a person because its day has come.

    False where that has been done before. What was sent for it goes with it.
    """
    hold(matched_set.enquiry)
    held = MatchedSet.objects.select_for_update().get(pk=matched_set.pk)
    if held.gone_at:
        return False
    Upload.objects.filter(matched_set=held).delete()
    held.rows_gone, _ = MatchedRow.objects.filter(matched_set=held).delete()
    held.gone_at, held.deleted_by = timezone.now(), by
    held.gone = Gone.DELETED if by else Gone.RUN_OUT
    held.instrument = held.consent = held.extended_because = ""
    held.save()
    audit.record("deleted", held, by=by, rows=held.rows_gone)
    return True


def delete_run_out() -> int:
    """Delete every set whose day has passed; how many. Safe to run at any time."""
    over = MatchedSet.objects.kept().filter(retain_until__lt=timezone.localdate())
    return sum(delete_matched(matched_set=each, by=None) for each in over)


# ---- its spreadsheet -----------------------------------------------------------------------


def read(upload: Upload, told: Callable[[int], None]) -> Found:
    """What the file holds."""
    return read_matched(bytes(upload.content), today=timezone.localdate(), told=told)


def hindrances(_upload: Upload, _rows: tuple[Person, ...]) -> tuple[Fault, ...]:
    """Nothing that comes meanwhile can stand in its way: a deleted set takes its uploads along."""
    return ()


def save(upload: Upload, rows: tuple[Person, ...]) -> None:
    """The people of the file, in place of those the set had."""
    matched_set = upload.matched_set
    MatchedRow.objects.filter(matched_set=matched_set).delete()
    MatchedRow.objects.bulk_create(
        (
            MatchedRow(
                matched_set=matched_set,
                pseudonym=each.pseudonym,
                before=each.before,
                after=each.after,
                arm=each.arm,
                class_code=each.class_code,
                groups=each.groups,
            )
            for each in rows
        ),
        batch_size=AT_ONCE,
    )
