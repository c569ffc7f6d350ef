"""Refusals that programs read: JSON problem details (RFC 9457), with the reference to quote."""

import json
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse

PROBLEM = "application/problem+json"
ROOM = "/api/"


class Refused(Exception):
    """Why a program gets nothing; ``headers`` go with the answer."""

    def __init__(self, status: HTTPStatus, detail: str, **headers: str):
        super().__init__(detail)
        self.status, self.headers = status, headers


def is_for_programs(request: HttpRequest) -> bool:
    """Whether a program asks, and not a person."""
    return request.path.startswith(ROOM)


def problem(
    request: HttpRequest,
    status: HTTPStatus,
    detail: str = "",
    headers: dict[str, str] | None = None,
) -> HttpResponse:
    """The refusal; ``detail`` says what to do about it, where that is known."""
    told = {
        "type": "about:blank",
        "title": status.phrase,
        "status": status.value,
        "detail": detail or status.description,
        "reference": request.reference,
    }
    return HttpResponse(json.dumps(told), status=status, content_type=PROBLEM, headers=headers)
