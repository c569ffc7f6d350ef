"""Places on a grid of two scales, put down day after day to see what moves (F08, F21)."""

from datetime import date

from django.db import models
from django.utils import timezone

from alliances.privacy import Keep
from enquiries.models.activities import EventRecord
from enquiries.models.c2l import Step
from enquiries.models.sheets import PLACE


class Placing(EventRecord):
    """A place on a grid: ``down`` and ``across`` name the fields of its scales.

    The steps of a scale go down or to the right in the order of its choices; those of ``upward``
    go up.
    """

    down: str
    across: str
    upward = False

    class Meta(EventRecord.Meta):
        abstract = True

    @property
    def placed_on(self) -> date:
        """The day of the placing; of one that was saved without it, the day it was saved."""
        return self.held_on or timezone.localdate(self.saved_at)

    def in_order(self) -> tuple[date, int]:
        """By what placings are sorted: their day, then which came first."""
        return self.placed_on, self.pk

    @property
    def name(self) -> str:
        """What is placed, where one grid compares several things; else one thing moves on it."""
        return ""

    @property
    def is_aim(self) -> bool:
        """Whether it tells what is meant to be, not what is."""
        return False


class CollaborationPlacing(Placing):
    """Where the facilitator places the group (F08): skill by participation. Theirs alone."""

    down, across, upward = "skill", "participation_degree", True

    keeping = {
        Keep.ALLIANCE: f"{PLACE} next_steps",
        Keep.JUDGEMENT: "skill participation_degree",
        Keep.PERSONAL: "saved_by",
    }

    skill = models.CharField(max_length=10, choices=Step)
    participation_degree = models.CharField(max_length=10, choices=Step)
    next_steps = models.TextField()


class InnovationPlacing(Placing):
    """How far from practice, and how large, a change was meant to be or became (F21)."""

    class Moment(models.TextChoices):
        INTENDED = "intended", "Intended"
        ACTUAL = "actual", "As it turned out"

    class Distance(models.TextChoices):
        NEAR = "near", "Near existing practice"
        BETWEEN = "between", "In between"
        FAR = "far", "Far from existing practice"

    class Extent(models.TextChoices):
        MINOR = "minor", "Minor"
        BETWEEN = "between", "In between"
        MAJOR = "major", "Major"

    down, across = "distance", "extent"

    keeping = {Keep.ALLIANCE: f"{PLACE} moment distance extent", Keep.PERSONAL: "saved_by"}

    moment = models.CharField(max_length=10, choices=Moment)
    distance = models.CharField(max_length=10, choices=Distance)
    extent = models.CharField(max_length=10, choices=Extent)

    @property
    def about(self) -> str:
        return ", ".join(filter(None, [self.get_moment_display(), super().about]))

    @property
    def is_aim(self) -> bool:
        return self.moment == self.Moment.INTENDED
