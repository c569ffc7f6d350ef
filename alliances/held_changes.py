"""What became of the rows about a person: each change, with who made it, for themselves to read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import DateField, DateTimeField, Field, ForeignKey, Model, Q, QuerySet
from django.utils.formats import date_format
from django.utils.timezone import localtime

from alliances.held import UNTOLD, kind_of
from alliances.models import Assignment, Change, SecondFactor, SignInAddress, User
from alliances.templatetags.moments import moment

ABOUT_ONESELF = (User, Assignment, SignInAddress, SecondFactor)
# What signing in carries along each time, which is no change of what is held.
CARRIED = {"last_login", "last_used_at"}
BY_THE_SERVICE = "The service itself"


@dataclass(frozen=True)
class Words:
    """A field before and after; empty where there was nothing."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Told:
    """One change; ``renewed`` names what changed and is never copied, as a password."""

    at: datetime
    by: str
    what: str
    fields: list[Words]
    renewed: list[str]


def changes_of(person: User) -> QuerySet[Change]:
    """Changes of the rows about a person, of which there is something to tell, the latest first."""
    wanted = Q(pk__in=[])
    for model in ABOUT_ONESELF:
        columns = [field.column for field in _told_of(model)]
        words = Q(before__has_any_keys=columns) | Q(after__has_any_keys=columns)
        words |= ~Q(act=Change.Act.UPDATE) | Q(withheld__contains=["password"])
        wanted |= Q(table=model._meta.db_table) & _rows_of(model, person) & words
    return Change.objects.filter(wanted).select_related("by").order_by("-at", "-pk")


def in_words(changes: Iterable[Change], reader: User) -> list[Told]:
    """Each as the person it is about reads it."""
    models = {model._meta.db_table: model for model in ABOUT_ONESELF}
    return [_in_words(change, models[change.table], reader) for change in changes]


def _rows_of(model: type[Model], person: User) -> Q:
    """Changes of a table to rows of a person, also to those that are gone."""
    if model is User:
        return Q(row=person.pk)
    own = Q(before__user_id=person.pk) | Q(after__user_id=person.pk)
    gone = Change.objects.filter(own, table=model._meta.db_table).order_by().values("row")
    return Q(row__in=model._base_manager.filter(user=person).values("pk")) | Q(row__in=gone)


def _told_of(model: type[Model]) -> list[Field]:
    withheld = {name for keep in UNTOLD for name in model.keeping.get(keep, "").split()}
    withheld |= CARRIED | {model._meta.pk.name}
    fields = [f for f in model._meta.concrete_fields if not isinstance(f, ForeignKey)]
    return [field for field in fields if field.name not in withheld]


def _in_words(change: Change, model: type[Model], reader: User) -> Told:
    rows = (change.before or {}, change.after or {})
    said = [
        Words(_label(f), *(_said(f, row.get(f.column)) for row in rows)) for f in _told_of(model)
    ]
    return Told(
        at=change.at,
        by="You" if change.by == reader else str(change.by or BY_THE_SERVICE),
        what=f"{Change.Act(change.act).label}: {kind_of(model._meta.label).lower()}",
        fields=[each for each in said if each.before != each.after],
        renewed=[name.capitalize() for name in change.withheld if name == "password"],
    )


def _label(field: Field) -> str:
    return str(field.verbose_name).capitalize()


def _said(field: Field, value) -> str:
    if value in (None, "", []):
        return ""
    if isinstance(field, DateTimeField):
        return moment(localtime(datetime.fromisoformat(value)))
    if isinstance(field, DateField):
        return date_format(date.fromisoformat(value))
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, list):
        return "; ".join(map(str, value))
    return str(dict(field.flatchoices).get(value, value))
