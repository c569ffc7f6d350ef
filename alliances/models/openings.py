from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from alliances.models.people import User
from alliances.models.places import Alliance
from alliances.privacy import Keep

# How many days somebody may open an alliance's work for at a time.
LONGEST_OPENING = 14


class OpeningQuerySet(models.QuerySet):
    def current(self):
        """Those whose time has not passed and that nobody has ended."""
        now = timezone.now()
        return self.filter(ended=None, since__lte=now, until__gt=now)


class Opening(models.Model):
    """Somebody of the national team reads an alliance's work for a reason and a time.

    It opens nothing to a person who does not hold a role that may open alliances. Over, it stays
    on record for the alliance to see.
    """

    within = "alliance"
    keeping = {Keep.PERSONAL: "person", Keep.ALLIANCE: "alliance reason since until ended"}

    alliance = models.ForeignKey(Alliance, models.CASCADE, related_name="openings")
    person = models.ForeignKey(User, models.PROTECT, related_name="openings")
    reason = models.TextField()
    since = models.DateTimeField()
    until = models.DateTimeField()
    ended = models.DateTimeField(null=True, blank=True)

    objects = OpeningQuerySet.as_manager()

    class Meta:
        ordering = ["-since", "-pk"]
        indexes = [models.Index(fields=["person", "until"], name="alliances_opening_of")]
        constraints = [
            models.CheckConstraint(
                condition=Q(reason__regex=r"\S"), name="alliances_opening_has_reason"
            ),
            models.CheckConstraint(
                condition=Q(
                    until__gt=F("since"), until__lte=F("since") + timedelta(days=LONGEST_OPENING)
                ),
                name="alliances_opening_is_short",
            ),
            models.CheckConstraint(
                condition=Q(ended__isnull=True) | Q(ended__gte=F("since")),
                name="alliances_opening_ends_after_start",
            ),
        ]

    def __str__(self):
        return f"{self.person} opened {self.alliance}"

    @property
    def is_current(self) -> bool:
        return self.ended is None and self.until > timezone.now()

    @property
    def over(self):
        """When it ended or is to end."""
        return self.ended or self.until
