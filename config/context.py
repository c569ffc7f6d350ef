from functools import partial

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, gettext

from alliances.content import spoken
from alliances.signed_out import signed_writer


def service(request):
    """What every page shows: the names of service and agency, the main pages, who writes."""
    return {
        "service_name": settings.SERVICE_NAME,
        "agency_name": settings.AGENCY_NAME,
        "agency_short_name": settings.AGENCY_SHORT_NAME,
        "navigation": _navigation(request),
        "language": spoken() or "en",
        "other_languages": [each for each in settings.LANGUAGES if each[0] != get_language()],
        "writer": partial(signed_writer, request),
    }


def _navigation(request) -> list[dict]:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return []
    pages = (
        (gettext("Home"), reverse("home")),
        (gettext("My week"), reverse("my-week")),
        (gettext("Reports"), reverse("reports")),
    )
    return [{"text": text, "url": url, "current": request.path == url} for text, url in pages]
