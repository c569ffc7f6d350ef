"""Answers as JSON: one thing, or part of a list with where the next part is."""

import json
from collections.abc import Iterable

from django.http import HttpResponse

from reports.api.shapes import Shape

JSON = "application/json"


def send(told: Shape) -> HttpResponse:
    return HttpResponse(told.model_dump_json(), content_type=JSON)


def send_part(items: Iterable[Shape], later: str | None, **about) -> HttpResponse:
    """``later`` is the address of the next part; ``about`` holds for all that is told."""
    told = {**about, "items": [each.model_dump(mode="json") for each in items], "next": later}
    return HttpResponse(json.dumps(told, ensure_ascii=False), content_type=JSON)
