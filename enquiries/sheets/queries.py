"""Reads the forms of the method: which there are, how far each is, what somebody may see of it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter

from django.db.models import CharField, QuerySet, Value
from django.urls import reverse

from alliances.models import User
from alliances.privacy import Keep
from alliances.roles import Permission
from enquiries.models import (
    Cycle,
    Draft,
    Element,
    Enquiry,
    GuideCell,
    Revision,
    SheetRecord,
)
from enquiries.sheets import Sheet, catalogue

# Either of these only people of the alliance itself have.
OF_THE_ALLIANCE = {Permission.WRITE_ENQUIRY, Permission.SEE_SMALL_NUMBERS}


@dataclass(frozen=True)
class State:
    """How far a form is: how many records it has, and when somebody last saved one.

    ``saved_by`` is empty where the last one is printed and nobody has changed it.
    """

    title: str
    url: str
    phase: str
    who: str
    minutes: int
    by_cycle: bool
    records: int
    saved_at: datetime | None
    saved_by: str


def judgement_fields(model: type[SheetRecord]) -> frozenset[str]:
    """Fields that stay with the facilitator, whatever the form."""
    return frozenset(model.keeping.get(Keep.JUDGEMENT, "").split())


def private_fields(sheet: Sheet) -> frozenset[str]:
    """Fields of a form that stay with the facilitator."""
    return sheet.private or judgement_fields(sheet.model)


def hidden_fields(sheet: Sheet, allowed: set[Permission]) -> frozenset[str]:
    """Fields of a form that somebody with these permissions may not see."""
    exact = frozenset() if allowed & OF_THE_ALLIANCE else sheet.exact
    return exact if Permission.SEE_JUDGEMENT in allowed else exact | private_fields(sheet)


def records_of(sheet: Sheet, enquiry: Enquiry, cycle: Cycle | None) -> list[SheetRecord]:
    """A form's records in an enquiry; of a form by cycle, those of this cycle."""
    found = sheet.model.objects.filter(enquiry=enquiry, **sheet.fixed).select_related(
        "saved_by", "participation__school", *sheet.model.related
    )
    return list(found.filter(cycle=cycle) if sheet.by_cycle else found)


def withdrawn_of(sheet: Sheet, enquiry: Enquiry, cycle: Cycle | None) -> list[SheetRecord]:
    """A form's records that were withdrawn, as ``records_of`` has those that count."""
    found = sheet.model.everything.filter(enquiry=enquiry, **sheet.fixed).exclude(withdrawn="")
    related = found.select_related(*sheet.model.related)
    return list(related.filter(cycle=cycle) if sheet.by_cycle else related)


def states(enquiry: Enquiry, cycle: Cycle | None) -> list[State]:
    """Every form with how far it is, in one query."""
    sheets = [sheet for sheet in catalogue() if sheet.home != "guide"]
    first, *others = (_saves(sheet, enquiry, cycle) for sheet in sheets)
    saved = defaultdict(list)
    for slug, at, by in first.union(*others, all=True):
        saved[slug].append((at, by))
    return [_state(sheet, enquiry, saved[sheet.slug]) for sheet in sheets]


def _saves(sheet: Sheet, enquiry: Enquiry, cycle: Cycle | None) -> QuerySet:
    """A form's address, and of each of its records when it was saved last and by whom."""
    found = sheet.model.objects.filter(enquiry=enquiry, **sheet.fixed).order_by()
    counted = found.filter(cycle=cycle) if sheet.by_cycle else found
    slug = Value(sheet.slug, CharField())
    return counted.annotate(of=slug).values_list("of", "saved_at", "saved_by__name")


def _state(sheet: Sheet, enquiry: Enquiry, saved: list[tuple[datetime, str | None]]) -> State:
    at, by = max(saved, key=itemgetter(0), default=(None, None))
    return State(
        sheet.title,
        reverse("sheet", args=[enquiry.pk, sheet.slug]),
        sheet.phase,
        sheet.who,
        sheet.minutes,
        sheet.by_cycle,
        len(saved),
        at,
        by or "",
    )


def drafts_of(sheet: Sheet, enquiry: Enquiry, by: User) -> list[Draft]:
    """What the person has typed on any record of a form and not saved, the latest first."""
    here = reverse("sheet", args=[enquiry.pk, sheet.slug])
    return list(Draft.objects.filter(by=by, enquiry=enquiry, address__startswith=here))


def draft_at(address: str, by: User) -> Draft | None:
    """What the person has typed there and not saved."""
    return Draft.objects.filter(by=by, address=address).first()


@dataclass(frozen=True)
class Change:
    """A field before and after one save, in words."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Save:
    """One save of a form as somebody may read it."""

    revision: Revision
    changes: list[Change]

    @property
    def can_be_undone(self) -> bool:
        """Whether it replaced answers; what withdrew a record has a way back of its own."""
        return "withdrawn" not in self.revision.changes


def saves_of(record: SheetRecord, form) -> list[Save]:
    """A record's saves, newest first, with the changes to fields that ``form`` shows."""
    found = []
    for revision in record.revisions().select_related("by"):
        if "withdrawn" in revision.changes.keys() - form.hidden:
            before, after = revision.changes["withdrawn"]
            found.append(Save(revision, [Change("Why it was withdrawn", before, after)]))
        changes = [
            Change(field.label, *(form.in_words(name, words) for words in revision.changes[name]))
            for name, field in form.fields.items()
            if name in revision.changes
        ]
        if changes:
            found.append(Save(revision, changes))
    return found


def newest_save(record: SheetRecord) -> int:
    """The number of the record's last save, whoever may read what it changed."""
    return record.revisions().values_list("pk", flat=True).first() or 0


def sheet_of(revision: Revision) -> Sheet | None:
    """The form that a save was of; several may keep their records in one model."""
    own = [sheet for sheet in catalogue() if sheet.model._meta.model_name == revision.sheet]
    record = own and own[0].model.everything.filter(pk=revision.record).first()
    return next((sheet for sheet in own if record and sheet.holds(record)), None)


def guide_grid(enquiry: Enquiry, cycle: Cycle | None) -> list[dict]:
    """For each phase its elements, and for each school whether its cells are filled in."""
    filled = set(
        GuideCell.objects.filter(enquiry=enquiry, cycle=cycle).values_list(
            "phase", "element", "participation"
        )
    )
    schools = list(enquiry.participations.select_related("school"))
    return [
        {
            "phase": phase.label,
            "code": phase.value,
            "elements": [element.label for element in Element],
            "schools": [_guide_row(school, phase, filled) for school in schools],
        }
        for phase in Cycle.Phase
        if phase is not Cycle.Phase.ENDED
    ]


def _guide_row(school, phase: Cycle.Phase, filled: set) -> dict:
    cells = [
        {
            "slug": f"guide-{phase.value}-{element.value}",
            "label": element.label,
            "filled": (phase.value, element.value, school.pk) in filled,
        }
        for element in Element
    ]
    return {"participation": school, "cells": cells}
