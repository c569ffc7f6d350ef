"""A spreadsheet is sent, read by a worker, shown, and saved whole or dropped.

What a worker does, it does alone and may do twice: a worker that dies leaves its lock behind and a
row that says how far it was, and the next one begins again. What a file holds is saved in one
transaction with the word that it is.
"""

import logging
from collections.abc import Callable
from dataclasses import asdict
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from alliances import audit, workers
from alliances.actions import alone, tell_again
from alliances.models import User
from enquiries.actions import hold, sent_before
from impact.actions import intake, matched, readings
from impact.models import Upload
from impact.spreadsheets.faults import Fault

log = logging.getLogger(__name__)

MOST_ATTEMPTS = 3
KEPT_FOR = timedelta(days=7)
# First key of the advisory locks that readers hold; any number that nothing else uses.
LOCK_SPACE = 7_307

Status = Upload.Status
# What each kind of file is read by, may be hindered by, and is saved by.
DOORS = {
    Upload.Kind.READINGS: readings,
    Upload.Kind.MATCHED: matched,
    Upload.Kind.ALLIANCES: intake,
}


@transaction.atomic
def send_upload(*, by: User, **fields) -> Upload:
    """Keep a spreadsheet, of an enquiry or a programme, and have it read; sent twice it is one."""
    upload = Upload(sent_by=by, size=len(fields["content"]), **fields)
    hold(upload.place)
    if before := sent_before(Upload, upload.submission):
        return before
    upload.full_clean()
    upload.save()
    audit.record("sent", upload, by=by, kind=upload.kind)
    _dispatch_on_commit(upload)
    return upload


@transaction.atomic
def confirm_upload(*, upload: Upload, by: User, invites: bool = False) -> Upload:
    """Have what was shown saved, with ``invites`` the leads invited; only one that is ready."""
    confirmed = Upload.objects.filter(pk=upload.pk, status=Status.READY).update(
        status=Status.SAVING,
        confirmed_by=by,
        invites=invites,
        progress=0,
        attempt=0,
        beat_at=timezone.now(),
    )
    if confirmed:
        audit.record("confirmed", upload, by=by, invites=invites)
        _dispatch_on_commit(upload)
    return upload


@transaction.atomic
def drop_upload(*, upload: Upload, by: User | None) -> Upload:
    """Delete what was sent and not saved; nothing happens to what is being saved or settled."""
    if _settle(Upload.objects.undecided().filter(pk=upload.pk), Status.DROPPED):
        audit.record("dropped", upload, by=by)
    return upload


def _dispatch_on_commit(upload: Upload) -> None:
    transaction.on_commit(lambda: workers.tell("impact.take_up", upload.pk))


def take_up(upload_id: int) -> None:
    """Do what is next for one upload, unless somebody is at it. Safe to run twice."""
    with alone(LOCK_SPACE, upload_id) as ours:
        if not ours:
            return
        unfinished = Upload.objects.unfinished().filter(pk=upload_id)
        if unfinished.update(attempt=F("attempt") + 1, beat_at=timezone.now()):
            related = ("enquiry", "programme", "measure", "matched_set", "sent_by", "confirmed_by")
            _take_up(Upload.objects.select_related(*related).get(pk=upload_id))


def _take_up(upload: Upload) -> None:
    if upload.attempt > MOST_ATTEMPTS:
        _settle(_ours(upload), Status.FAILED)
        return
    try:
        if upload.status == Status.SAVING:
            _save(upload)
        else:
            _read(upload)
    except Exception:
        log.exception("upload %s could not be taken up", upload.pk)
        _settle(_ours(upload), Status.FAILED)


def _ours(upload: Upload):
    """The upload's row as long as no later attempt has taken it over and nobody has dropped it."""
    return Upload.objects.unfinished().filter(pk=upload.pk, attempt=upload.attempt)


def _settle(uploads, status: Status, **more) -> int:
    """End of the way: what became of an upload stays, its bytes and what was shown of it go."""
    end = {"status": status, "progress": 100, "settled_at": timezone.now()}
    return uploads.update(content=None, preview={}, **end, **more)


def _telling(upload: Upload, first: int, last: int) -> Callable[[int], None]:
    """Tells how far the upload is: of the per cent of a part, those of the whole."""

    def told(percent: int) -> None:
        progress = first + (last - first) * percent // 100
        _ours(upload).update(progress=progress, beat_at=timezone.now())

    return told


def _read(upload: Upload) -> None:
    _ours(upload).update(status=Status.READING)
    found = DOORS[upload.kind].read(upload, _telling(upload, 0, 100))
    if found.faults:
        _refuse(upload, found.faults)
    else:
        ready = {"status": Status.READY, "progress": 100, "preview": found.preview}
        _ours(upload).update(**ready, beat_at=timezone.now())


def _refuse(upload: Upload, faults: tuple[Fault, ...]) -> None:
    _settle(_ours(upload), Status.REFUSED, faults=[asdict(fault) for fault in faults])


def _save(upload: Upload) -> None:
    """Save all of it or nothing; what has come meanwhile may stand in its way."""
    door = DOORS[upload.kind]
    found = door.read(upload, _telling(upload, 0, 90))
    with transaction.atomic():
        hold(upload.place)
        faults = found.faults or door.hindrances(upload, found.rows)
        if faults:
            _refuse(upload, faults)
        elif _settle(_ours(upload), Status.SAVED):
            door.save(upload, found.rows)
            audit.record("saved", upload, by=upload.confirmed_by, rows=len(found.rows))


def sweep_uploads() -> int:
    """Tell the workers again of uploads that wait too long or lost their worker; how many."""
    return tell_again(Upload.objects.unfinished(), LOCK_SPACE, "impact.take_up")


def clear_uploads() -> int:
    """Drop what was sent and for a week neither read nor confirmed; how many."""
    stale = Upload.objects.undecided().filter(sent_at__lte=timezone.now() - KEPT_FOR)
    found = list(stale.without_content())
    for upload in found:
        drop_upload(upload=upload, by=None)
    return len(found)
