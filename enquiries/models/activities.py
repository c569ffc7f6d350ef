"""What a group did when it used a method of enquiry (F22)."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from alliances.privacy import Keep
from enquiries.models.sheets import PLACE, Celled, SheetRecord

SHORT_STOP = [MinValueValidator(5), MaxValueValidator(10)]


class EventRecord(SheetRecord):
    """A form about something that happened on a day, by which it is known."""

    class Meta(SheetRecord.Meta):
        abstract = True

    @property
    def about(self) -> str:
        return f"{self.held_on:%-d %B %Y}" if self.held_on else ""


class LearningWalk(Celled, EventRecord):
    """A short visit to classes by a team; ``cells`` hold who was in it and each one's role."""

    keeping = {
        Keep.ALLIANCE: f"{PLACE} focus criteria classes minutes debrief debrief_minutes outcome "
        "next_steps",
        Keep.PERSONAL: "saved_by cells",
    }

    focus = models.TextField()
    criteria = models.TextField()
    classes = models.PositiveSmallIntegerField(validators=[MinValueValidator(1)])
    minutes = models.PositiveSmallIntegerField(validators=SHORT_STOP)
    debrief = models.TextField()
    debrief_minutes = models.PositiveSmallIntegerField(validators=SHORT_STOP)
    outcome = models.TextField()
    next_steps = models.TextField()


class InstructionalRound(EventRecord):
    """What a network saw in many classrooms, as description; it names no teacher and no class."""

    keeping = {
        Keep.ALLIANCE: f"{PLACE} problem observations patterns next_week next_month end_of_year",
        Keep.PERSONAL: "saved_by",
    }

    problem = models.TextField()
    observations = models.TextField()
    patterns = models.TextField()
    next_week = models.TextField()
    next_month = models.TextField()
    end_of_year = models.TextField()


class PeerTriad(Celled, EventRecord):
    """One meeting of three people; ``cells`` hold which of them played each role in each round."""

    keeping = {
        Keep.ALLIANCE: f"{PLACE} cells goals strengths protocol",
        Keep.PERSONAL: "saved_by first_person second_person third_person",
    }

    first_person = models.CharField(max_length=200)
    second_person = models.CharField(max_length=200)
    third_person = models.CharField(max_length=200)
    goals = models.TextField()
    strengths = models.TextField()
    protocol = models.TextField()


class LessonStudy(EventRecord):
    """A lesson planned together: what pupils were expected to learn, and what they did.

    ``held_on`` is the day of the lesson; the prediction is older.
    """

    keeping = {
        Keep.ALLIANCE: f"{PLACE} need group lesson predicted predicted_on actual discussion "
        "implications",
        Keep.PERSONAL: "saved_by teacher observers",
    }

    need = models.TextField()
    group = models.TextField()
    lesson = models.TextField()
    predicted = models.TextField()
    predicted_on = models.DateField()
    teacher = models.CharField(max_length=200)
    observers = models.TextField()
    actual = models.TextField(blank=True)
    discussion = models.TextField(blank=True)
    implications = models.TextField(blank=True)

    class Meta(EventRecord.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(predicted_on__lt=models.F("held_on")),
                name="enquiries_lessonstudy_predicted",
            )
        ]


class PracticeRecord(EventRecord):
    """A free record of a method that has no steps of its own. Comments alone, never a grade."""

    keeping = {Keep.ALLIANCE: f"{PLACE} method comments", Keep.PERSONAL: "saved_by"}

    method = models.CharField(max_length=30)
    comments = models.TextField()
