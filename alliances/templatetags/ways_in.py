"""What the pages about signing in ask of the settings and of the person."""

from django import template
from django.conf import settings
from django.urls import reverse

from alliances.signing_in.second_factor import WHY, lacks_one

register = template.Library()


@register.simple_tag(takes_context=True)
def lacks_second_step(context) -> str:
    """Why the person must set up a second step first; empty where they need not."""
    return WHY if lacks_one(context["request"].user) else ""


@register.simple_tag
def single_sign_on() -> dict | None:
    """The provider's name, and the address its sign-in button sends to; None without one."""
    if not settings.OIDC:
        return None
    address = reverse("openid_connect_login", args=[settings.OIDC["provider_id"]])
    return {"name": settings.OIDC["name"], "url": address}
