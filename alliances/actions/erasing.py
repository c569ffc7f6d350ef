"""Erases a person; what they did for their alliance stays, under nobody's name."""

import json
import re
import secrets
from collections.abc import Collection, Iterator
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.db.models import CASCADE, TextField
from django.db.models.functions import Cast
from django.utils import timezone

from alliances import audit
from alliances.actions.history import redact
from alliances.actions.people import end_assignment
from alliances.actions.sessions import forget_in_sessions
from alliances.models import Assignment, Invitation, Mail, NamedLead, User
from alliances.privacy import Keep
from alliances.queries import led_alone

FORMER = "Former member"
# Rows of a model with the fields whose words the history is to forget as well.
Forgotten = tuple[type[models.Model], list, list[str]]


class NoReason(Exception):
    """Nobody is erased without a reason on record."""


class LastLead(Exception):
    """The alliances that would be without a project lead: one has to take over first."""


@transaction.atomic
def erase_person(
    *, person: User, reason: str, by: User | None, named_in: Collection[int] = ()
) -> User:
    """Forget who somebody was; ``by`` is None for a command.

    ``named_in`` are the numbers of what goes on naming them, for the record.

    Name and address go, with everything that is theirs alone: sessions, passwords, second steps,
    drafts, words sent while signed out, e-mails. What they wrote and signed stays with its moment,
    as a former member's; figures and issued reports stay as they are.
    """
    if not reason.strip():
        raise NoReason
    kept = User.objects.select_for_update().get(pk=person.pk)
    _leave_every_role(kept, by)
    nowhere = f"former-{secrets.token_hex(8)}@erased.invalid"
    addresses = _addresses(kept)
    forget_in_sessions(user=kept, addresses=addresses)
    forgotten: list[Forgotten] = [(User, [kept.pk], ["name", "email", "unwanted_mail"])]
    for email in addresses:
        forgotten += _forget_address(email, nowhere)
    forgotten += _drop_what_is_theirs_alone(kept)
    forgotten += _forget_in_records([words for words in (kept.name, *addresses) if words])
    kept.name, kept.email, kept.is_active, kept.last_login = FORMER, nowhere, False, None
    kept.unwanted_mail = []
    kept.set_unusable_password()
    kept.save()
    for model, rows, fields in forgotten:
        if rows and fields:
            redact(model=model, rows=rows, fields=fields)
    audit.record("erased", kept, by=by, reason=reason, reports=list(named_in))
    return kept


def _leave_every_role(person: User, by: User | None) -> None:
    if alone := led_alone(person):
        raise LastLead(", ".join(map(str, alone)))
    for assignment in Assignment.objects.current().filter(user=person):
        end_assignment(assignment=assignment, by=by, on=timezone.localdate())
    Assignment.objects.filter(user=person, starts_on__gt=timezone.localdate()).delete()


def _addresses(person: User) -> set[str]:
    """Those they sign in with now, and those they were once invited under."""
    now = person.emailaddress_set.values_list("email", flat=True)
    then = person.invitations_accepted.values_list("email", flat=True)
    return {person.email, *now, *then}


def _forget_address(email: str, nowhere: str) -> Iterator[Forgotten]:
    """No invitation and no e-mail tells the address any more; what still waits is not sent."""
    invited = Invitation.objects.filter(email__iexact=email)
    named = NamedLead.objects.filter(email__iexact=email)
    yield _rows(invited, "email", "name")
    yield _rows(named, "email", "name")
    yield _rows(Mail.objects.filter(to__iexact=email), "to", "text", "html")
    named.delete()
    invited.filter(accepted_at=None).delete()
    invited.update(email=nowhere, name="")
    Mail.objects.filter(to__iexact=email).update(to=nowhere)


def _drop_what_is_theirs_alone(person: User) -> Iterator[Forgotten]:
    """Rows that would go with the person: what keeps the person in place is the alliance's."""
    for relation in User._meta.related_objects:
        if relation.on_delete is CASCADE:
            model = relation.related_model
            rows = model._base_manager.filter(**{relation.field.name: person.pk})
            yield _rows(rows, *(f.name for f in model._meta.concrete_fields if _has_words(f)))
            rows.delete()


def _forget_in_records(was: list[str]) -> Iterator[Forgotten]:
    """Take the name and the addresses out of the records of acts and of every personal text."""
    for words in was:
        named = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)", re.IGNORECASE)
        for model, field in personal_texts():
            told = _telling(model, field, words)
            without = {pk: _without(named, value, field.max_length) for pk, value in told.items()}
            changed = {pk: value for pk, value in without.items() if value != told[pk]}
            for pk, value in changed.items():
                model._base_manager.filter(pk=pk).update(**{field.name: value})
            yield model, list(changed), [field.name]


def _telling(model: type[models.Model], field: models.Field, words: str) -> dict[int, Any]:
    """By the row's number: what may tell the words, perhaps within others."""
    written = json.dumps(words, ensure_ascii=False)[1:-1]
    sought = written if isinstance(field, models.JSONField) else words
    rows = model._base_manager.annotate(told_as_text=Cast(field.name, TextField()))
    return dict(rows.filter(told_as_text__icontains=sought).values_list("pk", field.name))


def _without(named: re.Pattern, told: Any, longest: int | None) -> Any:
    """The same with nobody named, however deep; cut to what the column can hold."""
    if isinstance(told, str):
        return named.sub(FORMER, told)[:longest]
    if isinstance(told, list):
        return [_without(named, each, longest) for each in told]
    if isinstance(told, dict):
        return {key: _without(named, value, longest) for key, value in told.items()}
    return told


def _rows(rows: models.QuerySet, *fields: str) -> Forgotten:
    return rows.model, list(rows.values_list("pk", flat=True)), list(fields)


def _has_words(field: models.Field) -> bool:
    return isinstance(field, models.CharField | models.TextField | models.JSONField)


def personal_texts() -> Iterator[tuple[type[models.Model], models.Field]]:
    """Every field with a text about people, but for addresses and those of the person's own row."""
    for model in apps.get_models():
        if model is User or model._meta.proxy:
            continue
        for name in getattr(model, "keeping", {}).get(Keep.PERSONAL, "").split():
            field = model._meta.get_field(name)
            if _has_words(field) and not (field.choices or isinstance(field, models.EmailField)):
                yield model, field
