"""What a facilitator and an alliance say to each other about a filled form."""

from django.db import models
from django.utils import timezone

from alliances.models import User
from alliances.privacy import Keep
from enquiries.models.enquiry import Enquiry
from enquiries.models.sheets import Revision


class AboutARecord(models.Model):
    """Belongs to one record of a form, by the form's address and the record's key."""

    within = "enquiry__alliance"

    enquiry = models.ForeignKey(Enquiry, models.CASCADE, related_name="%(class)s_set")
    sheet = models.CharField(max_length=60)
    record = models.UUIDField()

    class Meta:
        abstract = True


class Judgement(AboutARecord):
    """Private words of a facilitator, as they stood when shared; later ones stay private.

    ``words`` is a list of [question, text]. Sharing makes a row, agreeing fills its last fields:
    nothing takes either back, and no edit of the form reaches words already shared.
    """

    keeping = {
        Keep.PERSONAL: "shared_by agreed_by",
        Keep.ALLIANCE: "enquiry sheet record words shared_at agreed_at",
    }

    words = models.JSONField()
    shared_at = models.DateTimeField(default=timezone.now)
    shared_by = models.ForeignKey(User, models.PROTECT, related_name="judgements_shared")
    agreed_at = models.DateTimeField(null=True, blank=True)
    agreed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="judgements_agreed"
    )

    class Meta:
        ordering = ["-shared_at", "-pk"]
        indexes = [models.Index(fields=["enquiry", "record"], name="enquiries_judgement_of")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(agreed_at__isnull=True, agreed_by__isnull=True)
                | models.Q(agreed_at__isnull=False, agreed_by__isnull=False),
                name="enquiries_judgement_agreed_pair",
            )
        ]

    def __str__(self):
        return f"{self.sheet}, {self.shared_at}"


class Thread(AboutARecord):
    """A comment on a record, or on one of its fields, with the answers to it.

    ``revision`` is the version it was written on and ``quoted`` the field's words there.
    ``field`` is empty where the whole record is meant.
    """

    keeping = {
        Keep.PERSONAL: "opened_by resolved_by",
        Keep.ALLIANCE: "enquiry sheet record field label quoted revision asks_change opened_at "
        "resolved_at submission",
    }

    field = models.CharField(max_length=60, blank=True)
    label = models.CharField(max_length=300, blank=True)
    quoted = models.TextField(blank=True)
    revision = models.ForeignKey(
        Revision, models.PROTECT, null=True, blank=True, related_name="threads"
    )
    asks_change = models.BooleanField(default=False)
    opened_at = models.DateTimeField(default=timezone.now)
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="threads_opened")
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="threads_resolved"
    )
    submission = models.UUIDField(unique=True, editable=False)

    class Meta:
        ordering = ["opened_at", "pk"]
        indexes = [models.Index(fields=["enquiry", "record"], name="enquiries_thread_of")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(resolved_at__isnull=True, resolved_by__isnull=True)
                | models.Q(resolved_at__isnull=False, resolved_by__isnull=False),
                name="enquiries_thread_resolved_pair",
            )
        ]

    def __str__(self):
        return f"{self.label or self.sheet}, {self.opened_at}"


class Remark(models.Model):
    """One person's words in a thread. Never changed."""

    within = "thread__enquiry__alliance"
    keeping = {Keep.PERSONAL: "by", Keep.ALLIANCE: "thread text at submission"}

    thread = models.ForeignKey(Thread, models.CASCADE, related_name="remarks")
    text = models.TextField()
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, models.PROTECT, related_name="remarks")
    submission = models.UUIDField(unique=True, editable=False)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self):
        return self.text


class Mention(models.Model):
    """Somebody whom a remark was meant for."""

    within = "remark__thread__enquiry__alliance"
    keeping = {Keep.PERSONAL: "person", Keep.ALLIANCE: "remark"}

    remark = models.ForeignKey(Remark, models.CASCADE, related_name="mentions")
    person = models.ForeignKey(User, models.CASCADE, related_name="mentions")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["remark", "person"], name="enquiries_mention_once")
        ]

    def __str__(self):
        return str(self.person)
