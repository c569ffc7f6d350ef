"""Everything that is stored of one person: their own rows in full, what they did by reference.

What others wrote is named by kind and number alone, so that nobody else's data go along; and so
is what a facilitator wrote of an alliance, also where it is the facilitator who asks.
"""

from collections.abc import Iterator
from datetime import date, datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.db.models import CharField, DateField, Field, ForeignKey, Model, Q, TextField

from alliances.content import words
from alliances.models import Assignment, Mail, Opening, Token, User
from alliances.privacy import Keep

# Rows about the person, told in full; of all others, that they are there.
ABOUT = (User, Assignment, Mail, Opening, Token)
# Of the tables of sign-in: what tells something, and no key.
OF_SIGN_IN = {
    EmailAddress: ("email", "verified", "primary"),
    UserSession: ("created_at", "last_seen_at", "user_agent", "ip"),
    Authenticator: ("type", "created_at", "last_used_at"),
}
# What is told of every other row, beside its moments.
TOLD_OF_OTHERS = ("act", "role", "page")
UNTOLD = (Keep.KEY, Keep.JUDGEMENT, Keep.SPECIAL)


def held_on(person: User) -> dict[str, list[dict]]:
    """Rows by the name of their model, each plain JSON.

    ``number`` is the row's key, ``as`` names the fields by which it is tied to the person.
    """
    found = {}
    for model in apps.get_models():
        rows = list(_rows(model, person))
        if rows:
            found[model._meta.label] = rows
    return found


def kind_of(name: str) -> str:
    """What rows of a model are called where a person reads of them."""
    model = apps.get_model(name)
    told = words("alliances", "held").get(f"held-{model._meta.model_name}")
    return told.title if told else str(model._meta.verbose_name_plural).capitalize()


def _rows(model: type[Model], person: User) -> Iterator[dict]:
    if model in OF_SIGN_IN:
        for row in model._base_manager.filter(user=person.pk).order_by("pk"):
            yield {name: _plain(getattr(row, name)) for name in OF_SIGN_IN[model]}
        return
    if model._meta.proxy or not hasattr(model, "keeping"):
        return
    tied = ties(model)
    if not tied:
        return
    wanted = Q()
    for field in tied:
        wanted |= _tie(field, person)
    for row in model._base_manager.filter(wanted).order_by("pk"):
        by = [field.name for field in tied if _is_tied(row, field, person)]
        yield {"number": row.pk, "as": by, **_told(row, model)}


def ties(model: type[Model]) -> list[Field]:
    """The personal fields of a model by which a row may be somebody's."""
    if model is User:
        return [User._meta.pk]
    named = model.keeping.get(Keep.PERSONAL, "").split()
    fields = [model._meta.get_field(name) for name in named]
    return [f for f in fields if f.related_model is User or _is_text(f)]


def _is_text(field: Field) -> bool:
    return isinstance(field, CharField | TextField) and not field.choices


def _tie(field: Field, person: User) -> Q:
    if field.primary_key:
        return Q(pk=person.pk)
    if isinstance(field, ForeignKey):
        return Q(**{field.name: person.pk})
    return Q(**{f"{field.name}__icontains": person.email}) | Q(
        **{f"{field.name}__contains": person.name or person.email}
    )


def _is_tied(row: Model, field: Field, person: User) -> bool:
    value = getattr(row, field.attname)
    if field.primary_key or isinstance(field, ForeignKey):
        return value == person.pk
    return person.email in value.lower() or bool(person.name and person.name in value)


def _told(row: Model, model: type[Model]) -> dict:
    """A row about the person, without keys; of any other only when it was made or changed."""
    if model in ABOUT:
        withheld = {name for keep in UNTOLD for name in model.keeping.get(keep, "").split()}
        fields = [f for f in model._meta.concrete_fields if f.name not in withheld]
        return {f.name: _plain(f.value_from_object(row)) for f in fields if not f.primary_key}
    others = [f for f in model._meta.concrete_fields if f.name in TOLD_OF_OTHERS or _is_moment(f)]
    return {f.name: _plain(f.value_from_object(row)) for f in others}


def _is_moment(field: Field) -> bool:
    return isinstance(field, DateField)


def _plain(value):
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value if isinstance(value, str | int | bool | list | None) else str(value)
