"""The OpenAPI document: the addresses, their answers and what each field means."""

import re
from functools import cache
from typing import Any

from django.conf import settings
from pydantic.json_schema import models_json_schema

from alliances.content import words
from reports.api import shapes
from reports.api.addresses import ADDRESSES, Address
from reports.api.paging import MOST, USUAL
from reports.api.problems import PROBLEM
from reports.api.sending import JSON

VERSION = "1.0.0"
REFERENCE = "#/components/schemas/{model}"
REFUSALS = {
    "400": "refused-asked",
    "401": "refused-token",
    "403": "refused-role",
    "404": "refused-nothing",
    "429": "refused-often",
}
SHAPES = (
    shapes.Programme, shapes.Alliance, shapes.School, shapes.Enquiry, shapes.Cycle,
    shapes.Measure, shapes.Reading, shapes.Category, shapes.Claim, shapes.CaseStudy, shapes.Report,
)  # fmt: skip
_PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "detail", "reference"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "reference": {"type": "string"},
    },
    "additionalProperties": False,
}


def meaning(shape: str, field: str) -> str:
    """What a field means, in a shape of its own or in all that have it."""
    fields, named = words("reports", "api-fields"), field.replace("_", "-")
    found = fields.get(f"field-of-{shape.lower()}-{named}") or fields[f"field-{named}"]
    return found.title


@cache
def document() -> dict[str, Any]:
    """The whole document, as JSON."""
    about = words("reports", "api")["api"]
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"{settings.SERVICE_NAME}: {about.title}",
            "description": about.text,
            "version": VERSION,
        },
        "servers": [{"url": settings.SITE_URL}],
        "security": [{"token": []}],
        "paths": {each.route_in_braces: {"get": _operation(each)} for each in ADDRESSES},
        "components": {
            "schemas": {**_schemas(), "Problem": _described("Problem", _PROBLEM)},
            "responses": {code: _refusal(code) for code in REFUSALS},
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _schemas() -> dict[str, Any]:
    _, found = models_json_schema(
        [(shape, "serialization") for shape in SHAPES], ref_template=REFERENCE
    )
    return {name: _described(name, schema) for name, schema in found["$defs"].items()}


def _described(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    """The schema with what each of its fields means, and without titles made from names."""
    fields = schema.get("properties", {})
    told = {
        field: {**_untitled(own), "description": meaning(name, field)}
        for field, own in fields.items()
    }
    kept = _untitled(schema)
    return {**kept, "properties": told} if told else kept


def _untitled(schema: dict[str, Any]) -> dict[str, Any]:
    """Without what is made from the names and the comments of the code."""
    return {key: told for key, told in schema.items() if key not in ("title", "description")}


def _operation(address: Address) -> dict[str, Any]:
    refused = [code for code in REFUSALS if code != "404" or "<" in address.route]
    answer = {
        "description": address.title,
        "headers": {"ETag": {"schema": {"type": "string"}}},
        "content": {JSON: {"schema": _answer(address)}},
    }
    return {
        "operationId": address.name,
        "summary": address.title,
        "description": f"{address.text} {address.takes}".strip(),
        "parameters": [*_in_path(address), *_in_query(address)],
        "responses": {
            "200": answer,
            **{code: {"$ref": f"#/components/responses/{code}"} for code in refused},
        },
    }


def _answer(address: Address) -> dict[str, Any]:
    if address.shape is None:
        return {"type": "object"}
    item = {"$ref": REFERENCE.format(model=address.shape.__name__)}
    if not address.is_list:
        return item
    whole = {name: {"type": "integer"} for name in address.about}
    listed = {"items": {"type": "array", "items": item}, "next": {"type": ["string", "null"]}}
    fields = {**whole, **listed}
    parts = {"type": "object", "required": list(fields), "properties": fields}
    return {**_described("Part", parts), "additionalProperties": False}


def _in_path(address: Address) -> list[dict[str, Any]]:
    kinds = {"int": {"type": "integer", "minimum": 0}, "slug": {"type": "string"}}
    return [
        _parameter(name, "path", kinds[kind], required=True)
        for kind, name in re.findall(r"<(\w+):(\w+)>", address.route)
    ]


def _in_query(address: Address) -> list[dict[str, Any]]:
    if not address.is_list:
        return []
    number = {"type": "integer", "minimum": 0, "maximum": 10**18 - 1}
    limit = {"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL}
    named = {**dict.fromkeys(address.filters, number), "after": number, "limit": limit}
    return [_parameter(name, "query", schema) for name, schema in named.items()]


def _parameter(name: str, place: str, schema: dict, *, required: bool = False) -> dict[str, Any]:
    return {
        "name": name,
        "in": place,
        "required": required,
        "schema": schema,
        "description": meaning("Parameter", name),
    }


def _refusal(code: str) -> dict[str, Any]:
    schema = {"$ref": REFERENCE.format(model="Problem")}
    told = words("reports", "api-fields")[REFUSALS[code]].title
    return {"description": told, "content": {PROBLEM: {"schema": schema}}}
