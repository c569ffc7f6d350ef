from decimal import Decimal

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Deferrable, Q
from django.utils.formats import date_format

from alliances.content import words
from alliances.privacy import Keep
from enquiries.models import LoggedRecord
from enquiries.models.logs import kept
from enquiries.models.sheets import Standing


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


class Group(LoggedRecord):
    """Some of those an enquiry is about: of a kind that schools know, or the alliance's own.

    Groups may overlap. ``part_of`` is one that holds this group whole.
    """

    keeping = kept("name kind part_of")
    related = ("part_of",)

    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=20, blank=True)
    part_of = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="parts"
    )

    class Meta(LoggedRecord.Meta):
        default_related_name = "groups"
        constraints = [
            *LoggedRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["enquiry", "name"], condition=Q(withdrawn=""), name="impact_group_once"
            ),
            models.CheckConstraint(
                name="impact_group_not_in_itself", condition=~Q(part_of=models.F("pk"))
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def about(self) -> str:
        kind = words("impact", "groups")[self.kind].title if self.kind else ""
        return f"{self.name} ({kind})" if kind.casefold() != self.name.casefold() else self.name


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


class StandingReadings(Standing):
    """Neither withdrawn itself nor of a measure that was."""

    def get_queryset(self):
        return super().get_queryset().filter(measure__withdrawn="")


class Reading(LoggedRecord):
    """A measure at one moment: exactly one kind of value, or why there is none.

    ``when`` is the moment as it was printed, ``held_on`` its day where that is known; ``since`` is
    where a change began. ``is_weak`` says that the value is of low reliability.
    """

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
        SUPPRESSED = "c", "Withheld where it was collected"

    keeping = kept(
        "measure moment since when kind value n numerator denominator sd text missing is_weak "
        "because"
    )
    related = ("measure__group",)

    position = models.PositiveIntegerField()
    measure = models.ForeignKey(Measure, models.CASCADE)
    moment = models.CharField(max_length=10, choices=Moment)
    since = models.CharField(max_length=100, blank=True)
    when = models.CharField(max_length=100, blank=True)
    kind = models.CharField(max_length=12, choices=Kind)
    value = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    n = models.PositiveIntegerField(null=True, blank=True)
    numerator = models.PositiveIntegerField(null=True, blank=True)
    denominator = models.PositiveIntegerField(null=True, blank=True)
    sd = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    text = models.TextField(blank=True)
    missing = models.CharField(max_length=1, choices=Missing, blank=True)
    is_weak = models.BooleanField(default=False)
    because = models.TextField(blank=True)

    objects = StandingReadings()
    everything = models.Manager()

    class Meta(LoggedRecord.Meta):
        default_related_name = "readings"
        constraints = [
            *LoggedRecord.Meta.constraints,
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
            models.CheckConstraint(
                name="impact_reading_weak_value", condition=Q(missing="") | Q(is_weak=False)
            ),
        ]

    def __str__(self):
        return f"{self.get_moment_display()} of {self.measure}"

    @property
    def about(self) -> str:
        moment = ", ".join(filter(None, [self.get_moment_display(), self.dated]))
        return f"{self.measure.about}: {moment}"

    @property
    def dated(self) -> str:
        """When it was taken, as printed or else its day."""
        return self.when or (date_format(self.held_on, "j F Y") if self.held_on else "")

    @property
    def page(self) -> int:
        """It is shown on the page of its measure."""
        return self.measure_id

    def value_of(self, name):
        """``given`` is its kind, or why there is no value; counts go by their category."""
        if name == "given":
            return self.missing or self.kind
        if name.startswith("count."):
            return self._counted().get(int(name.removeprefix("count.")))
        return super().value_of(name)

    def _counted(self) -> dict[int, Decimal]:
        """Counts by category, those as yet unsaved too."""
        stored = self.counts.all() if self.pk else []
        return {c.category_id: c.value for c in stored} | getattr(self, "_given", {})

    def put(self, name, value):
        if name.startswith("count."):
            given = {int(name.removeprefix("count.")): value}
            self._given = getattr(self, "_given", {}) | given
        elif name == "given":
            self.missing = value if value in self.Missing.values else ""
            self.kind = self.Kind.MISSING if self.missing else value
        else:
            super().put(name, value)

    def dropped(self):
        """Counts of the answers of another measure, which it was a reading of before."""
        return list(self.counts.exclude(category__measure=self.measure_id))

    def rows(self):
        stored = {count.category_id: count for count in self.counts.all()}
        given = []
        given_counts = getattr(self, "_given", {}).items()
        for category, value in ((c, v) for c, v in given_counts if v is not None):
            count = stored.get(category) or Count(reading=self, category_id=category)
            count.value = Decimal(value)
            given.append(count)
        return given


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
