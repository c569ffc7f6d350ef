"""The table of docs/privacy.md: what is stored, who reads it, how long, and what erasure does."""

from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand
from django.db.models import CASCADE, Field, Model
from django.utils import timezone

from alliances.models import User
from alliances.privacy import Keep
from alliances.roles import Permission, roles_granting
from reports.retention import RULES

TABLE = Path(settings.BASE_DIR) / "docs" / "privacy.md"
HEAD = """# What is stored of whom

`./run manage privacy_table` writes this file from the models, the roles and the rules of retention;
a test fails where it is out of date. It is the record of processing: all of it serves one purpose,
that alliances of schools run and report their enquiries, as a task in the public interest.

"""
CLASSES = """## Who reads what

| Class | Read by |
|---|---|
"""
FIELDS = """
## Every field

“Stays” on erasure: what an alliance wrote and counted is the alliance's. The person behind a key
is then called “Former member”. A report that was issued stays as issued, with the names printed in
it, until it is withdrawn or made again.

| What | Class | Fields | Kept | On erasure |
|---|---|---|---|---|
"""
RULES_HEAD = """
## How long

`./run manage retention` says what is due, `--delete` does it; every night at twenty past four it is
done. What is not listed is kept as long as the programme needs it.

| What | Kept | Then |
|---|---|---|
"""
ALWAYS = "as long as the programme"
READ_WITH: dict[Keep, Permission] = {
    Keep.PROGRAMME: Permission.SEE_ALLIANCE,
    Keep.CLUSTER: Permission.SEE_MEETINGS,
    Keep.ALLIANCE: Permission.READ_ENQUIRY,
    Keep.JUDGEMENT: Permission.SEE_JUDGEMENT,
}
READ_OTHERWISE = {
    Keep.PUBLIC: "Everybody, once it is published",
    Keep.PERSONAL: "Whoever reads what it belongs to; Support staff, of accounts, roles, "
    "invitations and e-mails; the person, all of it",
    Keep.SPECIAL: "Nobody: it is read into figures of groups, and deleted on its school's day",
    Keep.KEY: "Nobody: it is used, and not shown",
}


def privacy_table() -> str:
    """The whole file."""
    readers = "".join(f"| {keep.value} | {_readers(keep)} |\n" for keep in Keep)
    rules = "".join(f"| {rule.what} | {rule.how_long} | {rule.then} |\n" for rule in RULES)
    return HEAD + CLASSES + readers + FIELDS + "".join(_lines()) + RULES_HEAD + rules


def _readers(keep: Keep) -> str:
    if keep in READ_OTHERWISE:
        return READ_OTHERWISE[keep]
    always = [role.label for role in roles_granting(READ_WITH[keep])]
    opened = roles_granting(READ_WITH[keep], on_opening=True)
    return ", ".join([*always, *(f"{role.label} once opened" for role in opened)])


def _lines() -> Iterator[str]:
    """A line for each class of each model, models in the order of their names."""
    kept = {rule.due(timezone.now()).model: rule.how_long for rule in RULES}
    for model in sorted(apps.get_models(), key=lambda each: each._meta.label):
        for keep, names in getattr(model, "keeping", {}).items():
            fields = [model._meta.get_field(name) for name in names.split()]
            told = ", ".join(field.name for field in fields)
            ends = "; ".join(dict.fromkeys(_erased(model, keep, field) for field in fields))
            age = _age(model, kept)
            yield f"| {model._meta.label} | {keep.value} | {told} | {age} | {ends} |\n"


def _age(model: type[Model], kept: dict[type[Model], str]) -> str:
    """By its own rule, or by that of what it is deleted with; an account is erased, not deleted."""
    needed = [field for field in model._meta.fields if field.is_relation and not field.null]
    owners = [each.related_model for each in needed if _goes_along(each)]
    ages = [kept[each] for each in owners if each in kept and each is not User]
    return kept.get(model) or next(iter(ages), ALWAYS)


def _erased(model: type[Model], keep: Keep, field: Field) -> str:
    """What becomes of a field of a person's row, or of a row that is theirs."""
    if model is User:
        return "stays" if keep is Keep.PROGRAMME else "emptied"
    if any(each.related_model is User and _goes_along(each) for each in model._meta.fields):
        return "deleted"
    if keep is not Keep.PERSONAL:
        return "stays"
    return "stays, a former member’s" if field.related_model is User else "the name is replaced"


def _goes_along(field: Field) -> bool:
    return field.remote_field.on_delete is CASCADE


class Command(BaseCommand):
    help = "Write docs/privacy.md anew."

    def handle(self, **options):
        TABLE.write_text(privacy_table(), encoding="utf-8")
