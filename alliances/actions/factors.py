"""What becomes of a second step that is lost, and of its secrets when the key changes."""

from allauth.mfa.models import Authenticator
from django.db import transaction

from alliances import audit
from alliances.models import User
from alliances.signing_in.locks import locks

# The parts of an authenticator's data that are secret, one text each.
SECRET = ("secret", "seed")


@transaction.atomic
def forget_factors(*, user: User, by: User | None, **why: str) -> int:
    """Take away all second steps of a person who has lost them; how many there were.

    Whoever must have one sets up another at the next sign-in. ``why`` is kept, if it is said.
    """
    gone, _ = Authenticator.objects.filter(user=user.pk).delete()
    audit.record("forgot second step", user, by=by, **why)
    return gone


@transaction.atomic
def lock_factors_again() -> int:
    """Lock every secret with the newest key, so that older keys may be taken away; how many."""
    kept = locks()
    found = list(
        Authenticator.objects.select_for_update().exclude(type=Authenticator.Type.WEBAUTHN)
    )
    for each in found:
        opened = {name: each.data[name] for name in SECRET if name in each.data}
        each.data |= {name: kept.rotate(text.encode()).decode() for name, text in opened.items()}
        each.save(update_fields=["data"])
    return len(found)
