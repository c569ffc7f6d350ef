"""The forms about signing in in our words; what they check is allauth's."""

from allauth.account.forms import AddEmailForm
from allauth.account.forms import ReauthenticateForm as ByPassword
from allauth.core import context
from allauth.mfa import app_settings as mfa
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from cryptography.fernet import InvalidToken
from django import forms
from django.core.cache import cache

from alliances.forms import Worded


class Once:
    """Mixin for forms: a code that has been taken is refused as long as its time would allow it.

    A code is good for its half minute and the ones beside it; allauth remembers it for one alone.
    """

    def clean_code(self):
        code = super().clean_code()
        typed = "".join(filter(str.isalnum, code)).casefold()
        lasts = mfa.TOTP_PERIOD * (2 * mfa.TOTP_TOLERANCE + 1)
        if not cache.add(f"second-step-taken:{self.user.pk}:{typed}", 1, timeout=lasts):
            raise get_adapter().validation_error("incorrect_code")
        return code


class OneTimeCode(Once, Worded, AuthenticateForm):
    """Of the app, or a recovery code, when signing in."""

    wording = ("alliances", "second-step")


class ConfirmingCode(Once, Worded, ReauthenticateForm):
    """The same, before a dangerous act."""

    wording = ("alliances", "second-step")


class ConfirmingPassword(Worded, ByPassword):
    """The password, before a dangerous act."""

    wording = ("alliances", "confirm-password")


class NewAddress(Worded, AddEmailForm):
    """The address to change to; it is in use once its link has been opened."""

    wording = ("alliances", "new-address")


class FirstCode(Worded, ActivateTOTPForm):
    """What a new app shows, to see that it has the right key.

    The session, which is a row in the database, keeps the key under lock meanwhile.
    """

    wording = ("alliances", "new-app")

    def __init__(self, *args, **kwargs):
        session = context.request.session
        if kept := session.pop(SECRET_SESSION_KEY, None):
            session[SECRET_SESSION_KEY] = _opened(kept)
        super().__init__(*args, **kwargs)
        session[SECRET_SESSION_KEY] = get_adapter().encrypt(self.secret)


def _opened(kept: str) -> str:
    """A key that a session kept under lock; none where no lock of today opens it."""
    try:
        return get_adapter().decrypt(kept)
    except InvalidToken:
        return ""


class NewPasskey(Worded, AddWebAuthnForm):
    """What a passkey is called, and whether it opens the site by itself."""

    wording = ("alliances", "new-passkey")
    mark_optional = False

    passwordless = forms.BooleanField(required=False, initial=True)


class PasskeyName(Worded, EditWebAuthnForm):
    """What a passkey is called."""

    wording = ("alliances", "passkey-name")

    name = forms.CharField(max_length=100)
