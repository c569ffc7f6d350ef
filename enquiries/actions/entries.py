from uuid import UUID

from django.db import transaction
from django.db.models import Max, Model
from django.utils import timezone

from alliances import audit
from alliances.models import User
from enquiries.models import Cycle, Enquiry, Entry, HelpRequest, Passage

ENDED = Cycle.Phase.ENDED


def hold(row: Model) -> None:
    """Let nobody else add to the row until this transaction ends."""
    type(row).objects.select_for_update().get(pk=row.pk)


def sent_before(kind: type[Model], submission: UUID | None) -> Model | None:
    """What the same form made when it was sent before; to be asked while its place is held."""
    return kind.objects.filter(submission=submission).first() if submission else None


def next_position(kind: type[Entry], enquiry: Enquiry) -> int:
    """One past the last, withdrawn or not, as long as the enquiry is held."""
    last = kind._base_manager.filter(enquiry=enquiry).aggregate(last=Max("position"))["last"]
    return (last or 0) + 1


@transaction.atomic
def log_entry(kind: type[Entry], *, enquiry: Enquiry, by: User, **fields) -> Entry:
    """The next entry of its kind in the enquiry; a form sent twice makes one."""
    hold(enquiry)
    if entry := sent_before(kind, fields.get("submission")):
        return entry
    entry = kind(enquiry=enquiry, position=next_position(kind, enquiry), logged_by=by, **fields)
    entry.full_clean()
    entry.save()
    audit.record("logged", entry, by=by)
    return entry


@transaction.atomic
def add_printed(kind: type[Entry], *, enquiry: Enquiry, rows: list[dict]) -> list[Entry]:
    """Entries taken from a printed document, in its order, after those already there."""
    hold(enquiry)
    first = next_position(kind, enquiry)
    return kind.objects.bulk_create(
        kind(enquiry=enquiry, position=position, **row) for position, row in enumerate(rows, first)
    )


@transaction.atomic
def start_cycle(*, enquiry: Enquiry, by: User, **fields) -> Cycle:
    """The next turn of the enquiry; those before it have ended."""
    cycle = log_entry(Cycle, enquiry=enquiry, by=by, **fields)
    for before in enquiry.cycles.filter(position__lt=cycle.position).exclude(phase=ENDED):
        left, before.phase = before.phase, ENDED
        before.save(update_fields=["phase"])
        Passage.objects.create(
            cycle=before, left=left, entered=ENDED, passed_by=by, reason="The next cycle began."
        )
    return cycle


@transaction.atomic
def answer_help(*, request: HelpRequest, answer: str, by: User) -> HelpRequest:
    """Close a request with an answer the alliance reads; an answered one keeps its first answer.

    One that is withdrawn meanwhile keeps the answer too, should it be brought back.
    """
    held = HelpRequest.everything.select_for_update().get(pk=request.pk)
    if held.answered_at:
        return held
    held.answer, held.answered_by, held.answered_at = answer, by, timezone.now()
    held.save(update_fields=["answer", "answered_by", "answered_at"])
    audit.record("answered", held, by=by)
    return held
