from pathlib import Path
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils import timezone

from alliances.models import User
from alliances.privacy import Keep
from enquiries.models.enquiry import Enquiry


class Evidence(models.Model):
    """A photo or document attached to one record of a form.

    ``sheet`` is the form's address, ``record`` the record's key. A photo is held only with the
    consent it needs; of other files nobody asks. A private one is for facilitators alone. One that
    is removed stays as a note of who removed what: its file and its name are gone.
    """

    class Kind(models.TextChoices):
        JPEG = "jpg", "JPEG photo"
        PNG = "png", "PNG picture"
        WEBP = "webp", "WebP picture"
        PDF = "pdf", "PDF"
        DOCX = "docx", "Word document"
        XLSX = "xlsx", "Excel workbook"
        PPTX = "pptx", "PowerPoint slides"
        ODT = "odt", "OpenDocument text"
        ODS = "ods", "OpenDocument spreadsheet"
        CSV = "csv", "CSV table"
        TEXT = "txt", "Plain text"

    PHOTOS = (Kind.JPEG, Kind.PNG, Kind.WEBP)

    within = "enquiry__alliance"
    keeping = {
        Keep.JUDGEMENT: "caption name",
        Keep.PERSONAL: "attached_by removed_by",
        Keep.ALLIANCE: "enquiry sheet record key submission kind pupils_recognisable consent_held "
        "is_private size sha256 attached_at removed_at",
    }

    enquiry = models.ForeignKey(Enquiry, models.CASCADE, related_name="evidence")
    sheet = models.CharField(max_length=60)
    record = models.UUIDField()
    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    submission = models.UUIDField(null=True, blank=True, unique=True, editable=False)
    kind = models.CharField(max_length=4, choices=Kind)
    caption = models.CharField(max_length=300)
    name = models.CharField(max_length=200, blank=True)
    pupils_recognisable = models.BooleanField(null=True, blank=True)
    consent_held = models.BooleanField(null=True, blank=True)
    is_private = models.BooleanField(default=False)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    attached_at = models.DateTimeField(default=timezone.now)
    attached_by = models.ForeignKey(User, models.PROTECT, related_name="evidence_attached")
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="evidence_removed"
    )

    class Meta:
        ordering = ["-attached_at", "-pk"]
        indexes = [models.Index(fields=["record"], name="enquiries_evidence_of")]
        constraints = [
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True, removed_by__isnull=True)
                | Q(removed_at__isnull=False, removed_by__isnull=False),
                name="enquiries_evidence_removed_pair",
            ),
            models.CheckConstraint(
                condition=Q(
                    kind__in=["jpg", "png", "webp"],
                    pupils_recognisable__isnull=False,
                    consent_held__isnull=False,
                    consent_held=True,
                )
                | (
                    ~Q(kind__in=["jpg", "png", "webp"])
                    & Q(pupils_recognisable__isnull=True, consent_held__isnull=True)
                ),
                name="enquiries_evidence_photo_with_consent",
            ),
        ]

    def __str__(self):
        return self.caption

    @property
    def is_photo(self) -> bool:
        return self.kind in self.PHOTOS

    @property
    def download_name(self) -> str:
        """The name its owner gave it, with the ending of what it is."""
        return f"{Path(self.name).stem or 'evidence'}.{self.kind}"


class EvidenceFile(models.Model):
    """The bytes of a piece of evidence, apart from its row so that a list does not read them.

    ``thumbnail`` is a small JPEG that we made of a photo; of other files there is none.
    """

    within = "evidence__enquiry__alliance"
    keeping = {Keep.JUDGEMENT: "content thumbnail", Keep.ALLIANCE: "evidence"}

    evidence = models.OneToOneField(Evidence, models.CASCADE, related_name="file")
    content = models.BinaryField()
    thumbnail = models.BinaryField(null=True, blank=True)

    def __str__(self):
        return f"{self.evidence_id}"
