"""A national report as its editors arrange it, before it is frozen and issued."""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils import timezone

from alliances.content import words
from alliances.models import Programme, Theme, User
from alliances.privacy import Keep
from reports.models.report import Kind


class Edition(models.Model):
    """A theme report or the overarching one as it is being written; each issue is a Report."""

    KINDS = (Kind.THEME, Kind.OVERARCHING)

    of_programme = ("programme",)
    keeping = {Keep.PROGRAMME: "kind programme theme title begun_at", Keep.PERSONAL: "begun_by"}

    kind = models.CharField(max_length=20, choices=[(kind.value, kind.label) for kind in KINDS])
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="editions")
    theme = models.ForeignKey(Theme, models.CASCADE, null=True, blank=True, related_name="editions")
    title = models.CharField(max_length=200)
    begun_at = models.DateTimeField(default=timezone.now)
    begun_by = models.ForeignKey(User, models.PROTECT, related_name="editions")

    class Meta:
        ordering = ["theme__number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "programme", "theme"],
                name="reports_edition_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(kind="theme", theme__isnull=False) | Q(kind="overarching", theme=None),
                name="reports_edition_subject",
            ),
        ]

    def __str__(self):
        return self.title


class Passage(models.Model):
    """A part of an edition in its place: the editors' words, and what is generated after them.

    ``part`` is a code of content/parts.toml, empty where all is the editors' own. One that is left
    out keeps the reason. ``version`` counts its saves.
    """

    of_programme = ("edition__programme",)
    keeping = {Keep.PROGRAMME: "edition key position part heading words is_included reason version"}

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="passages")
    key = models.UUIDField(default=uuid4, unique=True)
    position = models.PositiveSmallIntegerField()
    part = models.CharField(max_length=30, blank=True)
    heading = models.CharField(max_length=200)
    words = models.TextField(blank=True)
    is_included = models.BooleanField(default=True)
    reason = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "position"],
                name="reports_passage_position",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.UniqueConstraint(
                fields=["edition", "part"],
                name="reports_passage_part_once",
                condition=~Q(part=""),
            ),
            models.CheckConstraint(
                condition=Q(is_included=True, reason="") | Q(is_included=False) & ~Q(reason=""),
                name="reports_passage_left_out_for_a_reason",
            ),
        ]

    @property
    def is_appendix(self) -> bool:
        """Whether it is printed after the body of the report."""
        return bool(self.part) and words("reports", "parts")[self.part].extra["place"] == "appendix"

    def __str__(self):
        return self.heading


class Choice(models.Model):
    """What editors decided of one thing that an edition could tell, and why.

    ``sheet`` and ``record`` name it as in the log; ``message`` is the key message it is told under,
    where it is told under one. Rows are only added: the latest of a thing counts.
    """

    keeping = {
        Keep.PROGRAMME: "edition sheet record message is_included reason at",
        Keep.PERSONAL: "by",
    }

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="choices")
    sheet = models.CharField(max_length=60)
    record = models.UUIDField()
    message = models.CharField(max_length=20, blank=True)
    is_included = models.BooleanField()
    reason = models.TextField()
    by = models.ForeignKey(User, models.PROTECT, related_name="choices")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["edition", "record"], name="reports_choice_of")]

    def __str__(self):
        return f"{'in' if self.is_included else 'out'}: {self.reason}"
