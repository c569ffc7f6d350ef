"""Spreadsheets on their way in: kept with their bytes until they are taken over whole or not."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from alliances.models import Programme, User
from alliances.privacy import Keep
from enquiries.models import Enquiry
from impact.models.matched import MatchedSet
from impact.models.measure import Measure


class UploadQuerySet(models.QuerySet):
    def unfinished(self):
        """Those a worker has to take up."""
        return self.filter(status__in=Upload.UNFINISHED)

    def undecided(self):
        """Those that nobody has confirmed yet, nor dropped."""
        return self.exclude(status__in=[*Upload.SETTLED, Upload.Status.SAVING])

    def without_content(self):
        return self.defer("content")


class Upload(models.Model):
    """A spreadsheet somebody sent: readings, matched scores of a set, or a programme's alliances.

    Readings are of one measure, or where that is empty of any of the enquiry's. ``invites`` has the
    leads of alliances invited as these are saved. ``faults`` and ``preview`` are what reading it
    gave. ``beat_at`` is the last sign of life, ``attempt`` counts the workers that took it up. What
    is settled has lost its bytes.
    """

    class Kind(models.TextChoices):
        READINGS = "readings", "Readings"
        MATCHED = "matched", "Matched scores"
        ALLIANCES = "alliances", "Alliances"

    class Status(models.TextChoices):
        WAITING = "waiting", "Waiting to be read"
        READING = "reading", "Being read"
        REFUSED = "refused", "Refused"
        READY = "ready", "Ready to be saved"
        SAVING = "saving", "Being saved"
        SAVED = "saved", "Saved"
        DROPPED = "dropped", "Not saved"
        FAILED = "failed", "Failed"

    UNFINISHED = (Status.WAITING, Status.READING, Status.SAVING)
    SETTLED = (Status.REFUSED, Status.SAVED, Status.DROPPED, Status.FAILED)

    within = "enquiry__alliance"
    of_programme = ("programme",)
    not_in_dumps = "is a file as it was sent"
    keeping = {
        Keep.ALLIANCE: "enquiry programme measure matched_set kind name content size status "
        "progress invites faults preview attempt submission sent_at beat_at settled_at",
        Keep.PERSONAL: "sent_by confirmed_by",
    }

    enquiry = models.ForeignKey(
        Enquiry, models.CASCADE, null=True, blank=True, related_name="uploads"
    )
    programme = models.ForeignKey(
        Programme, models.CASCADE, null=True, blank=True, related_name="uploads"
    )
    measure = models.ForeignKey(
        Measure, models.CASCADE, null=True, blank=True, related_name="uploads"
    )
    matched_set = models.ForeignKey(
        MatchedSet, models.CASCADE, null=True, blank=True, related_name="uploads"
    )
    kind = models.CharField(max_length=10, choices=Kind)
    name = models.CharField(max_length=200)
    content = models.BinaryField(null=True, blank=True)
    size = models.PositiveIntegerField()
    status = models.CharField(max_length=10, choices=Status, default=Status.WAITING)
    progress = models.PositiveSmallIntegerField(default=0)
    invites = models.BooleanField(default=False, db_default=False)
    faults = models.JSONField(default=list, blank=True)
    preview = models.JSONField(default=dict, blank=True)
    attempt = models.PositiveSmallIntegerField(default=0)
    submission = models.UUIDField(null=True, blank=True, unique=True, editable=False)
    sent_at = models.DateTimeField(default=timezone.now)
    sent_by = models.ForeignKey(User, models.PROTECT, related_name="uploads")
    confirmed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="uploads_confirmed"
    )
    beat_at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = UploadQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="impact_upload_matched_has_its_set",
                condition=Q(kind="matched", matched_set__isnull=False)
                | Q(kind__in=["readings", "alliances"], matched_set__isnull=True),
            ),
            models.CheckConstraint(
                name="impact_upload_of_enquiry_or_programme",
                condition=Q(kind="alliances", programme__isnull=False, enquiry__isnull=True)
                | Q(~Q(kind="alliances"), programme__isnull=True, enquiry__isnull=False),
            ),
            models.CheckConstraint(name="impact_upload_progress", condition=Q(progress__lte=100)),
            models.CheckConstraint(
                name="impact_upload_content_until_settled",
                condition=Q(
                    status__in=["refused", "saved", "dropped", "failed"],
                    content__isnull=True,
                    settled_at__isnull=False,
                )
                | Q(
                    status__in=["waiting", "reading", "ready", "saving"],
                    content__isnull=False,
                    settled_at__isnull=True,
                ),
            ),
        ]

    def __str__(self):
        return f"{self.name}: {self.get_status_display()}"

    @property
    def place(self) -> Enquiry | Programme:
        """What it is sent to, and held by while it is saved."""
        return self.enquiry or self.programme

    @property
    def is_unfinished(self) -> bool:
        return self.status in self.UNFINISHED
