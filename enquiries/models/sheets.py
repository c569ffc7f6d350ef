"""What every form of the method shares: where it belongs, its version, its drafts, its history."""

from uuid import uuid4

from django.db import models
from django.utils import timezone

from alliances.models import User
from alliances.privacy import Keep
from enquiries.models.enquiry import Enquiry, Participation
from enquiries.models.entries import Cycle

PLACE = "enquiry cycle participation key held_on saved_at withdrawn"


class Standing(models.Manager):
    """What nobody has withdrawn: all that lists, gates, counts, reports and exports see."""

    def get_queryset(self):
        return super().get_queryset().filter(withdrawn="")


class SheetRecord(models.Model):
    """One filled form. Its place is an enquiry and, as the form has it, a cycle, a school, a day.

    A form that is filled once in a place has one record there; one filled at each meeting or
    event has one for each, known by the key its writer was given before the first save, so that
    sending it twice makes one. ``withdrawn`` says why it no longer counts; empty while it does.
    """

    within = "enquiry__alliance"
    related: tuple[str, ...] = ()  # keys of its own that its name is made of

    enquiry = models.ForeignKey(Enquiry, models.CASCADE, related_name="%(class)s_set")
    cycle = models.ForeignKey(
        Cycle, models.CASCADE, null=True, blank=True, related_name="%(class)s_set"
    )
    participation = models.ForeignKey(
        Participation, models.CASCADE, null=True, blank=True, related_name="%(class)s_set"
    )
    key = models.UUIDField(default=uuid4, unique=True)
    held_on = models.DateField(null=True, blank=True)
    saved_at = models.DateTimeField(default=timezone.now)
    saved_by = models.ForeignKey(User, models.PROTECT, related_name="%(class)s_set")
    withdrawn = models.TextField(blank=True)

    objects = Standing()
    everything = models.Manager()

    class Meta:
        abstract = True
        ordering = ["held_on", "pk"]

    @property
    def about(self) -> str:
        """What tells it from the form's other records; where nothing but its date does, empty."""
        return ""

    @property
    def page(self) -> int:
        """The number of the page that shows it, where its form has one."""
        return self.pk

    def value_of(self, name: str):
        """What a question of the form is answered with."""
        return getattr(self, name, None)

    def put(self, name: str, value) -> None:
        """Answer a question of the form."""
        setattr(self, name, value)

    def revisions(self) -> "models.QuerySet[Revision]":
        """The record's saves, newest first."""
        return Revision.objects.filter(sheet=self._meta.model_name, record=self.pk)

    def rows(self) -> list[models.Model]:
        """Answers that are kept as rows of their own, to be stored with the record."""
        return []

    def dropped(self) -> list[models.Model]:
        """Rows of answers that were taken back, to be deleted."""
        return []


class OnceInItsPlace(SheetRecord):
    """A form that has one record in each place."""

    class Meta(SheetRecord.Meta):
        abstract = True
        constraints = [
            models.UniqueConstraint(
                fields=["enquiry", "cycle", "participation"],
                name="%(app_label)s_%(class)s_once",
                nulls_distinct=False,
            )
        ]


class Celled(SheetRecord):
    """A form whose questions depend on its place: one for each school, or those of one cell.

    Such a question's name has a dot, as in ``feedback.12``; its answer is a text under that name.
    """

    cells = models.JSONField(default=dict, blank=True)

    class Meta(SheetRecord.Meta):
        abstract = True

    def value_of(self, name: str):
        return self.cells.get(name, "") if "." in name else super().value_of(name)

    def put(self, name: str, value) -> None:
        if "." in name:
            self.cells[name] = value
        else:
            super().put(name, value)


class Revision(models.Model):
    """One save of a form: who, when, and each changed field before and after. Never changed."""

    within = "enquiry__alliance"
    is_its_own_history = True
    keeping = {
        Keep.JUDGEMENT: "changes",
        Keep.PERSONAL: "by",
        Keep.ALLIANCE: "enquiry sheet record at",
    }

    enquiry = models.ForeignKey(Enquiry, models.CASCADE, related_name="revisions")
    sheet = models.CharField(max_length=40)
    record = models.BigIntegerField()
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, models.PROTECT, related_name="revisions")
    changes = models.JSONField()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["sheet", "record"], name="enquiries_revision_of")]

    def __str__(self):
        return f"{self.sheet} {self.record}, {self.at}"


class Draft(models.Model):
    """What somebody has typed into a form and not saved yet, field by field as it was sent."""

    within = "enquiry__alliance"
    without_history = "is written over while somebody types, and becomes history when it is saved"
    keeping = {
        Keep.JUDGEMENT: "typed",
        Keep.PERSONAL: "by",
        Keep.ALLIANCE: "enquiry address kept_at",
    }

    enquiry = models.ForeignKey(Enquiry, models.CASCADE, related_name="drafts")
    by = models.ForeignKey(User, models.CASCADE, related_name="drafts")
    address = models.CharField(max_length=200)
    typed = models.JSONField()
    kept_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-kept_at"]
        constraints = [
            models.UniqueConstraint(fields=["by", "address"], name="enquiries_draft_once")
        ]

    def __str__(self):
        return f"{self.address}, {self.kept_at}"
