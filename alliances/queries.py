from django.utils import timezone

from alliances.models import Invitation


def open_invitation(token: str) -> Invitation | None:
    """The invitation a token opens, unless it is spent or its time has passed."""
    waiting = Invitation.objects.filter(accepted_at=None, expires_at__gt=timezone.now())
    return waiting.filter(token=token).first() if token else None
