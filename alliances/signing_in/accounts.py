import time

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import record_authentication
from allauth.core.internal import ratelimit
from django.core.exceptions import ValidationError
from django.urls import reverse

from alliances import actions, links
from alliances.models import Invitation
from alliances.queries import open_invitation
from alliances.signing_in.confirming import confirmed_lately
from alliances.signing_in.sessions import LONG_AGO, SEEN, note_visit


class InvitedOnlyAdapter(DefaultAccountAdapter):
    """Signing up is for people who hold an open invitation, under the address it was sent to."""

    def _invitation(self, request) -> Invitation | None:
        return open_invitation(request.session.get("invitation", ""))

    def is_open_for_signup(self, request):
        return self._invitation(request) is not None

    def clean_email(self, email):
        email = super().clean_email(email)
        invitation = self._invitation(self.request)
        if invitation and invitation.email.casefold() != email.casefold():
            raise ValidationError(
                f"Use the address your invitation was sent to: {invitation.email}"
            )
        return email

    def login(self, request, user):
        before = user.last_login
        super().login(request, user)
        note_visit(request.session, before)

    def post_login(self, request, user, **said):
        response = super().post_login(request, user, **said)
        if said["signup"]:
            # Whoever has just chosen a password need not give it again to set up a second step.
            record_authentication(request, user, method="password")
        request.session[SEEN] = time.time()
        actions.note_use(request.session.session_key)
        return response

    def set_password(self, user, password):
        super().set_password(user, password)
        actions.end_sessions(user=user, but=self.request.session.session_key)
        self.request.session[SEEN] = LONG_AGO

    def forget_failures(self, request, user):
        """Wrong passwords are counted by address, wrong codes by account."""
        self._delete_login_attempts_cached_email(request, email=user.email)
        of_codes = {"app": "allauth.account", "action": "login_failed"}
        ratelimit.clear(request, key=f"mfa-auth-user-{user.pk}", **of_codes)

    def send_notification_mail(self, template_prefix, user, context=None, email=None):
        reset = links.full(reverse("account_reset_password"))
        context = {**(context or {}), "reset": reset}
        super().send_notification_mail(template_prefix, user, context, email)

    def is_reauthentication_required(self, *, app, **said):  # noqa: ARG002 - the framework's
        return not confirmed_lately(self.request)
