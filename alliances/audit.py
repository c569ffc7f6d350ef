"""The record of who did what. Called by actions, inside their transaction."""

from collections.abc import Iterable

from django.db.models import Model

from alliances.models import AuditRecord, User


def record(act: str, subject, *, by: User | None, **detail) -> AuditRecord:
    """Write one act on a saved object; ``detail`` is plain JSON, ``by`` None a command.

    Whose it is, the object's model says: ``within`` leads to an alliance, else ``of_programme`` to
    a programme. Who runs the programme is told of it.
    """
    written = _record(act, subject, by, detail)
    written.save(force_insert=True)
    return written


def record_each(act: str, subjects: Iterable[Model], *, by: User | None) -> None:
    """The same act on many saved objects, as one record for each."""
    AuditRecord.objects.bulk_create((_record(act, each, by, {}) for each in subjects), 1000)


def _record(act: str, subject: Model, by: User | None, detail: dict) -> AuditRecord:
    return AuditRecord(
        act=act,
        by=by,
        subject_type=subject._meta.label_lower,
        subject_id=subject.pk,
        alliance_id=_alliance_of(subject),
        detail=detail,
    )


def _alliance_of(subject: Model) -> int | None:
    """The key of the alliance that a row belongs to, along its model's ``within``, if to any."""
    path = getattr(subject, "within", None)
    if path in (None, "pk"):
        return subject.pk if path else None
    *steps, last = path.split("__")
    for step in steps:
        subject = getattr(subject, step)
        if subject is None:
            return None
    return getattr(subject, f"{last}_id")
