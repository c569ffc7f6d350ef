"""Editors begin a national report, word and order its passages, and choose what it tells."""

from uuid import UUID

from django.db import transaction

from alliances import audit
from alliances.content import Item
from alliances.content import words as content
from alliances.models import Programme, Theme, User
from enquiries.actions import hold
from reports.actions.asking import ask_about_theme, ask_for_overarching
from reports.models import Choice, Edition, Kind, Passage, Report


class RewordedMeanwhile(Exception):
    """Somebody else has saved the passage, or the title, since its writer opened it."""


class KeyOfAnother(Exception):
    """The key names a passage of another edition."""


@transaction.atomic
def begin_edition(*, programme: Programme, theme: Theme | None, by: User) -> Edition:
    """The report on a theme, or the overarching one, with every part in its usual order.

    There is one of each: begun twice, it is the same.
    """
    hold(programme)
    kind = Kind.THEME if theme else Kind.OVERARCHING
    subject = {"kind": kind, "programme": programme, "theme": theme}
    if found := Edition.objects.filter(**subject).first():
        return found
    edition = Edition.objects.create(
        **subject, title=theme.title if theme else programme.title, begun_by=by
    )
    Passage.objects.bulk_create(
        Passage(edition=edition, position=place, part=part.code, heading=part.title)
        for place, part in enumerate(_parts_of(kind), 1)
    )
    audit.record("began", edition, by=by)
    return edition


def _parts_of(kind: Kind) -> list[Item]:
    return [part for part in content("reports", "parts").values() if kind in part.extra["of"]]


@transaction.atomic
def title_edition(*, edition: Edition, title: str, seen: str, by: User) -> None:
    """Name the report as its cover will have it; RewordedMeanwhile where it is not as ``seen``."""
    held = Edition.objects.select_for_update().get(pk=edition.pk)
    if held.title == title:
        return
    if held.title != seen:
        raise RewordedMeanwhile
    Edition.objects.filter(pk=edition.pk).update(title=title)
    audit.record("titled", edition, by=by, before=held.title, after=title)


@transaction.atomic
def add_passage(*, edition: Edition, key: UUID, heading: str, words: str, by: User) -> Passage:
    """A passage of the editors' own, at the end; sent twice, it is one.

    KeyOfAnother where another edition has a passage with this key.
    """
    hold(edition)
    new = {
        "edition": edition,
        "position": edition.passages.count() + 1,
        "heading": heading,
        "words": words,
    }
    passage, is_new = Passage.objects.get_or_create(key=key, defaults=new)
    if passage.edition_id != edition.pk:
        raise KeyOfAnother
    if is_new:
        audit.record("wrote", passage, by=by, after=_said(passage))
    return passage


@transaction.atomic
def word_passage(
    *,
    passage: Passage,
    heading: str,
    words: str,
    is_included: bool,
    reason: str,
    version: int,
    by: User,
) -> Passage:
    """The passage anew; RewordedMeanwhile where it is no more the ``version`` its writer had."""
    held = Passage.objects.select_for_update().get(pk=passage.pk)
    before = _said(held)
    held.heading, held.words = heading, words
    held.is_included, held.reason = is_included, "" if is_included else reason
    after = _said(held)
    if before == after:
        return held
    if held.version != version:
        raise RewordedMeanwhile
    held.version += 1
    held.save()
    audit.record("reworded", held, by=by, before=before, after=after)
    return held


def _said(passage: Passage) -> dict:
    return {name: getattr(passage, name) for name in ("heading", "words", "is_included", "reason")}


@transaction.atomic
def move_passage(*, passage: Passage, up: bool, by: User) -> None:
    """One place up or down among those of the body, or among the appendices.

    At the end of its way it stays.
    """
    hold(passage.edition)
    passages = Passage.objects.filter(edition=passage.edition)
    order = [each for each in passages if each.is_appendix == passage.is_appendix]
    place = order.index(passage)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(order):
        return
    moved, passed = order[place], order[other]
    moved.position, passed.position = passed.position, moved.position
    Passage.objects.bulk_update([moved, passed], ["position"])
    audit.record("moved", passage, by=by, up=up)


@transaction.atomic
def choose(
    *,
    edition: Edition,
    sheet: str,
    record: UUID,
    is_included: bool,
    reason: str,
    by: User,
    message: str = "",
) -> Choice:
    """Let the report tell of a thing, or not; the reason is kept with the decision."""
    return Choice.objects.create(
        edition=edition,
        sheet=sheet,
        record=record,
        message=message,
        is_included=is_included,
        reason=reason,
        by=by,
    )


def issue_edition(*, edition: Edition, by: User) -> Report:
    """Have the report frozen as it stands when a worker reads it; earlier issues stay as they were.

    The person's issue that is still being made is the answer, and may have been read before now.
    """
    if edition.theme:
        return ask_about_theme(theme=edition.theme, by=by)
    return ask_for_overarching(programme=edition.programme, by=by)
