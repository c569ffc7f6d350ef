"""What happened in an alliance, in words: the acts, and the changes that each consisted of.

Somebody sees of a change what they may see of the row: no form they may not open, no field that is
kept more closely. What is left of a change without words that one may read is not told at all.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache

from django.apps import apps
from django.db.models import (
    BooleanField,
    Count,
    DateField,
    DateTimeField,
    F,
    Field,
    Func,
    JSONField,
    Max,
    Model,
    Q,
    QuerySet,
    UUIDField,
    Value,
)
from django.db.models.functions import Cast
from django.utils.formats import date_format
from django.utils.timezone import localtime

from alliances.content import words
from alliances.models import (
    Alliance,
    Assignment,
    AuditRecord,
    Change,
    Invitation,
    Read,
    User,
)
from alliances.privacy import Keep
from alliances.records import KEYED
from alliances.roles import Permission
from alliances.templatetags.moments import moment
from enquiries.models import Judgement
from enquiries.sheets.queries import OF_THE_ALLIANCE, hidden_fields, judgement_fields
from impact.models import MatchedRow, MatchedSet
from reports.acts import Told, acts_in_words
from reports.naming import label_of, names_of, page_in_words, sheets_of, title_of

# What a save always carries along, and nobody asks about.
CARRIED = {"key", "position", "saved_at", "logged_at", "version", "queued_at", "try_at", "attempts"}
LONGEST, MOST_LINES = 400, 20
# Fields by table and what a reader may: some seventy tables, a few dozen kinds of reader.
MOST_KEPT = 5000
GONE = "One that is there no more"
# What places are called, by the names of their fields and by their keys.
Places = dict[str, dict[str, str]]


@dataclass(frozen=True)
class Words:
    """A field before and after, as its reader may see it."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Line:
    """A row that changed."""

    what: str
    title: str
    fields: list[Words]


@dataclass(frozen=True)
class Happening:
    """What somebody did at one moment; ``acts`` say it in the field's words where one is known.

    ``more`` counts the lines left out, of one that changed very many rows.
    """

    at: datetime
    by: str
    page: str
    acts: list[Told]
    lines: list[Line]
    more: int


@dataclass(frozen=True)
class Reader:
    """Whoever looks, by what they may in the alliance."""

    allowed: frozenset[Permission]

    def sees(self, model: type[Model]) -> bool:
        """Whether rows of a table are for them at all."""
        return all(clause & self.allowed for clause in asked_for(model))

    def hidden(self, model: type[Model]) -> frozenset[str]:
        """Fields of a table that are not for them."""
        keeping = getattr(model, "keeping", {})
        hidden = set()
        if Permission.MANAGE_PEOPLE not in self.allowed:
            hidden |= set(keeping.get(Keep.PERSONAL, "").split())
        if Permission.SEE_JUDGEMENT not in self.allowed:
            hidden |= judgement_fields(model)
        for sheet in sheets_of(model):
            hidden |= hidden_fields(sheet, set(self.allowed))
        return frozenset(hidden)

    def told(self, model: type[Model]) -> list[Field]:
        """Fields of a table whose words they may read."""
        return _told(self, model)


@lru_cache(MOST_KEPT)
def _told(reader: Reader, model: type[Model]) -> list[Field]:
    hidden = reader.hidden(model)
    return [f for f in model._meta.concrete_fields if _is_told(f) and f.name not in hidden]


@cache
def asked_for(model: type[Model]) -> frozenset[frozenset[Permission]]:
    """What rows of a table ask of their reader: of each of these permissions one."""
    if issubclass(model, Judgement):
        return frozenset({frozenset({Permission.SEE_JUDGEMENT, Permission.AGREE_JUDGEMENT})})
    if issubclass(model, MatchedSet | MatchedRow):
        return frozenset({frozenset({Permission.HOLD_MATCHED})})
    needed = {frozenset({sheet.read}) for sheet in sheets_of(model)}
    if model._meta.app_label == "impact":
        needed.add(frozenset(OF_THE_ALLIANCE))
    return frozenset(needed)


def alliance_changes(alliance: Alliance, reader: Reader) -> QuerySet[Change]:
    """Changes in an alliance to rows the reader may open, of which there is something to tell."""
    told = {
        table: ["", *(field.column for field in reader.told(model))]
        for table, model in told_models().items()
        if reader.sees(model)
    }
    return Change.objects.filter(_Tells.any_of(told), _of(alliance, reader))


class _Tells(Func):
    """Whether a change says something of the columns that are told of its table.

    One look into a list: seventy tables in as many conditions take the database longer to plan
    than to answer. The empty text stands for a row that came or went, whatever it says.
    """

    output_field = BooleanField()
    template = """EXISTS (
        SELECT FROM (VALUES (%(expressions)s)) AS change(told, of, before, after, is_changed),
            jsonb_array_elements_text(change.told -> change.of) AS its(name)
        WHERE change.before ? its.name OR change.after ? its.name
            OR its.name = '' AND NOT change.is_changed
    )"""

    @classmethod
    def any_of(cls, told: dict[str, list[str]]) -> "_Tells":
        listed = Cast(Value(told, JSONField()), JSONField())
        return cls(listed, *map(F, ("table", "before", "after")), Q(act=Change.Act.UPDATE))


def _of(alliance: Alliance, reader: Reader) -> Q:
    """Changes of its own; to who manages its people also those of roles in its schools.

    These belong to no single alliance: a school may be in several.
    """
    of = Q(alliance=alliance)
    if Permission.MANAGE_PEOPLE in reader.allowed:
        for model in (Assignment, Invitation):
            held = model.objects.filter(school__in=alliance.schools_now())
            of |= Q(alliance=None, table=model._meta.db_table, row__in=held.values("pk"))
    return of


def together(changes: QuerySet[Change]) -> QuerySet[dict]:
    """The transactions of these changes with their moments, the latest first."""
    named = changes.order_by().values("transaction")
    return named.annotate(last=Max("at")).order_by("-last", "-transaction")


def people_of_changes(alliance: Alliance, reader: Reader) -> list[User]:
    """Who changed something in an alliance, by name."""
    changes = Change.objects.filter(_of(alliance, reader), by__isnull=False)
    by = changes.order_by().values("by")
    return list(User.objects.filter(pk__in=by.distinct()).order_by("name", "pk"))


def kinds() -> list[tuple[str, str]]:
    """Codes and titles of the kinds of change."""
    return [(item.code, item.title) for item in words("reports", "history").values()]


def of_kind(code: str) -> Q:
    """Changes of a kind; of an empty one all."""
    found = words("reports", "history").get(code)
    return Q(table__startswith=found.text) if found else Q()


def happenings(
    changes: QuerySet[Change], transactions: list[str], reader: Reader
) -> list[Happening]:
    """What these transactions did, in their order."""
    found: dict[str, list[Change]] = {name: [] for name in transactions}
    chosen = changes.filter(transaction__in=transactions).select_related("by").order_by("pk")
    for change in chosen:
        found[change.transaction].append(change)
    acts = _acts_of(found, reader)
    places = _places_in(change for each in found.values() for change in each)
    return [
        _happening(found[name], acts[name], reader, places) for name in transactions if found[name]
    ]


def _places_in(changes: Iterable[Change]) -> Places:
    """What the themes, cohorts and clusters are called that changes speak of, by their keys."""
    table = Alliance._meta.db_table
    rows = [r for c in changes if c.table == table for r in (c.before, c.after) if r]
    return {
        name: {str(key): str(place) for key, place in model.objects.in_bulk(keys).items()}
        for name, model in KEYED.items()
        if (keys := {row.get(f"{name}_id") for row in rows} - {None})
    }


def _acts_of(changes: dict[str, list[Change]], reader: Reader) -> dict[str, list[Told]]:
    """The acts of each transaction; of one that reached other alliances, those on rows of here."""
    together = Change.objects.filter(transaction__in=changes, alliance__isnull=False).order_by()
    reach = together.values("transaction").annotate(alliances=Count("alliance", distinct=True))
    shared = {each["transaction"] for each in reach if each["alliances"] > 1}
    here = {(c.transaction, c.table, c.row) for each in changes.values() for c in each}
    records = []
    for record in AuditRecord.objects.filter(transaction__in=changes).order_by("pk"):
        name, model = record.transaction, apps.get_model(record.subject_type)
        is_here = (name, model._meta.db_table, record.subject_id) in here
        if reader.sees(model) and (is_here or name not in shared):
            records.append(record)
    acts: dict[str, list[Told]] = {name: [] for name in changes}
    for told in acts_in_words(records, reader.allowed):
        acts[told.record.transaction].append(told)
    return acts


def reads_of(alliance: Alliance) -> QuerySet[Read]:
    """Who opened private material of an alliance, the latest first."""
    return Read.objects.filter(alliance=alliance).select_related("by")


def reads_in_words(reads: Iterable[Read]) -> list[tuple[Read, str]]:
    """Each with the page that was opened."""
    return [(read, page_in_words(read.page)) for read in reads]


def _happening(
    changes: list[Change], acts: list[Told], reader: Reader, places: Places
) -> Happening:
    last = changes[-1]
    lines = [_line(change, reader, places) for change in changes[:MOST_LINES]]
    page = page_in_words(last.page)
    more = len(changes) - len(lines)
    return Happening(last.at, str(last.by or ""), page, acts, lines, more)


def _line(change: Change, reader: Reader, places: Places) -> Line:
    model = told_models()[change.table]
    what = Change.Act(change.act).label
    rows = (change.before, change.after)
    said = [
        Words(
            label_of(model, field.name),
            *(
                _said(row, field, names_of(model, field.name) | places.get(field.name, {}))
                for row in rows
            ),
        )
        for field in reader.told(model)
        if _has(change, field.column)
    ]
    return Line(what, title_of(model), [each for each in said if each.before != each.after])


def _is_told(field) -> bool:
    """Whether a field says something to people; a UUID tells only machines apart."""
    is_bare = (
        (field.is_relation and not _is_place(field))
        or field.primary_key
        or isinstance(field, UUIDField)
    )
    return not (is_bare or field.name in CARRIED)


def _is_place(field) -> bool:
    return field.model is Alliance and field.name in KEYED


def _has(change: Change, column: str) -> bool:
    return column in (change.before or {}) or column in (change.after or {})


def _said(words: dict | None, field: Field, names: dict) -> str:
    """A value as people read it, by ``names`` of its codes; one made of parts by being there."""
    value = (words or {}).get(field.column)
    if value is None or value in ("", [], {}):
        return ""
    if isinstance(field, DateField):
        return _dated(field, value)
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, list) and not any(isinstance(each, list | dict) for each in value):
        return _short("; ".join(names.get(str(each), str(each)) for each in value))
    if isinstance(value, list | dict):
        return "Not shown here"
    unknown = GONE if _is_place(field) else str(value)
    return _short(names.get(str(value), unknown))


def _dated(field: DateField, value: str) -> str:
    """A day or a moment, which the history keeps in the form of ISO 8601."""
    if isinstance(field, DateTimeField):
        return moment(localtime(datetime.fromisoformat(value)))
    return date_format(date.fromisoformat(value))


def _short(words: str) -> str:
    return words if len(words) <= LONGEST else f"{words[:LONGEST].rstrip()} …"


@cache
def told_models() -> dict[str, type[Model]]:
    """Models with a history whose rows belong to an alliance, by table."""
    return {
        model._meta.db_table: model
        for model in apps.get_models()
        if hasattr(model, "within") and not getattr(model, "without_history", "")
    }
