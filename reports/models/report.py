from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from alliances.content import words
from alliances.models import Alliance, Cluster, Programme, Theme, User
from alliances.privacy import Keep
from enquiries.models import Enquiry


class Rendition(models.Model):
    """A finished file, kept under the hash of everything that shaped it, so made only once."""

    not_in_dumps = "is a document as it was issued"
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

    def finished(self):
        return self.exclude(status__in=(Report.Status.QUEUED, Report.Status.BUILDING))

    def stopped(self):
        """Failed or cancelled: what was asked for is not there, and may be asked for again."""
        return self.filter(status__in=(Report.Status.FAILED, Report.Status.CANCELLED))


class Kind(models.TextChoices):
    CASE_STUDY = "case-study", "Case study"
    INTERIM = "interim-report", "Interim impact report"
    FINAL = "final-report", "Final impact report"
    POSTER = "poster", "Poster"
    OVERVIEW = "overview", "Aggregate overview"
    CLUSTER = "cluster-summary", "Cluster summary"
    THEME = "theme", "Theme report"
    OVERARCHING = "overarching", "Overarching report"
    NATIONAL = "national", "National report"


# The kinds by what one of them is about; the others are about the programme.
ABOUT = {
    "enquiry": (Kind.CASE_STUDY, Kind.INTERIM, Kind.FINAL, Kind.POSTER, Kind.OVERVIEW),
    "cluster": (Kind.CLUSTER,),
    "theme": (Kind.THEME,),
}


def _has_its_subject() -> Q:
    """The enquiry, cluster or theme of its kind and none of the others; an alliance by enquiry."""
    about_all = dict.fromkeys(ABOUT)
    condition = Q(kind__in=(Kind.OVERARCHING, Kind.NATIONAL), **about_all)
    for subject, kinds in ABOUT.items():
        others = {other: None for other in ABOUT if other != subject}
        condition |= Q(**{f"{subject}__isnull": False}, kind__in=kinds, **others)
    neither, both = Q(alliance=None, enquiry=None), Q(alliance__isnull=False, enquiry__isnull=False)
    return condition & (neither | both)


# What a report is about; two of one person that wait are never about the same.
SUBJECT = (
    "kind",
    "programme",
    "alliance",
    "enquiry",
    "cluster",
    "theme",
    "about",
    "since",
    "until",
)


class Report(models.Model):
    """A report somebody asked for; ``data`` is its frozen content.

    One on an ``enquiry`` is of its ``alliance`` too, by which it is decided who sees it.
    ``about`` says in words what a national one covers, ``selected`` holds its alliances' ids, and
    ``since`` and ``until`` bound the days it tells of, where it is one of a time.
    A later version ``corrects`` the one before it and says what it corrects; that one stays.
    ``parts`` name the sections of one that is printed in parts, by what they were made from.
    Nobody asked for the summary that each cluster gets when a term has ended.
    ``made_with`` are the versions of words, methods and tables of conversion.
    ``beat_at`` is the last sign of life, ``attempt`` counts the workers that took it up.
    """

    class Status(models.TextChoices):
        QUEUED = "queued", "Waiting"
        BUILDING = "building", "Being made"
        READY = "ready", "Ready"
        FAILED = "failed", "Failed"
        CANCELLED = "cancelled", "Cancelled"

    Kind = Kind

    within = "alliance"
    of_programme = ("programme",)
    passing = "beat_at progress stage attempt"
    not_in_dumps = "is a document as it was issued, with the words that people wrote"
    keeping = {
        Keep.PROGRAMME: "kind programme alliance enquiry cluster theme about selected since until "
        "version corrects correction status progress stage parts data data_hash made_with "
        "rendition attempt asked_at beat_at finished_at",
        Keep.PERSONAL: "asked_by problem",
    }

    kind = models.CharField(max_length=20, choices=Kind)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="reports")
    alliance = models.ForeignKey(
        Alliance, models.PROTECT, null=True, blank=True, related_name="reports"
    )
    enquiry = models.ForeignKey(
        Enquiry, models.PROTECT, null=True, blank=True, related_name="reports"
    )
    cluster = models.ForeignKey(
        Cluster, models.PROTECT, null=True, blank=True, related_name="reports"
    )
    theme = models.ForeignKey(Theme, models.PROTECT, null=True, blank=True, related_name="reports")
    about = models.CharField(max_length=300, blank=True)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    version = models.PositiveSmallIntegerField(default=1)
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )
    correction = models.TextField(blank=True)
    selected = ArrayField(models.BigIntegerField(), default=list, blank=True)
    asked_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="reports"
    )
    asked_at = models.DateTimeField(default=timezone.now)
    status = models.CharField(max_length=10, choices=Status, default=Status.QUEUED)
    progress = models.PositiveSmallIntegerField(default=0)
    stage = models.CharField(max_length=200, blank=True)
    parts = ArrayField(models.CharField(max_length=64), default=list, blank=True)
    problem = models.TextField(blank=True)
    attempt = models.PositiveSmallIntegerField(default=0)
    beat_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    data = models.JSONField(null=True, blank=True)
    data_hash = models.CharField(max_length=64, blank=True)
    made_with = models.JSONField(default=dict, blank=True)
    rendition = models.ForeignKey(
        Rendition, models.PROTECT, null=True, blank=True, related_name="reports"
    )

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(name="reports_report_progress", condition=Q(progress__lte=100)),
            models.CheckConstraint(name="reports_report_subject", condition=_has_its_subject()),
            models.CheckConstraint(
                name="reports_report_correction_says_what",
                condition=Q(corrects=None, correction="", version=1)
                | Q(corrects__isnull=False, version__gt=1) & ~Q(correction=""),
            ),
            models.CheckConstraint(
                name="reports_report_ready_is_frozen",
                condition=~Q(status="ready") | Q(data__isnull=False),
            ),
            models.CheckConstraint(
                name="reports_report_asked_or_due",
                condition=Q(asked_by__isnull=False) | Q(kind=Kind.CLUSTER, corrects=None),
            ),
            models.UniqueConstraint(
                name="reports_report_due_once",
                fields=["cluster", "since"],
                condition=Q(asked_by=None),
            ),
            models.UniqueConstraint(
                name="reports_report_asked_once",
                fields=[*SUBJECT, "corrects", "asked_by"],
                condition=Q(status__in=["queued", "building"]),
                nulls_distinct=False,
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.subject}"

    @property
    def whose(self) -> str:
        """The alliance, the cluster and its term, the theme or the programme that it tells of."""
        if self.cluster:
            return f"{self.cluster}, {self.about}"
        return str(self.alliance or self.theme or self.about or self.programme)

    @property
    def subject(self) -> str:
        """What it is about, in words; of an alliance also which enquiry, once that has a title."""
        title = self.enquiry.title if self.enquiry else ""
        return f"{self.whose}: {title}" if title else self.whose


class Paper(models.Model):
    """A finished report on a paper other than its own, known by its code."""

    not_in_dumps = "is a document as it was issued"
    keeping = {Keep.PROGRAMME: "report code rendition"}

    report = models.ForeignKey(Report, models.CASCADE, related_name="papers")
    code = models.CharField(max_length=20)
    rendition = models.ForeignKey(Rendition, models.PROTECT, related_name="papers")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["report", "code"], name="reports_paper_once")
        ]

    def __str__(self):
        return f"{self.report}, {self.title}"

    @property
    def title(self) -> str:
        return words("reports", "papers")[self.code].title
