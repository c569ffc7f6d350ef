"""What a cluster does together: its termly meetings (F24) and the calls between them (F25)."""

from django.db import models

from alliances.models import Alliance, Cluster, Mail, User
from alliances.privacy import Keep
from enquiries.models.activities import EventRecord
from enquiries.models.sheets import PLACE, SheetRecord


class Meeting(models.Model):
    """A meeting of a cluster, from its planning until it is closed and its minutes go out.

    ``version`` counts its saves; ``submission`` is the key of the form that planned it.
    """

    of_cluster = "cluster"
    of_programme = ("cluster__programme",)
    keeping = {
        Keep.CLUSTER: "cluster held_on place next_meeting next_call version closed_at submission",
        Keep.PERSONAL: "closed_by",
    }

    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="meetings")
    held_on = models.DateField()
    place = models.CharField(max_length=200)
    next_meeting = models.DateField(null=True, blank=True)
    next_call = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="meetings_closed"
    )
    submission = models.UUIDField(null=True, blank=True, unique=True, editable=False)

    class Meta:
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closed_at__isnull=True, closed_by__isnull=True)
                | models.Q(closed_at__isnull=False, closed_by__isnull=False),
                name="enquiries_meeting_closed_pair",
            )
        ]

    def __str__(self):
        return f"{self.cluster}, {self.held_on:%-d %B %Y}"


class AlliancePresent(models.Model):
    """An alliance that came to a meeting."""

    of_cluster = "meeting__cluster"
    keeping = {Keep.CLUSTER: "meeting alliance"}

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="alliances_present")
    alliance = models.ForeignKey(Alliance, models.PROTECT, related_name="meetings_attended")

    class Meta:
        ordering = ["alliance__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "alliance"], name="enquiries_alliancepresent_once"
            )
        ]

    def __str__(self):
        return str(self.alliance)


class PersonPresent(models.Model):
    """Somebody who came to a meeting; ``mail`` told them where its minutes are."""

    of_cluster = "meeting__cluster"
    keeping = {Keep.CLUSTER: "meeting", Keep.PERSONAL: "person mail"}

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="people_present")
    person = models.ForeignKey(User, models.PROTECT, related_name="meetings_attended")
    mail = models.ForeignKey(Mail, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["person__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "person"], name="enquiries_personpresent_once"
            )
        ]

    def __str__(self):
        return str(self.person)


class MeetingPart(SheetRecord):
    """What a meeting of the cluster heard from one alliance, advised it and agreed with it."""

    related = ("meeting",)
    keeping = {
        Keep.CLUSTER: f"{PLACE} meeting update successes challenges issue evidence_shown advice "
        "decision next_focus",
        Keep.PERSONAL: "saved_by",
    }

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="parts")
    update = models.TextField(blank=True)
    successes = models.TextField(blank=True)
    challenges = models.TextField(blank=True)
    issue = models.TextField(blank=True)
    evidence_shown = models.TextField(blank=True)
    advice = models.TextField(blank=True)
    decision = models.CharField(max_length=30, blank=True)
    next_focus = models.TextField(blank=True)

    class Meta(SheetRecord.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["enquiry", "meeting"], name="enquiries_meetingpart_once"
            )
        ]

    @property
    def about(self) -> str:
        return f"{self.meeting.held_on:%-d %B %Y}"


class CheckInCall(EventRecord):
    """A call between meetings: whether an alliance is on track, and what keeps it there."""

    keeping = {
        Keep.ALLIANCE: f"{PLACE} status support discussion actions",
        Keep.PERSONAL: "saved_by",
    }

    status = models.CharField(max_length=20)
    support = models.TextField(blank=True)
    discussion = models.TextField(blank=True)
    actions = models.TextField(blank=True)
