from django.db import models
from django.utils import timezone

from alliances.models.people import User
from alliances.privacy import Keep


class Breakage(models.Model):
    """A page that broke: what the reference finds that its reader quotes.

    ``page`` is the method, name and arguments of the address, ``error`` the class of what went
    wrong; what was sent, and what the error said, may quote somebody and is not kept.
    """

    without_history = "is a record itself, written once"
    keeping = {Keep.PERSONAL: "person", Keep.PROGRAMME: "reference at page error"}

    reference = models.CharField(max_length=20, db_index=True)
    at = models.DateTimeField(default=timezone.now)
    page = models.CharField(max_length=200)
    error = models.CharField(max_length=200)
    person = models.ForeignKey(
        User, models.CASCADE, null=True, blank=True, related_name="breakages"
    )

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self):
        return f"{self.reference}: {self.error}"
