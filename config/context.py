from functools import partial

from django.conf import settings
from django.urls import reverse

from alliances.signed_out import signed_writer


def service(request):
    """What every page shows: the names of service and agency, the main pages, who writes."""
    return {
        "service_name": settings.SERVICE_NAME,
        "agency_name": settings.AGENCY_NAME,
        "agency_short_name": settings.AGENCY_SHORT_NAME,
        "navigation": _navigation(request),
        "writer": partial(signed_writer, request),
    }


def _navigation(request) -> list[dict]:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return []
    pages = (
        ("Home", reverse("home")),
        ("My week", reverse("my-week")),
        ("Reports", reverse("reports")),
    )
    return [{"text": text, "url": url, "current": request.path == url} for text, url in pages]
