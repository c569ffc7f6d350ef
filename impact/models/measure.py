"""What is measured, in whom, and the answers or grades that it counts."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Deferrable, Q

from alliances.privacy import Keep
from enquiries.models import LoggedRecord
from enquiries.models.logs import kept
from impact.models.groups import Group


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


class Measure(LoggedRecord):
    """One thing measured in one population or group. Its dated values are its readings.

    ``target`` is its success criterion as a number in its unit, per cent where a part of a whole
    is counted; ``criterion`` is it in words. ``because`` is the last reason for changing what had
    been fixed when the first trial began.
    """

    class Instrument(models.TextChoices):
        TEST = "test", "Test"
        TEACHER_ASSESSMENT = "teacher assessment", "Teacher assessment"
        QUESTIONNAIRE = "questionnaire", "Questionnaire"
        INTERVIEW = "interview", "Interview"
        LESSON_OBSERVATION = "lesson observation", "Lesson observation"
        ATTENDANCE = "attendance", "Attendance record"
        OTHER = "other", "Other"

    keeping = kept(
        "level name instrument scale better unit population group note distribution criterion "
        "target target_on because"
    )
    related = ("group",)

    level = models.CharField(max_length=10, choices=Level)
    name = models.CharField(max_length=300)
    instrument = models.CharField(max_length=20, choices=Instrument)
    scale = models.CharField(max_length=200, blank=True)
    better = models.CharField(max_length=10, choices=Better, default=Better.UNSTATED)
    unit = models.CharField(max_length=50, blank=True)
    population = models.CharField(max_length=300)
    group = models.ForeignKey(Group, models.RESTRICT, null=True, blank=True)
    note = models.TextField(blank=True)
    distribution = models.CharField(max_length=100, blank=True)
    criterion = models.TextField(blank=True)
    target = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    target_on = models.DateField(null=True, blank=True)
    because = models.TextField(blank=True)

    class Meta(LoggedRecord.Meta):
        default_related_name = "measures"
        constraints = [
            *LoggedRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["enquiry", "name", "population", "group", "distribution"],
                condition=Q(withdrawn=""),
                nulls_distinct=False,
                name="impact_measure_once",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def is_attainment(self) -> bool:
        """Whether it is one of what pupils attain, of which more is better."""
        graded = (self.Instrument.TEST, self.Instrument.TEACHER_ASSESSMENT)
        is_graded = self.instrument in graded and self.better == Better.HIGHER
        return is_graded and self.level == Level.PUPIL

    @property
    def about(self) -> str:
        """The measure told apart from those of the same name."""
        return ", ".join(filter(None, [self.name, self.population, self.group and self.group.name]))

    @property
    def answers(self) -> str:
        """What a distribution counts, one answer or grade a line."""
        return "\n".join(category.name for category in self._categories())

    def _categories(self) -> list["Category"]:
        return list(self.categories.all()) if self.pk else []

    def put(self, name, value):
        if name == "answers":
            self._answers = value.split("\n") if value else []
        else:
            super().put(name, value)

    def rows(self):
        categories = self._categories()
        names = getattr(self, "_answers", [])
        for position in range(len(categories), len(names)):
            categories.append(Category(measure=self, position=position + 1))
        for category, name in zip(categories, names, strict=False):
            category.name = name
        return categories


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
            models.UniqueConstraint(
                fields=["measure", "name"],
                deferrable=Deferrable.DEFERRED,
                name="impact_category_once",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def label(self) -> str:
        """The category without the words it shares with its measure's name."""
        return self.name.removeprefix(self.measure.name).lstrip(" :,") or self.name
