"""Attaches files to the forms, each with its row or not at all, and takes them away again."""

from hashlib import sha256
from uuid import UUID

from django.conf import settings
from django.db import OperationalError, transaction
from django.db.models import Count, Q, Sum
from django.utils import timezone
from psycopg2.errors import DiskFull

from alliances import audit
from alliances.models import User
from enquiries.actions.entries import hold, sent_before
from enquiries.evidence.contents import Content
from enquiries.models import Enquiry, Evidence, EvidenceFile


class TooManyFiles(Exception):
    """The record has as many files as one may have."""


class TooMuch(Exception):
    """The files of the enquiry would be more bytes than those of one may be."""


class NoRoom(Exception):
    """The database has no room for the file; nothing has been stored."""


def attach_evidence(
    *, enquiry: Enquiry, sheet: str, record: UUID, file: Content, by: User, **described
) -> Evidence:
    """Store a file that has been examined; a form sent twice stores it once.

    ``sheet`` is the form's address, ``record`` the key of its record; ``described`` are the other
    fields of Evidence. Raises TooManyFiles, TooMuch or NoRoom.
    """
    try:
        with transaction.atomic():
            hold(enquiry)
            if before := sent_before(Evidence, described.get("submission")):
                return before
            _count(enquiry, record, file)
            place = {"enquiry": enquiry, "sheet": sheet, "record": record}
            return _stored(Evidence(**place, **described, attached_by=by), file)
    except OperationalError as problem:
        if isinstance(problem.__cause__, DiskFull):
            raise NoRoom from problem
        raise


def _count(enquiry: Enquiry, record: UUID, file: Content) -> None:
    kept = enquiry.evidence.filter(removed_at=None).aggregate(
        files=Count("pk", filter=Q(record=record)), size=Sum("size", default=0)
    )
    if kept["files"] >= settings.EVIDENCE_MOST:
        raise TooManyFiles
    if kept["size"] + len(file.content) > settings.EVIDENCE_TOTAL:
        raise TooMuch


def _stored(evidence: Evidence, file: Content) -> Evidence:
    evidence.kind, evidence.size = file.kind, len(file.content)
    evidence.sha256 = sha256(file.content).hexdigest()
    evidence.full_clean()
    evidence.save()
    EvidenceFile.objects.create(evidence=evidence, content=file.content, thumbnail=file.thumbnail)
    audit.record("attached", evidence, by=evidence.attached_by)
    return evidence


@transaction.atomic
def remove_evidence(*, evidence: Evidence, by: User) -> Evidence:
    """Delete the file and its name; who removed what stays. A second time changes nothing."""
    held = Evidence.objects.select_for_update().get(pk=evidence.pk)
    if held.removed_at:
        return held
    EvidenceFile.objects.filter(evidence=held).delete()
    held.name, held.removed_by, held.removed_at = "", by, timezone.now()
    held.save(update_fields=["name", "removed_by", "removed_at"])
    audit.record("removed", held, by=by)
    return held
