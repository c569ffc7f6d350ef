"""What is refused before any page looks at it."""

from http import HTTPStatus

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.template import loader
from django.views.defaults import page_not_found

from reports.api.problems import is_for_programs, problem


class Refusals:
    """Refuses what no person can type and no database keep, and what is too much to take in."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" in request.path or _has_nul(request.GET):
            raise BadRequest("A NUL in the address")
        if _size(request) > settings.LARGEST_REQUEST:
            return in_words(request, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        return self.get_response(request)

    def process_view(self, request: HttpRequest, _view, _arguments, _named):
        """Here, after the session: whoever is signed out is told so first."""
        if request.method == "POST" and _has_nul(request.POST):
            raise BadRequest("A NUL in what was sent")


class ButtonsOnly:
    """Says so to whoever opens an address that takes only what a button sends.

    Innermost: the page greets whoever is signed in, and shows what waited to be told.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not isinstance(response, HttpResponseNotAllowed) or request.method != "GET":
            return response
        page = render(request, "405.html", status=HTTPStatus.METHOD_NOT_ALLOWED)
        page["Allow"] = response["Allow"]
        return page


def _size(request: HttpRequest) -> int:
    """Bytes of what is sent, as far as the server would read it."""
    declared = request.META.get("CONTENT_LENGTH") or "0"
    return int(declared) if declared.isdecimal() else 0


def _has_nul(sent) -> bool:
    return any("\0" in text for name, values in sent.lists() for text in (name, *values))


def in_words(request: HttpRequest, status: HTTPStatus) -> HttpResponse:
    """The page of a refusal, with the reference to quote; a program gets it as JSON."""
    if is_for_programs(request):
        return problem(request, status)
    told = {"reference": request.reference, "service_name": settings.SERVICE_NAME}
    words = loader.get_template(f"{status.value}.html").render(told)
    return HttpResponse(words, status=status)


def not_found(request: HttpRequest, exception) -> HttpResponse:
    """The page for an address that leads nowhere, or to what is not for whoever asks."""
    if is_for_programs(request):
        return problem(request, HTTPStatus.NOT_FOUND)
    return page_not_found(request, exception)


def not_understood(request: HttpRequest, exception) -> HttpResponse:  # noqa: ARG001 - so named by the framework
    """The page for a request that no browser sends by itself."""
    return in_words(request, HTTPStatus.BAD_REQUEST)
