from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from alliances.models import Alliance, Programme, User
from alliances.privacy import Keep


class Rendition(models.Model):
    """A finished file, kept under the hash of everything that shaped it, so made only once."""

    keeping = {Keep.PROGRAMME: "made_from file file_hash pages made_at"}

    made_from = models.CharField(max_length=64, unique=True)
    file = models.BinaryField()
    file_hash = models.CharField(max_length=64)
    pages = models.PositiveIntegerField()
    made_at = models.DateTimeField(default=timezone.now)

    def __str__(self):
        return f"{self.pages} pages, {self.file_hash[:12]}"


class ReportQuerySet(models.QuerySet):
    def unfinished(self):
        return self.filter(status__in=(Report.Status.QUEUED, Report.Status.BUILDING))


class Report(models.Model):
    """A report somebody asked for; ``data`` is its frozen content.

    ``about`` says in words what a national one covers, ``selected`` holds its alliances' ids.
    ``beat_at`` is the last sign of life, ``attempt`` counts the workers that took it up.
    """

    class Kind(models.TextChoices):
        CASE_STUDY = "case-study", "Case study"
        NATIONAL = "national", "National report"

    class Status(models.TextChoices):
        QUEUED = "queued", "Waiting"
        BUILDING = "building", "Being made"
        READY = "ready", "Ready"
        FAILED = "failed", "Failed"

    keeping = {
        Keep.PROGRAMME: "kind programme alliance about selected status progress stage "
        "data data_hash rendition attempt asked_at beat_at finished_at",
        Keep.PERSONAL: "asked_by problem",
    }

    kind = models.CharField(max_length=20, choices=Kind)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="reports")
    alliance = models.ForeignKey(
        Alliance, models.PROTECT, null=True, blank=True, related_name="reports"
    )
    about = models.CharField(max_length=300, blank=True)
    selected = ArrayField(models.BigIntegerField(), default=list, blank=True)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="reports")
    asked_at = models.DateTimeField(default=timezone.now)
    status = models.CharField(max_length=10, choices=Status, default=Status.QUEUED)
    progress = models.PositiveSmallIntegerField(default=0)
    stage = models.CharField(max_length=200, blank=True)
    problem = models.TextField(blank=True)
    attempt = models.PositiveSmallIntegerField(default=0)
    beat_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    data = models.JSONField(null=True, blank=True)
    data_hash = models.CharField(max_length=64, blank=True)
    rendition = models.ForeignKey(
        Rendition, models.PROTECT, null=True, blank=True, related_name="reports"
    )

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(name="reports_report_progress", condition=Q(progress__lte=100)),
            models.CheckConstraint(
                name="reports_report_case_study_of_alliance",
                condition=Q(kind="case-study", alliance__isnull=False)
                | Q(kind="national", alliance__isnull=True),
            ),
            models.CheckConstraint(
                name="reports_report_ready_is_frozen",
                condition=~Q(status="ready") | Q(data__isnull=False),
            ),
            models.UniqueConstraint(
                name="reports_report_asked_once",
                fields=["kind", "programme", "alliance", "about", "asked_by"],
                condition=Q(status__in=["queued", "building"]),
                nulls_distinct=False,
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.alliance or self.about or self.programme}"
