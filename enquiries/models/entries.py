"""The logs of an enquiry: ordered entries, each printed somewhere or logged by somebody."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from alliances.models import User
from alliances.privacy import Keep
from enquiries.models.enquiry import Enquiry

ENTRY = "enquiry position source_lines logged_at submission"


class Entry(models.Model):
    """``source_lines`` are [first, last] of the printed document; null if logged on the site.

    ``submission`` is the key of the form that logged it: the same form sent twice logs once.
    """

    within = "enquiry__alliance"

    enquiry = models.ForeignKey(Enquiry, models.CASCADE)
    position = models.PositiveSmallIntegerField()
    source_lines = ArrayField(models.PositiveIntegerField(), size=2, null=True, blank=True)
    logged_at = models.DateTimeField(default=timezone.now)
    logged_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True)
    submission = models.UUIDField(null=True, blank=True, unique=True, editable=False)

    class Meta:
        abstract = True
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["enquiry", "position"], name="%(app_label)s_%(class)s_position"
            )
        ]


class Cycle(Entry):
    """One turn of an enquiry, from implementation through innovation to impact."""

    class Phase(models.TextChoices):
        IMPLEMENTATION = "implementation", "Implementation"
        INNOVATION = "innovation", "Innovation"
        IMPACT = "impact", "Impact"
        ENDED = "ended", "Ended"

    keeping = {
        Keep.ALLIANCE: f"{ENTRY} label period tried refinements evidence phase deadline",
        Keep.PERSONAL: "logged_by",
    }

    label = models.CharField(max_length=200)
    period = models.CharField(max_length=200, blank=True)
    tried = models.TextField()
    refinements = models.TextField(blank=True)
    evidence = ArrayField(models.TextField(), default=list, blank=True)
    phase = models.CharField(max_length=20, choices=Phase, default=Phase.IMPLEMENTATION)
    deadline = models.DateField(null=True, blank=True)

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


class Trial(models.Model):
    """One person's note of one trial (F19): what was done, met, thought and advised."""

    within = "cycle__enquiry__alliance"
    keeping = {
        Keep.ALLIANCE: "cycle held_on strategy with_whom done experienced reflection "
        "recommendation logged_at submission",
        Keep.PERSONAL: "logged_by",
    }

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="trials")
    held_on = models.DateField()
    strategy = models.CharField(max_length=200)
    with_whom = models.CharField(max_length=200, blank=True)
    done = models.TextField()
    experienced = models.TextField()
    reflection = models.TextField()
    recommendation = models.TextField()
    logged_at = models.DateTimeField(default=timezone.now)
    logged_by = models.ForeignKey(User, models.PROTECT, related_name="trials")
    submission = models.UUIDField(null=True, blank=True, unique=True, editable=False)

    class Meta:
        ordering = ["held_on", "pk"]

    def __str__(self):
        return f"{self.strategy}, {self.held_on}"


class LeadershipEntry(Entry):
    """What leading an alliance taught (F23): a behaviour drawn on, and the reflection."""

    keeping = {
        Keep.ALLIANCE: f"{ENTRY} behaviour reflection went_well did_not_work",
        Keep.PERSONAL: "logged_by",
    }

    behaviour = models.CharField(max_length=200)
    reflection = models.TextField()
    went_well = models.TextField(blank=True)
    did_not_work = models.TextField(blank=True)

    class Meta(Entry.Meta):
        default_related_name = "leadership_log"

    def __str__(self):
        return self.behaviour


class Challenge(Entry):
    """Something that stood in the way (F37), and what was done about it."""

    keeping = {Keep.ALLIANCE: f"{ENTRY} challenge response", Keep.PERSONAL: "logged_by"}

    challenge = models.TextField()
    response = models.TextField(blank=True)

    class Meta(Entry.Meta):
        default_related_name = "challenges"

    def __str__(self):
        return self.challenge


class Dissemination(Entry):
    """How learning was shared (F35)."""

    keeping = {Keep.ALLIANCE: f"{ENTRY} text", Keep.PERSONAL: "logged_by"}

    text = models.TextField()

    class Meta(Entry.Meta):
        default_related_name = "disseminations"

    def __str__(self):
        return self.text


class NextStep(Entry):
    keeping = {Keep.ALLIANCE: f"{ENTRY} text", Keep.PERSONAL: "logged_by"}

    text = models.TextField()

    class Meta(Entry.Meta):
        default_related_name = "next_steps"

    def __str__(self):
        return self.text


class Quotation(Entry):
    """A voice from the enquiry; ``reported`` ones are told in our words, not theirs."""

    keeping = {Keep.ALLIANCE: f"{ENTRY} text attribution reported", Keep.PERSONAL: "logged_by"}

    text = models.TextField()
    attribution = models.CharField(max_length=200)
    reported = models.BooleanField(default=False)

    class Meta(Entry.Meta):
        default_related_name = "quotations"

    def __str__(self):
        return self.text


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
