"""Keeps what somebody sends after their session has ended, and gives it back to them alone.

Every page on which people write carries its writer, signed. What is sent from it by nobody waits
in the browser's new session; once the same person has signed in, the page asks them to send it
again. Nothing is done with it before.
"""

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.csrf import csrf_failure as refuse

from alliances.models import User

WRITER = "writer"
KEPT = "sent-while-signed-out"
NOT_TYPED = {WRITER, "csrfmiddlewaretoken"}
UNAUTHORIZED = 401


def signed_writer(request: HttpRequest) -> str:
    """Who writes on a page, as its forms carry it; their browser may keep such a page."""
    request.is_written_on = True
    return signing.dumps(request.user.pk, salt=WRITER)


def _writer(request: HttpRequest) -> int | None:
    """Who had the page from which this was sent; None if it was none of ours, or they are gone."""
    try:
        by = signing.loads(request.POST.get(WRITER, ""), salt=WRITER)
    except signing.BadSignature:
        return None
    return by if User.objects.filter(pk=by, is_active=True).exists() else None


def _typed(request: HttpRequest) -> list[tuple[str, list[str]]]:
    return [(name, values) for name, values in request.POST.lists() if name not in NOT_TYPED]


class SignInFirst(LoginRequiredMiddleware):
    """Sends whoever is signed out to the sign-in page, and keeps what they sent."""

    def process_view(self, request, view_func, view_args, view_kwargs):
        refused = super().process_view(request, view_func, view_args, view_kwargs)
        if refused or request.method != "GET" or not request.user.is_authenticated:
            return refused
        kept = request.session.get(KEPT)
        if not kept or kept["address"] != request.get_full_path():
            return None
        del request.session[KEPT]
        return _offer(request, kept["typed"]) if kept["by"] == request.user.pk else None

    def handle_no_permission(self, request, view_func):
        if not request.accepts("text/html"):
            return HttpResponse(status=UNAUTHORIZED)
        by = _writer(request)
        if by is not None:
            typed = _typed(request)
            request.session[KEPT] = {
                "address": request.get_full_path(),
                "by": by,
                "typed": typed,
            }
        return super().handle_no_permission(request, view_func)


def _offer(request: HttpRequest, typed: list, status: int = 200) -> HttpResponse:
    """What was typed, to be sent again from a page of now."""
    return render(request, "alliances/send_again.html", {"typed": typed}, status=status)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A page from before its writer signed in again is old, but theirs: they may send it again."""
    by = _writer(request)
    if by is not None and by == request.user.pk:
        return _offer(request, _typed(request), status=403)
    return refuse(request, reason)
