"""Shares and agrees judgements, keeps comments and their answers."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from alliances import audit
from alliances.actions import notify
from alliances.models import Mail, User
from enquiries.actions.entries import hold, sent_before
from enquiries.models import Judgement, Mention, Remark, SheetRecord, Thread
from enquiries.sheets import sheet_called


@transaction.atomic
def share_judgement(
    *, record: SheetRecord, sheet: str, words: list[list[str]], by: User
) -> Judgement:
    """Let the alliance's lead read some private words as they stand; shared twice, they are one.

    ``words`` is a list of [question, text].
    """
    hold(record.enquiry)
    of_record = Judgement.objects.filter(enquiry=record.enquiry, record=record.key)
    if (last := of_record.first()) and last.words == words:
        return last
    judgement = Judgement.objects.create(
        enquiry=record.enquiry, sheet=sheet, record=record.key, words=words, shared_by=by
    )
    audit.record("shared a judgement", judgement, by=by)
    return judgement


@transaction.atomic
def agree_judgement(*, judgement: Judgement, by: User) -> Judgement:
    """The alliance agrees to what was shared; the first to agree is remembered."""
    held = Judgement.objects.select_for_update().get(pk=judgement.pk)
    if held.agreed_at is None:
        held.agreed_at, held.agreed_by = timezone.now(), by
        held.save(update_fields=["agreed_at", "agreed_by"])
        audit.record("agreed to a judgement", held, by=by)
    return held


@transaction.atomic
def open_thread(
    *,
    record: SheetRecord,
    text: str,
    tell: Iterable[User],
    submission: UUID,
    by: User,
    **about: str | bool,
) -> Thread:
    """A comment on a record as it stands now; ``about`` says which field, and what is asked."""
    hold(record.enquiry)
    if thread := sent_before(Thread, submission):
        return thread
    thread = Thread.objects.create(
        enquiry=record.enquiry,
        record=record.key,
        revision=record.revisions().first(),
        submission=submission,
        opened_by=by,
        **about,
    )
    _remark(thread, text, tell, submission, by)
    if thread.asks_change and record.saved_by:
        _send_word(thread, record.saved_by, Mail.Kind.RETURNED, by)
    return thread


@transaction.atomic
def answer_thread(
    *, thread: Thread, text: str, tell: Iterable[User], submission: UUID, by: User
) -> Remark:
    """One more remark. It opens a resolved thread again: somebody has still something to say."""
    held = Thread.objects.select_for_update().get(pk=thread.pk)
    if remark := sent_before(Remark, submission):
        return remark
    if held.resolved_at:
        held.resolved_at = held.resolved_by = None
        held.save(update_fields=["resolved_at", "resolved_by"])
    return _remark(held, text, tell, submission, by)


def _remark(thread: Thread, text: str, tell: Iterable[User], submission: UUID, by: User) -> Remark:
    remark = thread.remarks.create(text=text, by=by, submission=submission)
    Mention.objects.bulk_create(Mention(remark=remark, person=person) for person in tell)
    for person in tell:
        _send_word(thread, person, Mail.Kind.MENTIONED, by)
    return remark


def _send_word(thread: Thread, person: User, kind: Mail.Kind, by: User) -> None:
    """An e-mail that leads to the thread and quotes nothing of it."""
    about = sheet_called(thread.sheet).title
    notify(person=person, kind=kind, by=by, about=about, path=reverse("thread", args=[thread.pk]))


@transaction.atomic
def resolve_thread(*, thread: Thread, by: User) -> Thread:
    """Nothing more is to be done; the first to say so is remembered."""
    held = Thread.objects.select_for_update().get(pk=thread.pk)
    if held.resolved_at is None:
        held.resolved_at, held.resolved_by = timezone.now(), by
        held.save(update_fields=["resolved_at", "resolved_by"])
    return held
