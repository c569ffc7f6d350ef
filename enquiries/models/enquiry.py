from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from alliances.models import Alliance, Route, School
from alliances.privacy import Keep


class Enquiry(models.Model):
    """What an alliance sets out to learn about its pupils' learning, in its own words."""

    within = "alliance"
    keeping = {
        Keep.PROGRAMME: "alliance route title focus question aims strands methods partners "
        "research_claims interventions started ended document",
        Keep.ALLIANCE: "version logged_at",
    }

    alliance = models.ForeignKey(Alliance, models.CASCADE, related_name="enquiries")
    route = models.CharField(max_length=10, choices=Route)
    title = models.CharField(max_length=300, blank=True)
    focus = models.TextField(blank=True)
    question = models.TextField(blank=True)
    aims = ArrayField(models.TextField(), default=list, blank=True)
    strands = ArrayField(models.CharField(max_length=100), default=list, blank=True)
    methods = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    partners = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    research_claims = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    interventions = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    started = models.CharField(max_length=10, blank=True)
    ended = models.CharField(max_length=10, blank=True)
    document = models.JSONField(default=dict, blank=True)
    version = models.PositiveIntegerField(default=1)
    logged_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return self.title or f"Enquiry of {self.alliance}"

    @property
    def shared_focus(self) -> str:
        """In the alliance's words, else in those of the programme's reports."""
        return self.focus or self._listed("focus")

    @property
    def shared_question(self) -> str:
        """In the alliance's words, else in those of the programme's reports."""
        return self.question or self._listed("question")

    def _listed(self, name: str) -> str:
        listing = getattr(self, "listing", None)
        return getattr(listing, name) if listing else ""

    @property
    def has_been_told(self) -> bool:
        """Whether the alliance itself has described the enquiry; else only the programme has."""
        return bool(self.title)


class Listing(models.Model):
    """What the programme's own reports say of an enquiry, kept apart from what the alliance says.

    ``claims`` and ``key_messages`` hold codes of content/; ``claims_note`` what names none.
    """

    within = "enquiry__alliance"
    keeping = {
        Keep.PUBLIC: "enquiry focus question methods strands claims claims_note key_messages "
        "key_messages_note scale outputs conflict"
    }

    enquiry = models.OneToOneField(Enquiry, models.CASCADE, related_name="listing")
    focus = models.TextField()
    question = models.TextField(blank=True)
    methods = ArrayField(models.TextField(), default=list, blank=True)
    strands = ArrayField(models.CharField(max_length=100), default=list, blank=True)
    claims = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    claims_note = models.TextField(blank=True)
    key_messages = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    key_messages_note = models.TextField(blank=True)
    scale = models.TextField(blank=True)
    outputs = ArrayField(models.TextField(), default=list, blank=True)
    conflict = models.TextField(blank=True)

    def __str__(self):
        return self.focus


class Participation(models.Model):
    """A school, or a described group of schools, in an enquiry."""

    class Part(models.TextChoices):
        LEAD = "lead", "Lead school"
        PARTICIPANT = "participant", "Taking part"
        LEFT = "left", "Left"

    within = "enquiry__alliance"
    keeping = {Keep.PROGRAMME: "enquiry position school part notes source_lines"}

    enquiry = models.ForeignKey(Enquiry, models.CASCADE, related_name="participations")
    position = models.PositiveSmallIntegerField()
    school = models.ForeignKey(School, models.PROTECT, related_name="participations")
    part = models.CharField(max_length=12, choices=Part)
    notes = models.TextField(blank=True)
    source_lines = ArrayField(models.PositiveIntegerField(), size=2, null=True, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["enquiry", "position"], name="enquiries_participation_position"
            ),
            models.UniqueConstraint(
                fields=["enquiry", "school"], name="enquiries_participation_once"
            ),
        ]

    def __str__(self):
        return f"{self.school}: {self.get_part_display()}"
