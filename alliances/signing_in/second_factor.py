"""The second step of signing in: who must have one, and how its secrets are kept."""

from allauth.account.authentication import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from alliances.models import Assignment, User
from alliances.signing_in.browsers import browser_of
from alliances.signing_in.locks import locks

# What a person can still reach who must have a second step and has none yet.
ENROLMENT = {
    "mfa_index",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "account_reauthenticate",
    "account_logout",
}
WHY = (
    "Your role reads the work of many schools, so signing in takes a second step. "
    "Set one up to go on."
)
# Recovery codes alone are none: they stand in for one that is lost.
KINDS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


def must_have_one(user: User) -> bool:
    """Whether a role the person holds today asks for a second step."""
    return _in_role(user).exists()


def lacks_one(user: User) -> bool:
    """Whether the person must have a second step and has none."""
    if not settings.SECOND_FACTOR_ROLES:
        return False
    held = Authenticator.objects.filter(user=OuterRef("user"), type__in=KINDS)
    return _in_role(user).exclude(Exists(held)).exists()


def _in_role(user: User):
    return Assignment.objects.current().filter(user=user.pk, role__in=settings.SECOND_FACTOR_ROLES)


class SecondFactor(DefaultMFAAdapter):
    """Keeps secrets encrypted, and the last second step of whoever must have one."""

    def encrypt(self, text: str) -> str:
        return locks().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return locks().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        if not must_have_one(authenticator.user):
            return True
        others = Authenticator.objects.filter(user=authenticator.user, type__in=KINDS)
        return others.exclude(pk=authenticator.pk).exists()

    def generate_authenticator_name(self, *_) -> str:
        return browser_of(context.request.META.get("HTTP_USER_AGENT", ""))

    def _get_site_name(self) -> str:
        return settings.SERVICE_NAME


class SecondFactorFirst:
    """Leads a person who lacks the second step to the page where they set one up."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request, _view, _arguments, _named) -> HttpResponse | None:
        if not request.user.is_authenticated or request.resolver_match.url_name in ENROLMENT:
            return None
        if _by_provider(request) or not lacks_one(request.user):
            return None
        if not request.accepts("text/html"):
            return HttpResponse(WHY, status=403, content_type="text/plain")
        return redirect("mfa_index")


def _by_provider(request: HttpRequest) -> bool:
    """Whether the session began at a provider that asks for a second step itself."""
    if not settings.OIDC_HAS_SECOND_FACTOR:
        return False
    records = get_authentication_records(request, request.user)
    return any(record["method"] == "socialaccount" for record in records)
