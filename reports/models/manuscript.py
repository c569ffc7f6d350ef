"""A case study in its writers' words, what was decided about it, and what was published of it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from alliances.models import User
from alliances.privacy import Keep
from enquiries.models import Enquiry, Revision
from enquiries.models.sheets import PLACE, OnceInItsPlace
from reports.models.report import Report


def _shown() -> ArrayField:
    return ArrayField(models.CharField(max_length=20), default=list, blank=True)


class CaseStudyDraft(OnceInItsPlace):
    """The case study of an enquiry (F33): for each section plain paragraphs and what follows them.

    ``<section>_shows`` are marks of what the section shows, such as M2, or the name of a table.
    """

    SECTIONS = (
        "context",
        "implementation",
        "innovation",
        "impact",
        "leadership",
        "challenges",
        "sharing",
    )

    keeping = {
        Keep.ALLIANCE: f"{PLACE} title summary context context_shows implementation "
        "implementation_shows innovation innovation_shows impact impact_shows leadership "
        "leadership_shows challenges challenges_shows sharing sharing_shows",
        Keep.PERSONAL: "saved_by",
    }

    title = models.CharField(max_length=200, blank=True)
    summary = models.TextField(blank=True)
    context = models.TextField(blank=True)
    context_shows = _shown()
    implementation = models.TextField(blank=True)
    implementation_shows = _shown()
    innovation = models.TextField(blank=True)
    innovation_shows = _shown()
    impact = models.TextField(blank=True)
    impact_shows = _shown()
    leadership = models.TextField(blank=True)
    leadership_shows = _shown()
    challenges = models.TextField(blank=True)
    challenges_shows = _shown()
    sharing = models.TextField(blank=True)
    sharing_shows = _shown()

    def __str__(self):
        return self.title or f"Case study of {self.enquiry}"

    @property
    def texts(self) -> dict[str, str]:
        """What is written, by field; nothing that is empty."""
        named = {name: getattr(self, name) for name in ("title", "summary", *self.SECTIONS)}
        return {name: text for name, text in named.items() if text}

    @property
    def shown(self) -> list[str]:
        """Everything that any section shows, once."""
        chosen = [code for name in self.SECTIONS for code in getattr(self, f"{name}_shows")]
        return list(dict.fromkeys(chosen))


class EditorialStep(models.Model):
    """Something decided about a case study as it stood at a save. Never changed."""

    class Step(models.TextChoices):
        SENT = "sent", "Sent for critique"
        RETURNED = "returned", "Sent back"
        ACCEPTED = "accepted", "Nothing more to do"
        CHECKED = "checked", "Consent and anonymity checked"
        SIGNED = "signed", "Signed off by the alliance"
        CHOSEN = "chosen", "Chosen for publication"
        NOT_CHOSEN = "not-chosen", "Not chosen for publication"

    within = "enquiry__alliance"
    keeping = {Keep.PERSONAL: "by", Keep.ALLIANCE: "enquiry revision step at note"}

    enquiry = models.ForeignKey(Enquiry, models.CASCADE, related_name="editorial_steps")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="editorial_steps")
    step = models.CharField(max_length=10, choices=Step)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, models.PROTECT, related_name="editorial_steps")
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="reports_step_says_what_or_why",
                condition=~Q(step__in=["returned", "chosen", "not-chosen"], note=""),
            )
        ]

    def __str__(self):
        return f"{self.get_step_display()}, {self.at}"


class Publication(models.Model):
    """A version of a case study that anybody may read, at an address it shares with its others.

    Withdrawn ones are read by nobody; the row says who withdrew them and why.
    """

    within = "report__alliance"
    not_in_dumps = "is a document as it was issued"
    keeping = {
        Keep.PUBLIC: "report slug published_at",
        Keep.PERSONAL: "published_by withdrawn_by",
        Keep.PROGRAMME: "withdrawn_at reason",
    }

    report = models.OneToOneField(Report, models.PROTECT, related_name="publication")
    slug = models.SlugField(max_length=100)
    published_at = models.DateTimeField(default=timezone.now)
    published_by = models.ForeignKey(User, models.PROTECT, related_name="publications")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="publications_withdrawn"
    )
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["-published_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="reports_publication_withdrawn_pair",
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
            ),
            models.CheckConstraint(
                name="reports_publication_withdrawn_says_why",
                condition=Q(withdrawn_at__isnull=True, reason="")
                | Q(withdrawn_at__isnull=False) & ~Q(reason=""),
            ),
        ]

    def __str__(self):
        return f"{self.slug}, version {self.report.version}"
