from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from alliances.privacy import Keep
from enquiries.models import Entry
from enquiries.models.entries import ENTRY


class Level(models.TextChoices):
    """Whose change is spoken of: the four levels of the national reports."""

    PUPIL = "pupil", "Pupils"
    TEACHER = "teacher", "Teachers"
    SCHOOL = "school", "Schools"
    ALLIANCE = "alliance", "Alliance"


class Better(models.TextChoices):
    """Which end of a measure's scale is the good one."""

    HIGHER = "higher", "Higher is better"
    LOWER = "lower", "Lower is better"
    UNSTATED = "unstated", "Not stated"


class Measure(Entry):
    """One thing measured in one population or group. Its dated values are its readings."""

    class Instrument(models.TextChoices):
        TEST = "test", "Test"
        TEACHER_ASSESSMENT = "teacher assessment", "Teacher assessment"
        QUESTIONNAIRE = "questionnaire", "Questionnaire"
        INTERVIEW = "interview", "Interview"
        LESSON_OBSERVATION = "lesson observation", "Lesson observation"
        ATTENDANCE = "attendance", "Attendance record"
        OTHER = "other", "Other"

    keeping = {
        Keep.ALLIANCE: f"{ENTRY} level name instrument scale better unit population group note "
        "distribution submission",
        Keep.PERSONAL: "logged_by",
    }

    level = models.CharField(max_length=10, choices=Level)
    name = models.CharField(max_length=300)
    instrument = models.CharField(max_length=20, choices=Instrument)
    scale = models.CharField(max_length=200, blank=True)
    better = models.CharField(max_length=10, choices=Better, default=Better.UNSTATED)
    unit = models.CharField(max_length=50, blank=True)
    population = models.CharField(max_length=300)
    group = models.CharField(max_length=100, blank=True)
    note = models.TextField(blank=True)
    distribution = models.CharField(max_length=100, blank=True)
    submission = models.UUIDField(null=True, blank=True, unique=True, editable=False)

    class Meta(Entry.Meta):
        default_related_name = "measures"
        constraints = [
            *Entry.Meta.constraints,
            models.UniqueConstraint(
                fields=["enquiry", "name", "population", "group", "distribution"],
                name="impact_measure_once",
            ),
        ]

    def __str__(self):
        return self.name


class Category(models.Model):
    """An answer or grade a distribution counts, in the order of its scale."""

    within = "measure__enquiry__alliance"
    keeping = {Keep.ALLIANCE: "measure position name note source_lines"}

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="categories")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=300)
    note = models.TextField(blank=True)
    source_lines = ArrayField(models.PositiveIntegerField(), size=2, null=True, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "position"], name="impact_category_position"
            ),
            models.UniqueConstraint(fields=["measure", "name"], name="impact_category_once"),
        ]

    def __str__(self):
        return self.name

    @property
    def label(self) -> str:
        """The category without the words it shares with its measure's name."""
        return self.name.removeprefix(self.measure.name).lstrip(" :,") or self.name


def _only(kind: str, *filled: str) -> Q:
    """A reading of this kind fills these fields and no other that carries a value."""
    condition = Q(kind=kind)
    for name in ("value", "numerator", "denominator", "sd"):
        condition &= Q(**{f"{name}__isnull": name not in filled})
    if "n" in filled:
        condition &= Q(n__isnull=False)
    for name in ("text", "missing"):
        condition &= ~Q(**{name: ""}) if name in filled else Q(**{name: ""})
    return condition


class Reading(models.Model):
    """A measure at one moment: exactly one kind of value, or why there is none."""

    class Moment(models.TextChoices):
        BASELINE = "baseline", "Baseline"
        INTERIM = "interim", "On the way"
        OUTCOME = "outcome", "Outcome"
        CHANGE = "change", "Change between two moments"

    class Kind(models.TextChoices):
        NUMBER = "number", "A number"
        PROPORTION = "proportion", "So many out of so many"
        MEAN = "mean", "A mean with its spread"
        DISTRIBUTION = "distribution", "Counts over categories"
        TEXT = "text", "Words only"
        MISSING = "missing", "No value"

    class Missing(models.TextChoices):
        """Symbols of English official statistics."""

        NOT_COLLECTED = "x", "Not collected"
        NOT_APPLICABLE = "z", "Not applicable"

    within = "measure__enquiry__alliance"
    keeping = {
        Keep.ALLIANCE: "measure position moment since when on kind value n numerator "
        "denominator sd text missing logged_at submission",
        Keep.PERSONAL: "logged_by",
    }

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="readings")
    position = models.PositiveSmallIntegerField()
    moment = models.CharField(max_length=10, choices=Moment)
    since = models.CharField(max_length=100, blank=True)
    when = models.CharField(max_length=100, blank=True)
    on = models.DateField(null=True, blank=True)
    kind = models.CharField(max_length=12, choices=Kind)
    value = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    n = models.PositiveIntegerField(null=True, blank=True)
    numerator = models.PositiveIntegerField(null=True, blank=True)
    denominator = models.PositiveIntegerField(null=True, blank=True)
    sd = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    text = models.TextField(blank=True)
    missing = models.CharField(max_length=1, choices=Missing, blank=True)
    logged_at = models.DateTimeField(auto_now_add=True)
    logged_by = models.ForeignKey(
        "alliances.User", models.PROTECT, null=True, blank=True, related_name="readings"
    )
    submission = models.UUIDField(null=True, blank=True, unique=True, editable=False)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["measure", "position"], name="impact_reading_position"),
            models.CheckConstraint(
                name="impact_reading_one_kind",
                condition=_only("number", "value")
                | _only("proportion", "numerator", "denominator")
                | _only("mean", "value", "n", "sd")
                | _only("distribution")
                | _only("text", "text")
                | _only("missing", "missing"),
            ),
            models.CheckConstraint(
                name="impact_reading_part_of_whole",
                condition=Q(numerator__isnull=True) | Q(numerator__lte=models.F("denominator")),
            ),
            models.CheckConstraint(
                name="impact_reading_spread", condition=Q(sd__isnull=True) | Q(sd__gte=0)
            ),
        ]

    def __str__(self):
        return f"{self.get_moment_display()} of {self.measure}"


class Count(models.Model):
    """How many fell into a category; ``when`` where it differs from its reading's."""

    within = "reading__measure__enquiry__alliance"
    keeping = {Keep.ALLIANCE: "reading category value when"}

    reading = models.ForeignKey(Reading, models.CASCADE, related_name="counts")
    category = models.ForeignKey(Category, models.CASCADE, related_name="counts")
    value = models.DecimalField(max_digits=14, decimal_places=4)
    when = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering = ["category__position"]
        constraints = [
            models.UniqueConstraint(fields=["reading", "category"], name="impact_count_once")
        ]

    def __str__(self):
        return f"{self.category}: {self.value}"


class ImpactExample(models.Model):
    """An intervention and its impact from the programme's reports, by area; names no alliance."""

    keeping = {Keep.PUBLIC: "programme area area_projects position intervention impact source"}

    programme = models.ForeignKey(
        "alliances.Programme", models.CASCADE, related_name="impact_examples"
    )
    area = models.CharField(max_length=100)
    area_projects = models.PositiveSmallIntegerField()
    position = models.PositiveSmallIntegerField()
    intervention = models.TextField()
    impact = models.TextField()
    source = models.CharField(max_length=100)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "position"], name="impact_impactexample_position"
            )
        ]

    def __str__(self):
        return self.intervention
