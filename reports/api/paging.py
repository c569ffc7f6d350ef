"""Long answers in parts. Each leads to the next by where it ended, so nothing is told twice."""

import re
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from alliances import links
from reports.api.problems import Refused

USUAL, MOST = 50, 100
NUMBER = re.compile(r"[0-9]{1,18}")


def number_given(request: HttpRequest, name: str) -> int | None:
    """A whole number of the address, None where it is not there."""
    given = request.GET.get(name)
    if given is None:
        return None
    if not NUMBER.fullmatch(given):
        raise Refused(HTTPStatus.BAD_REQUEST, f"{name} has to be a whole number.")
    return int(given)


def _most(request: HttpRequest) -> int:
    most = number_given(request, "limit")
    if most is not None and not 1 <= most <= MOST:
        raise Refused(HTTPStatus.BAD_REQUEST, f"limit has to be from 1 to {MOST}.")
    return most or USUAL


def rows_asked_for(request: HttpRequest, found: QuerySet) -> tuple[list, str | None]:
    """The rows after those that were told before, by number; and where the next are."""
    most, after = _most(request), number_given(request, "after") or 0
    rows = list(found.filter(pk__gt=after).order_by("pk")[: most + 1])
    return rows[:most], _next(request, rows, most, "pk")


def told_asked_for(request: HttpRequest, told: Sequence) -> tuple[list, str | None]:
    """The same of what is not rows any more, such as measures once disclosure has let them out."""
    most, after = _most(request), number_given(request, "after") or 0
    rows = [each for each in sorted(told, key=lambda each: each.id) if each.id > after]
    return rows[:most], _next(request, rows, most, "id")


def _next(request: HttpRequest, rows: Sequence[Any], most: int, key: str) -> str | None:
    if len(rows) <= most:
        return None
    query = request.GET.copy()
    query["after"] = str(getattr(rows[most - 1], key))
    return links.full(f"{request.path}?{query.urlencode()}")
