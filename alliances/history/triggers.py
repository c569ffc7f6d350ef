"""The triggers that write the history, one pair for each table whose model says how it is kept.

Migrations keep them: `makemigrations` finds the model that has none, or another than it should.
A model may give a reason in ``without_history``. One whose rows are records themselves, and are
written once, says so by ``is_its_own_history``: only what is done to them afterwards is kept.
``passing`` names fields that tell how a machine is getting on, which nobody will ask about.
"""

import pgtrigger
from django.apps import apps
from django.db.models import BinaryField, Field, Model

from alliances.privacy import Keep


def attach() -> None:
    """Give every model that is classed its triggers, before migrations look at it."""
    for model in apps.get_models():
        if hasattr(model, "keeping") and not getattr(model, "without_history", ""):
            options = model._meta
            options.triggers = [*getattr(options, "triggers", []), *triggers_of(model)]
            options.original_attrs["triggers"] = options.triggers


def triggers_of(model: type[Model]) -> list[pgtrigger.Trigger]:
    """One for rows, one for the table being emptied at once."""
    written = pgtrigger.Update | pgtrigger.Delete
    if not getattr(model, "is_its_own_history", False):
        written |= pgtrigger.Insert
    return [
        pgtrigger.Trigger(
            name="history",
            when=pgtrigger.After,
            operation=written,
            declare=[("withheld", "text[] := '{}'"), ("whose", "bigint")],
            func=_of_rows(model),
        ),
        pgtrigger.Trigger(
            name="emptied",
            when=pgtrigger.After,
            operation=pgtrigger.Truncate,
            level=pgtrigger.Statement,
            func="PERFORM history_note(TG_TABLE_NAME, NULL, 'truncate', NULL, NULL, '{}', NULL);"
            " RETURN NULL;",
        ),
    ]


def withheld_fields(model: type[Model]) -> list[Field]:
    """Fields never copied into the history: keys, what is special, and what is kept in bytes."""
    keys = [n for keep in (Keep.KEY, Keep.SPECIAL) for n in model.keeping.get(keep, "").split()]
    fields = model._meta.concrete_fields
    return [f for f in fields if f.name in keys or isinstance(f, BinaryField)]


def _of_rows(model: type[Model]) -> str:
    columns = [f'"{field.column}"' for field in withheld_fields(model)]
    key = f'"{model._meta.pk.column}"'
    lines = []
    if hasattr(model, "within"):
        lines += [
            f"IF TG_OP = 'DELETE' THEN whose := {_alliance_of(model, 'OLD')};",
            f"ELSE whose := {_alliance_of(model, 'NEW')}; END IF;",
        ]
    if columns:
        lines += ["IF TG_OP = 'UPDATE' THEN", *map(_if_changed, columns), "END IF;"]
        for row, act in (("OLD", "INSERT"), ("NEW", "DELETE")):
            emptied = [f"{row}.{column} := NULL;" for column in columns]
            lines += [f"IF TG_OP <> '{act}' THEN", *emptied, "END IF;"]
    passing = [model._meta.get_field(name) for name in getattr(model, "passing", "").split()]
    left_out = [*columns, *(f'"{field.column}"' for field in passing)]
    without = "".join(f" - {_text(column)}" for column in left_out)
    note = (
        f"PERFORM history_note(TG_TABLE_NAME, coalesce(NEW.{key}, OLD.{key}), lower(TG_OP), "
        f"to_jsonb(OLD){without}, to_jsonb(NEW){without}, withheld, whose);"
    )
    return "\n".join([*lines, note, "RETURN NULL;"])


def _if_changed(column: str) -> str:
    return (
        f"IF OLD.{column} IS DISTINCT FROM NEW.{column} "
        f"THEN withheld := withheld || {_text(column)}; END IF;"
    )


def _text(column: str) -> str:
    """The name of a column as a text of SQL."""
    return "'{}'::text".format(column.strip('"'))


def _alliance_of(model: type[Model], row: str) -> str:
    """SQL for the alliance of a row, along the model's ``within``."""
    if model.within == "pk":
        return f'{row}."{model._meta.pk.column}"'
    first, *others = model.within.split("__")
    field = model._meta.get_field(first)
    value = f'{row}."{field.column}"'
    for step in others:
        model = field.related_model
        field = model._meta.get_field(step)
        key, table = model._meta.pk.column, model._meta.db_table
        value = f'(SELECT "{field.column}" FROM "{table}" WHERE "{key}" = {value})'  # noqa: S608 - names of our own
    return value
