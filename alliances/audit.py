"""The record of who did what. Called by actions, inside their transaction."""

from alliances.models import AuditRecord, User


def record(act: str, subject, *, by: User | None, **detail) -> AuditRecord:
    """Write one act on a saved object; ``detail`` is plain JSON, ``by`` None a command."""
    return AuditRecord.objects.create(
        act=act,
        by=by,
        subject_type=subject._meta.label_lower,
        subject_id=subject.pk,
        detail=detail,
    )
