import uuid
from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone

from alliances.models.people import Invitation, User
from alliances.privacy import Keep

# The longest that an e-mail is put off for.
LONGEST_PAUSE = timedelta(hours=1)


class MailQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(state=Mail.State.WAITING)

    def due(self):
        """Those to be sent now, the longest waiting first.

        None is put off further than the longest pause: what seems to be was, by a clock ahead.
        """
        now = timezone.now()
        off = {"try_at__gt": now, "try_at__lte": now + LONGEST_PAUSE}
        return self.waiting().exclude(**off).order_by("try_at", "pk")


class Mail(models.Model):
    """An e-mail in the outbox, to ``person`` or for an ``invitation``.

    Its words are kept until it is settled: an invitation's hold the key to it. ``key`` makes the
    Message-ID, the same at each attempt. ``problem`` says why it waits still or was not sent.
    """

    class Kind(models.TextChoices):
        INVITATION = "invitation", "Invitation"
        WEEKLY = "weekly", "What is due, once a week"
        RETURNED = "returned", "Something of mine is returned for change"
        MENTIONED = "mentioned", "Somebody mentions me"
        MINUTES = "minutes", "Minutes of a meeting I was at"
        TURN = "turn", "A case study is passed on to me"
        MESSAGE = "message", "The national team writes to alliances I take part in"
        OPENED = "opened", "The national team opens the work of an alliance I lead"
        SUPPORT = "support", "Support staff change how I sign in, or an invitation of mine"

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        SENT = "sent", "Sent"
        DROPPED = "dropped", "Not sent"

    # Those that nobody switches off.
    ALWAYS = (Kind.INVITATION, Kind.SUPPORT)

    keeping = {
        Keep.PERSONAL: "to person",
        Keep.KEY: "text html",
        Keep.ALLIANCE: "kind invitation key subject queued_at state attempts try_at problem "
        "settled_at",
    }

    kind = models.CharField(max_length=20, choices=Kind)
    to = models.EmailField()
    person = models.ForeignKey(
        User, models.CASCADE, null=True, blank=True, related_name="mails_received"
    )
    invitation = models.ForeignKey(
        Invitation, models.CASCADE, null=True, blank=True, related_name="mails"
    )
    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    subject = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    queued_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    try_at = models.DateTimeField(default=timezone.now)
    problem = models.CharField(max_length=200, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        ordering = ["-queued_at", "-pk"]
        indexes = [
            models.Index(fields=["try_at"], condition=Q(state="waiting"), name="alliances_mail_due")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, invitation__isnull=True)
                | Q(person__isnull=True, invitation__isnull=False),
                name="alliances_mail_to_person_or_invited",
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", settled_at__isnull=True)
                | Q(~Q(state="waiting"), settled_at__isnull=False, text="", html=""),
                name="alliances_mail_settled_without_words",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} to {self.to}: {self.get_state_display()}"

    @property
    def about(self) -> str:
        """What its subject says after the name of the service."""
        return self.subject.partition(": ")[2]
