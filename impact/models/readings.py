"""The dated values of measures."""

from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils.formats import date_format

from alliances.privacy import Keep
from enquiries.models import LoggedRecord
from enquiries.models.logs import kept
from enquiries.models.sheets import Standing
from impact.models.measure import Category, Measure


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

    A measure has one baseline that has a value, for change is reckoned from it.
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
            models.UniqueConstraint(
                name="impact_reading_one_baseline",
                fields=["measure"],
                condition=Q(moment="baseline", missing="", withdrawn=""),
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
