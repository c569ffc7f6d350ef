"""Scores of the same people before and after, under pseudonyms whose key the school keeps."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from alliances.models import User
from alliances.privacy import Keep
from enquiries.models import Enquiry, Participation
from impact.models.measure import Measure


class MatchedSetQuerySet(models.QuerySet):
    def kept(self):
        """Those that have not been deleted."""
        return self.filter(gone_at=None)


class MatchedSet(models.Model):
    """Matched scores of one measure in one school, until the day they are to be deleted.

    Its rows are gone for good once it is deleted, by a person or because its day has come; what
    stays says when, why and how many there were. ``extended_because`` is why the day was put off.
    """

    class Phase(models.TextChoices):
        EARLY_YEARS = "early-years", "Early years"
        PRIMARY = "primary", "Primary"
        SECONDARY = "secondary", "Secondary"
        POST_16 = "post-16", "Post-16"
        STAFF = "staff", "Staff, of any phase"

    class Gone(models.TextChoices):
        DELETED = "deleted", "Deleted by the school"
        RUN_OUT = "run-out", "Deleted because its day had come"

    within = "enquiry__alliance"
    keeping = {
        Keep.ALLIANCE: "enquiry participation measure instrument phase before_on after_on "
        "retain_until consent extended_because begun_at gone_at gone rows_gone submission",
        Keep.PERSONAL: "begun_by deleted_by",
    }

    enquiry = models.ForeignKey(Enquiry, models.CASCADE, related_name="matched_sets")
    participation = models.ForeignKey(Participation, models.CASCADE, related_name="matched_sets")
    measure = models.ForeignKey(Measure, models.CASCADE, related_name="matched_sets")
    instrument = models.CharField(max_length=200, blank=True)
    phase = models.CharField(max_length=12, choices=Phase)
    before_on = models.DateField()
    after_on = models.DateField()
    retain_until = models.DateField()
    consent = models.CharField(max_length=300, blank=True)
    extended_because = models.TextField(blank=True)
    submission = models.UUIDField(null=True, blank=True, unique=True, editable=False)
    begun_at = models.DateTimeField(default=timezone.now)
    begun_by = models.ForeignKey(User, models.PROTECT, related_name="matched_sets")
    gone_at = models.DateTimeField(null=True, blank=True)
    gone = models.CharField(max_length=10, choices=Gone, blank=True)
    deleted_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="matched_sets_deleted"
    )
    rows_gone = models.PositiveIntegerField(null=True, blank=True)

    objects = MatchedSetQuerySet.as_manager()

    class Meta:
        ordering = ["-begun_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="impact_matchedset_in_order", condition=Q(before_on__lt=F("after_on"))
            ),
            models.CheckConstraint(
                name="impact_matchedset_gone_whole",
                condition=Q(gone_at__isnull=True, gone="", deleted_by__isnull=True)
                | Q(gone_at__isnull=False, gone="deleted", deleted_by__isnull=False)
                | Q(gone_at__isnull=False, gone="run-out", deleted_by__isnull=True),
            ),
            models.CheckConstraint(
                name="impact_matchedset_gone_says_how_many",
                condition=Q(gone_at__isnull=True, rows_gone__isnull=True)
                | Q(gone_at__isnull=False, rows_gone__isnull=False, instrument="", consent=""),
            ),
        ]

    def __str__(self):
        return f"{self.measure}, {self.participation.school}"


class MatchedRow(models.Model):
    """One person's two scores, either of which may be missing; ``groups`` are yes or no by name."""

    class Arm(models.TextChoices):
        INTERVENTION = "intervention", "Intervention"
        COMPARISON = "comparison", "Comparison"

    within = "matched_set__enquiry__alliance"
    keeping = {
        Keep.KEY: "matched_set pseudonym before after arm class_code",
        Keep.SPECIAL: "groups",
    }

    matched_set = models.ForeignKey(MatchedSet, models.CASCADE, related_name="rows")
    pseudonym = models.CharField(max_length=30)
    before = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    after = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    arm = models.CharField(max_length=12, choices=Arm)
    class_code = models.CharField(max_length=10, blank=True)
    groups = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["matched_set", "pseudonym"], name="impact_matchedrow_once"
            ),
            models.CheckConstraint(
                name="impact_matchedrow_has_a_score",
                condition=Q(before__isnull=False) | Q(after__isnull=False),
            ),
        ]

    def __str__(self):
        return f"Row {self.pk}"
