"""Addresses that machines ask, and the page that people see when something broke."""

import contextlib
import sys
from http import HTTPStatus

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpResponse, JsonResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from alliances.actions import note_breakage
from config.refusals import in_words
from config.watch import health, metrics

AGAIN_AFTER = 30  # seconds


@login_not_required
@require_safe
def healthz(_request):
    """The process is alive and answers; it looks at nothing else."""
    return HttpResponse("ok", content_type="text/plain")


@login_not_required
@never_cache
@require_safe
def readyz(_request):
    """Whether all that the site needs is there."""
    checks = health.readiness()
    status = HTTPStatus.OK if all(checks.values()) else HTTPStatus.SERVICE_UNAVAILABLE
    return JsonResponse({"ready": status == HTTPStatus.OK, "checks": checks}, status=status)


@login_not_required
@never_cache
@require_safe
def figures(request):
    """For whoever has the token; for all others there is no such page."""
    given = request.headers.get("Authorization", "")
    token = settings.METRICS_TOKEN
    if not token or not constant_time_compare(given, f"Bearer {token}"):
        raise Http404
    return HttpResponse(metrics.exposition(), content_type="text/plain; version=0.0.4")


def broken(request):
    """What people see when something broke: the reference, and whether to try again soon."""
    error = sys.exc_info()[1]
    away = isinstance(error, OperationalError | InterfaceError)
    if error and not away:
        with contextlib.suppress(Exception):  # the page of an error must not break too
            note_breakage(error, by=getattr(request, "_cached_user", None))
    status = HTTPStatus.SERVICE_UNAVAILABLE if away else HTTPStatus.INTERNAL_SERVER_ERROR
    response = in_words(request, status)
    if away:
        response["Retry-After"] = AGAIN_AFTER
    return response
