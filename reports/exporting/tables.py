"""The tables of an export: what programs are told, a row for each thing."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from alliances.content import words
from alliances.history import opens
from alliances.models import User
from enquiries.models import Cycle, Enquiry
from impact.claims.queries import claims_with_evidence
from impact.queries import measures_across
from impact.values import MeasureValues
from reports.api import seen, shapes, telling
from reports.api.openapi import meaning
from reports.api.shapes import Shape
from reports.manuscript.library import Wanted, find

# Rows of tables of their own.
APART = {"readings", "categories"}
KINDS = {"integer": "integer", "number": "number", "boolean": "boolean"}


@dataclass(frozen=True)
class Column:
    """``kind`` is one of integer, number, boolean, date and string."""

    name: str
    text: str
    kind: str


@dataclass(frozen=True)
class Table:
    """``rows`` are plain values in the order of the columns."""

    name: str
    title: str
    columns: list[Column]
    rows: list[list[Any]]


Told = tuple[int | None, Shape]


def tables_of(user: User) -> list[Table]:
    """Everything the person may see, in a number of queries that does not grow with it.

    That they have taken along what is private to alliances is put down.
    """
    readable = list(seen.readable(user))
    for enquiry in readable:
        opens(enquiry.alliance_id)
    exact = set(seen.exact(user).values_list("pk", flat=True))
    measures = _measures(readable, exact)
    readings = [(m.id, r) for _, m in measures for r in m.readings]
    return [
        _table("programmes", shapes.Programme, _each(telling.programme, seen.programmes(user))),
        _table("alliances", shapes.Alliance, _each(telling.alliance, seen.alliances(user))),
        _table("schools", shapes.School, _schools(user), "alliance"),
        _table("enquiries", shapes.Enquiry, _each(telling.enquiry, seen.enquiries(user))),
        _table("cycles", shapes.Cycle, _cycles(readable), "enquiry"),
        _table("measures", shapes.Measure, measures, "enquiry"),
        _table("readings", shapes.Reading, readings, "measure"),
        _table("categories", shapes.Category, _categories(readings), "reading"),
        _table("claims", shapes.Claim, _claims(readable, exact), "enquiry"),
        _table("case-studies", shapes.CaseStudy, _case_studies()),
        _table("reports", shapes.Report, _each(telling.report, seen.reports(user))),
    ]


def shown_measures(readable: list[Enquiry], exact: set[int]) -> dict[int, list[MeasureValues]]:
    """By enquiry, its measures as the pages show them: ``exact`` ones whole."""
    found: dict[int, list[MeasureValues]] = {}
    for programme in {each.alliance.programme for each in readable}:
        own = [e.pk for e in readable if e.alliance.programme_id == programme.pk]
        found |= measures_across(programme, own, exact=exact)
    return found


def _each(tell, rows: Iterable) -> list[Told]:
    return [(None, tell(row)) for row in rows.order_by("pk")]


def _schools(user: User) -> list[Told]:
    rows = seen.schools(user).order_by("pk")
    return [(row.alliance_id, telling.school(row)) for row in rows]


def _cycles(readable: list[Enquiry]) -> list[Told]:
    rows = Cycle.objects.filter(enquiry__in=readable).order_by("pk")
    return [(row.enquiry_id, telling.cycle(row)) for row in rows]


def _measures(readable: list[Enquiry], exact: set[int]) -> list[tuple[int, shapes.Measure]]:
    shown = shown_measures(readable, exact)
    return [(pk, telling.measure(each)) for pk in sorted(shown) for each in shown[pk]]


def _categories(readings: list[tuple[int, shapes.Reading]]) -> Iterator[Told]:
    return ((reading.id, each) for _, reading in readings for each in reading.categories)


def _claims(readable: list[Enquiry], exact: set[int]) -> Iterator[Told]:
    below = {
        each.pk: 0 if each.pk in exact else each.alliance.programme.small_number_threshold
        for each in readable
    }
    for told in claims_with_evidence(list(below)) if below else []:
        enquiry = told.claim.enquiry_id
        yield enquiry, telling.claim(told, withheld_below=below[enquiry])


def _case_studies() -> list[Told]:
    return [(None, each) for each in telling.case_studies(list(find(Wanted())))]


def _table(name: str, shape: type[Shape], told: Iterable[Told], of: str = "") -> Table:
    """``of`` names the column that says what each row belongs to."""
    kinds = shape.model_json_schema(mode="serialization")["properties"]
    own = [field for field in shape.model_fields if field not in APART]
    columns = [Column(field, meaning(shape.__name__, field), _kind(kinds[field])) for field in own]
    above = [Column(of, meaning("Export", of), "integer")] if of else []
    rows = [
        [*([whose] if of else []), *_values(each.model_dump(mode="json"), own)]
        for whose, each in told
    ]
    title = words("reports", "export")[f"table-{name}"].title
    return Table(name, title, [*above, *columns], rows)


def _values(told: dict[str, Any], own: list[str]) -> Iterator[Any]:
    for field in own:
        value = told[field]
        yield "\n".join(value) if isinstance(value, list) else value


def _kind(schema: dict[str, Any]) -> str:
    for option in schema.get("anyOf", [schema]):
        if option.get("format") == "date":
            return "date"
        if option.get("type") in KINDS:
            return KINDS[option["type"]]
    return "string"
