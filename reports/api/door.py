"""Who comes in with a token, how often, and how what they get is sent."""

import time
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from hashlib import sha256
from http import HTTPStatus
from math import ceil

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.http import quote_etag
from django.views.decorators.csrf import csrf_exempt

from alliances import actions
from alliances.models import Token, User
from alliances.queries import token_behind
from alliances.signing_in.second_factor import WHY, lacks_one
from reports.api.problems import Refused, problem

WINDOW = 60  # seconds in which calls are counted
NOTED_EVERY = timedelta(minutes=10)  # a call costs no write
NO_TOKEN = "Send a token that is in force: Authorization: Bearer aet_… See /api/v1/"  # noqa: S105 - none
IN_THE_CLEAR = "Use https, and end this token: whoever listened has it."
ONLY_READ = "Programs only read: use GET."

View = Callable[..., HttpResponse]


def with_token(view: View) -> View:
    """An address for programs: it knows who asks by their token alone, and takes no cookie."""

    @csrf_exempt
    @login_not_required
    @wraps(view)
    def guarded(request: HttpRequest, **named) -> HttpResponse:
        try:
            _let_in(request)
            return _marked(request, view(request, **named))
        except Refused as refused:
            return problem(request, refused.status, str(refused), refused.headers)
        except Http404:
            return problem(request, HTTPStatus.NOT_FOUND)
        except PermissionDenied:
            return problem(request, HTTPStatus.FORBIDDEN)

    return guarded


def _let_in(request: HttpRequest) -> None:
    """Whoever asks is the token's owner from now on."""
    if settings.HTTPS and not request.is_secure():
        raise Refused(HTTPStatus.FORBIDDEN, IN_THE_CLEAR)
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    token = token_behind(secret.strip()) if scheme.lower() == "bearer" else None
    if token is None:
        raise Refused(HTTPStatus.UNAUTHORIZED, NO_TOKEN, **{"WWW-Authenticate": "Bearer"})
    if request.method not in ("GET", "HEAD"):
        raise Refused(HTTPStatus.METHOD_NOT_ALLOWED, ONLY_READ, Allow="GET, HEAD")
    _count(token)
    owner = User.objects.with_roles().get(pk=token.person_id)
    if lacks_one(owner):
        raise Refused(HTTPStatus.FORBIDDEN, WHY)
    request.user = owner
    if token.used_at is None or timezone.now() - token.used_at > NOTED_EVERY:
        actions.note_token_use(token)


def _count(token: Token) -> None:
    """So many calls a minute for each token; what is asked beyond them waits."""
    window, gone = divmod(time.time(), WINDOW)
    key = f"calls of token {token.pk} in {window:.0f}".replace(" ", "-")
    calls = 1 if cache.add(key, 1, 2 * WINDOW) else cache.incr(key)
    if calls > settings.API_CALLS_A_MINUTE:
        wait = str(ceil(WINDOW - gone))
        detail = f"More than {settings.API_CALLS_A_MINUTE} calls in a minute. Wait {wait} seconds."
        raise Refused(HTTPStatus.TOO_MANY_REQUESTS, detail, **{"Retry-After": wait})


def _marked(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Whoever has the same answer already is told so, and gets nothing again."""
    if not response.has_header("ETag"):
        response.headers["ETag"] = quote_etag(sha256(response.content).hexdigest())
    patch_cache_control(response, private=True, no_cache=True)
    patch_vary_headers(response, ["Authorization"])
    return get_conditional_response(request, etag=response.headers["ETag"], response=response)
