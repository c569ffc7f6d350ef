"""The outermost middleware: each request gets a reference, one line of the log, and is counted."""

import logging
import time

from alliances import references
from config.watch import metrics

log = logging.getLogger("requests")
HEADER = "X-Request-ID"
NO_PAGE = "no page"


class Watched:
    """Names the page by its route, never by its address: addresses may hold keys."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        began = time.monotonic()
        with references.doing() as request.reference:
            response = self.get_response(request)
            response[HEADER] = request.reference
            _tell(request, response, time.monotonic() - began)
        return response


def route_of(request) -> str:
    """The pattern that the request's address fits."""
    return request.resolver_match.route if request.resolver_match else NO_PAGE


def _tell(request, response, seconds: float) -> None:
    match = request.resolver_match
    metrics.count(match.view_name if match else "", request.method, response.status_code, seconds)
    user = getattr(request, "_cached_user", None)
    told = {
        "method": request.method,
        "route": route_of(request),
        "status": response.status_code,
        "milliseconds": round(seconds * 1000),
        "user": user.pk if user else None,
    }
    log.info("answered", extra={"told": told})
