"""Puts down what is written or opened during a request to its person and its page."""

from http import HTTPStatus
from uuid import UUID

from django.http import HttpRequest

from alliances.actions import note_reads
from alliances.history import doing

# Arguments that are words of an address; any other text may be somebody's key.
PLAIN = {"slug", "code", "kind", "what", "phase", "form"}


def page_of(request: HttpRequest) -> str:
    """Method, name and arguments of the address: ``POST sheet 3 priority``."""
    match = request.resolver_match
    if match is None:
        return request.method
    plain = [
        str(value)
        for name, value in match.kwargs.items()
        if isinstance(value, int | UUID) or name in PLAIN
    ]
    return " ".join([request.method, match.url_name or match.view_name, *plain])


def shows_a_page(method: str, status: int) -> bool:
    """Whether somebody has a page before them: one asked for, or that of a form sent back."""
    is_asked_for = method == "GET" and status == HTTPStatus.OK
    return is_asked_for or status == HTTPStatus.UNPROCESSABLE_ENTITY


class PutDown:
    """Middleware, after that which knows who is signed in."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        with doing(by=lambda: request.user.pk, page=lambda: page_of(request)) as now:
            response = self.get_response(request)
            if now.opened and shows_a_page(request.method, response.status_code):
                note_reads(now.opened, page=page_of(request), by=request.user)
            return response
