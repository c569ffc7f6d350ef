"""The national register of schools as it was last read, and what has changed in it since."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models

from alliances.models.people import User
from alliances.models.places import School
from alliances.privacy import Keep


class RegisteredSchool(models.Model):
    """A school of the register, open or closed, whether or not an alliance has it.

    ``searched`` holds the words it is found by.
    """

    without_history = "is a copy of a public register; its readings say what changed in it"
    keeping = {
        Keep.PUBLIC: "urn name town postcode phase kind is_open opened_on closed_on searched"
    }

    urn = models.PositiveIntegerField(primary_key=True)
    name = models.CharField(max_length=200)
    town = models.CharField(max_length=100, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    phase = models.CharField(max_length=50, blank=True)
    kind = models.CharField(max_length=100, blank=True)
    is_open = models.BooleanField()
    opened_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    searched = models.TextField()

    class Meta:
        ordering = ["name", "urn"]
        indexes = [
            GinIndex(SearchVector("searched", config="simple"), name="alliances_register_words")
        ]

    def __str__(self):
        return f"{self.name} ({self.urn})"


class RegisterReading(models.Model):
    """A file of the register that was read. ``missing`` schools were known and not in it."""

    of_programme = ("changes__school__memberships__alliance__programme",)
    keeping = {
        Keep.PUBLIC: "at file_name file_hash added changed same missing strange",
        Keep.PERSONAL: "by",
    }

    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, blank=True)
    file_name = models.CharField(max_length=200)
    file_hash = models.BinaryField(max_length=32)
    added = models.PositiveIntegerField()
    changed = models.PositiveIntegerField()
    same = models.PositiveIntegerField()
    missing = models.PositiveIntegerField()
    strange = models.TextField(blank=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self):
        return f"{self.file_name}, {self.at:%d %B %Y}"

    @property
    def total(self) -> int:
        return self.added + self.changed + self.same


class RegisterChange(models.Model):
    """What one reading found changed; with the school of ours that it concerns, if any."""

    class Kind(models.TextChoices):
        OPENED = "opened", "Opened"
        CLOSED = "closed", "Closed"
        RENAMED = "renamed", "Renamed"
        SUCCEEDED = "succeeded", "New URN: what it had goes on under it"
        UNDECIDED = "undecided", "Closed, and it is not certain what goes on"

    is_its_own_history = True
    keeping = {Keep.PUBLIC: "reading kind urn school before after"}

    reading = models.ForeignKey(RegisterReading, models.CASCADE, related_name="changes")
    kind = models.CharField(max_length=10, choices=Kind)
    urn = models.PositiveIntegerField()
    school = models.ForeignKey(
        School, models.CASCADE, null=True, blank=True, related_name="register_changes"
    )
    before = models.CharField(max_length=400, blank=True)
    after = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"{self.urn}: {self.get_kind_display()}"
