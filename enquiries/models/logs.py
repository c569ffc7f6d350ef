"""What people log as it happens: each entry a form of its own, some of them printed before."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from alliances.content import words
from alliances.models import User
from alliances.privacy import Keep
from enquiries.models.entries import ENTRY, Cycle, Entry
from enquiries.models.sheets import PLACE, SheetRecord, Standing


def kept(fields: str, by: str = "") -> dict:
    """How an entry of a log is kept: ``fields`` by its alliance, ``by`` as personal."""
    once = dict.fromkeys(f"{ENTRY} {PLACE} {fields}".split())
    return {Keep.ALLIANCE: " ".join(once), Keep.PERSONAL: f"logged_by saved_by {by}"}


class LoggedRecord(Entry, SheetRecord):
    """An entry of a log: ``logged_by`` wrote it first, ``saved_by`` changed it last.

    Nobody wrote those that stand in a printed document, until somebody changes them.
    """

    saved_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="%(class)s_set"
    )

    class Meta(Entry.Meta):
        abstract = True

    @property
    def about(self) -> str:
        return str(self)


class Trial(LoggedRecord):
    """One person's note of one trial (F19): what was done, met, thought and advised."""

    keeping = kept("strategy feedback with_whom done experienced reflection recommendation")

    cycle = models.ForeignKey(Cycle, models.CASCADE)
    held_on = models.DateField()
    strategy = models.CharField(max_length=200)
    feedback = models.CharField(max_length=30, blank=True)
    with_whom = models.CharField(max_length=200, blank=True)
    done = models.TextField()
    experienced = models.TextField()
    reflection = models.TextField()
    recommendation = models.TextField()

    class Meta(LoggedRecord.Meta):
        ordering = ["held_on", "pk"]
        default_related_name = "trials"

    def __str__(self):
        return self.strategy


class LeadershipEntry(LoggedRecord):
    """What leading an alliance taught (F23).

    ``behaviours`` are codes of the ten of the method, ``behaviour`` is one in other words.
    """

    keeping = kept(
        "behaviours behaviour reflection evidence went_well did_not_work problems decisions "
        "differed"
    )

    behaviours = ArrayField(models.CharField(max_length=10), default=list, blank=True)
    behaviour = models.CharField(max_length=400, blank=True)
    reflection = models.TextField()
    evidence = models.TextField(blank=True)
    went_well = models.TextField(blank=True)
    did_not_work = models.TextField(blank=True)
    problems = models.TextField(blank=True)
    decisions = models.TextField(blank=True)
    differed = models.TextField(blank=True)

    class Meta(LoggedRecord.Meta):
        default_related_name = "leadership_log"

    @property
    def drawn_on(self) -> list[str]:
        """The skills and behaviours in words, those of the method first."""
        titles = words("enquiries", "behaviours")
        own = [self.behaviour] if self.behaviour else []
        return [*(titles[code].title for code in self.behaviours), *own]

    def __str__(self):
        return ", ".join(self.drawn_on)


class Challenge(LoggedRecord):
    """Something that stood in the way (F37), what was done about it, and whether that helped."""

    class Helped(models.TextChoices):
        YES = "yes", "Yes"
        PARTLY = "partly", "In part"
        NO = "no", "No"
        UNKNOWN = "unknown", "Too early to say"

    keeping = kept("kind challenge response owner helped")

    kind = models.CharField(max_length=30, blank=True)
    challenge = models.TextField()
    response = models.TextField(blank=True)
    owner = models.CharField(max_length=200, blank=True)
    helped = models.CharField(max_length=10, choices=Helped, blank=True)

    class Meta(LoggedRecord.Meta):
        default_related_name = "challenges"

    def __str__(self):
        return self.challenge


class Dissemination(LoggedRecord):
    """How learning was shared (F35): with whom, how, to what end, and who took it up."""

    class Purpose(models.TextChoices):
        AWARENESS = "awareness", "Raise awareness"
        INTEREST = "interest", "Raise interest"
        ENGAGEMENT = "engagement", "Engage others in learning"
        REPLICATION = "replication", "Have it taken up elsewhere"

    keeping = kept("text audience channel purpose take_up adopted_by")

    text = models.TextField()
    audience = models.CharField(max_length=200, blank=True)
    channel = models.CharField(max_length=10, blank=True)
    purpose = models.CharField(max_length=12, choices=Purpose, blank=True)
    take_up = models.TextField(blank=True)
    adopted_by = models.CharField(max_length=300, blank=True)

    class Meta(LoggedRecord.Meta):
        default_related_name = "disseminations"

    def __str__(self):
        return self.text


class NextStep(LoggedRecord):
    keeping = kept("text")

    text = models.TextField()

    class Meta(LoggedRecord.Meta):
        default_related_name = "next_steps"

    def __str__(self):
        return self.text


class Voices(Standing):
    def agreed(self):
        """Those that may be published: what is shown to others than the alliance asks for these."""
        return self.get_queryset().filter(Quotation.AGREED)


class Quotation(LoggedRecord):
    """A voice from the enquiry; ``reported`` ones are told in our words, not theirs.

    ``consent`` is empty for what was logged before it was asked for, and for what is printed.
    """

    class Consent(models.TextChoices):
        GIVEN = "given", "Yes, they have agreed that it is published"
        INSIDE = "inside", "No, or not asked yet: it stays within the alliance"

    # They have said so, or it is published already and stands as it was printed.
    AGREED = models.Q(consent=Consent.GIVEN) | models.Q(
        consent="", source_lines__isnull=False, saved_by=None
    )

    keeping = kept("text attribution reported consent")

    text = models.TextField()
    attribution = models.CharField(max_length=200)
    reported = models.BooleanField(default=False)
    consent = models.CharField(
        max_length=10, choices=Consent, blank=True, default="", db_default=""
    )

    objects = Voices()
    everything = models.Manager()

    class Meta(LoggedRecord.Meta):
        default_related_name = "quotations"

    @property
    def voice(self) -> str:
        """Who said it, and whether these are their own words."""
        return f"{self.attribution} (reported)" if self.reported else self.attribution

    def __str__(self):
        return self.text


class HelpRequest(LoggedRecord):
    """Help an alliance asks of its facilitator, open until somebody answers."""

    keeping = kept("text answer answered_at", by="answered_by")

    text = models.TextField()
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="help_answered"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta(LoggedRecord.Meta):
        ordering = ["-logged_at"]
        default_related_name = "help_requests"
        constraints = [
            *LoggedRecord.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(answered_at__isnull=True, answered_by__isnull=True)
                | models.Q(answered_at__isnull=False, answered_by__isnull=False),
                name="enquiries_helprequest_answered_pair",
            ),
        ]

    def __str__(self):
        return self.text
