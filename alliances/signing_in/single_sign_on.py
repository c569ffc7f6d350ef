"""Single sign-on: only into an account, or by an invitation, under an address that is verified."""

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base import AuthProcess
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from requests import RequestException

from alliances import actions
from alliances.models import Invitation
from alliances.queries import invitation_of, is_verified

REFUSED = "socialaccount/refused.html"
SILENT = "socialaccount/authentication_error.html"


class InvitedOnlySocialAdapter(DefaultSocialAccountAdapter):
    """Lets nobody in whom the provider does not vouch for, nor anybody who is not expected."""

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        wanted = sociallogin.state.get("process")
        if wanted == AuthProcess.CONNECT and not _is_theirs(request, sociallogin):
            _refuse(request, "other-address")
        if not sociallogin.is_existing and not _verified(sociallogin):
            _refuse(request, "unverified")

    def authenticate_by_email(self, sociallogin: SocialLogin):
        """The account whose address is verified here as well as there."""
        found = super().authenticate_by_email(sociallogin)
        return found if found and is_verified(*found) else None

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return _invitation(request, sociallogin) is not None

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict):
        user = super().populate_user(request, sociallogin, data)
        user.email = type(user).objects.normalize_email(user.email)
        user.name = (data.get("name") or user.email)[:150]
        return user

    def save_user(self, request: HttpRequest, sociallogin: SocialLogin, form=None):
        invitation = _invitation(request, sociallogin)
        user = super().save_user(request, sociallogin, form)
        actions.welcome(user=user, name=user.name, invitation=invitation)
        request.session.pop("invitation", None)
        return user


def _verified(sociallogin: SocialLogin) -> list[str]:
    """The addresses that the provider has verified."""
    return [each.email for each in sociallogin.email_addresses if each.verified]


def _is_theirs(request: HttpRequest, sociallogin: SocialLogin) -> bool:
    own = request.user.email.casefold() if request.user.is_authenticated else None
    return own in [email.casefold() for email in _verified(sociallogin)]


def _invitation(request: HttpRequest, sociallogin: SocialLogin) -> Invitation | None:
    """The invitation followed here, else the last one to an address that is verified."""
    token = request.session.get("invitation", "")
    return invitation_of(_verified(sociallogin), token=token)


def _refuse(request: HttpRequest, reason: str):
    raise ImmediateHttpResponse(render(request, REFUSED, {"reason": reason}, status=403))


class ProviderSilent:
    """Answers for a provider that does not answer, or not as it should."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, RequestException):
            return render(request, SILENT, status=503)
        return None
