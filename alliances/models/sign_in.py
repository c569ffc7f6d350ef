"""What signing in keeps in tables of its own, kept and given a history as ours are."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount

from alliances.privacy import Keep


class SignInAddress(EmailAddress):
    """An address under which somebody signs in."""

    keeping = {Keep.PERSONAL: "user email", Keep.ALLIANCE: "verified primary"}

    class Meta:
        proxy = True


class SecondFactor(Authenticator):
    """A passkey, an app that shows codes, or recovery codes; what they rest on is never copied."""

    keeping = {Keep.PERSONAL: "user type created_at last_used_at", Keep.KEY: "data"}

    class Meta:
        proxy = True


class AccountElsewhere(SocialAccount):
    """An account at a provider of single sign-on that opens this one."""

    keeping = {Keep.PERSONAL: "user provider uid last_login date_joined", Keep.KEY: "extra_data"}

    class Meta:
        proxy = True
