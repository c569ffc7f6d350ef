"""What erasing somebody would do, and which issued reports go on naming them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import CASCADE, Q, QuerySet, TextField
from django.db.models.functions import Cast

from alliances.actions import FORMER
from alliances.held import kind_of
from alliances.models import Alliance, Assignment, AuditRecord, Programme, User
from alliances.queries import led_alone, touching
from reports.models import Report


@dataclass(frozen=True)
class Outlook:
    """What erasing a person would do; ``goes`` and ``stays`` are rows counted by kind.

    Nobody can be erased while an alliance is ``alone`` without them.
    """

    person: User
    goes: list[tuple[str, int]]
    stays: list[tuple[str, int]]
    reports: list[Report]
    alone: list[Alliance]


@dataclass(frozen=True)
class Erased:
    """An erasure that was done, with the reports that named the person then."""

    record: AuditRecord
    reports: list[Report]

    @property
    def reason(self) -> str:
        return self.record.detail.get("reason", "")


def erasable(programme: Programme) -> QuerySet[User]:
    """People of a programme and of no other: who hold or held a role there, or hold none at all."""
    return _of_no_other(programme).exclude(name=FORMER)


def _of_no_other(programme: Programme) -> QuerySet[User]:
    here = touching(Assignment, programme)
    elsewhere = Assignment.objects.exclude(pk__in=here.values("pk"))
    return User.objects.exclude(pk__in=elsewhere.values("user"))


def outlook(person: User) -> Outlook:
    """The database's own rules say what would go with the person and what keeps them in place."""
    goes, stays = [], []
    for relation in User._meta.related_objects:
        model = relation.related_model
        if model._meta.proxy:
            continue
        count = model._base_manager.filter(**{relation.field.name: person.pk}).count()
        if count:
            (goes if relation.on_delete is CASCADE else stays).append(
                (kind_of(model._meta.label), count)
            )
    return Outlook(person, _added(goes), _added(stays), naming(person), led_alone(person))


def _added(counted: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    """Each kind once, as several of its fields may name somebody."""
    total: dict[str, int] = {}
    for kind, count in counted:
        total[kind] = total.get(kind, 0) + count
    return sorted(total.items())


def naming(person: User) -> list[Report]:
    """Issued reports in whose frozen data a person's name or address stands, the latest first."""
    told = Report.objects.annotate(told=Cast("data", TextField())).defer("data")
    named = Q(told__contains=person.email)
    if person.name:
        named |= Q(told__contains=person.name)
    return list(told.filter(named).select_related(*_SUBJECTS).order_by("-pk"))


def erased(programme: Programme) -> QuerySet[AuditRecord]:
    """Who of a programme was erased, without a name, the latest first."""
    people = _of_no_other(programme).values("pk")
    records = AuditRecord.objects.filter(act="erased", subject_id__in=people)
    return records.select_related("by").order_by("-pk")


def with_reports(records: Iterable[AuditRecord]) -> list[Erased]:
    """Each with the reports that named the person."""
    records = list(records)
    numbers = {pk for record in records for pk in record.detail.get("reports", [])}
    found = Report.objects.filter(pk__in=numbers).select_related(*_SUBJECTS).defer("data")
    reports = {report.pk: report for report in found}
    return [
        Erased(record, [reports[pk] for pk in record.detail.get("reports", []) if pk in reports])
        for record in records
    ]


_SUBJECTS = ("alliance", "cluster", "theme", "programme")
