from django.db import models
from django.db.models import Q

from alliances.privacy import Keep

# Fewer pupils are withheld; going below the usual number needs a reason.
USUAL_THRESHOLD = 6
THRESHOLDS = (3, 50)
# Of two schools each could work out the other's part.
FEWEST_SCHOOLS = (3, 20)


class Route(models.TextChoices):
    """The method an enquiry follows."""

    C2L = "c2l", "Connect to Learn"
    CLUSTER = "cluster", "Regional enquiry cluster"


class Programme(models.Model):
    """A national programme that funds alliances to run enquiries.

    Its figures leave an alliance when at least ``small_number_threshold`` pupils stand behind
    them, and a national figure when at least ``fewest_schools`` do. ``shows_months`` turns effects
    on attainment into months of progress as well.
    """

    of_programme = ("pk",)
    keeping = {
        Keep.PUBLIC: "title country commissioner duration ended alliances_funded "
        "small_number_threshold small_number_reason fewest_schools shows_months"
    }

    title = models.CharField(max_length=200, unique=True)
    country = models.CharField(max_length=100)
    commissioner = models.CharField(max_length=200)
    duration = models.CharField(max_length=100)
    ended = models.CharField(max_length=10)
    alliances_funded = models.PositiveIntegerField()
    small_number_threshold = models.PositiveSmallIntegerField(default=USUAL_THRESHOLD)
    small_number_reason = models.TextField(blank=True)
    fewest_schools = models.PositiveSmallIntegerField(default=FEWEST_SCHOOLS[0])
    shows_months = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="alliances_programme_threshold",
                condition=Q(small_number_threshold__range=THRESHOLDS),
            ),
            models.CheckConstraint(
                name="alliances_programme_low_threshold_has_reason",
                condition=Q(small_number_threshold__gte=USUAL_THRESHOLD)
                | ~Q(small_number_reason=""),
            ),
            models.CheckConstraint(
                name="alliances_programme_fewest_schools",
                condition=Q(fewest_schools__range=FEWEST_SCHOOLS),
            ),
        ]

    def __str__(self):
        return self.title


class ProgrammeFact(models.Model):
    """A statement about the programme itself, with the place it was taken from."""

    class Kind(models.TextChoices):
        PURPOSE = "purpose", "Purpose"
        COHORT = "cohort", "Cohorts"
        CONTEXT = "context", "Context"
        FUNDING = "funding", "Funding"
        SIZE = "size", "Size of projects"
        PUBLICATION = "publication", "Published reports"

    keeping = {Keep.PUBLIC: "programme kind position text value unit source"}

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="facts")
    kind = models.CharField(max_length=12, choices=Kind)
    position = models.PositiveSmallIntegerField()
    text = models.TextField()
    value = models.CharField(max_length=200, blank=True)
    unit = models.CharField(max_length=100, blank=True)
    source = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering = ["kind", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "kind", "position"], name="alliances_fact_position"
            )
        ]

    def __str__(self):
        return self.text


class Theme(models.Model):
    keeping = {Keep.PUBLIC: "programme number title question route alliances_funded"}

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="themes")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    question = models.TextField()
    route = models.CharField(max_length=10, choices=Route)
    alliances_funded = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="alliances_theme_number")
        ]

    def __str__(self):
        return f"Theme {self.number}: {self.title}"


class Cohort(models.Model):
    """A group of alliances that joined together; its dates bound what its forms may ask."""

    keeping = {Keep.PUBLIC: "programme number joined invited workshop attended_by"}

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="cohorts")
    number = models.PositiveSmallIntegerField()
    joined = models.CharField(max_length=200)
    invited = models.CharField(max_length=10)
    workshop = models.CharField(max_length=10)
    attended_by = models.CharField(max_length=200)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="alliances_cohort_number")
        ]

    def __str__(self):
        return f"Cohort {self.number}"


class Cluster(models.Model):
    """Three to five alliances that meet each term with one external facilitator."""

    of_cluster = "pk"
    of_programme = ("programme",)
    keeping = {Keep.PROGRAMME: "programme name"}

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="clusters")
    name = models.CharField(max_length=100)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "name"], name="alliances_cluster_name")
        ]

    def __str__(self):
        return self.name


class Event(models.Model):
    """A national meeting; its date is kept as it was given, which may be a whole year."""

    keeping = {Keep.PUBLIC: "programme position name held"}

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="events")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    held = models.CharField(max_length=100)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "position"], name="alliances_event_position"
            )
        ]

    def __str__(self):
        return self.name
