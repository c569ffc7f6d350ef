"""How impact is to be judged, planned before anything is tried, and how far data can be trusted."""

from django.db import models

from alliances.privacy import Keep
from enquiries.models import Placing, SheetRecord
from enquiries.models.sheets import PLACE
from impact.models.claims import Comparison
from impact.models.measure import Measure


class ImpactPlan(SheetRecord):
    """A baseline and impact plan (F13) at one level, of a school or of the whole alliance.

    ``measure`` holds the baseline, once there is one.
    """

    class At(models.TextChoices):
        STUDENT = "student", "Student learning"
        PROFESSIONAL = "professional", "Professional learning"
        ORGANISATIONAL = "organisational", "Organisational learning"

    related = ("measure",)
    keeping = {
        Keep.ALLIANCE: f"{PLACE} level recognised data_needed existing more_methods suitable "
        "data_type collection measure success_measure milestone_on respondents size "
        "comparison",
        Keep.PERSONAL: "saved_by",
    }

    level = models.CharField(max_length=20, choices=At)
    recognised = models.TextField()
    data_needed = models.TextField()
    existing = models.TextField()
    more_methods = models.TextField()
    suitable = models.TextField()
    data_type = models.CharField(max_length=10)
    collection = models.CharField(max_length=10)
    measure = models.ForeignKey(
        Measure, models.SET_NULL, null=True, blank=True, related_name="plans"
    )
    success_measure = models.TextField()
    milestone_on = models.DateField()
    respondents = models.CharField(max_length=300)
    size = models.PositiveIntegerField()
    comparison = models.CharField(max_length=10, choices=Comparison, default=Comparison.NONE)

    @property
    def about(self) -> str:
        where = self.participation.school if self.participation else "The whole alliance"
        return f"{where}: {self.get_level_display().lower()}, {self.respondents}"


class DataTest(SheetRecord):
    """The three tests of one data set's quality (F15): each with its reasons and its outcome.

    Data pass the second with more than one method or more than one group of respondents. They
    are tested when planned and before any claim: the last test of a data set counts.
    """

    class Outcome(models.TextChoices):
        PASS = "pass", "Pass"
        FAIL = "fail", "Fail"

    related = ("measure",)
    keeping = {
        Keep.ALLIANCE: f"{PLACE} measure validity is_valid methods respondent_groups "
        "triangulation is_triangulated reliability is_reliable",
        Keep.PERSONAL: "saved_by",
    }

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="data_tests")
    validity = models.TextField()
    is_valid = models.CharField(max_length=4, choices=Outcome)
    methods = models.PositiveSmallIntegerField()
    respondent_groups = models.PositiveSmallIntegerField()
    triangulation = models.TextField()
    is_triangulated = models.CharField(max_length=4, choices=Outcome)
    reliability = models.TextField()
    is_reliable = models.CharField(max_length=4, choices=Outcome)

    @property
    def about(self) -> str:
        return str(self.measure)


class MethodPlacing(Placing):
    """How well a way of measuring impact works, and how easily (F40): two halves of each scale."""

    class Half(models.TextChoices):
        LOW = "low", "Low"
        HIGH = "high", "High"

    down, across, upward = "effectiveness", "ease", True

    keeping = {Keep.ALLIANCE: f"{PLACE} method effectiveness ease", Keep.PERSONAL: "saved_by"}

    method = models.CharField(max_length=200)
    effectiveness = models.CharField(max_length=10, choices=Half)
    ease = models.CharField(max_length=10, choices=Half)

    @property
    def name(self) -> str:
        return self.method

    @property
    def about(self) -> str:
        return self.method
