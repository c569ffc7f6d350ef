"""Asks again who somebody is before an act that harms if it was another at their keyboard.

Which acts, ``settings.CONFIRMED_AGAIN`` says by the names of their URLs. Whoever has signed in or
confirmed within ``ACCOUNT_REAUTHENTICATION_TIMEOUT`` seconds is not asked.
"""

import time

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.reauthentication import suspend_request
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.urls import ResolverMatch


def confirmed_lately(request: HttpRequest) -> bool:
    """Whether the person has shown in this session who they are, a short while ago."""
    since = time.time() - settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
    return any(record["at"] > since for record in get_authentication_records(request, request.user))


def is_dangerous(match: ResolverMatch, method: str) -> bool:
    """Whether a page, under this method and arguments where it has several acts, is asked for."""
    wanted = settings.CONFIRMED_AGAIN.get(match.url_name)
    return wanted is not None and wanted.items() <= {**match.kwargs, "method": method}.items()


class ConfirmFirst:
    """Puts the question before the page of the act; what was sent is done after the answer."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request, _view, _arguments, _named) -> HttpResponse | None:
        if not request.user.is_authenticated or not is_dangerous(
            request.resolver_match, request.method
        ):
            return None
        if confirmed_lately(request):
            return None
        if methods := get_adapter().get_reauthentication_methods(request.user):
            return suspend_request(request, methods[0]["url"])
        logout(request)  # without a password or second step of ours, only signing in can confirm
        return redirect_to_login(request.get_full_path())
