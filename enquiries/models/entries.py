"""What an enquiry consists of, in its order: each entry printed somewhere or logged by somebody."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from alliances.models import User
from alliances.privacy import Keep
from enquiries.models.enquiry import Enquiry

ENTRY = "enquiry position source_lines logged_at"


class Entry(models.Model):
    """``source_lines`` are [first, last] of the printed document; null if logged on the site."""

    within = "enquiry__alliance"

    enquiry = models.ForeignKey(Enquiry, models.CASCADE)
    position = models.PositiveSmallIntegerField()
    source_lines = ArrayField(models.PositiveIntegerField(), size=2, null=True, blank=True)
    logged_at = models.DateTimeField(default=timezone.now)
    logged_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True)

    class Meta:
        abstract = True
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["enquiry", "position"], name="%(app_label)s_%(class)s_position"
            )
        ]


class Cycle(Entry):
    """One turn of an enquiry, from implementation through innovation to impact.

    ``submission`` is the key of the form that started it: the same form sent twice starts one.
    """

    class Phase(models.TextChoices):
        IMPLEMENTATION = "implementation", "Implementation"
        INNOVATION = "innovation", "Innovation"
        IMPACT = "impact", "Impact"
        ENDED = "ended", "Ended"

    keeping = {
        Keep.ALLIANCE: f"{ENTRY} label period tried refinements evidence phase deadline submission",
        Keep.PERSONAL: "logged_by",
    }

    label = models.CharField(max_length=200)
    period = models.CharField(max_length=200, blank=True)
    tried = models.TextField()
    refinements = models.TextField(blank=True)
    evidence = ArrayField(models.TextField(), default=list, blank=True)
    phase = models.CharField(max_length=20, choices=Phase, default=Phase.IMPLEMENTATION)
    deadline = models.DateField(null=True, blank=True)
    submission = models.UUIDField(null=True, blank=True, unique=True, editable=False)

    class Meta(Entry.Meta):
        default_related_name = "cycles"

    def __str__(self):
        return self.label


class Passage(models.Model):
    """A cycle's step through a gate, and why it was let through where something was missing.

    ``missing`` holds the words of what was not there; without any, no reason is needed.
    """

    within = "cycle__enquiry__alliance"
    keeping = {
        Keep.ALLIANCE: "cycle left entered passed_at missing reason",
        Keep.PERSONAL: "passed_by",
    }

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="passages")
    left = models.CharField(max_length=20, choices=Cycle.Phase)
    entered = models.CharField(max_length=20, choices=Cycle.Phase)
    passed_at = models.DateTimeField(default=timezone.now)
    passed_by = models.ForeignKey(User, models.PROTECT, related_name="passages")
    missing = ArrayField(models.TextField(), default=list, blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["passed_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(missing=[]) | ~models.Q(reason=""),
                name="enquiries_passage_reasoned",
            )
        ]

    def __str__(self):
        return f"{self.get_left_display()} to {self.get_entered_display()}"


class Duty(Entry):
    """Who does what in the project, described without a person's name."""

    keeping = {Keep.ALLIANCE: f"{ENTRY} description", Keep.PERSONAL: "logged_by"}

    description = models.TextField()

    class Meta(Entry.Meta):
        default_related_name = "duties"

    def __str__(self):
        return self.description


class Grant(Entry):
    keeping = {Keep.ALLIANCE: f"{ENTRY} pounds purpose", Keep.PERSONAL: "logged_by"}

    pounds = models.PositiveIntegerField()
    purpose = models.TextField()

    class Meta(Entry.Meta):
        default_related_name = "grants"

    def __str__(self):
        return f"£{self.pounds}: {self.purpose}"


class Lesson(Entry):
    """A lesson the programme's reports draw from an enquiry, with where they say it."""

    keeping = {Keep.PROGRAMME: f"{ENTRY} text source", Keep.PERSONAL: "logged_by"}

    text = models.TextField()
    source = models.CharField(max_length=100, blank=True)

    class Meta(Entry.Meta):
        default_related_name = "lessons"

    def __str__(self):
        return self.text
