from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from alliances.models import User
from alliances.privacy import Keep
from reports.models.edition import Edition
from reports.models.report import Report, ReportQuerySet


class Preview(models.Model):
    """An edition as it stood when one of its editors asked to read it; no issue of it.

    Its leaves are what a worker made, with links to the evidence that this person may open.
    ``beat_at`` is the last sign of life, ``attempt`` counts the workers that took it up.
    """

    Status = Report.Status

    of_programme = ("edition__programme",)
    without_history = "is a worker's scratch: made anew from the records, cleared after a day"
    not_in_dumps = "is a document, with the words that people wrote"
    keeping = {
        Keep.PROGRAMME: "edition asked_at status progress stage attempt beat_at",
        Keep.PERSONAL: "asked_by problem",
    }

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="previews")
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="previews")
    asked_at = models.DateTimeField(default=timezone.now)
    status = models.CharField(max_length=10, choices=Status, default=Status.QUEUED)
    progress = models.PositiveSmallIntegerField(default=0)
    stage = models.CharField(max_length=200, blank=True)
    problem = models.TextField(blank=True)
    attempt = models.PositiveSmallIntegerField(default=0)
    beat_at = models.DateTimeField(default=timezone.now)

    objects = ReportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "asked_by"], name="reports_preview_once"),
            models.CheckConstraint(name="reports_preview_progress", condition=Q(progress__lte=100)),
        ]

    def __str__(self):
        return f"{self.edition}, {self.asked_at}"


class Leaf(models.Model):
    """Some sections of a preview as HTML; ``number`` counts from 1."""

    of_programme = ("preview__edition__programme",)
    without_history = Preview.without_history
    not_in_dumps = Preview.not_in_dumps
    keeping = {Keep.PROGRAMME: "preview number html"}

    preview = models.ForeignKey(Preview, models.CASCADE, related_name="leaves")
    number = models.PositiveSmallIntegerField()
    html = models.TextField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["preview", "number"], name="reports_leaf_once")
        ]

    @property
    def body(self) -> SafeString:
        return mark_safe(self.html)  # noqa: S308 made by our own templates, which escape

    def __str__(self):
        return f"{self.number} of {self.preview_id}"
