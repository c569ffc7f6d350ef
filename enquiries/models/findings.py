"""What a programme holds to be true: examples of its key messages, findings put to the test."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.text import Truncator

from alliances.models import Programme, User
from alliances.privacy import Keep
from enquiries.models.sheets import PLACE, SheetRecord


class MessageExample(SheetRecord):
    """An example from an alliance, tagged with the key messages that it shows.

    ``is_anonymous`` ones are told outside the alliance without its name.
    """

    keeping = {
        Keep.ALLIANCE: f"{PLACE} messages text is_anonymous",
        Keep.PERSONAL: "saved_by",
    }

    messages = ArrayField(models.CharField(max_length=20))
    text = models.TextField()
    is_anonymous = models.BooleanField(default=False)

    @property
    def about(self) -> str:
        return Truncator(self.text).words(8)


class Finding(models.Model):
    """A statement that the national team means to publish (F36); it only moves forwards.

    ``message`` is the code of the key message it words anew, if it is one.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        ASKED = "asked", "Put to participants"
        PUBLISHED = "published", "Published"

    of_programme = ("programme",)
    keeping = {
        Keep.PROGRAMME: "programme message text state moved_at",
        Keep.PERSONAL: "moved_by",
    }

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="findings")
    message = models.CharField(max_length=20, blank=True)
    text = models.TextField()
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    moved_at = models.DateTimeField(default=timezone.now)
    moved_by = models.ForeignKey(User, models.PROTECT, related_name="findings")

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return self.text

    @property
    def wording(self) -> str:
        """Everything that somebody who words it anew has read."""
        return f"{self.message} {self.text}"


class Verdict(models.Model):
    """What one participant says of a finding (F36); they may think again until it is published."""

    class Affirmed(models.TextChoices):
        YES = "yes", "Yes, it is so with us"
        PARTLY = "partly", "In part"
        NO = "no", "No"

    keeping = {
        Keep.PROGRAMME: "finding affirmed not_so missing example at",
        Keep.PERSONAL: "by",
    }

    finding = models.ForeignKey(Finding, models.CASCADE, related_name="verdicts")
    by = models.ForeignKey(User, models.PROTECT, related_name="verdicts")
    affirmed = models.CharField(max_length=10, choices=Affirmed)
    not_so = models.TextField(blank=True)
    missing = models.TextField(blank=True)
    example = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["finding", "by"], name="enquiries_verdict_once")
        ]

    def __str__(self):
        return self.get_affirmed_display()
