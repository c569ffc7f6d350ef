from hashlib import sha256

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from alliances.models.people import Assignment, User
from alliances.privacy import Keep

# For how many days a token may be made.
SPANS = (30, 90, 365)


def digest_of(secret: str) -> str:
    """What is kept of a token. It is long and random, so one round of hashing is enough."""
    return sha256(secret.encode()).hexdigest()


class TokenQuerySet(models.QuerySet):
    def current(self):
        """Those that open something: not ended, in their time, and of somebody let in.

        A role that their owner held when they were made must still be held. One that comes later
        brings none of them back.
        """
        since = Assignment.objects.current().filter(
            user=OuterRef("person"), starts_on__lte=OuterRef("made_at__date")
        )
        now = timezone.now()
        return self.filter(Exists(since), ended_at=None, expires_at__gt=now, person__is_active=True)


class Token(models.Model):
    """With it a program reads what its owner may. Kept as a hash: it is shown once, when made."""

    of_programme = tuple(f"person__{path}" for path in User.of_programme)
    passing = "used_at"
    keeping = {
        Keep.PERSONAL: "person name made_at expires_at used_at ended_at",
        Keep.KEY: "digest",
    }

    person = models.ForeignKey(User, models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=100)
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = TokenQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="alliances_token_expires_later", condition=Q(expires_at__gt=F("made_at"))
            ),
        ]

    def __str__(self):
        return self.name
