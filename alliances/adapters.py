from allauth.account.adapter import DefaultAccountAdapter
from django.core.exceptions import ValidationError

from alliances.models import Invitation
from alliances.queries import open_invitation


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
