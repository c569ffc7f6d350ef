from django.db import models
from django.db.models import Q
from django.utils import timezone

from alliances.privacy import Keep


class PartQuerySet(models.QuerySet):
    def unset(self):
        return self.filter(file=None)


class Part(models.Model):
    """A section of a large report: what is to be printed and, once it is, its pages.

    Kept under the hash of everything that shapes it, so every report that has it shares it.
    ``wanted_at`` is when a report last asked for it, ``attempt`` counts the workers it was given
    to while it was not printed.
    """

    without_history = "is a worker's scratch: made anew from frozen data, cleared by night"
    not_in_dumps = "is a piece of a document as it was issued"
    keeping = {Keep.PROGRAMME: "made_from key html file pages attempt wanted_at"}

    made_from = models.CharField(max_length=64, unique=True)
    key = models.CharField(max_length=100)
    html = models.TextField(blank=True)
    file = models.BinaryField(null=True, blank=True)
    pages = models.PositiveIntegerField(null=True, blank=True)
    attempt = models.PositiveSmallIntegerField(default=0)
    wanted_at = models.DateTimeField(default=timezone.now, db_index=True)

    objects = PartQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="reports_part_is_printed_or_to_print",
                condition=Q(file=None, pages=None) & ~Q(html="") | Q(pages__gt=0, html=""),
            ),
        ]

    def __str__(self):
        return f"{self.key}, {self.made_from[:12]}"
