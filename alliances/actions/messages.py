"""The national team writes to people of many alliances at once: to each an e-mail of their own."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from alliances import audit
from alliances.actions.mail import post
from alliances.models import Alliance, AuditRecord, Mail, Programme, User

MOST_IN_AN_HOUR = 5


class WrittenTooOften(Exception):
    """The person has sent as many messages within the hour as one may."""


@transaction.atomic
def write_to(
    *,
    programme: Programme,
    people: dict[User, Alliance],
    to: str,
    subject: str,
    text: str,
    submission: UUID,
    by: User,
) -> AuditRecord:
    """Put a message to each person in the outbox; sent twice under one key, it is one.

    ``people`` come with the alliance that each is written to for; ``to`` says in words who they
    are. Raises WrittenTooOften.
    """
    Programme.objects.select_for_update().get(pk=programme.pk)
    written = AuditRecord.objects.filter(act="wrote to", by=by)
    if before := written.filter(detail__submission=str(submission)).first():
        return before
    since = timezone.now() - timedelta(hours=1)
    if written.filter(at__gt=since).count() >= MOST_IN_AN_HOUR:
        raise WrittenTooOften
    number = len(set(people.values()))
    context = {"subject": subject, "text": text, "by": by, "to": to, "number": number}
    for person, alliance in people.items():
        post(kind=Mail.Kind.MESSAGE, person=person, context={**context, "alliance": alliance})
    return audit.record(
        "wrote to",
        programme,
        by=by,
        about=subject,
        text=text,
        to=to,
        people=len(people),
        alliances=number,
        submission=str(submission),
    )
