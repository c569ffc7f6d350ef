"""Reads judgements and comments, each as far as its reader may."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, F, Max, Prefetch, Q, QuerySet

from alliances.roles import Permission
from enquiries.models import Enquiry, Judgement, Remark, Revision, SheetRecord, Thread
from enquiries.sheets import Sheet, sheet_called
from enquiries.sheets.forms import SheetForm
from enquiries.sheets.queries import private_fields


@dataclass(frozen=True)
class Conversation:
    """A thread with its remarks, and whether its words have changed since it was opened."""

    thread: Thread
    remarks: list[Remark]
    is_outdated: bool


@dataclass(frozen=True)
class Dialogue:
    """What stands beside one record."""

    judgements: list[Judgement]
    threads: list[Conversation]
    may_share: bool


def visible_judgements(enquiry: Enquiry, allowed: set[Permission]) -> QuerySet[Judgement]:
    """Shared ones for the alliance's lead and its facilitator, agreed ones for every reader."""
    found = Judgement.objects.filter(enquiry=enquiry).select_related("shared_by", "agreed_by")
    if {Permission.SEE_JUDGEMENT, Permission.AGREE_JUDGEMENT} & allowed:
        return found
    return found.exclude(agreed_at=None)


def may_share(sheet: Sheet, allowed: set[Permission]) -> bool:
    """Whether the person may share private words of such a form, and it has any."""
    return Permission.WRITE_JUDGEMENT in allowed and bool(shareable(sheet))


def may_resolve(thread: Thread, allowed: set[Permission]) -> bool:
    """Whether the person may close a thread: a request for change only as one who accepts it."""
    if thread.asks_change:
        return Permission.ASK_FOR_CHANGE in allowed
    return Permission.COMMENT in allowed


def shareable(sheet: Sheet) -> frozenset[str]:
    """Private fields of a form that its facilitator may decide to share."""
    return private_fields(sheet) - sheet.withheld


def private_answers(sheet: Sheet, form: SheetForm) -> dict[str, tuple[str, str]]:
    """By field, the question and the answer of what may be shared and has been written."""
    stored = form.stored()
    return {
        name: (form.fields[name].label, form.in_words(name, stored[name]))
        for name in form.names
        if name in shareable(sheet) and stored[name] not in ("", [])
    }


def dialogue_about(sheet: Sheet, record: SheetRecord, allowed: set[Permission]) -> Dialogue:
    """The judgements and threads about a record that a reader of it may see."""
    judgements = visible_judgements(record.enquiry, allowed).filter(record=record.key)
    threads = Thread.objects.filter(enquiry=record.enquiry, record=record.key)
    return Dialogue(
        judgements=list(judgements),
        threads=conversations(threads),
        may_share=may_share(sheet, allowed),
    )


def conversations(threads: QuerySet[Thread]) -> list[Conversation]:
    """Threads with their remarks, in four queries however many there are."""
    said = Remark.objects.select_related("by").prefetch_related("mentions__person")
    loaded = list(
        threads.select_related("opened_by", "resolved_by", "revision").prefetch_related(
            Prefetch("remarks", queryset=said)
        )
    )
    changed = _changed_since({thread.revision for thread in loaded if thread.revision})
    return [
        Conversation(
            thread=thread,
            remarks=list(thread.remarks.all()),
            is_outdated=thread.revision is not None and thread.field in changed(thread.revision),
        )
        for thread in loaded
    ]


def about_what_stands(said: Iterable[Judgement | Thread]) -> list[Judgement | Thread]:
    """Those about records that nobody has withdrawn, in one query for each of their forms."""
    found = list(said)
    records: dict[str, set[UUID]] = defaultdict(set)
    for each in found:
        records[each.sheet].add(each.record)
    standing: set[UUID] = set()
    for slug, named in records.items():
        there = sheet_called(slug).model.objects.filter(key__in=named)
        standing.update(there.values_list("key", flat=True))
    return [each for each in found if each.record in standing]


def _changed_since(pinned: set[Revision]):
    """For a version, the fields changed after it; ``""``, the whole record, if there are any."""
    of_records = Q()
    for revision in pinned:
        of_records |= Q(sheet=revision.sheet, record=revision.record)
    later = list(Revision.objects.filter(of_records).defer("by")) if pinned else []

    def changed(revision: Revision) -> set[str]:
        after = [
            each
            for each in later
            if (each.sheet, each.record) == (revision.sheet, revision.record)
            and each.pk > revision.pk
        ]
        return {name for each in after for name in [*each.changes, ""]}

    return changed


def threads_of(enquiry: Enquiry) -> QuerySet[Thread]:
    """All threads of an enquiry, those still open first, the latest word first."""
    return (
        Thread.objects.filter(enquiry=enquiry)
        .select_related("opened_by")
        .annotate(remarks_made=Count("remarks"), last_at=Max("remarks__at"))
        .order_by(F("resolved_at").desc(nulls_first=True), "-last_at", "-pk")
    )
