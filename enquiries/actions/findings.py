"""Words findings, puts them to those who took part, and keeps what they say."""

from django.db import transaction
from django.utils import timezone

from alliances import audit
from alliances.models import Programme, User
from enquiries.actions.enquiry import ChangedMeanwhile
from enquiries.actions.entries import hold
from enquiries.models import Finding, Verdict
from enquiries.sheets.forms import plain

NEXT = {Finding.State.DRAFT: Finding.State.ASKED, Finding.State.ASKED: Finding.State.PUBLISHED}


class FindingSettled(Exception):
    """The finding is no longer in the state that the act needs."""


@transaction.atomic
def word_finding(
    *,
    programme: Programme,
    text: str,
    message: str,
    by: User,
    finding: Finding | None = None,
    seen: str = "",
) -> Finding:
    """A new draft, or a draft worded anew; what has been put to people stays as they read it.

    A new one sent twice is one. Raises FindingSettled if it is a draft no more, and
    ChangedMeanwhile if its wording is not the one the writer had ``seen``.
    """
    if finding is None:
        hold(programme)
        words = {"programme": programme, "text": text, "message": message}
        same = Finding.objects.filter(**words, state=Finding.State.DRAFT).first()
        return same or Finding.objects.create(**words, moved_by=by)
    held = Finding.objects.select_for_update().get(pk=finding.pk)
    if held.state != Finding.State.DRAFT:
        raise FindingSettled
    if plain(held.wording) != plain(seen):
        raise ChangedMeanwhile
    held.text, held.message = text, message
    held.save(update_fields=["text", "message"])
    return held


@transaction.atomic
def move_finding(*, finding: Finding, to: str, by: User, seen: str) -> Finding:
    """One state forwards; sent twice, it moves once.

    Raises FindingSettled where the state asked for is not the next one, and ChangedMeanwhile where
    the wording is not the one that whoever moves it had ``seen``: it cannot be taken back.
    """
    held = Finding.objects.select_for_update().get(pk=finding.pk)
    if held.state == to:
        return held
    if NEXT.get(held.state) != to:
        raise FindingSettled
    if plain(held.wording) != plain(seen):
        raise ChangedMeanwhile
    held.state, held.moved_at, held.moved_by = to, timezone.now(), by
    held.save(update_fields=["state", "moved_at", "moved_by"])
    audit.record(f"moved a finding to {to}", held, by=by)
    return held


@transaction.atomic
def give_verdict(*, finding: Finding, by: User, **said: str) -> Verdict:
    """What a participant says; said again, it takes the place of what they said before.

    Raises FindingSettled if the finding is not put to participants now.
    """
    held = Finding.objects.select_for_update().get(pk=finding.pk)
    if held.state != Finding.State.ASKED:
        raise FindingSettled
    verdict, _ = Verdict.objects.update_or_create(
        finding=held, by=by, defaults={**said, "at": timezone.now()}
    )
    return verdict
