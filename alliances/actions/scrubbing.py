"""What each column is replaced with in a dump for development: as SQL, worked out by the database.

All that is personal, judged, special or a key goes. What an alliance or a cluster wrote in words of
its own may name people, so these words go too; its figures, dates and codes stay, and all that is
public or that everybody with a part in the programme reads. A model whose rows are documents as
they were issued or sent says why it is left out, in ``not_in_dumps``.

Made-up words are as long as those they stand for, and the same for the same words; without the
secret, which is new for each dump, nobody can try out what they were.
"""

import secrets
from collections.abc import Iterator

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models

from alliances.privacy import Keep

SCRUBBED = (Keep.PERSONAL, Keep.JUDGEMENT, Keep.SPECIAL, Keep.KEY)
ONLY_WORDS = (Keep.CLUSTER, Keep.ALLIANCE)
# A shorter column holds a code of a content file or a unit.
SHORTEST_OF_WORDS = 65
CODE = "'^[a-z0-9./:-]*$'"

# Letters in place of the letters of a hash, a gap after each eighth; nothing stays nothing.
_WORDS = (
    "left(regexp_replace(translate(repeat(md5({column} || '{secret}'), length({column}) / 32 + 1), "
    "'0123456789abcdef', 'aeiounrtslmdpkvb'), '(.{{8}}).', '\\1 ', 'g'), length({column}))"
)


# What takes the place of a column, by the kind of its field: the first that fits.
_MADE_UP = (
    (models.EmailField, "left(md5({column} || '{secret}'), 20) || '@example.invalid'"),
    ((models.CharField, models.TextField), _WORDS),
    (models.JSONField, "CASE WHEN {column} IS NOT NULL THEN '{{}}'::jsonb END"),
    (ArrayField, "CASE WHEN {column} IS NOT NULL THEN '{{}}'::varchar[] END"),
    (models.BinaryField, "CASE WHEN {column} IS NOT NULL THEN ''::bytea END"),
    (models.DecimalField, "round({column} * 0 + 1)"),
)
_UNLESS_CODES = f"CASE WHEN length({{column}}) < 3 OR {{column}} ~ {CODE} THEN {{column}} ELSE"
_EMPTY = "CASE jsonb_typeof({column}) WHEN 'array' THEN '[]'::jsonb WHEN 'object' THEN '{{}}' END"
_ONLY_CODES = f"CASE WHEN array_to_string({{column}}, '') ~ {CODE} THEN {{column}}"
_WORDS_ALONE = (
    (models.TextField, _WORDS),
    (models.CharField, f"{_UNLESS_CODES} {_WORDS} END"),
    (models.JSONField, _EMPTY),
    (ArrayField, f"{_ONLY_CODES} ELSE {{column}}[1:0] END"),
)


def scrubbed_columns() -> dict[str, dict[str, str]]:
    """By table and column: the expression that takes the column's place."""
    secret = secrets.token_hex(16)
    found: dict[str, dict[str, str]] = {}
    for model in apps.get_models():
        for field, expressions in _fields_of(model):
            expression = next((made for kind, made in expressions if isinstance(field, kind)), "")
            if expression:
                column = connection.ops.quote_name(field.column)
                made_up = expression.format(column=column, secret=secret)
                found.setdefault(model._meta.db_table, {})[field.column] = made_up
    return found


def kept_tables() -> set[str]:
    """The tables that are dumped with their rows: ours, and what migrations have filled."""
    ours = {
        model._meta.db_table
        for model in apps.get_models()
        if hasattr(model, "keeping") and not hasattr(model, "not_in_dumps")
    }
    return ours | {"django_migrations", "django_content_type", "auth_permission"}


def _fields_of(model: type[models.Model]) -> Iterator[tuple[models.Field, tuple]]:
    """Fields that may not stay as they are, with what takes their place; keys of rows stay."""
    for keep, names in getattr(model, "keeping", {}).items():
        expressions = _MADE_UP if keep in SCRUBBED else _WORDS_ALONE if keep in ONLY_WORDS else ()
        for field in map(model._meta.get_field, names.split()):
            if not (field.is_relation or field.choices or _is_short(keep, field)):
                yield field, expressions


def _is_short(keep: Keep, field: models.Field) -> bool:
    length = field.max_length
    return keep in ONLY_WORDS and length is not None and length < SHORTEST_OF_WORDS
