from django.db import models
from django.utils import timezone

from alliances.models import Mail, User
from alliances.privacy import Keep


class Weekly(models.Model):
    """That a person's e-mail of a week has been seen to; without ``mail`` nothing was due.

    ``week`` is the Monday it began. A person has one row a week, so one e-mail at most.
    """

    keeping = {Keep.PERSONAL: "person", Keep.ALLIANCE: "week mail seen_to_at"}

    person = models.ForeignKey(User, models.CASCADE, related_name="weeklies")
    week = models.DateField()
    mail = models.OneToOneField(Mail, models.CASCADE, null=True, blank=True, related_name="weekly")
    seen_to_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["week", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "week"], name="reports_weekly_once")
        ]

    def __str__(self):
        return f"{self.person}, week of {self.week}"
