"""Reads editions: where each stands, and what its editors chose of what could be told."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from alliances.content import Item, words
from alliances.models import Alliance, Programme, Theme
from enquiries.models import (
    Challenge,
    Enquiry,
    LeadershipEntry,
    MessageExample,
    Quotation,
    Revision,
    SheetRecord,
)
from reports.models import Choice, Edition, Kind, Report

UNNAMED = "An alliance"


@dataclass(frozen=True)
class Telling:
    """Things of one kind that an edition can tell, and whether it does unless its editors say not.

    ``records`` are those that may leave their alliances.

    ``placed`` ones are told under a key message that the editors choose. ``text`` says one in
    words, ``signed`` who says it.
    """

    sheet: str
    title: str
    records: Callable[[], QuerySet[SheetRecord]]
    is_told: bool
    placed: bool
    text: Callable[[SheetRecord], str]
    signed: Callable[[SheetRecord], str]


def _name(record: SheetRecord) -> str:
    return record.enquiry.alliance.name


def _of_example(example: MessageExample) -> str:
    return UNNAMED if example.is_anonymous else _name(example)


TELLINGS = {
    telling.sheet: telling
    for telling in (
        Telling(
            "example",
            "Examples",
            MessageExample.objects.all,
            True,
            False,
            lambda e: e.text,
            _of_example,
        ),
        Telling(
            "quotation",
            "Quotations",
            Quotation.objects.agreed,
            False,
            True,
            lambda q: q.text,
            lambda q: q.voice,
        ),
        Telling(
            "leadership",
            "Leadership reflections",
            LeadershipEntry.objects.all,
            True,
            False,
            lambda e: e.reflection,
            str,
        ),
        Telling(
            "challenge",
            "Challenges",
            Challenge.objects.all,
            True,
            False,
            lambda c: c.challenge,
            lambda _: UNNAMED,
        ),
    )
}


def messages_of(edition: Edition) -> dict[str, Item]:
    """The messages that the report tells things under, by code."""
    messages = dict(words("enquiries", "messages"))
    if edition.kind == Kind.OVERARCHING:
        messages |= words("enquiries", "cross-cutting")
    return messages


def alliances_of(edition: Edition) -> QuerySet[Alliance]:
    """The alliances that the report tells of."""
    alliances = edition.programme.alliances.all()
    return alliances.filter(theme=edition.theme) if edition.theme else alliances


def records_of(edition: Edition, telling: Telling) -> QuerySet[SheetRecord]:
    """Everything of a kind that the report could tell, by alliance."""
    return (
        telling.records()
        .filter(enquiry__alliance__in=alliances_of(edition))
        .select_related("enquiry__alliance")
        .order_by("enquiry__alliance__name", "pk")
    )


def choices_of(edition: Edition) -> dict[UUID, Choice]:
    """The latest choice of each thing, by its key."""
    chosen = edition.choices.select_related("by").order_by("record", "-pk").distinct("record")
    return {choice.record: choice for choice in chosen}


def is_told(telling: Telling, choice: Choice | None) -> bool:
    return choice.is_included if choice else telling.is_told


def quotations_saved_since(moment: datetime, edition: Edition) -> bool:
    """Whether one of the programme's has been added, changed or taken back."""
    enquiries = Enquiry.objects.filter(alliance__programme=edition.programme_id)
    saves = Revision.objects.filter(sheet=Quotation._meta.model_name, at__gte=moment)
    return saves.filter(enquiry__in=enquiries).exists()


def issues_of(edition: Edition) -> QuerySet[Report]:
    """What has been issued of it, newest first."""
    return Report.objects.filter(
        kind=edition.kind, programme=edition.programme, theme=edition.theme
    ).defer("data")


def edition_of(report: Report) -> Edition | None:
    """What the report was issued from, if it has editors."""
    if report.kind not in Edition.KINDS:
        return None
    return Edition.objects.filter(
        kind=report.kind, programme=report.programme_id, theme=report.theme_id
    ).first()


@dataclass(frozen=True)
class Desk:
    """A report of a programme that has editors; ``edition`` is None where nobody began it."""

    kind: Kind
    theme: Theme | None
    edition: Edition | None

    @property
    def name(self) -> str:
        return str(self.theme) if self.theme else "Overarching report"


def desks_of(programme: Programme) -> list[Desk]:
    """The report on each theme, then the one across them."""
    begun = {edition.theme_id: edition for edition in programme.editions.all()}
    themes = [Desk(Kind.THEME, t, begun.get(t.pk)) for t in programme.themes.all()]
    return [*themes, Desk(Kind.OVERARCHING, None, begun.get(None))]
