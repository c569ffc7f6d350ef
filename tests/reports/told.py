"""What every table says, whatever its rows are numbered: keys are followed, moments left out."""

from collections import Counter
from functools import partial
from hashlib import sha256

from django.apps import apps
from django.db import models

from alliances.models import User
from impact.models import Backing, Claim

OURS = ("alliances", "enquiries", "impact", "reports")
LEFT_OUT = (models.AutoField, models.BigAutoField, models.DateTimeField, models.UUIDField)
# What is drawn anew each time, and how the history numbers what it speaks of.
NUMBERS = {"Change": {"row", "transaction"}, "AuditRecord": {"transaction"}, "User": {"password"}}


def differing(one: dict[str, Counter], other: dict[str, Counter]) -> dict[str, list]:
    """Rows that only one of the two has, by table."""
    both = {table: [one[table] - other[table], other[table] - one[table]] for table in one}
    return {table: rows for table, rows in both.items() if any(rows)}


class Tables:
    def __init__(self) -> None:
        self.models = [m for app in OURS for m in apps.get_app_config(app).get_models()]
        self.by_name = {model._meta.model_name: model for model in self.models}
        self.by_table = {model._meta.db_table: model for model in self.models}
        self.rows = {
            model: {row[model._meta.pk.attname]: row for row in model._base_manager.values()}
            for model in self.models
        }
        self.known: dict = {}

    def said(self) -> dict[str, Counter]:
        """How often each row is said, by table."""
        return {
            model._meta.label: Counter(repr(self._fields(model, row)) for row in rows.values())
            for model, rows in self.rows.items()
        }

    def row(self, model, pk) -> str:
        """What tells a row from all that say something else, those it leads to included."""
        if (model, pk) not in self.known:
            row = self.rows[model].get(pk) if model in self.rows else pk
            said = repr(row and self._fields(model, row))
            self.known[model, pk] = sha256(said.encode()).hexdigest()
        return self.known[model, pk]

    def _fields(self, model, row) -> dict:
        left_out = NUMBERS.get(model.__name__, ())
        found = {
            field.name: self._value(field, row[field.attname])
            for field in model._meta.concrete_fields
            if not isinstance(field, LEFT_OUT) and field.name not in left_out
        }
        special = getattr(self, f"_of_{model._meta.model_name}", None)
        return found | special(row) if special else found

    def _value(self, field, value):
        if field.is_relation and value is not None:
            return self.row(field.related_model, value)
        return bytes(value) if isinstance(value, memoryview) else value

    def _of_revision(self, row) -> dict:
        model = self.by_name[row["sheet"]]
        changes = {
            name: [self._answer(model, name, each) for each in change]
            for name, change in row["changes"].items()
        }
        return {"record": self.row(model, row["record"]), "changes": sorted(changes.items())}

    def _answer(self, model, name, value):
        """An answer that is the number of a row, or several of them, as those rows."""
        if model is Claim and name.startswith("evidence."):
            kind = Backing._meta.get_field(name.partition(".")[2]).related_model
            return [self.row(kind, int(pk)) for pk in value]
        if name.endswith("_id") and value:
            return self.row(model._meta.get_field(name).related_model, int(value))
        return value

    def _of_auditrecord(self, row) -> dict:
        subject = self.row(apps.get_model(row["subject_type"]), row["subject_id"])
        person = row["detail"].get("person")
        return {
            "subject_id": subject,
            "detail": row["detail"] | {"person": person and self.row(User, person)},
        }

    def _of_change(self, row) -> dict:
        model = self.by_table[row["table"]]
        return {side: row[side] and self._columns(model, row[side]) for side in ("before", "after")}

    def _columns(self, model, columns) -> list:
        fields = {field.column: field for field in model._meta.concrete_fields}
        told = partial(self._column, fields)
        return sorted(filter(None, map(told, columns.items())))

    def _column(self, fields, column):
        field = fields[column[0]]
        if isinstance(field, LEFT_OUT):
            return None
        return column[0], repr(self._value(field, column[1]))
