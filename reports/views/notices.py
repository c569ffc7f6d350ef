"""What everybody is told of words, privacy, cookies and accessibility, signed in or not."""

import json
from datetime import date
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from alliances.content import Item, words
from alliances.glossary import glossary as entries
from reports.retention import RULES

# What the last walk over every page found; written by ./run accessibility.
LAST_WALK = Path(__file__).parent.parent / "content" / "accessibility.json"


def _sections(name: str, **figures) -> list[dict]:
    """Each section of a notice with its paragraphs, the names of this service filled in."""
    named = {
        "service": settings.SERVICE_NAME,
        "agency": settings.AGENCY_NAME,
        "contact": settings.CONTACT_EMAIL,
        **figures,
    }

    def section(item: Item) -> dict:
        paragraphs = item.text.strip().format(**named).split("\n\n")
        return {"title": item.title, "paragraphs": paragraphs}

    return [section(item) for item in words("reports", name).values()]


def _cookies() -> list[tuple[str, Item]]:
    """Each cookie by the name that a browser shows, with what is said of it."""
    names = {
        "session": settings.SESSION_COOKIE_NAME,
        "form": settings.CSRF_COOKIE_NAME,
        "notice": settings.MESSAGE_COOKIE_NAME,
        "language": settings.LANGUAGE_COOKIE_NAME,
    }
    return [(item.title.format(**names), item) for item in words("reports", "cookies").values()]


def _notice(request, title: str, **context):
    return render(request, "reports/notices/notice.html", {"title": title, **context})


@login_not_required
@require_safe
def privacy(request):
    return _notice(request, "Privacy", sections=_sections("privacy-notice"), rules=RULES)


@login_not_required
@require_safe
def cookies(request):
    return _notice(request, "Cookies", cookies=_cookies())


@login_not_required
@require_safe
def glossary(request):
    return render(request, "reports/notices/glossary.html", {"entries": entries()})


@login_not_required
@require_safe
def language(request, code):
    """Speak this language from now on, and go back to where one was."""
    if code not in dict(settings.LANGUAGES):
        raise Http404
    then = request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(then, request.get_host())
    response = redirect(then if is_ours else "home")
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


@login_not_required
@require_safe
def accessibility(request):
    walk = json.loads(LAST_WALK.read_text("utf-8"))
    walk["on"] = date_format(date.fromisoformat(walk["on"]), "j F Y")
    walk["widths"] = _listed(walk["widths"])
    title = "Accessibility statement"
    return _notice(request, title, sections=_sections("accessibility", **walk))


def _listed(numbers: list[int]) -> str:
    """As English lists them: "360, 768 and 1280"."""
    *first, last = map(str, numbers)
    return f"{', '.join(first)} and {last}"
